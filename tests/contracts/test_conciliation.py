"""Before anybody leaves, a breach is cured after all, or a mediator is asked."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.ahead import outlook
from contracts.conciliation import AskMediator, BreachCured, ConfirmCure, MediatorAsked, NothingDemanded
from contracts.contract_rules import NotYet
from contracts.decision import DAY, NotParty
from contracts.law import load
from contracts.termination import CureDemanded
from contracts.withdrawal import CureFirst, MediatorFirst, Withdraw
from tests.examples import (
    COLLEGE,
    ENTERPRISE,
    K5_ACTIVE,
    LAW,
    REPRESENTATIVE,
    S5,
    STUDENT,
    around,
    asked,
    refused,
    state,
    when,
)

ON, RECEIVED = date(2026, 12, 21), date(2026, 12, 28)
DEMANDED = CureDemanded(STUDENT, ENTERPRISE, date(2026, 12, 18), "d" * 64)
LEAVE = Withdraw("breach-by-enterprise", RECEIVED, date(2026, 12, 31))
WANTED = [*K5_ACTIVE, DEMANDED]
ABROAD = load("fr")


def of(role, on=ON, law=LAW):
    return replace(asked(role, on, around(S5)), law=law)


# A breach is cured


def test_who_demanded_it_says_that_a_breach_is_cured():
    assert when(ConfirmCure(ENTERPRISE), of(STUDENT), WANTED) == [BreachCured(STUDENT, ENTERPRISE, ON)]
    by_mother = of(REPRESENTATIVE)
    assert when(ConfirmCure(ENTERPRISE), by_mother, WANTED) == [BreachCured(REPRESENTATIVE, ENTERPRISE, ON)]


@pytest.mark.parametrize("role", [ENTERPRISE, COLLEGE])
def test_nobody_else_says_so(role):
    assert refused(ConfirmCure(ENTERPRISE), of(role), WANTED) == [NotParty(role, (STUDENT,))]


def test_what_was_not_demanded_or_is_cured_is_not_cured_again():
    cured = [*WANTED, BreachCured(STUDENT, ENTERPRISE, ON)]
    for given, against in ((K5_ACTIVE, ENTERPRISE), (WANTED, COLLEGE), (cured, ENTERPRISE)):
        assert refused(ConfirmCure(against), of(STUDENT), given) == [NothingDemanded(against)]


@pytest.mark.parametrize("by", [STUDENT, REPRESENTATIVE])
def test_a_breach_that_is_cured_is_no_ground_from_that_day_on(by):
    cured = [*WANTED, BreachCured(by, ENTERPRISE, ON)]
    assert refused(LEAVE, of(STUDENT, RECEIVED), cured) == [CureFirst(None)]
    before = replace(LEAVE, received_on=ON - 2 * DAY)
    assert when(before, of(STUDENT, RECEIVED), cured), "a notice that came while it lasted"
    assert when(LEAVE, of(STUDENT, RECEIVED), WANTED)
    waiting = [{t.name for t in outlook(state(each), LAW).tasks} for each in (WANTED, cured)]
    assert ["cure" in names for names in waiting] == [True, False]


def test_of_two_demands_each_is_cured_by_whom_it_was_made():
    both = [*WANTED, replace(DEMANDED, by=COLLEGE)]
    after = state([*both, BreachCured(STUDENT, ENTERPRISE, ON)])
    assert [demand.cured_on for demand in after.cure_demands] == [ON, None]
    after = state([*both, BreachCured(COLLEGE, ENTERPRISE, ON)])
    assert [demand.cured_on for demand in after.cure_demands] == [None, ON]


# A mediator

OWN_WISH = Withdraw("own-wish", RECEIVED, date(2027, 1, 4))


def test_that_a_mediator_was_asked_is_recorded_once_and_not_ahead():
    wish = AskMediator(ON)
    assert when(wish, of(STUDENT), K5_ACTIVE) == [MediatorAsked(STUDENT, ON)]
    asked_already = [*K5_ACTIVE, MediatorAsked(STUDENT, ON)]
    assert when(wish, of(STUDENT), asked_already) == []
    assert when(wish, of(REPRESENTATIVE), asked_already) == []
    assert when(wish, of(ENTERPRISE), asked_already) == [MediatorAsked(ENTERPRISE, ON)]
    assert refused(AskMediator(ON + DAY), of(STUDENT), K5_ACTIVE) == [NotYet(ON + DAY, ON)]


def test_where_the_law_says_so_a_mediator_is_asked_first():
    leaving = of(STUDENT, RECEIVED, ABROAD)
    never = refused(OWN_WISH, leaving, K5_ACTIVE)
    assert never == [MediatorFirst(None, RECEIVED + 5 * DAY)]
    in_time = [*K5_ACTIVE, MediatorAsked(STUDENT, RECEIVED - 5 * DAY)]
    assert when(OWN_WISH, leaving, in_time)
    late = [*K5_ACTIVE, MediatorAsked(STUDENT, RECEIVED - 4 * DAY)]
    assert refused(OWN_WISH, leaving, late) == [MediatorFirst(RECEIVED - 4 * DAY, RECEIVED + DAY)]


def test_a_mediator_whom_the_other_side_asked_does_not_count():
    others = [*K5_ACTIVE, MediatorAsked(ENTERPRISE, ON)]
    found = refused(OWN_WISH, of(STUDENT, RECEIVED, ABROAD), others)
    assert found == [MediatorFirst(None, RECEIVED + 5 * DAY)]


def test_the_law_of_the_land_asks_for_none():
    assert when(replace(OWN_WISH, end_on=date(2027, 1, 28)), of(STUDENT, RECEIVED), K5_ACTIVE)
