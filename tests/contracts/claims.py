"""A contract that has ended, and the claim that the enterprise opens because of it."""

from dataclasses import replace
from datetime import date
from typing import Any

from contracts.claim import Claim
from contracts.costs import Cost, Item
from contracts.decision import Event, On
from contracts.ending import Ended
from contracts.parties import Role
from contracts.reimbursement import ClaimOpened, OpenClaim, Share
from contracts.terms import Compensation, CostItem, PayKind, Proportion, Standing, Status, Terms
from contracts.withdrawal import Noticed
from tests.examples import (
    COLLEGE,
    ENTERPRISE,
    K5,
    K5_SIGNED,
    S5,
    STUDENT,
    TERMS,
    an_id,
    around,
    asked,
    drafted,
    state,
    when,
)

RECEIVED, END_ON, OPENED_ON = date(2026, 12, 28), date(2027, 1, 28), date(2027, 3, 1)
ANSWER_BY, DUE_BY = date(2027, 3, 11), date(2027, 3, 9)
CLAIM = an_id(82)
SECOND = an_id(97)
"""Another person who acts for E1."""

COURSE = Item(Cost.EXTERNAL_COURSE, 15_000_000, "invoice 114")
MATERIALS = Item(Cost.MATERIALS, 4_000_000, "act 7")
BY_MONTHS = replace(
    TERMS.reimbursement,
    items=(CostItem.EXTERNAL_COURSE, CostItem.MATERIALS),
    proportion=Proportion.FULL_MONTHS,
)
LISTED = replace(TERMS, reimbursement=BY_MONTHS)
EMPLOYED = replace(
    LISTED,
    standing=Standing(Status.EMPLOYEE, "12/2026"),
    compensation=Compensation(PayKind.WAGE, 8_500_000),
)
SIXTY_FORTY = (Share(STUDENT, 60), Share(COLLEGE, 40))
OPEN = OpenClaim(K5, SIXTY_FORTY, (COURSE, MATERIALS))


def ended(
    terms: Terms = LISTED, ground: str = "own-wish", end_on: date = END_ON, who: Any = S5
) -> list[Event]:
    """S5's contract, over since that day."""
    noticed = Noticed(STUDENT, ground, RECEIVED, end_on, RECEIVED)
    draft = drafted(who, "75-2026-000004", minor=False, terms=terms)
    return [draft, *K5_SIGNED[1:], noticed, Ended(ground, end_on, RECEIVED)]


def facts(given: list[Event] | None = None, who: Any = S5, **more: Any) -> Any:
    return around(who, contract=state(given or ended(), id_=K5), **more)


def by(role: Role = ENTERPRISE, on: date = OPENED_ON, given: list[Event] | None = None, **more: Any) -> Any:
    who = more.pop("who", S5)
    person = more.pop("person", None) or {STUDENT: who.id}.get(role)
    return asked(role, on, facts(given, who), more.pop("sealed", None), person=person)


EMPTY = Claim(id=CLAIM)


def decided(wish: Any, occasion: Any, claim: Claim) -> list[Event]:
    """What it comes to in the claim's own stream."""
    return [event for event in when(wish, occasion, claim) if not isinstance(event, On)]


def opened(
    wish: OpenClaim = OPEN, on: date = OPENED_ON, given: list[Event] | None = None, **more: Any
) -> ClaimOpened:
    [event] = decided(wish, by(ENTERPRISE, on, given, **more), EMPTY)
    return event


def claim(*events: Event, wish: OpenClaim = OPEN, given: list[Event] | None = None) -> Claim:
    """S5 owes 6000000 of it and C1 4000000, due on 2027-03-09."""
    return state([opened(wish, given=given), *events], "claim", CLAIM)


OF_S5 = replace(OPEN, debtors=(Share(STUDENT),))
"""10000000 of S5 alone."""
