"""A commission has equal seats; who has an interest steps back; evidence comes up to a day."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.ahead import outlook
from contracts.commission import (
    MemberRecused,
    MemberSeated,
    NoteUndecided,
    Recuse,
    ReferToCommission,
    SeatMember,
    Undecided,
)
from contracts.commission_rules import Conflict, Conflicted
from contracts.decision import DAY, On
from contracts.dispute import Bias, Late, Paper, Phase
from contracts.dispute_marks import DisputeMovedHere
from contracts.dispute_rules import NotSide, WrongPhase
from contracts.evidence import EvidenceLate, EvidenceSubmitted, RestoreTime, SubmitEvidence, TimeRestored
from contracts.formation_rules import UnknownParty
from tests.contracts.quarrel import (
    AFTER_DECISION,
    ANOTHER,
    CHAIR,
    DECIDE_BY,
    DISPUTE,
    EVIDENCE_BY,
    IN_COMMISSION,
    IN_MEDIATION,
    MEDIATOR,
    OF_COLLEGE,
    OF_ENTERPRISE,
    OF_STUDENT,
    OPENED,
    REFERRED,
    REFERRED_ON,
    REFERRED_TO,
    REVIEWER,
    WITH_ANSWER,
    at,
    dispute,
    known,
)
from tests.examples import (
    C1_HEAD,
    CHAMBER,
    COLLEGE,
    DEADLINE,
    E1_HEAD,
    ENTERPRISE,
    K5,
    LAW,
    M1,
    S5,
    STUDENT,
    person,
    refused,
    when,
)

OWN_MONEY = Recuse(Bias.OWN_MONEY)
PAPER = SubmitEvidence(Paper.DOCUMENT, "7" * 64, "the timetable of March")


def seat(side, who, by=CHAMBER, given=REFERRED_TO, on=REFERRED_ON):
    facts = replace(known(), member=who)
    return when(SeatMember(side, who.id), at(by, on, facts=facts), dispute(*given))


def not_seated(side, who, by=CHAMBER, given=REFERRED_TO):
    facts = replace(known(), member=who)
    return refused(SeatMember(side, who.id), at(by, REFERRED_ON, facts=facts), dispute(*given))


def test_a_dispute_is_referred_after_the_answer():
    referred, moved = when(ReferToCommission(), at(STUDENT, REFERRED_ON), dispute(*WITH_ANSWER))
    assert referred == REFERRED
    assert moved == On(K5, DisputeMovedHere(DISPUTE, DECIDE_BY))
    assert refused(ReferToCommission(), at(STUDENT, REFERRED_ON), dispute(OPENED)) == [
        WrongPhase(Phase.COMPLAINT, (Phase.ANSWERED,))
    ]
    assert refused(ReferToCommission(), at(COLLEGE, REFERRED_ON), dispute(*WITH_ANSWER)) == [
        NotSide(COLLEGE, (ENTERPRISE, STUDENT))
    ]


def test_fifteen_working_days():
    referred, _ = when(ReferToCommission(), at(STUDENT, date(2027, 4, 20)), dispute(*WITH_ANSWER))
    assert referred.decide_by == date(2027, 5, 14), "3, 7 and 10 May are off"


def test_each_side_names_its_own_and_the_chamber_whatever_is_left():
    assert seat(STUDENT, OF_STUDENT, STUDENT) == [MemberSeated(STUDENT, OF_STUDENT.id, STUDENT)]
    assert seat(COLLEGE, OF_COLLEGE, COLLEGE) == [MemberSeated(COLLEGE, OF_COLLEGE.id, COLLEGE)]
    assert seat(CHAMBER, CHAIR) == [MemberSeated(CHAMBER, CHAIR.id, CHAMBER)]
    assert seat(ENTERPRISE, OF_ENTERPRISE) == [MemberSeated(ENTERPRISE, OF_ENTERPRISE.id, CHAMBER)]
    assert not_seated(ENTERPRISE, OF_STUDENT, STUDENT) == [NotSide(STUDENT, (ENTERPRISE, CHAMBER))]
    assert seat(STUDENT, OF_STUDENT, given=IN_COMMISSION) == []


def test_a_worker_of_a_party_sits_for_that_party_alone():
    head = person(1, "720202490020", "Gulnar Demo", date(1972, 2, 2))
    assert head.id == C1_HEAD
    assert seat(COLLEGE, head, COLLEGE)
    assert not_seated(CHAMBER, head) == [Conflicted(Conflict.OTHER_SIDE, CHAMBER)]
    boss = replace(head, id=E1_HEAD)
    assert seat(ENTERPRISE, boss, ENTERPRISE)
    assert not_seated(COLLEGE, boss) == [Conflicted(Conflict.OTHER_SIDE, COLLEGE)]


@pytest.mark.parametrize(
    ("who", "why"), [(S5, Conflict.PARTY), (M1, Conflict.MENTOR), (MEDIATOR, Conflict.MEDIATOR)]
)
def test_who_has_an_interest_does_not_sit(who, why):
    given = [*IN_MEDIATION, REFERRED]
    assert not_seated(STUDENT, who, given=given) == [Conflicted(why, STUDENT)]


def test_a_seat_has_one_member_and_a_member_one_seat():
    assert not_seated(STUDENT, ANOTHER, given=IN_COMMISSION) == [Conflicted(Conflict.SEAT_TAKEN, STUDENT)]
    given = [*REFERRED_TO, MemberSeated(STUDENT, OF_STUDENT.id, STUDENT)]
    assert not_seated(COLLEGE, OF_STUDENT, given=given) == [Conflicted(Conflict.OTHER_SIDE, COLLEGE)]


def test_only_somebody_who_is_known_sits():
    wish = SeatMember(STUDENT, ANOTHER.id)
    assert refused(wish, at(CHAMBER, REFERRED_ON), dispute(*REFERRED_TO)) == [UnknownParty(("person",))]


# Recusal


def test_a_member_steps_back_and_the_chair_has_three_working_days():
    wish, occasion = OWN_MONEY, at(REVIEWER, date(2027, 4, 22), who=OF_COLLEGE.id)
    [recused] = when(wish, occasion, dispute(*IN_COMMISSION))
    assert recused == MemberRecused(
        OF_COLLEGE.id, COLLEGE, Bias.OWN_MONEY, REVIEWER, replace_by=date(2027, 4, 27)
    )
    after = dispute(*IN_COMMISSION, recused)
    assert (OF_COLLEGE.id in after.members, len(after.members)) == (False, 3)
    due = {each.name: each.on for each in outlook(after, LAW).deadlines}
    assert due["replace-member"] == date(2027, 4, 27)
    assert [task.command for task in outlook(after, LAW).tasks] == ["seat-member"]
    assert when(wish, occasion, after) == []
    assert not_seated(COLLEGE, OF_COLLEGE, given=[*IN_COMMISSION, recused]) == [
        Conflicted(Conflict.RECUSED, COLLEGE)
    ]
    assert seat(COLLEGE, ANOTHER, given=[*IN_COMMISSION, recused])


def test_a_side_says_why_a_member_must_step_back():
    wish = Recuse(Bias.KIN, OF_ENTERPRISE.id)
    [recused] = when(wish, at(STUDENT, REFERRED_ON), dispute(*IN_COMMISSION))
    assert (recused.by, recused.side) == (STUDENT, ENTERPRISE)
    again = refused(
        OWN_MONEY, at(REVIEWER, REFERRED_ON, who=OF_ENTERPRISE.id), dispute(*IN_COMMISSION, recused)
    )
    assert again == [Conflicted(Conflict.RECUSED, ENTERPRISE)]


def test_nobody_is_recused_who_does_not_sit_and_no_member_recuses_another():
    stranger = refused(OWN_MONEY, at(REVIEWER, REFERRED_ON, who=ANOTHER.id), dispute(*IN_COMMISSION))
    assert stranger == [Conflicted(Conflict.NOT_SEATED)]
    other = refused(
        Recuse(Bias.KIN, OF_STUDENT.id),
        at(REVIEWER, REFERRED_ON, who=OF_ENTERPRISE.id),
        dispute(*IN_COMMISSION),
    )
    assert other == [Conflicted(Conflict.NOT_SEATED)]


# Time


def test_a_commission_that_lets_its_days_pass_opens_the_court():
    undecided, moved = when(NoteUndecided(), at(DEADLINE, DECIDE_BY + DAY), dispute(*IN_COMMISSION))
    assert (undecided, undecided.effective_on) == (Undecided(DECIDE_BY), DECIDE_BY + DAY)
    assert moved.event.until is None
    assert dispute(*IN_COMMISSION, undecided).phase is Phase.ANSWERED
    assert when(NoteUndecided(), at(DEADLINE, DECIDE_BY), dispute(*IN_COMMISSION)) == []
    assert when(NoteUndecided(), at(DEADLINE, DECIDE_BY + DAY), dispute(*AFTER_DECISION)) == []


def test_evidence_is_numbered_and_the_same_paper_is_there_once():
    [first] = when(PAPER, at(STUDENT, REFERRED_ON), dispute(OPENED))
    assert first == EvidenceSubmitted(
        1, STUDENT, Paper.DOCUMENT, "7" * 64, "e" * 64, REFERRED_ON, entry=None, private=False
    )
    given = dispute(OPENED, first)
    assert when(PAPER, at(STUDENT, REFERRED_ON), given) == []
    secret = replace(PAPER, private=True, entry=7)
    [second] = when(secret, at(ENTERPRISE, REFERRED_ON), given)
    assert (second.number, second.private, second.entry) == (2, True, 7)


def test_evidence_comes_up_to_its_last_day_unless_the_time_is_given_again():
    given = dispute(*IN_COMMISSION)
    assert when(PAPER, at(STUDENT, EVIDENCE_BY), given)
    late = at(STUDENT, EVIDENCE_BY + DAY)
    assert refused(PAPER, late, given) == [EvidenceLate(EVIDENCE_BY)]
    cure = RestoreTime(Late.EVIDENCE, EVIDENCE_BY + 2 * DAY, "was ill")
    [restored] = when(cure, at(CHAMBER, EVIDENCE_BY + DAY), given)
    assert restored == TimeRestored(Late.EVIDENCE, EVIDENCE_BY + 2 * DAY, "c" * 64)
    after = restored.evolve(given)
    assert when(PAPER, late, after)
    assert when(cure, at(CHAMBER, EVIDENCE_BY + DAY), after) == []
    assert refused(PAPER, at(STUDENT, EVIDENCE_BY + 3 * DAY), after) == [EvidenceLate(EVIDENCE_BY + 2 * DAY)]


def test_a_time_is_given_again_in_its_own_step():
    wish = RestoreTime(Late.EVIDENCE, DECIDE_BY, "was ill")
    assert refused(wish, at(CHAMBER, DECIDE_BY), dispute(*AFTER_DECISION)) == [
        WrongPhase(Phase.DECIDED, (Phase.COMMISSION,))
    ]
    appeal = replace(wish, what=Late.APPEAL)
    assert refused(appeal, at(CHAMBER, DECIDE_BY), dispute(*IN_COMMISSION)) == [
        WrongPhase(Phase.COMMISSION, (Phase.CLOSED, Phase.DECIDED))
    ]
