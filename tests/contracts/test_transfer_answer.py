"""The party that is left lets the student go, refuses or is silent; or who asked calls the transfer off."""

from datetime import date

import pytest

from contracts.ahead import timers
from contracts.closing import MoveClosed
from contracts.decision import DAY, NotParty, On
from contracts.dossier import Outcome
from contracts.law import load
from contracts.moving import Destination
from contracts.places import holds
from contracts.succession import SuccessorDropped
from contracts.transfer import outlook
from contracts.transfer_answer import (
    AcceptTransfer,
    CancelTransfer,
    DeclineTransfer,
    DeemReleased,
    EscalateTransfer,
    ReleaseDeemed,
    TransferAccepted,
    TransferCancelled,
    TransferDeclined,
    TransferEscalated,
)
from contracts.transfer_rules import DoneAlready, NoTransfer
from contracts.withdrawal import Noticed, Revoked, Withdraw
from tests.contracts.transfers import (
    ANSWER_BY,
    ASKED_ON,
    C2_BIN,
    DEEMED,
    K2_ACTIVE,
    K2_MOVES,
    K3,
    LETS_GO,
    MOVE,
    NAMED,
    of,
    requested,
    signed,
    successor,
)
from tests.examples import (
    COLLEGE,
    DEADLINE,
    ENTERPRISE,
    LAW,
    OTHER,
    REPRESENTATIVE,
    STUDENT,
    refused,
    state,
    when,
)

DROPPED = On(K3, SuccessorDropped())
NEXT_DAY = ANSWER_BY + DAY
SILENT = [*K2_ACTIVE, requested(silence_releases=False)]
DECLINED = TransferDeclined(MOVE, ENTERPRISE, date(2026, 12, 17), "c" * 64)


def test_the_party_that_is_left_lets_the_student_go():
    assert when(AcceptTransfer(), of(ENTERPRISE), K2_MOVES) == [LETS_GO]
    after = state([*K2_MOVES, LETS_GO])
    assert (after.open_move.waits_for, timers(after)) == (set(), ())
    assert when(AcceptTransfer(), of(ENTERPRISE), [*K2_MOVES, LETS_GO]) == []


def test_who_asked_has_agreed():
    assert when(AcceptTransfer(), of(COLLEGE), K2_MOVES) == []
    by_mother = [*K2_ACTIVE, requested(REPRESENTATIVE)]
    assert when(AcceptTransfer(), of(STUDENT), by_mother) == []
    assert when(AcceptTransfer(), of(STUDENT), K2_MOVES) == [TransferAccepted(MOVE, STUDENT)]


def test_who_refuses_stops_it_and_the_contract_made_for_it_falls():
    wish = DeclineTransfer("kept")
    declined = when(wish, of(ENTERPRISE, date(2026, 12, 17)), [*K2_MOVES, NAMED])
    assert declined == [DECLINED, DROPPED]
    after = state([*K2_MOVES, DECLINED])
    assert (after.open_move, after.moves[0].outcome) == (None, Outcome.DECLINED)
    assert holds(after) == holds(state(K2_ACTIVE))
    assert when(wish, of(ENTERPRISE, date(2026, 12, 17)), K2_MOVES) == [DECLINED]


def test_a_contract_that_falls_gives_its_places_back_unless_it_is_in_force():
    fallen = SuccessorDropped().evolve(signed())
    assert (fallen.state, holds(fallen)) == ("lapsed", ())
    assert holds(signed())
    for part in (successor(upto=2), successor(upto=3)):
        assert SuccessorDropped().evolve(state(part, id_=K3)).state == "lapsed"
    running = state(K2_ACTIVE)
    assert SuccessorDropped().evolve(running) == running


@pytest.mark.parametrize("role", [STUDENT, REPRESENTATIVE])
def test_a_student_may_refuse_what_others_asked_for(role):
    [declined] = when(DeclineTransfer(), of(role), K2_MOVES)
    assert declined.party is role


def test_nobody_refuses_what_he_asked_for_or_calls_off_what_others_did():
    found = refused(DeclineTransfer(), of(COLLEGE), K2_MOVES)
    assert found == [NotParty(COLLEGE, (ENTERPRISE, REPRESENTATIVE, STUDENT))]
    assert refused(CancelTransfer(), of(ENTERPRISE), K2_MOVES) == [NotParty(ENTERPRISE, (COLLEGE,))]
    by_student = [*K2_ACTIVE, requested(STUDENT)]
    assert refused(DeclineTransfer(), of(REPRESENTATIVE), by_student) == [
        NotParty(REPRESENTATIVE, (COLLEGE, ENTERPRISE))
    ]
    assert when(CancelTransfer(), of(REPRESENTATIVE), by_student)


def test_who_asked_calls_it_off():
    called_off = TransferCancelled(MOVE, COLLEGE, ASKED_ON)
    assert when(CancelTransfer(), of(), [*K2_MOVES, NAMED]) == [called_off, DROPPED]
    assert state([*K2_MOVES, called_off]).moves[0].outcome is Outcome.CANCELLED


def test_a_transfer_called_off_leaves_the_contract_as_it_was_but_for_its_record():
    was, now = state(K2_ACTIVE), state([*K2_MOVES, LETS_GO, TransferCancelled(MOVE, COLLEGE, ASKED_ON)])
    assert {n for n, v in vars(now).items() if v != getattr(was, n)} == {"version", "moves"}


def test_who_has_let_go_does_not_take_it_back():
    found = refused(DeclineTransfer(), of(ENTERPRISE), [*K2_MOVES, LETS_GO])
    assert found == [DoneAlready(Outcome.AGREED, None, deemed=False)]
    found = refused(DeclineTransfer(), of(ENTERPRISE, date(2026, 12, 21)), [*K2_MOVES, DEEMED])
    assert found == [DoneAlready(Outcome.AGREED, NEXT_DAY, deemed=True)]
    assert when(DeclineTransfer(), of(STUDENT, date(2026, 12, 21)), [*K2_MOVES, DEEMED])


@pytest.mark.parametrize("wish", [AcceptTransfer(), DeclineTransfer(), CancelTransfer()])
def test_what_is_over_is_not_answered(wish):
    over = [*K2_MOVES, DECLINED]
    done = DoneAlready(Outcome.DECLINED, date(2026, 12, 17), deemed=False)
    assert refused(wish, of(ENTERPRISE), over) == [done]
    assert refused(wish, of(ENTERPRISE), K2_ACTIVE) == [NoTransfer()]


# Silence


def test_silence_counts_as_release_when_the_last_day_is_over():
    wish = DeemReleased(MOVE)
    assert when(wish, of(DEADLINE, ANSWER_BY), K2_MOVES) == []
    [deemed] = when(wish, of(DEADLINE, NEXT_DAY), K2_MOVES)
    days = tuple(date(2026, 12, day) for day in (11, 14, 15, 17, 18))
    assert deemed == ReleaseDeemed(MOVE, ENTERPRISE, ASKED_ON, ANSWER_BY, days)
    assert deemed.effective_on == NEXT_DAY
    after = state([*K2_MOVES, deemed])
    assert (after.open_move.waits_for, after.open_move.deemed_on) == (set(), NEXT_DAY)
    assert when(wish, of(DEADLINE, NEXT_DAY), [*K2_MOVES, deemed]) == []


def test_silence_counts_as_release_for_who_was_late_to_look_too():
    """Recorded when the service is back, it holds from the day on which it happened."""
    [deemed] = when(DeemReleased(MOVE), of(DEADLINE, date(2026, 12, 28)), K2_MOVES)
    assert deemed.effective_on == NEXT_DAY


@pytest.mark.parametrize("given", [[*K2_MOVES, LETS_GO], [*K2_MOVES, DECLINED], K2_ACTIVE, SILENT])
def test_who_has_answered_or_whose_silence_means_nothing_releases_nobody(given):
    assert when(DeemReleased(MOVE), of(DEADLINE, NEXT_DAY), given) == []


def test_a_timer_of_an_older_transfer_touches_no_newer_one():
    assert when(DeemReleased(OTHER), of(DEADLINE, NEXT_DAY), K2_MOVES) == []
    assert when(EscalateTransfer(OTHER), of(DEADLINE, NEXT_DAY), SILENT) == []


def test_without_the_clause_it_escalates_once():
    wish = EscalateTransfer(MOVE)
    assert when(wish, of(DEADLINE, ANSWER_BY), SILENT) == []
    events = when(wish, of(DEADLINE, NEXT_DAY), SILENT)
    assert events == [TransferEscalated(MOVE, ENTERPRISE, ANSWER_BY)]
    after = state([*SILENT, *events])
    assert after.open_move.waits_for == {ENTERPRISE}
    assert {task.name: task.who for task in outlook(after, LAW).tasks} == {
        "answer-transfer": (ENTERPRISE,),
        "settle-transfer": (COLLEGE,),
    }
    assert (timers(after), when(wish, of(DEADLINE, NEXT_DAY), [*SILENT, *events])) == ((), [])
    assert when(wish, of(DEADLINE, NEXT_DAY), K2_MOVES) == []


def test_the_law_of_the_land_gives_as_many_days():
    [found] = outlook(state(K2_MOVES), load("kz")).deadlines
    assert found.on == ANSWER_BY


# Another end


def test_a_transfer_falls_with_another_end_of_the_contract():
    leave = Withdraw("own-wish", ASKED_ON, date(2027, 1, 11))
    events = when(leave, of(REPRESENTATIVE), [*K2_MOVES, NAMED])
    assert events[1:] == [MoveClosed(MOVE, "withdrawal"), DROPPED]
    after = state([*K2_MOVES, NAMED, *events[:2], Revoked(STUDENT)])
    assert (after.open_move, after.moves[0].outcome) == (None, Outcome.CLOSED)
    assert isinstance(events[0], Noticed)


def test_of_a_transfer_to_another_college_the_college_is_left():
    to_college = [*K2_ACTIVE, requested(STUDENT, kind=Destination.COLLEGE, receiver=C2_BIN)]
    assert state(to_college).open_move.waits_for == {COLLEGE}
    assert when(AcceptTransfer(), of(COLLEGE), to_college) == [TransferAccepted(MOVE, COLLEGE)]
    [deemed] = when(DeemReleased(MOVE), of(DEADLINE, NEXT_DAY), to_college)
    assert deemed.party is COLLEGE
