"""What a time of rest comes to: no day counts twice, none is lost, and the term moves by as many."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.decision import DAY
from contracts.dossier import Resting, Suspension
from contracts.law import last_of
from contracts.resting import Balance, balance, bounds, resting_pay
from contracts.resumption import Resume, SuspensionEnded
from contracts.week import days, place_on, planned_days, practice_days
from tests.contracts.test_suspension import FROM_ON, MOVED, OPEN, STARTED, TO_ON, of
from tests.examples import COLLEGE, ENDS_ON, K5_ACTIVE, LAW, STARTS_ON, state, when

WITHIN = st.dates(STARTS_ON, ENDS_ON)
ACTIVE = state(K5_ACTIVE)
ILLNESS = LAW.rest("illness", FROM_ON)


@st.composite
def suspensions(draw):
    """Times of rest one after the other, the last perhaps without a return."""
    found, first = [], draw(WITHIN)
    for _ in range(draw(st.integers(1, 4))):
        back_on = first + timedelta(draw(st.integers(0, 90)))
        found.append(
            Suspension(
                "illness",
                first,
                back_on - DAY,
                back_on + 5 * DAY,
                None,
                frozenset(Resting),
                frozenset({"illness"}),
                draw(st.booleans()),
                back_on,
            )
        )
        first = back_on + timedelta(draw(st.integers(0, 30)))
    if draw(st.booleans()):
        found[-1] = replace(found[-1], back_on=None)
    return tuple(found)


@given(suspensions(), WITHIN, WITHIN)
def test_days_of_rest_and_of_practice_are_all_the_planned_days(rests, one, other):
    first, last = sorted((one, other))
    contract = replace(ACTIVE, suspensions=rests)
    planned, done = (set(f(contract, LAW, first, last)) for f in (planned_days, practice_days))
    rested = {day for day in days(first, last) if contract.suspended_on(day)}
    assert done | (planned & rested) == planned
    assert done & rested == set()
    assert planned == set(practice_days(ACTIVE, LAW, first, last))
    assert all(place_on(contract, LAW, day) is None for day in rested)


@given(suspensions(), st.dates(STARTS_ON, date(2028, 12, 31)))
def test_a_day_is_never_counted_twice_in_the_balance(rests, day):
    contract = replace(ACTIVE, suspensions=rests)
    counted = [each for each in rests if each.counted]
    expected = {n for n in days(STARTS_ON, day) if any(each.covers(n) for each in counted)}
    assert balance(contract, LAW, day) == Balance(365, len(expected), max(0, 365 - len(expected)))
    twice = replace(contract, suspensions=(*rests, *rests))
    assert balance(twice, LAW, day) == balance(contract, LAW, day)


@given(suspensions(), st.dates(STARTS_ON, date(2028, 12, 30)))
def test_the_balance_grows_by_at_most_a_day_a_day(rests, day):
    contract = replace(ACTIVE, suspensions=rests)
    grown = balance(contract, LAW, day + DAY).used - balance(contract, LAW, day).used
    assert grown in {0, 1}


@given(st.integers(0, 364), st.integers(0, 300))
def test_the_term_moves_by_exactly_the_days_that_it_rested(rested, later):
    started = replace(STARTED, to_on=FROM_ON + timedelta(rested))
    back_on = FROM_ON + timedelta(rested)
    on = of(COLLEGE, back_on + timedelta(later))
    [ended] = when(Resume(back_on, "note"), on, [*K5_ACTIVE, started])
    contract = state([*K5_ACTIVE, started, ended])
    suspended = sum(bool(contract.suspended_on(day)) for day in days(STARTS_ON, contract.last_day))
    assert ended.days == suspended == rested
    assert contract.last_day - ENDS_ON == timedelta(rested)
    assert contract.terms.term.starts_on == STARTS_ON


@given(st.integers(1, 60), st.dates(FROM_ON, date(2027, 12, 31)))
def test_an_answer_gets_back_what_was_left(left, back_on):
    asked = replace(OPEN, answer_by=FROM_ON + timedelta(left - 1))
    [_, answer] = when(Resume(back_on, "note"), of(COLLEGE, back_on), [*K5_ACTIVE, asked, STARTED])
    assert answer.left == left
    assert answer.answer_by >= back_on + timedelta(left - 1)
    assert LAW.working(answer.answer_by)
    skipped = [*days(back_on + timedelta(left - 1), answer.answer_by - DAY)]
    assert not any(map(LAW.working, skipped))


@given(st.dates(date(2026, 9, 1), date(2030, 12, 31)), st.integers(1, 36))
def test_so_many_months_from_a_day_end_the_day_before_the_same_number(first, months):
    last = last_of({"months": months}, first)
    ahead = (first.year * 12 + first.month - 1 + months) - (last.year * 12 + last.month - 1)
    assert (last + DAY).day == first.day or (last + DAY).day < first.day
    assert ahead in {0, 1}
    assert last_of({"months": months}, first) < last_of({"months": months + 1}, first)


def test_bounds_are_those_of_the_ground():
    assert bounds(ILLNESS, FROM_ON) == (date(2027, 7, 31), date(2028, 1, 31))
    assert bounds(LAW.rest("pregnancy", FROM_ON), FROM_ON) == (FROM_ON, date(2027, 6, 20))
    assert bounds(LAW.rest("illness", date(2028, 2, 29)), date(2028, 2, 29)) == (
        date(2028, 8, 28),
        date(2029, 2, 27),
    )


def test_what_does_not_rest_or_was_not_agreed_says_nothing_of_pay():
    [started] = state([*K5_ACTIVE, STARTED]).suspensions
    assert resting_pay(ACTIVE, LAW, replace(started, rests=frozenset({Resting.ANSWERS}))) == ()
    unpaid = replace(ACTIVE, terms=replace(ACTIVE.terms, compensation=None))
    assert resting_pay(unpaid, LAW, started) == ()
    short = replace(started, from_on=date(2027, 2, 8), to_on=date(2027, 2, 19))
    [whole] = resting_pay(ACTIVE, LAW, short)
    assert [step.value for step in whole.steps] == [12, 6]


def test_the_balance_stops_with_the_contract():
    ended = replace(state([*K5_ACTIVE, STARTED]), end_on=date(2027, 2, 10))
    assert balance(ended, LAW, TO_ON).used == 10
    back = state([*K5_ACTIVE, STARTED, SuspensionEnded(FROM_ON, date(2027, 2, 4), 3, MOVED)])
    assert balance(back, LAW, TO_ON).used == 3
