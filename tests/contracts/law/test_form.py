import hashlib
from datetime import date, time
from importlib import resources

import pytest

from contracts.canonical import plain
from contracts.law import PackRefused, Sentence, load
from contracts.law.form import read, tenge
from contracts.terms import REGISTER, ClauseId
from tests.contracts import happened

LAW = load("journey-1")
LAW_FOLDER = resources.files("contracts.law")
OFFERED_ON = date(2026, 8, 12)
HOURS = {"starts_at": "09:00:00", "ends_at": "18:00:00", "break_minutes": 60}
K1 = {
    "number": "75-2026-000001",
    "minor": True,
    "parties": {"student": "Aisulu Demo", "college": "080440900104", "enterprise": "120440900005"},
    "subject": {"specialty": "07130700", "qualification": "4S07130704"},
    "term": {"starts_on": "2026-09-01", "ends_on": "2027-06-30"},
    "form": "full_time",
    "funding": "state_order",
    "practice_share": {"total_hours": 2592, "enterprise_hours": 1556},
    "schedule": {
        "starts_with": "study",
        "weeks": [{"college": ["mon", "tue"], "enterprise": ["wed", "thu", "fri"]}],
        "college_hours": HOURS,
        "enterprise_hours": HOURS,
    },
    "workplace": {"address": "Алматы", "department": "Substation service"},
    "standing": {"status": "trainee"},
    "compensation": {"kind": "compensation", "monthly": 9500000, "pay_day": 10},
    "mentor": {"person": "Askar Demo"},
    "hiring": {"kind": "conditional", "least_grade": "good", "needs_vacancy": True, "offer_within_days": 30},
    "work_off": {"months": 24},
    "reimbursement": {
        "items": ["external_course", "materials_consumed_in_training"],
        "debtors": ["student", "college"],
        "cap": 10000000,
        "proportion": "calendar_days",
    },
    "transfer": {"silence_releases": True},
}


NEVER_SAID = {"needs_vacancy", "least_grade", "employment_contract", "status"}
"""Parts that choose a sentence, or that another sentence holds."""


def clause(id_, language="en", **changes):
    found = {s.clause: s.text for s in LAW.sentences(K1 | changes, language, OFFERED_ON)}
    return found.get(id_)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "kk",
            "Шарттың қолданылу мерзімі. "
            "Бірінші күні: 2026 жылғы 1 қыркүйек. Соңғы күні: 2027 жылғы 30 маусым.",
        ),
        (
            "ru",
            "Срок действия договора. Первый день: 1 сентября 2026 года. Последний день: 30 июня 2027 года.",
        ),
        ("en", "Term of the contract. First day: 1 September 2026. Last day: 30 June 2027."),
    ],
)
def test_a_clause_in_each_language(language, sentence):
    assert clause("C-TERM", language) == sentence


def test_dates_and_times_may_be_values_or_their_json():
    term = {"starts_on": date(2026, 9, 1), "ends_on": date(2027, 6, 30)}
    assert clause("C-TERM", term=term) == clause("C-TERM")
    hours = HOURS | {"starts_at": time(9), "ends_at": time(18)}
    assert clause("C-SCHEDULE", schedule=K1["schedule"] | {"college_hours": hours}) == clause("C-SCHEDULE")


def test_money_is_written_in_tenge():
    assert "95\u00a0000,00 теңге." in clause("C-COMPENSATION", "kk")
    assert "95,000.00 tenge." in clause("C-COMPENSATION")
    assert [tenge(tiyn, "ru") for tiyn in (0, 5, 100, 123456789)] == [
        "0,00",
        "0,05",
        "1,00",
        "1\u00a0234\u00a0567,89",
    ]


def test_a_week_is_written_by_days_in_their_order():
    assert "Days: college – Monday, Tuesday; enterprise – Wednesday, Thursday, Friday." in clause(
        "C-SCHEDULE"
    )
    weeks = [{"college": ["tue", "mon"], "enterprise": []}, {"college": [], "enterprise": ["fri", "wed"]}]
    assert (
        "Дни: 1-я неделя: колледж — понедельник, вторник, предприятие — нет; "
        "2-я неделя: колледж — нет, предприятие — среда, пятница."
    ) in clause("C-SCHEDULE", "ru", schedule=K1["schedule"] | {"weeks": weeks})


def test_a_minor_has_a_representative_in_the_text():
    assert "legal representative" in clause("C-PARTIES")
    assert "legal representative" not in clause("C-PARTIES", minor=False)


def test_an_employee_has_a_wage_and_a_contract_of_employment():
    standing = {"status": "employee", "employment_contract": "17, 2026-08-10"}
    assert "17, 2026-08-10" in clause("C-STATUS", standing=standing)
    assert "a wage" in clause(
        "C-COMPENSATION", compensation={"kind": "wage", "monthly": 8500000, "pay_day": 10}
    )


@pytest.mark.parametrize(
    ("hiring", "says", "not_says"),
    [
        ({"kind": "none"}, "no hiring obligation", "vacancy"),
        ({"kind": "firm"}, "undertakes", "vacancy"),
        ({"kind": "conditional", "needs_vacancy": True}, "vacancy", "grade"),
        (
            {"kind": "conditional", "needs_vacancy": True, "least_grade": "good"},
            "vacancy and the final",
            "undertakes",
        ),
        (
            {"kind": "conditional", "needs_vacancy": False, "least_grade": "excellent"},
            "grade: excellent",
            "vacancy",
        ),
    ],
)
def test_the_hiring_clause_says_its_conditions(hiring, says, not_says):
    text = clause("C-HIRING", hiring={"offer_within_days": 30} | hiring)
    assert says in text
    assert not_says not in text


@pytest.mark.parametrize(("releases", "says"), [(True, "working days: 5"), (False, "silence is not consent")])
def test_the_transfer_clause_says_what_silence_means(releases, says):
    assert says in clause("C-TRANSFER", transfer={"silence_releases": releases})


def test_a_value_of_the_law_stands_in_the_text():
    assert "calendar days: 7." in clause("C-NOTICE")
    found = {s.clause: s.text for s in load("kz").sentences(K1, "en", OFFERED_ON)}
    assert "calendar days: 30." in found["C-NOTICE"]


def test_a_clause_that_is_not_filled_in_is_left_out():
    assert clause("C-WORK-OFF", work_off=None) is None
    assert clause("C-COMPENSATION", compensation=None) is None
    assert clause("C-TERM", term={"starts_on": "2026-09-01"}) is None


def test_an_unknown_word_is_never_signed():
    with pytest.raises(LookupError, match="no word for funding 'lottery'"):
        clause("C-FUNDING", funding="lottery")


def test_the_text_is_numbered_and_the_same_every_time():
    text = LAW.text(K1, "kk", OFFERED_ON)
    title, *clauses = text.split("\n")
    assert title == "ДУАЛЬДЫ ОҚЫТУ ТУРАЛЫ ШАРТ № 75-2026-000001"
    assert [line.split(".")[0] for line in clauses] == [str(n) for n in range(1, len(clauses) + 1)]
    assert text == LAW.text(dict(reversed(K1.items())), "kk", OFFERED_ON)


def test_each_clause_is_there_once_in_both_languages():
    for language in ("kk", "ru"):
        ids = [s.clause for s in LAW.sentences(K1, language, OFFERED_ON)]
        assert len(ids) == len(set(ids)) == 23


def test_every_clause_of_the_contract_shows_in_its_text():
    for name in ("subject", "term", "form", "funding", "practice_share", "schedule", "workplace", "standing"):
        assert LAW.text(K1 | {name: None}, "kk", OFFERED_ON) != LAW.text(K1, "kk", OFFERED_ON), name
    for name in ("compensation", "mentor", "hiring", "work_off", "reimbursement", "transfer", "number"):
        assert LAW.text(K1 | {name: None}, "ru", OFFERED_ON) != LAW.text(K1, "ru", OFFERED_ON), name


def test_the_text_of_a_contract_that_was_signed_stays_as_it_is():
    """Sentences for more clauses may come in; those that stand change for nobody."""
    digests = {
        language: hashlib.sha256(LAW.text(K1, language, OFFERED_ON).encode()).hexdigest()
        for language in ("kk", "ru")
    }
    assert digests == {
        "kk": "5783fa96cd7641ed3b2ac4f6af1dd13c9eab94d3999ab6e3b8e5e65da2b8a212",
        "ru": "1eee2f6c9c7082ed1757342caae90b4052b614495799a28b3390d676af3d3580",
    }


def test_every_clause_of_the_register_has_its_sentence_in_every_language():
    values = {"number": "1", "minor": True, "parties": K1["parties"], **plain(happened.TERMS)}
    for language in ("kk", "ru", "en"):
        told = {s.clause: s.text for s in LAW.sentences(values, language, OFFERED_ON)}
        assert set(told) == {*ClauseId, "C-PARTIES", "C-HOURS"}
        for clause in REGISTER:
            without = {
                s.clause: s.text for s in LAW.sentences(values | {clause.field: None}, language, OFFERED_ON)
            }
            assert without.get(clause.id) != told[clause.id], (language, clause.id)


@pytest.mark.parametrize("name", [n for n, v in plain(happened.TERMS).items() if isinstance(v, dict)])
def test_every_part_of_a_clause_shows_in_its_sentence(name):
    values = {"number": "1", "minor": True, "parties": K1["parties"], **plain(happened.TERMS)}
    text = LAW.text(values, "kk", OFFERED_ON)
    for part in set(values[name]) - NEVER_SAID:
        less = {key: value for key, value in values[name].items() if key != part}
        assert LAW.text(values | {name: less}, "kk", OFFERED_ON) != text, part


def test_one_text_prevails_where_the_parties_say_so():
    assert "the Kazakh text prevails" in clause("C-LANGUAGE", languages={"prevails": "kk"})
    assert "the Russian text prevails" in clause("C-LANGUAGE", languages={"prevails": "ru"})
    assert clause("C-LANGUAGE", languages={"prevails": "neither"}) == clause("C-LANGUAGE")


def test_a_contract_older_than_the_form_has_no_text():
    with pytest.raises(LookupError, match="no form in force on 2015-12-31"):
        LAW.text(K1, "kk", date(2015, 12, 31))


def test_a_sentence_names_its_clause():
    first = LAW.sentences(K1, "en", OFFERED_ON)[0]
    assert isinstance(first, Sentence)
    assert first.clause == "C-PARTIES"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Оқу нысаны: {form|form}.", "Оқу нысаны.", "C-FORM: the languages speak of different values"),
        ("{form|form}", "{form|shape}", "the languages speak of different values"),
        ("Оқу нысаны: ", "Оқу нысаны {Form}: ", "C-FORM: a placeholder that cannot be read"),
        ("[word.funding]", "[word.money_of]", "no words of kind funding"),
        ("[word.month]", "[word.moon]", "twelve months and seven weekdays need their names"),
        ('version = "kz-1"', "", "version is missing"),
        ('article = "form kz-1"', "", "article is missing"),
    ],
)
def test_a_broken_form_is_refused(tmp_path, old, new, message):
    form = (tmp_path / "form.toml").resolve()
    text = (LAW_FOLDER / "kz" / "form.toml").read_text(encoding="utf-8")
    assert old in text
    form.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackRefused) as refused:
        read(form, "form.toml", LAW.acts)
    assert message in str(refused.value)
