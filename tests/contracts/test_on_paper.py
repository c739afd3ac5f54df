"""Contracts that were signed before they came here."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.contract import Parties, State
from contracts.contract_rules import NotYet
from contracts.dossier import Agreed
from contracts.formation_rules import AnotherActive, NoPlace, NumberTaken, TooYoung, UnknownParty
from contracts.offer_rules import Incomplete, VoidClause
from contracts.on_paper import Imported, RecordSigned
from contracts.places import holds
from contracts.terms import NOTHING_AGREED, Term, Terms
from tests.examples import (
    C1,
    COLLEGE,
    E1,
    ENDS_ON,
    M1,
    R1,
    S1,
    S5,
    SIGNED_ON,
    STARTS_ON,
    TERMS,
    an_id,
    around,
    asked,
    held,
    refused,
    state,
    student,
    when,
)

ON = date(2026, 11, 24)
PAST = Term(date(2024, 9, 2), date(2026, 6, 30))
RECORD = RecordSigned("17/2026", S5.id, C1.bin, E1.bin, TERMS, SIGNED_ON)
COMPLETED = replace(RECORD, terms=replace(TERMS, term=PAST), ended_on=PAST.ends_on, completed=True)
LEFT = replace(COMPLETED, ended_on=date(2025, 12, 31), completed=False)
IMPORTED = Imported("17/2026", Parties(S5.id, C1.bin, E1.bin, R1.bin), False, TERMS, SIGNED_ON)


def of_college(**around_it):
    return asked(COLLEGE, ON, around(**{"who": S5, **around_it}))


def test_a_contract_on_paper_comes_in_whole():
    [imported] = when(RECORD, of_college())
    assert (imported, imported.effective_on) == (IMPORTED, SIGNED_ON)
    after = state([imported])
    assert (after.state, after.number, after.drafted_by) == (State.ACTIVE, "17/2026", COLLEGE)
    assert after.agreed == (Agreed(STARTS_ON, TERMS),)
    assert after.state_on(date(2026, 8, 31)) is State.SIGNED


def test_its_source_is_kept_apart():
    [imported] = when(replace(RECORD, source="shelf 3"), replace(of_college(), sealed={"source": "f" * 64}))
    assert imported.source == "f" * 64


def test_record_again_changes_nothing():
    assert when(RECORD, of_college(), given=[IMPORTED]) == []


@pytest.mark.parametrize(("wish", "ended"), [(COMPLETED, State.COMPLETED), (LEFT, State.ENDED)])
def test_a_contract_that_is_over_says_how(wish, ended):
    [imported] = when(wish, of_college())
    after = state([imported])
    assert (after.state, after.end_on, after.minor) == (ended, wish.ended_on, False)
    assert {hold.to_on for hold in holds(after)} == {wish.ended_on}


@pytest.mark.parametrize(
    "wish",
    [
        replace(COMPLETED, ended_on=None, completed=False),
        replace(RECORD, completed=True),
        replace(LEFT, ended_on=date(2024, 9, 1)),
        replace(LEFT, ended_on=date(2026, 7, 1)),
    ],
    ids=["term over", "completed without a day", "before its term", "after its term"],
)
def test_how_it_ended_fits_its_term(wish):
    assert refused(wish, of_college()) == [Incomplete(("ended_on",))]


def test_a_contract_may_have_been_for_a_single_day_and_may_have_ended_on_its_first():
    one_day = Term(date(2026, 6, 1), date(2026, 6, 1))
    assert when(replace(LEFT, terms=replace(TERMS, term=one_day), ended_on=one_day.ends_on), of_college())
    assert when(replace(LEFT, ended_on=PAST.starts_on), of_college())


def test_a_term_that_ends_today_is_not_over():
    today = replace(RECORD, terms=replace(TERMS, term=Term(STARTS_ON, ON)))
    assert when(today, of_college())


def test_a_contract_that_is_in_force_today_has_not_ended():
    assert when(replace(RECORD, ended_on=date(2026, 11, 23)), of_college())
    assert refused(replace(RECORD, ended_on=ON), of_college()) == [NotYet(date(2026, 11, 25), ON)]


def test_what_often_stands_in_an_annex_is_not_insisted_on():
    bare = Terms(subject=TERMS.subject, term=TERMS.term, practice_share=TERMS.practice_share)
    [imported] = when(replace(RECORD, terms=bare), of_college(mentor=None))
    assert state([imported]).agreed == (Agreed(STARTS_ON, imported.terms),)
    nothing = refused(replace(RECORD, terms=NOTHING_AGREED), of_college())
    assert nothing == [Incomplete(("C-SUBJECT", "C-TERM", "C-PRACTICE-SHARE"))]


def test_a_term_ends_after_it_begins():
    wish = replace(RECORD, terms=replace(TERMS, term=Term(ENDS_ON, date(2027, 6, 29))))
    assert refused(wish, of_college()) == [VoidClause(("C-TERM",))]


def test_it_was_signed_already():
    assert when(replace(RECORD, signed_on=ON), of_college())
    assert refused(replace(RECORD, signed_on=date(2026, 11, 25)), of_college()) == [
        NotYet(date(2026, 11, 25), ON)
    ]


def test_a_number_is_given_once():
    assert refused(RECORD, of_college(number_taken=True)) == [NumberTaken()]


def test_everybody_named_is_known():
    found = refused(RECORD, of_college(enterprise=None))
    assert found == [UnknownParty(("enterprise",))]


def test_age_period_and_places_are_looked_at():
    child = student(29, "000000000000", "Somebody Demo", date(2012, 9, 2))
    whole = (STARTS_ON, ENDS_ON)
    assert refused(RECORD, of_college(who=child)) == [TooYoung(13, 14)]
    taken = held("student", str(S5.id), whole)
    assert refused(RECORD, of_college(holds=taken)) == [AnotherActive(*whole)]
    full = held("mentor", str(M1.id), *[whole] * 3)
    assert refused(RECORD, of_college(holds=full)) == [NoPlace("mentor", 3, 3)]


def test_a_past_contract_takes_no_place_of_today():
    taken = {**held("student", str(S5.id), (STARTS_ON, ENDS_ON)), **held("mentor", str(M1.id))}
    assert when(LEFT, of_college(holds=taken))


def test_a_minor_s_contract_is_one():
    minor = replace(RECORD, student=S1.id)
    [imported] = when(minor, of_college(who=S1))
    assert imported.minor
    assert state([imported], id_=an_id(60)).minor
    over = replace(minor, terms=LEFT.terms, ended_on=LEFT.ended_on)
    [imported] = when(over, of_college(who=student(29, "000000000000", "Somebody Demo", date(2010, 1, 1))))
    assert imported.minor
    assert not state([imported]).minor, "nobody is asked for what is over"
