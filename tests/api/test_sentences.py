"""Events, commands and refusals have words in three languages, and so have their facts (P49, P66)."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

import contracts
from api.languages import LANGUAGES, WORDS
from api.sentences import SECTIONS, Speaker
from contracts.contract import State
from contracts.contract_rules import WrongState
from contracts.decision import NotParty
from contracts.formation_rules import NoPlace
from contracts.law import load
from contracts.lifecycle import COMMANDS, EVENTS, REFUSALS
from contracts.offer_rules import Incomplete
from contracts.parties import Role
from contracts.pay import TooLittle
from contracts.termination import NotInCharter
from contracts.terms import CLAUSES
from contracts.withdrawal import Noticed, NoticeTooShort

LAW = load("kz")
TODAY = date(2026, 11, 24)
DAY = r"\d+ [а-я]+ \d{4} г\."
NOTICED = Noticed(Role.STUDENT, "own-wish", TODAY, date(2026, 12, 24), TODAY, None)


def speaker(language):
    return Speaker(language, LAW, TODAY)


def named(section):
    return {key.removeprefix(f"{section}.") for key in WORDS["en"] if key.startswith(f"{section}.")}


@pytest.mark.parametrize(
    ("section", "known"),
    [("commands", COMMANDS), ("events", EVENTS), ("refusals", REFUSALS), ("clauses", CLAUSES)],
)
def test_everything_has_words_and_nothing_else_has(section, known):
    assert named(section) == set(known)


def test_every_cure_has_words():
    assert named("cures") == {cure.what for refusal in REFUSALS.values() for cure in refusal.cures}


def test_every_field_has_a_label():
    known = [*EVENTS.values(), *COMMANDS.values(), *REFUSALS.values()]
    assert named("fields") == {field.name for each in known for field in fields(each)}


@pytest.mark.parametrize(
    ("kind", "section"), SECTIONS.items(), ids=lambda each: getattr(each, "__name__", each)
)
def test_every_value_of_an_enumeration_has_words(kind, section):
    assert named(section) == set(kind)


@pytest.mark.parametrize(
    ("section", "made"),
    [("deadlines", r'Deadline\("([\w-]+)"'), ("tasks", r'Task\("([\w-]+)"'), ("steps", r'Step\("([\w-]+)"')],
)
def test_every_consequence_has_words(section, made):
    sources = Path(contracts.__file__).parent.glob("*.py")
    names = {name for source in sources for name in re.findall(made, source.read_text("utf-8"))}
    assert names
    assert names <= named(section)


@pytest.mark.parametrize("name", [*EVENTS, *REFUSALS])
def test_a_sentence_says_only_what_its_fields_know(name):
    kind, section = (EVENTS[name], "events") if name in EVENTS else (REFUSALS[name], "refusals")
    text = str(WORDS["en"][f"{section}.{name}"])
    asked = {field for _, field, _, _ in Formatter().parse(text) if field}
    assert asked <= {field.name for field in fields(kind)}


def test_a_refusal_is_said_with_its_facts():
    short = NoticeTooShort(TODAY, date(2026, 12, 7), date(2026, 12, 24), 17)
    said = speaker("ru").refusal(short).replace("\u00a0", " ")
    assert {"24 ноября 2026 г.", "7 декабря 2026 г.", "24 декабря 2026 г."} <= set(re.findall(DAY, said))
    assert "17" in said
    assert ".." not in said


def test_a_sum_is_said_as_money_and_a_month_by_its_name():
    said = speaker("en").refusal(TooLittle("2027-01", 80_000_00, 85_000_00)).replace("\u00a0", " ")
    assert "January 2027" in said
    assert "80,000.00 ₸" in said
    assert "85,000.00 ₸" in said


def test_names_of_ours_are_said_in_words():
    assert "Student, College" in speaker("en").refusal(NotParty(Role.MENTOR, (Role.STUDENT, Role.COLLEGE)))
    assert speaker("kk").refusal(Incomplete(("C-TERM",))).endswith("Шарттың мерзімі.")
    assert ": Memorandum." in speaker("en").refusal(NoPlace("memorandum", 3, 3))
    assert ": not stated." in speaker("en").refusal(WrongState(None, (State.DRAFT,)))


def test_a_ground_has_the_name_that_the_law_gives_it():
    assert LAW.ground("own-wish", TODAY).name["en"] in dict(speaker("en").facts(NOTICED)).values()
    unknown = NotInCharter("nonsense", ())
    assert ": nonsense." in speaker("en").refusal(unknown)


def test_facts_leave_out_what_is_not_known_and_what_is_said_elsewhere():
    facts = dict(speaker("en").facts(NOTICED, without=("known_on",)))
    assert set(facts) == {"Asked by", "Ground", "Received on", "Last day"}
    assert facts["Asked by"] == "Student"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_and_an_event_have_a_name(language):
    assert speaker(language).command(COMMANDS["withdraw"])
    assert speaker(language).event(NOTICED)
