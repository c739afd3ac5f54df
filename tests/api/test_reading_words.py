"""What reading pages are built of: moments as they are typed, counted days, differences, clauses in few
words, states in a sentence."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from uuid import uuid4

import pytest

from api.languages import LANGUAGES, WORDS
from api.pages import counting, moment_form
from api.pages.acting.questions import Whole
from api.pages.clauses import ClauseWords
from api.pages.compare import words_that_differ
from api.pages.contract_people import masked
from api.pages.contracts import is_personal_number
from api.pages.entries import KINDS, kind_of
from api.pages.lists import address, csv_file
from api.pages.names import Names
from api.pages.parts import Lines
from api.pages.reader import made_at
from api.queries.telling import days_late
from contracts import law as laws
from contracts.contract import Contract, State
from contracts.dossier import End
from contracts.formation import Offered
from contracts.law.calendar import Count
from contracts.lifecycle import EVENTS
from contracts.log.ids import uuid7
from contracts.parties import Role
from contracts.schedule import ChangeProposed
from contracts.terms import (
    REGISTER,
    Hours,
    Schedule,
    StartsWith,
    Terms,
    Week,
    Weekday,
)
from tests.contracts import happened
from tests.examples import TERMS

LAW = laws.load("kz")
NOW = datetime(2026, 11, 24, 5, 15, tzinfo=UTC)
HOURS = Hours(time(9), time(18), 60)
SCHEDULE = Schedule(
    StartsWith.STUDY, (Week((Weekday.MONDAY, Weekday.TUESDAY), (Weekday.FRIDAY,)),), HOURS, HOURS
)


def typed(**fields):
    return {name.replace("__", "-"): value for name, value in fields.items()}


# Moments


def test_two_dates_become_an_address():
    query = typed(in_force_on__day="15", in_force_on__month="сентября", in_force_on__year="2026")
    query |= typed(known_at__day="24", known_at__month="11", known_at__year="2026", known_at__time="10:15")
    read = moment_form.read("en", query, NOW, LAW.zone)
    assert not read.wrong
    assert read.dates == {"in_force_on": "2026-09-15", "known_at": "2026-11-24T05:15:00.000000Z"}


def test_a_day_without_a_time_is_known_at_its_end_and_today_until_now():
    query = typed(known_at__day="23", known_at__month="11", known_at__year="2026")
    known = moment_form.read("en", query, NOW, LAW.zone).known_at.at
    assert known == datetime(2026, 11, 23, 18, 59, 59, 999999, UTC)
    today = typed(known_at__day="24", known_at__month="11", known_at__year="2026")
    assert moment_form.read("en", today, NOW, LAW.zone).known_at.at == NOW


def test_nobody_knows_at_a_moment_to_come():
    later = typed(known_at__day="24", known_at__month="11", known_at__year="2026", known_at__time="10:16")
    assert moment_form.read("en", later, NOW, LAW.zone).known_at.error == "This moment has not come yet."


def test_an_instant_that_is_sent_again_knows_no_less():
    at = datetime(2026, 11, 24, 5, 14, 59, 250_000, UTC)
    shown = moment_form.typed_instant(at, LAW.zone)
    assert (shown.day, shown.time) == ("24", "10:15")
    shown = moment_form.typed_instant(at.replace(second=30), LAW.zone)
    assert shown.time == "10:14:31"
    fields = {f"known_at-{part}": getattr(shown, part) for part in moment_form.PARTS}
    again = moment_form.read("en", fields, at.replace(second=30, microsecond=900_000), LAW.zone)
    assert again.known_at.at == at.replace(second=30, microsecond=900_000)


def test_what_else_stands_in_the_address_is_kept():
    query = {"order": "effective", "in_force_on": "2026-09-15", "in_force_on-day": "1", "kind": ""}
    assert moment_form.kept(query) == {"order": "effective"}
    assert moment_form.typed(query)
    assert not moment_form.typed({"in_force_on": "2026-09-15"})


def test_an_id_says_when_it_was_made():
    before = datetime.now(UTC)
    assert before <= made_at(uuid7()) <= datetime.now(UTC).replace(microsecond=999_999)


# What is typed


@pytest.mark.parametrize("text", ["0000000000999999999", "1000001", "-1", "1e3", "", "٣"])
def test_a_number_beyond_its_limits_is_none(text):
    wrong = {}
    assert Whole("en", "places", "Places").read({"places": text}, wrong) is None
    assert wrong


def test_a_whole_number_may_be_parted_by_spaces():
    assert Whole("en", "places", "Places").read({"places": " 1\u00a0000 000"}, {}) == 1_000_000


# How a day was counted


def offered(on):
    return (on, Offered(Role.COLLEGE, "00", date(2026, 12, 7), "kz-1", "00", None))


def test_a_deadline_is_counted_from_the_entry_that_began_it():
    entries = [offered(date(2026, 11, 2)), offered(date(2026, 11, 20))]
    count = counting.count_of("sign", None, "formation.offer", date(2026, 12, 7), Contract(), entries, LAW)
    assert (count.after, count.length, count.moved_from) == (date(2026, 11, 20), 15, date(2026, 12, 5))


def test_a_day_that_was_chosen_has_no_count():
    entries = [offered(date(2026, 11, 20))]
    due = date(2026, 12, 1)
    assert counting.count_of("sign", None, "formation.offer", due, Contract(), entries, LAW) is None
    assert counting.count_of("last-pay", None, "pay.due", due, Contract(), entries, LAW) is None


def test_an_answer_is_counted_from_its_own_proposal():
    ours, other = uuid4(), uuid4()
    days = [(date(2026, 11, 2), ours), (date(2026, 11, 20), other)]
    entries = [
        (on, ChangeProposed(id_, Role.COLLEGE, SCHEDULE, date(2027, 1, 11), date(2026, 12, 2), "00"))
        for on, id_ in days
    ]
    due = LAW.end_of(LAW.rule("schedule.answer", date(2026, 11, 2)).value, date(2026, 11, 2)).last
    count = counting.count_of(
        "answer-schedule-change", ours, "schedule.answer", due, Contract(), entries, LAW
    )
    assert count.after == date(2026, 11, 2)


def test_an_end_is_counted_by_the_notice_of_its_ground():
    ending = Contract(end=End(Role.STUDENT, "own-wish", date(2026, 11, 23), date(2026, 11, 23)))
    count = counting.count_of("end", None, "withdrawal.notice", date(2026, 12, 23), ending, [], LAW)
    assert (count.unit, count.length) == ("months", 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_is_told_with_what_was_skipped(language):
    days = (date(2026, 12, 5), date(2026, 12, 6))
    words = counting.words(
        language, Count(date(2026, 12, 7), "calendar_days", 15, date(2026, 11, 20), days, days[0])
    )
    assert words.count("2026") == 3
    assert "15" in words


# What differs


def test_words_that_went_and_came_stand_in_their_order():
    found = words_that_differ("days: Monday, Tuesday; hours 9", "days: Friday; hours 9")
    assert [(word.kind, word.text) for word in found] == [
        ("same", "days:"),
        ("gone", "Monday, Tuesday;"),
        ("come", "Friday;"),
        ("same", "hours 9"),
    ]


def test_the_same_words_do_not_differ():
    assert [word.kind for word in words_that_differ("one two", "one two")] == ["same"]


# Kinds of entries


def test_every_kind_names_entries_that_exist():
    assert {type_ for types in KINDS.values() for type_ in types} <= set(EVENTS)


class Row:
    def __init__(self, type_, actor):
        self.type = type_
        self.metadata = f'{{"actor":"{actor}"}}'


def test_an_entry_is_of_one_kind():
    before, after = replace(Contract(), version=1), replace(Contract(), version=2, terms=TERMS)
    somebody = f"person:{uuid4()}"
    assert kind_of(Row("contract.lapsed", "deadline"), before, after) == "automatic"
    assert kind_of(Row("contract.concluded", somebody), before, after) == "agreement"
    assert kind_of(Row("contract.refused", somebody), before, before) == "refusal"
    assert kind_of(Row("contract.revised", somebody), before, after) == "change"
    assert kind_of(Row("contract.drafted", somebody), Contract(), after) == "step"
    assert kind_of(Row("contract.signed", somebody), before, before) == "step"


# Clauses and states


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_has_few_words_in_every_language(language):
    names = Names(language, {TERMS.mentor.person: "Асқар"}, {})
    words = ClauseWords(language, names, LAW.form(date(2026, 11, 24)))
    whole = happened.TERMS
    filled = {clause.field: getattr(whole, clause.field) for clause in REGISTER}
    assert all(filled.values()), [name for name, value in filled.items() if not value]
    for value in filled.values():
        told = words.brief(value)
        assert "None" not in str(getattr(told, "text", told))
    assert words.value(None) == WORDS[language]["pages.clauses.empty"]


def test_weeks_that_alternate_are_numbered():
    weeks = (*SCHEDULE.weeks, Week((), (Weekday.MONDAY,)))
    words = ClauseWords("en", Names("en", {}, {}), LAW.form(date(2026, 11, 24)))
    told = words.schedule(replace(SCHEDULE, weeks=weeks))
    assert isinstance(told, Lines)
    assert told.first == "Week 1. College: Monday, Tuesday. Enterprise: Friday."
    assert told.notes[0] == "Week 2. College: no days. Enterprise: Monday."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", State)
def test_every_state_has_a_sentence(language, state):
    key = "signing" if state is State.OFFERED else state.value
    assert f"pages.states.{key}" in WORDS[language]


# Small things


def test_contacts_show_their_ends_only():
    assert masked("+77005550123") == "+7********23"
    assert masked("student@example.test") == "s*****@example.test"


def test_a_personal_number_is_told_from_an_organisation_s():
    assert is_personal_number("100315690008")
    assert not is_personal_number("120440900005")
    assert not is_personal_number("75-2026-000001")


def test_an_address_leaves_out_what_is_empty():
    assert (
        address("/contracts", {"q": "Айсұлу", "status": ""})
        == "/contracts?q=%D0%90%D0%B9%D1%81%D2%B1%D0%BB%D1%83"
    )
    assert address("/contracts", {}) == "/contracts"


def test_no_cell_of_a_file_is_run_by_a_spreadsheet():
    text = csv_file("x", ["a"], [["=1+1"], ["@x"], [None], ["Айсұлу"]]).body.decode()
    assert text.splitlines() == ["\ufeffa", "'=1+1", "'@x", '""', "Айсұлу"]


def test_terms_that_are_empty_have_no_clause():
    assert not any(getattr(Terms(), clause.field) for clause in REGISTER)


# Late


def stream_of(*recorded, effective_on):
    """Entries recorded on these days; the last one holds from `effective_on`."""
    rows = [
        SimpleNamespace(stream_version=n, recorded_at=LAW.start_of(on), effective_on=None)
        for n, on in enumerate(recorded, 1)
    ]
    rows[-1].effective_on = effective_on
    return SimpleNamespace(rows=rows, law=LAW), rows[-1]


def test_what_comes_by_itself_is_late_when_nothing_was_running():
    stream, lapsed = stream_of(date(2026, 8, 21), date(2026, 9, 7), effective_on=date(2026, 9, 5))
    assert days_late(stream, lapsed) == 2


def test_what_had_waited_for_an_entry_is_not_late():
    stream, activated = stream_of(date(2026, 9, 3), date(2026, 9, 3), effective_on=date(2026, 9, 1))
    assert days_late(stream, activated) == 0


def test_what_comes_on_its_day_or_has_none_is_not_late():
    stream, ended = stream_of(date(2026, 8, 21), date(2026, 9, 5), effective_on=date(2026, 9, 5))
    assert days_late(stream, ended) == 0
    stream, without = stream_of(date(2026, 8, 21), date(2026, 9, 5), effective_on=None)
    assert days_late(stream, without) == 0
