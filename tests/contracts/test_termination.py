"""Ends on statutory grounds: a breach to cure, a college's order, liquidation, force majeure."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.closing import NoSuchGround, NotHeard, ProofMissing, ProposalClosed
from contracts.contract import LIVES, State
from contracts.contract_rules import NotYet, WrongState
from contracts.decision import DAY, NotParty
from contracts.parties import Guardian, Guardianship
from contracts.termination import (
    CureDemanded,
    DemandCure,
    Expel,
    Expelled,
    ForceMajeureReported,
    GuardianshipMissing,
    LiquidationReported,
    NotInCharter,
    ReportForceMajeure,
    ReportLiquidation,
)
from tests.examples import (
    CHAMBER,
    COLLEGE,
    ENDS_ON,
    ENTERPRISE,
    G1,
    K1_ACTIVE,
    K5_ACTIVE,
    MENTOR,
    P1,
    PRACTICE_MON_WED,
    REPRESENTATIVE,
    S1,
    S5,
    STUDENT,
    around,
    asked,
    proposed,
    refused,
    state,
    when,
)

ALIVE = tuple(sorted(LIVES))
ON, LEAST = date(2026, 11, 24), date(2026, 12, 3)
WORDS = {"breach": "b" * 64, "what": "w" * 64}
DEMAND = DemandCure(ENTERPRISE, "no protective clothing")
HEARD_ON = date(2026, 12, 14)
EXPEL = Expel("absence", "118", HEARD_ON)
LATER = date(2026, 12, 18)
OPEN = proposed(P1, COLLEGE, PRACTICE_MON_WED, date(2027, 1, 11), date(2026, 12, 31))


def of(role, on=ON, who=S5):
    return asked(role, on, around(who), sealed=WORDS)


def test_a_breach_is_to_be_cured_within_seven_working_days():
    events = when(DEMAND, of(STUDENT), given=K5_ACTIVE)
    assert events == [CureDemanded(STUDENT, ENTERPRISE, LEAST, "b" * 64)]
    [demand] = state([*K5_ACTIVE, *events]).cure_demands
    assert (demand.by, demand.against, demand.cure_by) == (STUDENT, ENTERPRISE, LEAST)


def test_a_demand_leaves_no_fewer_days_than_the_law():
    assert when(replace(DEMAND, cure_by=LEAST), of(STUDENT), given=K5_ACTIVE)
    short = refused(replace(DEMAND, cure_by=LEAST - DAY), of(STUDENT), given=K5_ACTIVE)
    assert short == [NotYet(LEAST, ON)]


@pytest.mark.parametrize(
    ("role", "against", "others"),
    [
        (STUDENT, STUDENT, (COLLEGE, ENTERPRISE)),
        (REPRESENTATIVE, STUDENT, (COLLEGE, ENTERPRISE)),
        (COLLEGE, MENTOR, (ENTERPRISE, STUDENT)),
    ],
)
def test_a_demand_is_made_to_another_party(role, against, others):
    assert refused(replace(DEMAND, against=against), of(role), K5_ACTIVE) == [NotParty(against, others)]


def test_an_order_ends_the_contract_on_its_day():
    events = when(EXPEL, of(COLLEGE, LATER), given=[*K5_ACTIVE, OPEN])
    expelled = Expelled("absence", "118", HEARD_ON, end_on=LATER, known_on=LATER)
    assert events == [expelled, ProposalClosed(P1, "withdrawal")]
    after = state([*K5_ACTIVE, OPEN, *events])
    assert (after.state, after.end_on, after.end.initiator) == (State.ENDING, LATER, COLLEGE)
    assert not after.end.revocable


def test_an_order_may_end_it_later_but_not_earlier():
    [later] = when(replace(EXPEL, end_on=ENDS_ON), of(COLLEGE, LATER), given=K5_ACTIVE)
    [earlier] = when(replace(EXPEL, end_on=HEARD_ON), of(COLLEGE, LATER), given=K5_ACTIVE)
    assert (later.end_on, earlier.end_on) == (ENDS_ON, LATER)
    after = refused(replace(EXPEL, end_on=ENDS_ON + DAY), of(COLLEGE, LATER), given=K5_ACTIVE)
    assert after == [WrongState(State.ACTIVE, ALIVE, ENDS_ON)]


def test_an_order_has_a_ground_of_the_charter():
    [found] = refused(replace(EXPEL, ground="own-wish"), of(COLLEGE, LATER), given=K5_ACTIVE)
    charter = ("academic-failure", "absence", "rules-broken", "tuition-unpaid")
    assert found == NotInCharter("own-wish", charter)


def test_a_student_has_two_working_days_to_explain():
    """16 December is a holiday."""
    assert when(EXPEL, of(COLLEGE, LATER), given=K5_ACTIVE)
    early = refused(EXPEL, of(COLLEGE, LATER - DAY), given=K5_ACTIVE)
    assert early == [NotHeard(HEARD_ON, working_days=2, earliest=LATER)]
    unheard = refused(replace(EXPEL, heard_on=None), of(COLLEGE, HEARD_ON), given=K5_ACTIVE)
    assert unheard == [NotHeard(None, 2, LATER)]


def test_nobody_was_heard_on_a_day_to_come():
    found = refused(replace(EXPEL, heard_on=date.max), of(COLLEGE, HEARD_ON), given=K5_ACTIVE)
    assert found == [NotHeard(date.max, 2, LATER)]


def test_an_order_has_a_number():
    assert refused(replace(EXPEL, order_no=" "), of(COLLEGE, LATER), K5_ACTIVE) == [ProofMissing("absence")]


def test_a_ward_is_expelled_with_consent_of_the_guardianship_body():
    ward = replace(S1, guardianships=(Guardianship(G1.id, Guardian.TRUSTEE, date(2028, 3, 15)),))
    assert refused(EXPEL, of(COLLEGE, LATER, ward), given=K1_ACTIVE) == [GuardianshipMissing()]
    assert when(replace(EXPEL, guardianship_no="7"), of(COLLEGE, LATER, ward), given=K1_ACTIVE)


@pytest.mark.parametrize(("role", "until"), [(Guardian.PARENT, date(2028, 3, 15)), (Guardian.TRUSTEE, LATER)])
def test_who_is_no_ward_or_not_any_more_needs_none(role, until):
    student = replace(S1, guardianships=(Guardianship(G1.id, role, until),))
    assert when(EXPEL, of(COLLEGE, LATER, student), given=K1_ACTIVE)


def test_a_liquidation_is_warned_of_a_month_before():
    wish = ReportLiquidation(ON, "act 5")
    events = when(wish, of(ENTERPRISE), given=[*K5_ACTIVE, OPEN])
    assert events[0] == LiquidationReported(
        ENTERPRISE, "enterprise-liquidated", "act 5", date(2026, 12, 24), ON
    )
    assert events[1:] == [ProposalClosed(P1, "withdrawal")]
    [later] = when(replace(wish, from_on=date(2027, 1, 11)), of(ENTERPRISE), given=K5_ACTIVE)
    assert later.end_on == date(2027, 1, 11)


def test_a_liquidation_ends_nothing_after_the_term():
    wish = ReportLiquidation(date(2027, 9, 1), "act 5")
    [reported] = when(wish, of(ENTERPRISE), given=K5_ACTIVE)
    assert reported.end_on == ENDS_ON
    [at_the_end] = when(wish, of(ENTERPRISE, date(2027, 6, 14)), given=K5_ACTIVE)
    assert at_the_end.end_on == ENDS_ON


def test_a_liquidation_has_an_act():
    found = refused(ReportLiquidation(ON, " "), of(ENTERPRISE), given=K5_ACTIVE)
    assert found == [ProofMissing("enterprise-liquidated")]


@pytest.mark.parametrize(
    ("role", "ground"),
    [
        (ENTERPRISE, "college-closed"),
        (ENTERPRISE, "staff-cuts"),
        (CHAMBER, "force-majeure"),
        (COLLEGE, "death"),
        (COLLEGE, "no such ground"),
    ],
)
def test_a_liquidation_is_reported_by_whom_it_concerns(role, ground):
    found = refused(ReportLiquidation(ON, "act 5", ground), of(role), given=K5_ACTIVE)
    assert found == [NoSuchGround(ground, role)]


def test_a_college_that_closes_says_so_or_its_chamber_does():
    for role in (COLLEGE, CHAMBER):
        [reported] = when(ReportLiquidation(ON, "act 5", "college-closed"), of(role), given=K5_ACTIVE)
        assert (reported.by, reported.ground) == (role, "college-closed")
        assert not state([*K5_ACTIVE, reported]).end.revocable


def test_force_majeure_is_reported_with_its_certificate():
    wish = ReportForceMajeure(ON, "flood", "77")
    [reported] = when(wish, of(ENTERPRISE), given=K5_ACTIVE)
    assert reported == ForceMajeureReported(ENTERPRISE, ON, "77", "w" * 64)
    assert when(wish, of(ENTERPRISE), given=[*K5_ACTIVE, reported]) == []
    assert refused(replace(wish, certificate_no=""), of(ENTERPRISE), K5_ACTIVE) == [
        ProofMissing("force-majeure")
    ]
    tomorrow = ON + DAY
    assert refused(replace(wish, on=tomorrow), of(ENTERPRISE), K5_ACTIVE) == [NotYet(tomorrow, ON)]
