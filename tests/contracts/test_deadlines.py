"""Reminders and missed deadlines: on which day, of what, for whom, and never twice."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.ahead import outlook
from contracts.consequences import Notice, Outlook, consequences
from contracts.contract import PARTIES
from contracts.deadlines import (
    ClaimMissed,
    ClaimReminded,
    Missed,
    NoteClaimMissed,
    NoteMissed,
    Remind,
    Reminded,
    RemindOfClaim,
    remind_on,
)
from contracts.deadlines import alarms as alarm_timers
from contracts.decision import DAY, effects, fold
from contracts.dossier import as_seen_at
from contracts.ending import CertificateIssued, Ended
from contracts.law import load
from contracts.lifecycle import timed
from contracts.offer_end import Lapsed
from contracts.pay import PayRecorded
from contracts.termination import CureDemanded
from contracts.terms import PayKind
from contracts.withdrawal import Noticed
from tests.contracts.claims import ANSWER_BY, OPENED_ON, by, claim
from tests.examples import (
    C1,
    COLLEGE,
    DEADLINE,
    E1,
    ENTERPRISE,
    G1,
    K1_OUT,
    K1_WAITS,
    K5_ACTIVE,
    LAW,
    OFFERED_ON,
    P1,
    PRACTICE_MON_WED,
    REPRESENTATIVE,
    S1,
    S5,
    SIGN_BY,
    STUDENT,
    accepted,
    around,
    asked,
    proposed,
    signature,
    state,
    when,
)

EVE = SIGN_BY - DAY
"""A day before is when the pack journey-1 reminds."""
LEFT_ON, END_ON = date(2026, 12, 28), date(2027, 1, 28)
ENDED = [
    *K5_ACTIVE,
    Noticed(STUDENT, "own-wish", LEFT_ON, END_ON, LEFT_ON),
    Ended("own-wish", END_ON, END_ON + DAY),
]
ALL = (COLLEGE, ENTERPRISE, REPRESENTATIVE, STUDENT)


def alarms(events, today, law=LAW):
    found = outlook(state(events), law, today=today).timers
    return {timer.name: timer.on for timer in found if timer.command in {"remind", "note-missed"}}


def test_who_has_not_signed_is_reminded_the_day_before():
    assert alarms(K1_OUT, OFFERED_ON) == {f"remind:{EVE}": EVE}
    assert timed(f"remind:{EVE}") == Remind(EVE)
    assert when(Remind(EVE), asked(DEADLINE, EVE), K1_OUT) == [Reminded("sign", ALL, SIGN_BY, EVE)]
    assert when(Remind(EVE), asked(DEADLINE, EVE), K1_WAITS) == [Reminded("sign", (COLLEGE,), SIGN_BY, EVE)]


def test_nobody_is_reminded_too_early_twice_or_when_it_is_over():
    assert when(Remind(EVE), asked(DEADLINE, EVE - DAY), K1_OUT) == []
    reminded = [*K1_OUT, Reminded("sign", ALL, SIGN_BY, EVE)]
    assert when(Remind(EVE), asked(DEADLINE, EVE), reminded) == []
    assert alarms(reminded, EVE) == {}
    assert len(when(Remind(EVE), asked(DEADLINE, SIGN_BY), K1_OUT)) == 1
    assert when(Remind(EVE), asked(DEADLINE, SIGN_BY + DAY), K1_OUT) == []


def test_a_deadline_that_is_no_longer_than_the_reminder_has_none():
    assert alarms(K1_OUT, EVE - DAY) == {f"remind:{EVE}": EVE}
    assert alarms(K1_OUT, EVE) == {}


def test_the_law_says_how_many_days_before():
    law = load("kz")
    [sign] = outlook(state(K1_OUT), law).deadlines
    assert remind_on(sign, law) == SIGN_BY - 3 * DAY
    assert alarms(K1_OUT, OFFERED_ON, law) == {f"remind:{SIGN_BY - 3 * DAY}": SIGN_BY - 3 * DAY}


def test_each_of_two_deadlines_is_reminded_on_its_own_day():
    first, second = date(2026, 10, 20), date(2026, 10, 22)
    given = [
        *K5_ACTIVE,
        proposed(P1, COLLEGE, PRACTICE_MON_WED, date(2026, 11, 20), first),
        CureDemanded(STUDENT, ENTERPRISE, second, "b" * 64),
    ]
    assert alarms(given, date(2026, 10, 5)) == {
        f"remind:{first - DAY}": first - DAY,
        f"remind:{second - DAY}": second - DAY,
        "note-missed": second + DAY,
    }
    found = when(Remind(first - DAY), asked(DEADLINE, first - DAY, around(S5)), given)
    assert found == [Reminded("answer-schedule-change", (ENTERPRISE, STUDENT), first, first - DAY, P1)]
    other = when(Remind(second - DAY), asked(DEADLINE, second - DAY, around(S5)), [*given, *found])
    assert other == [Reminded("cure", (ENTERPRISE,), second, second - DAY)]


def test_what_silence_settles_is_not_missed():
    """The offer lapses by itself: nothing is left to be missed."""
    assert "note-missed" not in alarms(K1_OUT, OFFERED_ON)
    lapsed = [*K1_OUT, Lapsed(SIGN_BY, ALL)]
    assert when(NoteMissed(), asked(DEADLINE, SIGN_BY + DAY), lapsed) == []
    answer_by = date(2026, 10, 20)
    open_one = [*K5_ACTIVE, proposed(P1, COLLEGE, PRACTICE_MON_WED, date(2026, 11, 20), answer_by)]
    assert "note-missed" not in alarms(open_one, date(2026, 10, 5))
    assert when(NoteMissed(), asked(DEADLINE, answer_by + DAY, around(S5)), open_one) == []


def due(name):
    [found] = [d for d in outlook(state(ENDED), LAW).deadlines if d.name == name]
    return found


def test_a_duty_that_is_open_after_its_last_day_is_missed_once():
    certificate, pay = due("certificate"), due("last-pay")
    assert certificate.on < pay.on
    assert alarms(ENDED, certificate.on)["note-missed"] == certificate.on + DAY
    assert when(NoteMissed(), asked(DEADLINE, certificate.on, around(S5)), ENDED) == []
    missed = when(NoteMissed(), asked(DEADLINE, certificate.on + DAY, around(S5)), ENDED)
    assert missed == [Missed("certificate", (COLLEGE,), certificate.on)]
    assert missed[0].effective_on == certificate.on + DAY
    known = [*ENDED, *missed]
    assert when(NoteMissed(), asked(DEADLINE, certificate.on + DAY, around(S5)), known) == []
    assert alarms(known, certificate.on + DAY)["note-missed"] == pay.on + DAY
    assert certificate in outlook(state(known), LAW).deadlines


def test_what_was_done_in_time_is_neither_reminded_of_nor_missed():
    certificate, pay = due("certificate"), due("last-pay")
    given = [*ENDED, CertificateIssued("1")]
    late = asked(DEADLINE, pay.on + DAY, around(S5))
    assert when(Remind(remind_on(certificate, LAW)), late, given) == []
    assert when(NoteMissed(), late, given) == [Missed("last-pay", (ENTERPRISE,), pay.on)]
    assert when(NoteMissed(), late, [*given, PayRecorded("2027-01", 100, PayKind.COMPENSATION)]) == []


def test_of_two_that_are_missed_together_each_is_told():
    """After the service was away for weeks, say."""
    occasion = asked(DEADLINE, due("last-pay").on + 30 * DAY, around(S5))
    before = state(ENDED)
    events = when(NoteMissed(), occasion, before)
    assert {event.deadline for event in events} == {"certificate", "last-pay"}
    found = consequences(effects(events, before.id, before, None), occasion, occasion.ahead).notices
    told = [(n.nth, n.ref) for n in found if n.role in PARTIES]
    parties = {f"person:{S5.id}", f"org:{C1.bin}", f"org:{E1.bin}"}
    assert sorted(told) == sorted((nth, ref) for nth in (0, 1) for ref in parties)


def test_only_who_still_has_to_act_is_reminded():
    occasion = asked(DEADLINE, EVE)
    before = state([*K1_OUT])
    events = when(Remind(EVE), occasion, before)
    found = consequences(effects(events, before.id, before, None), occasion, occasion.ahead).notices
    assert {n.ref for n in found} == {f"person:{S1.id}", f"person:{G1.id}", f"org:{C1.bin}", f"org:{E1.bin}"}
    before = state(K1_WAITS)
    events = when(Remind(EVE), occasion, before)
    [notice] = consequences(effects(events, before.id, before, None), occasion, occasion.ahead).notices
    assert notice == Notice(COLLEGE, f"org:{C1.bin}", "deadline.reminded", 0)


def test_an_alarm_changes_nothing_but_what_is_noted():
    before = state(ENDED)
    after = state([*ENDED, Missed("certificate", (COLLEGE,), due("certificate").on)])
    assert outlook(after, LAW).deadlines == outlook(before, LAW).deadlines
    assert outlook(after, LAW).tasks == outlook(before, LAW).tasks


@given(st.dates(OFFERED_ON, date(2027, 6, 30)), st.sampled_from([K1_OUT, K1_WAITS, ENDED]))
def test_no_alarm_is_due_again_once_it_has_gone_off(today, events):
    """Whatever the day: after all that is due has happened, every alarm lies ahead."""
    around_it = around(S5 if events is ENDED else S1)
    given = [*events]
    for timer in outlook(state(given), LAW, today=OFFERED_ON).timers:
        if timer.on <= today and timer.command in {"remind", "note-missed"}:
            given += when(timed(timer.name), asked(DEADLINE, today, around_it), given)
    assert all(on > today for on in alarms(given, today).values())


@pytest.mark.parametrize("party", [STUDENT, ENTERPRISE])
def test_who_has_answered_is_not_reminded(party):
    answer_by = date(2026, 10, 20)
    given = [
        *K5_ACTIVE,
        proposed(P1, COLLEGE, PRACTICE_MON_WED, date(2026, 11, 20), answer_by),
        accepted(P1, party),
    ]
    [reminded] = when(Remind(answer_by - DAY), asked(DEADLINE, answer_by - DAY, around(S5)), given)
    assert reminded.who == tuple(sorted({STUDENT, ENTERPRISE} - {party}))


def test_no_reminder_is_an_error_in_a_contract_that_waits_for_nothing():
    assert when(Remind(EVE), asked(DEADLINE, EVE, around(S5)), K5_ACTIVE) == []


def test_what_somebody_saw_before_a_reminder_is_still_what_there_is():
    before = state(K1_OUT)
    reminded = state([*K1_OUT, Reminded("sign", ALL, SIGN_BY, EVE)])
    assert as_seen_at(before.version, reminded.version, reminded.noted)
    signed = state([*K1_OUT, Reminded("sign", ALL, SIGN_BY, EVE), signature(ENTERPRISE, 1)])
    assert not as_seen_at(before.version, signed.version, signed.noted)
    assert not as_seen_at(reminded.version, signed.version, signed.noted)
    assert as_seen_at(signed.version, signed.version, signed.noted)


def test_what_is_frozen_is_neither_reminded_of_nor_missed():
    [sign] = outlook(state(K1_OUT), LAW).deadlines
    runs, rests = Outlook(deadlines=(sign,)), Outlook(deadlines=(replace(sign, left=3),))
    assert [each.command for each in alarm_timers(state(K1_OUT), runs, LAW, OFFERED_ON)] == [
        "remind",
        "note-missed",
    ]
    assert alarm_timers(state(K1_OUT), rests, LAW, OFFERED_ON) == ()


def test_of_a_claim_debtors_are_reminded_and_what_they_miss_is_recorded():
    given = claim()
    found = {
        timer.name: timer.on
        for timer in outlook(given, LAW, today=OPENED_ON).timers
        if timer.command in {"remind-of-claim", "note-claim-missed"}
    }
    eve = ANSWER_BY - DAY
    assert found[f"remind-of-claim:{eve}"] == eve
    [reminded, *_] = when(RemindOfClaim(eve), by(DEADLINE, eve), given)
    assert reminded == ClaimReminded("answer-claim", (COLLEGE, STUDENT), ANSWER_BY, eve)
    late = by(DEADLINE, found["note-claim-missed"])
    missed = when(NoteClaimMissed(), late, given)
    assert {type(each) for each in missed} == {ClaimMissed}
    assert all(each.on + DAY == found["note-claim-missed"] for each in missed)
    after = fold(missed, given)
    assert when(NoteClaimMissed(), late, after) == []
    assert outlook(after, LAW).deadlines == outlook(given, LAW).deadlines
