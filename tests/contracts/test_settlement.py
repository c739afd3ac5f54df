"""A dispute is settled when all who are concerned have agreed to one text; a minor not alone."""

from dataclasses import replace
from datetime import date

from contracts.ahead import outlook
from contracts.decision import On
from contracts.dispute import Closing, Phase, Portion
from contracts.dispute_marks import DisputeClosedHere
from contracts.dispute_rules import NotSide, WrongPhase
from contracts.formation_rules import UnknownParty
from contracts.settlement import (
    MinorSettles,
    OtherText,
    ProposeSettlement,
    Settle,
    Settled,
    SettlementAccepted,
    SettlementProposed,
)
from tests.contracts.quarrel import DECIDED_ON, DISPUTE, OPENED, WITH_ANSWER, at, dispute, known
from tests.examples import (
    COLLEGE,
    ENTERPRISE,
    K5,
    LAW,
    REPRESENTATIVE,
    S1,
    STUDENT,
    T1,
    T2,
    refused,
    when,
)

OFFERED = SettlementProposed(ENTERPRISE, "f" * 64, T1)
GIVEN = [*WITH_ANSWER, OFFERED]
MINOR = replace(known(), student=S1)


def test_an_offer_is_one_text_and_the_newest_counts():
    wish = ProposeSettlement("the old days")
    [offered] = when(wish, at(ENTERPRISE, DECIDED_ON), dispute(*WITH_ANSWER))
    assert (offered.by, offered.terms, len(offered.text_hash)) == (ENTERPRISE, "f" * 64, 64)
    other = SettlementProposed(STUDENT, "f" * 64, T2)
    found = dispute(*GIVEN, other)
    assert (found.settlement.text_hash, found.settlement.agreed) == (T2, {STUDENT})
    assert refused(Settle(T1), at(ENTERPRISE, DECIDED_ON), found) == [OtherText(T2)]


def test_with_the_last_yes_the_dispute_is_over():
    accepted, settled, here = when(Settle(T1), at(STUDENT, DECIDED_ON), dispute(*GIVEN))
    assert (accepted, settled) == (SettlementAccepted(STUDENT, T1), Settled(T1, DECIDED_ON))
    assert here == On(K5, DisputeClosedHere(DISPUTE, Closing.SETTLED))
    after = dispute(*GIVEN, accepted, settled)
    assert (after.phase, after.closing, after.closed_on) == (Phase.CLOSED, Closing.SETTLED, DECIDED_ON)
    assert when(Settle(T1), at(ENTERPRISE, DECIDED_ON), dispute(*GIVEN)) == []


def test_who_owes_a_share_is_asked_too():
    given = [replace(OPENED, debtors=(COLLEGE, STUDENT)), *GIVEN[1:]]
    assert when(Settle(T1), at(STUDENT, DECIDED_ON), dispute(*given)) == [SettlementAccepted(STUDENT, T1)]
    tasks = {task.name: task.who for task in outlook(dispute(*given), LAW).tasks}
    assert tasks == {"settle": (COLLEGE, STUDENT)}
    assert refused(Settle(T1), at(COLLEGE, DECIDED_ON), dispute(*GIVEN)) == [
        NotSide(COLLEGE, (ENTERPRISE, STUDENT))
    ]


def test_shares_are_said_of_all_debtors_or_of_none():
    wish = ProposeSettlement("half each", (Portion(STUDENT, 50),))
    assert refused(wish, at(ENTERPRISE, DECIDED_ON), dispute(*WITH_ANSWER)) == [UnknownParty(("debtor",))]


def test_nothing_is_agreed_to_that_is_not_offered():
    assert refused(Settle(T1), at(STUDENT, DECIDED_ON), dispute(*WITH_ANSWER)) == [OtherText(None)]
    assert refused(Settle(T2), at(STUDENT, DECIDED_ON), dispute(*GIVEN)) == [OtherText(T1)]


def test_a_minor_settles_with_the_representative():
    by_student = at(STUDENT, DECIDED_ON, facts=MINOR)
    assert refused(Settle(T1), by_student, dispute(*GIVEN)) == [MinorSettles(date(2028, 3, 15))]
    by_parent = at(REPRESENTATIVE, DECIDED_ON, facts=MINOR)
    [accepted] = when(Settle(T1), by_parent, dispute(*GIVEN))
    assert accepted == SettlementAccepted(REPRESENTATIVE, T1)
    after = dispute(*GIVEN, accepted)
    assert [type(each) for each in when(Settle(T1), by_student, after)][:2] == [SettlementAccepted, Settled]


def test_what_a_minor_has_offered_waits_for_the_representative():
    offered = [*WITH_ANSWER, SettlementProposed(STUDENT, "f" * 64, T1)]
    assert when(Settle(T1), at(ENTERPRISE, DECIDED_ON, facts=MINOR), dispute(*offered)) == [
        SettlementAccepted(ENTERPRISE, T1)
    ]
    both = dispute(*offered, SettlementAccepted(ENTERPRISE, T1))
    assert len(when(Settle(T1), at(REPRESENTATIVE, DECIDED_ON, facts=MINOR), both)) == 3


def test_what_is_over_is_not_settled():
    over = dispute(*GIVEN, Settled(T1, DECIDED_ON))
    needs = tuple(sorted(frozenset(Phase) - {Phase.CLOSED}))
    assert refused(Settle(T2), at(STUDENT, DECIDED_ON), over) == [WrongPhase(Phase.CLOSED, needs)]
