"""Each debtor answers a claim; silence is no yes."""

from datetime import date

from contracts.ahead import outlook, timers
from contracts.claim import Answer
from contracts.claim_rules import ClaimSettled, MinorAlone, MoreThanOwed
from contracts.consequences import Deadline, Task, Timer
from contracts.decision import DAY, NotParty
from contracts.reimbursement_answer import (
    AnswerClaim,
    ClaimAcknowledged,
    ClaimAnswered,
    ClaimConsentGiven,
    ClaimContested,
    ConsentToClaim,
    NoteClaimSilence,
)
from contracts.reimbursement_end import ClaimClosed
from tests.contracts.claims import ANSWER_BY, CLAIM, OPENED_ON, by, claim, opened
from tests.examples import (
    COLLEGE,
    DEADLINE,
    ENTERPRISE,
    G1,
    LAW,
    REPRESENTATIVE,
    S1,
    STUDENT,
    refused,
    state,
    when,
)

ON = date(2027, 3, 5)
YES, NO = AnswerClaim(accept=True), AnswerClaim(accept=False, reason="kept")
LATE_ON = date(2030, 3, 5)


def test_an_acknowledgment_begins_limitation_anew():
    assert when(YES, by(STUDENT, ON), claim()) == [ClaimAcknowledged(STUDENT, 6_000_000, LATE_ON)]
    after = claim(ClaimAcknowledged(STUDENT, 6_000_000, LATE_ON))
    assert (after.late_on, after.debt(STUDENT).answer) == (LATE_ON, Answer.ACKNOWLEDGED)
    assert after.debt(COLLEGE).answer is None


def test_a_part_is_acknowledged_and_the_rest_contested():
    part = AnswerClaim(accept=True, part=2_000_000, reason="kept")
    found = when(part, by(STUDENT, ON, sealed={"reason": "c" * 64}), claim())
    assert found == [
        ClaimAcknowledged(STUDENT, 2_000_000, LATE_ON),
        ClaimContested(STUDENT, 4_000_000, reason="c" * 64),
    ]
    after = claim(*found)
    assert (after.debt(STUDENT).answer, after.debt(STUDENT).acknowledged) == (Answer.ACKNOWLEDGED, 2_000_000)


def test_who_contests_owes_no_less():
    found = when(NO, by(COLLEGE, ON), claim())
    assert found == [ClaimContested(COLLEGE, 4_000_000)]
    assert claim(*found).debt(COLLEGE).owed == 4_000_000


def test_the_same_answer_again_changes_nothing():
    yes = claim(ClaimAcknowledged(STUDENT, 6_000_000, LATE_ON))
    assert when(YES, by(STUDENT, ON), yes) == []
    no = claim(ClaimContested(COLLEGE, 4_000_000))
    assert when(NO, by(COLLEGE, ON), no) == []


def test_what_was_acknowledged_is_not_contested():
    yes = claim(ClaimAcknowledged(STUDENT, 6_000_000, LATE_ON))
    answered = [ClaimAnswered(Answer.ACKNOWLEDGED, 6_000_000)]
    assert refused(NO, by(STUDENT, ON), yes) == answered
    assert refused(AnswerClaim(True, part=5_999_999), by(STUDENT, ON), yes) == answered


def test_what_was_contested_can_still_be_acknowledged():
    assert when(YES, by(COLLEGE, ON), claim(ClaimContested(COLLEGE, 4_000_000, silent=True)))


def test_nobody_acknowledges_more_than_is_claimed():
    assert when(AnswerClaim(True, part=6_000_000), by(STUDENT, ON), claim())
    too_much = refused(AnswerClaim(True, part=6_000_001), by(STUDENT, ON), claim())
    assert too_much == [MoreThanOwed(6_000_001, 6_000_000, 1)]


def test_only_debtors_answer():
    assert refused(YES, by(ENTERPRISE, ON), claim()) == [NotParty(ENTERPRISE, (COLLEGE, STUDENT))]


def test_a_closed_claim_is_answered_no_more():
    assert refused(YES, by(STUDENT, ON), claim(ClaimClosed(OPENED_ON))) == [ClaimSettled(OPENED_ON)]


# Silence


def test_silence_contests_when_the_last_day_is_over():
    assert Timer("note-claim-silence", ANSWER_BY + DAY) in timers(claim())
    assert when(NoteClaimSilence(), by(DEADLINE, ANSWER_BY), claim()) == []
    assert when(NoteClaimSilence(), by(DEADLINE, ANSWER_BY + DAY), claim()) == [
        ClaimContested(STUDENT, 6_000_000, silent=True),
        ClaimContested(COLLEGE, 4_000_000, silent=True),
    ]


def test_only_who_was_silent_is_noted():
    one = claim(ClaimAcknowledged(STUDENT, 6_000_000, LATE_ON))
    [noted] = when(NoteClaimSilence(), by(DEADLINE, ANSWER_BY + DAY), one)
    assert noted.debtor is COLLEGE
    both = claim(ClaimAcknowledged(STUDENT, 6_000_000, LATE_ON), noted)
    assert "note-claim-silence" not in {timer.command for timer in timers(both)}
    assert when(NoteClaimSilence(), by(DEADLINE, ANSWER_BY + DAY), both) == []


def test_who_has_to_answer_by_when():
    ahead = outlook(claim(), LAW)
    who = (COLLEGE, STUDENT)
    assert Deadline("answer-claim", who, ANSWER_BY, "claim-contested", "claim.answer") in ahead.deadlines
    assert Task("answer-claim", who, "answer-claim", ANSWER_BY) in ahead.tasks
    after = outlook(claim(ClaimContested(COLLEGE, 4_000_000)), LAW)
    [left] = [task for task in after.tasks if task.name == "answer-claim"]
    assert left.who == (STUDENT,)


# Minors


def of_minor(*events):
    return state([opened(), *events], "claim", CLAIM)


def test_a_minor_acknowledges_with_a_representative_and_the_cure_lifts_it():
    assert refused(YES, by(STUDENT, ON, who=S1), of_minor()) == [MinorAlone(6_000_000, 0)]
    assert when(NO, by(STUDENT, ON, who=S1), of_minor()), "to contest needs nobody"
    consented = when(ConsentToClaim(), by(REPRESENTATIVE, ON, who=S1), of_minor())
    assert consented == [ClaimConsentGiven(G1.id, 6_000_000)]
    assert when(YES, by(STUDENT, ON, who=S1), of_minor(*consented))
    assert when(ConsentToClaim(), by(REPRESENTATIVE, ON, who=S1), of_minor(*consented)) == []


def test_a_representative_consents_to_a_part():
    given = when(ConsentToClaim(amount=2_000_000), by(REPRESENTATIVE, ON, who=S1), of_minor())
    part = AnswerClaim(accept=True, part=2_000_000)
    assert when(part, by(STUDENT, ON, who=S1), of_minor(*given))
    more = AnswerClaim(accept=True, part=2_000_001)
    assert refused(more, by(STUDENT, ON, who=S1), of_minor(*given)) == [MinorAlone(2_000_001, 2_000_000)]
    over = ConsentToClaim(amount=6_000_001)
    assert refused(over, by(REPRESENTATIVE, ON, who=S1), of_minor()) == [
        MoreThanOwed(6_000_001, 6_000_000, 1)
    ]
