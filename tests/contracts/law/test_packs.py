"""Every pack that is shipped: sourced, whole, in three languages, under the names that refusals have."""

import re
from datetime import date
from importlib import resources

import pytest

from contracts.law import load
from contracts.law.reading import LANGUAGES

PACKS = sorted(
    path.name for path in resources.files("contracts.law").iterdir() if path.joinpath("pack.toml").is_file()
)
TODAY = date(2026, 11, 24)

WORDS = {
    "GEN": "contract",
    "FOR": "formation",
    "SCH": "schedule",
    "MEN": "mentor",
    "PAY": "pay",
    "AMD": "amendment",
    "TRA": "transfer",
    "SUS": "suspension",
    "WIT": "withdrawal",
    "CLM": "claim",
    "PRC": "price",
    "COM": "completion",
    "COR": "correction",
    "MEM": "memorandum",
    "ORG": "organisation",
    "DIS": "dispute",
    "ATT": "attendance",
    "DEP": "department",
}
"""The letters of a code say the first word of the id."""

SHORT = {
    "formation.practice-share": "FOR-SHARE",
    "formation.unknown-party": "FOR-UNKNOWN",
    "schedule.practice-share": "SCH-SHARE",
    "completion.practice-share": "COM-SHARE",
}

KAZAKH = frozenset("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя")


def rules(pack):
    return [rule for versions in load(pack).rules.values() for rule in versions]


def texts(pack, language):
    """Everything that a person reads."""
    law = load(pack)
    yield from (rule.text[language] for rule in rules(pack))
    yield from (act.title[language] for act in law.acts.values())
    yield from (ground.name[language] for versions in law.all_grounds.values() for ground in versions)
    yield from (rest.name[language] for versions in law.all_rests.values() for rest in versions)
    yield from (name[language] for name in law.calendar.names.values())
    for form in law.forms:
        yield from (wording.text[language] for wording in form.wordings)
        yield from (phrase[language] for phrase in form.phrases.values())
        yield from (word[language] for words in form.words.values() for word in words.values())


def test_the_packs_that_are_shipped():
    assert PACKS == ["de", "fr", "journey-1", "journey-2", "kz"]
    assert {load(pack).version.partition("/")[2] for pack in PACKS} == {"2026-11"}


@pytest.mark.parametrize("pack", PACKS)
def test_every_rule_names_its_source(pack):
    for rule in rules(pack):
        assert rule.source.act in load(pack).acts
        assert rule.source.article
        assert rule.source.title.keys() == set(LANGUAGES)
        assert (rule.source.act == "policy") == (rule.source.certainty == "policy")
        assert rule.source.confirmed == (rule.source.certainty == "seen")


@pytest.mark.parametrize("pack", PACKS)
def test_the_code_of_a_refusal_says_the_same_as_its_id(pack):
    for rule in rules(pack):
        if rule.code:
            letters, _, what = rule.code.partition("-")
            said = f"{WORDS[letters]}.{what.lower()}"
            assert rule.id == said or SHORT[rule.id] == rule.code


def test_each_code_is_one_rule():
    codes = [(rule.code, rule.id) for rule in rules("kz") if rule.code]
    assert len({code for code, _ in codes}) == len(set(codes))


@pytest.mark.parametrize("pack", PACKS)
def test_every_rule_that_holds_today_held_since_the_pack_begins(pack):
    law = load(pack)
    for id_ in law.rules:
        assert law.rule(id_, TODAY).id == law.rule(id_, date(2016, 1, 1)).id == id_


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_sentences_without_a_placeholder(pack, language):
    for rule in rules(pack):
        assert re.fullmatch(r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ1].*\.", rule.text[language], re.DOTALL), rule.id
        assert not set("{}") & set(rule.text[language])
        assert "  " not in rule.text[language]


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_letter_of_another_alphabet_stands_in_a_word(pack, language):
    for text in texts(pack, language):
        for word in re.findall(r"[^\W\d_]+", re.sub(r"\{[^}]*\}", "", text)):
            letters = set(word.lower())
            assert letters <= KAZAKH or (letters.isdisjoint(KAZAKH) and re.fullmatch("[IVX]+", word)), word


def test_russian_uses_no_kazakh_letter():
    for text in texts("kz", "ru"):
        assert not set(re.sub(r"\{[^}]*\}", "", text).lower()) & set("әғқңөұүһі"), text


@pytest.mark.parametrize("pack", PACKS)
def test_values_shown_in_a_sentence_are_those_that_count(pack):
    for rule in rules(pack):
        numbers = [str(value) for key, value in rule.value.items() if f"{{{key}}}" in rule.sentence["en"]]
        assert all(number in rule.text[language] for number in numbers for language in LANGUAGES)


@pytest.mark.parametrize(
    ("id_", "value"),
    [
        ("formation.practice-share", {"percent": 60, "share_of": "programme"}),
        ("schedule.practice-share", {"percent": 60, "share_of": "programme"}),
        ("formation.offer", {"calendar_days": 14}),
        ("schedule.answer", {"calendar_days": 7}),
        ("schedule.notice", {"calendar_days": 10}),
        ("withdrawal.notice", {"months": 1}),
        ("withdrawal.certificate", {"working_days": 5}),
        ("transfer.release", {"working_days": 5}),
        ("pay.due", {"day_of_month": 10}),
        ("retention.never-concluded", {"calendar_days": 90}),
        ("retention.concluded", {"years": 3}),
        ("formation.hours-age", {"from_14": 24, "from_16": 36, "from_18": 40}),
    ],
)
def test_values_of_the_journeys(id_, value):
    assert load("journey-1").rule(id_, TODAY).value == value


@pytest.mark.parametrize(
    ("id_", "value"),
    [
        ("formation.practice-share", {"percent": 60, "share_of": "training_and_practice"}),
        ("formation.offer", {"calendar_days": 15}),
        ("schedule.answer", {"calendar_days": 30}),
        ("withdrawal.notice", {"months": 1}),
        ("withdrawal.breach", {"working_days": 7}),
        ("withdrawal.after-breach", {"working_days": 3}),
        ("withdrawal.heard", {"working_days": 2}),
        ("withdrawal.mutual-answer", {"working_days": 3}),
        ("schedule.night", {"from_hour": 22, "to_hour": 6}),
        ("limitation.general", {"years": 3}),
    ],
)
def test_values_of_kazakhstan(id_, value):
    assert load("kz").rule(id_, TODAY).value == value


def test_what_the_journeys_do_not_fix_is_the_law():
    law, journey = (load(pack).rule("withdrawal.breach", TODAY) for pack in ("kz", "journey-1"))
    assert (journey.value, journey.source, journey.text) == (law.value, law.source, law.text)
    assert load("journey-1").rule("withdrawal.notice", TODAY).source.certainty == "policy"
    assert load("journey-1").rule("withdrawal.notice", TODAY).code == "WIT-NOTICE"


@pytest.mark.parametrize(("day", "act"), [(date(2026, 7, 11), "ESL"), (date(2026, 7, 12), "DC")])
def test_a_rule_follows_its_act(day, act):
    assert load("kz").rule("formation.certificate", day).source.act == act


def test_no_rule_is_made_up():
    with pytest.raises(LookupError, match=r"formation\.colour in force on 2026-11-24"):
        load("kz").rule("formation.colour", TODAY)
    with pytest.raises(LookupError, match=r"withdrawal\.notice in force on 2015-12-31"):
        load("kz").rule("withdrawal.notice", date(2015, 12, 31))


@pytest.mark.parametrize(("age", "hours"), [(14, 24), (15, 24), (16, 36), (17, 36), (18, 40), (45, 40)])
def test_the_hours_of_a_week_go_by_age(age, hours):
    assert load("kz").weekly_limit(age, TODAY) == hours


def test_a_child_has_no_hours():
    with pytest.raises(LookupError):
        load("kz").weekly_limit(13, TODAY)


@pytest.mark.parametrize(
    ("total", "least"), [(2592, 1556), (40, 24), (1, 1), (0, 0), (5, 3), (2590, 1554), (2591, 1555)]
)
def test_the_least_hours_are_never_under_the_share(total, least):
    assert load("kz").least_hours(total, TODAY) == least
    assert least * 100 >= total * 60 > (least - 1) * 100


def test_a_pack_is_read_once():
    assert load("kz") is load("kz")


# Grounds


def test_each_side_has_its_grounds():
    by = {initiator: [] for initiator in ("student", "college", "enterprise", "mutual", "statutory")}
    for ground in load("kz").grounds(TODAY):
        by[ground.initiator].append(ground.id)
    assert "own-wish" in by["student"]
    assert "academic-failure" in by["college"]
    assert "breach-by-student" in by["enterprise"]
    assert by["mutual"] == ["agreement", "transfer"]
    assert {"enterprise-liquidated", "force-majeure"} <= set(by["statutory"])


def test_an_expulsion_needs_order_hearing_and_charter():
    for ground in load("kz").grounds(TODAY):
        assert ground.initiator != "college" or ground.needs == {"order", "hearing", "charter"}


def test_own_wish_is_the_students_alone_and_needs_notice():
    ground = load("kz").ground("own-wish", TODAY)
    assert ground.by == {"student"}
    assert load("kz").rule(ground.notice, TODAY).value == {"months": 1}
    assert ground.needs == {"representative"}


def test_no_ground_is_made_up():
    assert load("kz").ground("bad-weather", TODAY) is None
    assert load("kz").ground("own-wish", date(2015, 12, 31)) is None


@pytest.mark.parametrize("condition", ["illness", "leave"])
def test_the_enterprise_does_not_end_a_contract_during(condition):
    for ground in load("kz").grounds(TODAY):
        assert (condition in ground.barred_while) == (ground.initiator == "enterprise")
