"""Both sides choose one mediator of the region, who works for neither; it lasts a month."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.decision import DAY, On
from contracts.dispute import Phase
from contracts.dispute_marks import DisputeMovedHere
from contracts.dispute_rules import NotSide, WrongPhase
from contracts.mediation import (
    AdmitMediator,
    AgreeMediation,
    EndMediation,
    MediationAgreed,
    MediationEnded,
    MediationStarted,
    MediatorAdmitted,
    NoMediator,
    NotChamber,
    Result,
)
from contracts.parties import Mediator, Mentorship
from tests.contracts.quarrel import (
    DISPUTE,
    IN_MEDIATION,
    MEDIATOR,
    OPENED,
    REGION,
    WITH_ANSWER,
    at,
    dispute,
    known,
)
from tests.examples import (
    C1,
    C1_HEAD,
    CHAMBER,
    COLLEGE,
    DEADLINE,
    E1,
    E1_HEAD,
    ENTERPRISE,
    K5,
    MENTOR,
    R1,
    S5,
    STUDENT,
    asked,
    refused,
    when,
)

ON, UNTIL = date(2027, 3, 31), date(2027, 4, 30)
AGREE = AgreeMediation(MEDIATOR.id)
ONE_AGREES = [*WITH_ANSWER, MediationAgreed(STUDENT, MEDIATOR.id)]


def test_it_begins_when_both_have_named_the_same_mediator():
    assert when(AGREE, at(STUDENT, ON), dispute(*WITH_ANSWER)) == [MediationAgreed(STUDENT, MEDIATOR.id)]
    agreed, started, moved = when(AGREE, at(ENTERPRISE, ON), dispute(*ONE_AGREES))
    assert agreed == MediationAgreed(ENTERPRISE, MEDIATOR.id)
    assert started == MediationStarted(MEDIATOR.id, ON, UNTIL)
    assert moved == On(K5, DisputeMovedHere(DISPUTE, UNTIL))
    assert when(AGREE, at(STUDENT, ON), dispute(*ONE_AGREES)) == []


def test_who_names_another_mediator_asks_anew():
    other = [*ONE_AGREES, MediationAgreed(ENTERPRISE, S5.id)]
    assert dispute(*other).mediation.agreed == {ENTERPRISE}


def test_a_mediator_stands_in_the_register_of_the_region():
    stranger = refused(AgreeMediation(C1.mandates[0].person), at(STUDENT, ON), dispute(*WITH_ANSWER))
    assert stranger == [NoMediator(COLLEGE)]
    nowhere = replace(REGION, mediators=())
    without = at(STUDENT, ON, facts=replace(known(), chamber=nowhere))
    assert refused(AGREE, without, dispute(*WITH_ANSWER)) == [NoMediator()]
    last = REGION.mediators[0].until
    assert when(AGREE, at(STUDENT, last), dispute(*WITH_ANSWER))
    assert refused(AGREE, at(STUDENT, last + DAY), dispute(*WITH_ANSWER)) == [NoMediator()]


@pytest.mark.parametrize(("person", "of"), [(S5.id, STUDENT), (C1_HEAD, COLLEGE), (E1_HEAD, ENTERPRISE)])
def test_a_mediator_is_nobody_of_a_party(person, of):
    listed = replace(REGION, mediators=(Mediator(person, "M-20"),))
    occasion = at(STUDENT, ON, facts=replace(known(), chamber=listed))
    assert refused(AgreeMediation(person), occasion, dispute(*WITH_ANSWER)) == [NoMediator(of)]


def test_a_mentor_of_the_enterprise_does_not_mediate():
    works = replace(MEDIATOR, mentorships=(Mentorship(E1.bin, 3, date(2026, 1, 12)),))
    occasion = at(STUDENT, ON, facts=replace(known(), member=works))
    assert refused(AGREE, occasion, dispute(*WITH_ANSWER)) == [NoMediator(MENTOR)]


def test_only_the_sides_agree_and_only_after_the_answer():
    assert refused(AGREE, at(COLLEGE, ON), dispute(*WITH_ANSWER)) == [NotSide(COLLEGE, (ENTERPRISE, STUDENT))]
    assert refused(AGREE, at(STUDENT, ON), dispute(OPENED)) == [
        WrongPhase(Phase.COMPLAINT, (Phase.ANSWERED,))
    ]


def test_each_side_may_end_it():
    ended, moved = when(EndMediation(), at(STUDENT, ON), dispute(*IN_MEDIATION))
    assert (ended, moved.event.until) == (MediationEnded(Result.NO_AGREEMENT), None)
    after = dispute(*IN_MEDIATION, ended)
    assert (after.phase, after.mediation, after.mediator) == (Phase.ANSWERED, None, MEDIATOR.id)
    agreement, _ = when(EndMediation(Result.AGREEMENT), at(ENTERPRISE, ON), dispute(*IN_MEDIATION))
    assert agreement.result is Result.AGREEMENT


def test_it_ends_by_itself_after_its_last_day():
    last = dispute(*IN_MEDIATION).mediation.ends_by
    assert when(EndMediation(), at(DEADLINE, last), dispute(*IN_MEDIATION)) == []
    ended, _ = when(EndMediation(), at(DEADLINE, last + DAY), dispute(*IN_MEDIATION))
    assert ended == MediationEnded(Result.NO_AGREEMENT)
    assert when(EndMediation(), at(DEADLINE, last + DAY), dispute(*WITH_ANSWER)) == []


def test_a_chamber_enters_who_may_mediate_in_its_region():
    wish = AdmitMediator(MEDIATOR.id, "M-17", date(2028, 1, 31))
    own = asked(CHAMBER, ON, replace(known(), acting=R1))
    [admitted] = when(wish, own, R1)
    assert admitted == MediatorAdmitted(Mediator(MEDIATOR.id, "M-17", date(2028, 1, 31)))
    assert when(wish, own, admitted.evolve(R1)) == []
    assert admitted.evolve(REGION).mediators == (admitted.mediator,), "it takes the place of the old entry"


def test_nobody_else_enters_mediators_there():
    wish = AdmitMediator(MEDIATOR.id, "M-17")
    assert refused(wish, asked(CHAMBER, ON, replace(known(), acting=R1)), C1) == [NotChamber()]
    other = replace(R1, bin="110540900999")
    assert refused(wish, asked(CHAMBER, ON, replace(known(), acting=other)), R1) == [NotChamber()]
