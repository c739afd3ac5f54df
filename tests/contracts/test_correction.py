"""Our record was wrong: who may say so of which entry, who agrees, and what it comes to."""

import re
from dataclasses import replace
from datetime import date

import pytest

from contracts import righting
from contracts.ahead import outlook, timers
from contracts.canonical import plain
from contracts.closing import ProposalClosed
from contracts.contract import State
from contracts.contract_rules import Frozen
from contracts.corrected import CorrectionMade, Told
from contracts.correction import (
    Correct,
    CorrectedAlready,
    CorrectionProposed,
    FactChanged,
    Locked,
    NoSuchField,
    NotOwn,
    Waits,
)
from contracts.correction_answer import (
    ApproveCorrection,
    CorrectionFollowed,
    CorrectionRejected,
    FollowCorrection,
    RejectCorrection,
)
from contracts.correction_rules import Answered, SecondPerson
from contracts.dispute import Closing
from contracts.dispute_marks import DisputeClosedHere, DisputeOpenedHere
from contracts.dossier import Outcome
from contracts.ending import CertificateIssued, Ended
from contracts.formation_rules import AnotherActive
from contracts.lifecycle import EVENTS
from contracts.on_paper import Imported
from contracts.parties import Role
from contracts.pay import PayRecorded
from contracts.points import Matter, Point
from contracts.stored import hints_of
from contracts.terms import PayKind
from contracts.withdrawal import Noticed
from tests.contracts.happened import ONE_OF_EACH
from tests.examples import (
    COLLEGE,
    DEADLINE,
    E1,
    ENDS_ON,
    ENTERPRISE,
    FRESH,
    K5_ACTIVE,
    LAW,
    P1,
    P2,
    PRACTICE_MON_WED,
    S3,
    S5,
    STARTS_ON,
    STUDENT,
    an_id,
    around,
    asked,
    brought,
    held,
    past,
    proposed,
    recorded_by,
    refused,
    state,
    when,
)

RECEIVED, END_ON = date(2027, 1, 29), date(2027, 3, 1)
FEBRUARY, FOUND, LATER = date(2027, 2, 1), date(2027, 2, 8), date(2027, 3, 2)
CLERK, SECOND = an_id(96), an_id(97)
OPEN = proposed(P2, COLLEGE, PRACTICE_MON_WED, date(2027, 3, 8), date(2027, 2, 15))
NOTICED = Noticed(STUDENT, "own-wish", RECEIVED, END_ON, FEBRUARY)
FELL = ProposalClosed(P2, "withdrawal")
TOLD = (Told(STUDENT, f"person:{S5.id}"), Told(ENTERPRISE, f"org:{E1.bin}"))
BEGUN = recorded_by(COLLEGE, STARTS_ON, *K5_ACTIVE)
PROPOSED = recorded_by(COLLEGE, FEBRUARY, OPEN)
WITHDRAWN = recorded_by(COLLEGE, FEBRUARY, NOTICED, FELL, told=TOLD)
ENTRY = len(K5_ACTIVE) + 2
"""That of the notice."""
MISTAKEN = past(BEGUN, PROPOSED, WITHDRAWN)
WRONG_PERSON = Correct(ENTRY, "request 31", "the wrong person", STUDENT)
OTHER_DAY = replace(WRONG_PERSON, field="end_on", right="2027-03-15")


def looking(found, role=COLLEGE, on=FOUND, person=CLERK, **more):
    return asked(role, on, around(S5, past=found, **more), {"reason": "5" * 64}, person)


def of(wish, found, **how):
    """What the wish comes to on that history."""
    return when(wish, looking(found, **how), state(found.events))


def stands_in_the_way(wish, found, **how):
    return refused(wish, looking(found, **how), state(found.events))


def asked_for(wish=WRONG_PERSON, found=MISTAKEN, by=COLLEGE):
    """The history with the proposal of the clerk."""
    [event] = of(wish, found, role=by)
    more = recorded_by(by, FOUND, replace(event, correction=P1))
    return past(found.entries, more, readers=found.readers)


def approved(wish=WRONG_PERSON, found=MISTAKEN, on=FOUND):
    """The history with the correction, made."""
    waits = asked_for(wish, found)
    [event] = of(ApproveCorrection(P1), waits, person=SECOND, on=on)
    return past(waits.entries, recorded_by(COLLEGE, on, event))


# To propose


def test_a_correction_is_proposed_and_changes_nothing_yet():
    [event] = of(WRONG_PERSON, MISTAKEN)
    assert event == CorrectionProposed(
        FRESH,
        ENTRY,
        "withdrawal.noticed",
        COLLEGE,
        CLERK,
        FOUND,
        STUDENT,
        "request 31",
        reason="5" * 64,
    )
    after = event.evolve(state(MISTAKEN.events))
    assert (after.state, after.end_on) == (State.ENDING, END_ON)
    [task] = [t for t in outlook(after, LAW).tasks if t.name == "approve-correction"]
    assert (task.who, task.ref, task.by) == ((COLLEGE, Role.LAWYER), FRESH, None)


def test_what_the_entry_says_as_it_stands_needs_no_correction():
    assert of(replace(OTHER_DAY, right=END_ON.isoformat()), MISTAKEN) == []


def test_each_side_corrects_its_own_entries():
    assert stands_in_the_way(WRONG_PERSON, MISTAKEN, role=ENTERPRISE) == [NotOwn(COLLEGE)]
    paid = past(BEGUN, recorded_by(ENTERPRISE, FEBRUARY, PayRecorded("2027-01", PayKind.COMPENSATION, 1)))
    wish = Correct(9, "sheet 2", "two noughts too few", ENTERPRISE, "amount", "9500000")
    assert stands_in_the_way(wish, paid) == [NotOwn(ENTERPRISE)]
    assert of(wish, paid, role=ENTERPRISE)


def test_what_came_by_itself_is_the_college_s():
    ended = past(
        BEGUN, WITHDRAWN, recorded_by(DEADLINE, LATER, Ended("own-wish", END_ON, FEBRUARY), timer="end")
    )
    wish = Correct(ENTRY + 1, "request 31", "another day", STUDENT, "end_on", "2027-02-26")
    assert stands_in_the_way(wish, ended, role=ENTERPRISE) == [NotOwn(COLLEGE)]
    assert of(wish, ended)


@pytest.mark.parametrize("entry", [1, 2, 3, 6, len(K5_ACTIVE) + 1])
def test_what_was_signed_is_changed_by_agreement(entry):
    """The draft, the offer, the signatures, and a proposal in the words of which it may be agreed to."""
    entries = past(recorded_by(COLLEGE, STARTS_ON, *K5_ACTIVE, OPEN))
    assert stands_in_the_way(replace(WRONG_PERSON, entry=entry), entries) == [Locked(entry)]


def test_a_first_entry_can_be_put_right_but_not_taken_away():
    imported = Imported("17/2026", K5_ACTIVE[0].parties, False, K5_ACTIVE[0].terms, STARTS_ON, "c" * 64)
    entries = past(recorded_by(COLLEGE, STARTS_ON, imported))
    wish = Correct(1, "folder 12", "another number", COLLEGE)
    assert stands_in_the_way(wish, entries) == [Locked(1)]
    assert of(replace(wish, field="number", right="18/2026"), entries)
    term = replace(wish, field="terms.term.ends_on", right="2027-05-31")
    corrected = approved(term, entries)
    assert state(corrected.events).terms.term.ends_on == date(2027, 5, 31)
    assert state(corrected.events).terms.schedule == imported.terms.schedule


def test_where_the_fact_changed_later_a_change_is_recorded():
    late = replace(OTHER_DAY, true_from=date(2027, 1, 30))
    assert stands_in_the_way(late, MISTAKEN) == [FactChanged(date(2027, 1, 30), RECEIVED)]
    assert of(replace(late, true_from=RECEIVED), MISTAKEN)


def test_one_correction_at_a_time():
    assert stands_in_the_way(OTHER_DAY, asked_for()) == [Waits(ENTRY)]


def test_what_is_corrected_is_corrected_once():
    corrected = approved()
    made = len(corrected.entries)
    assert stands_in_the_way(OTHER_DAY, corrected) == [CorrectedAlready(ENTRY, made)]
    fallen = replace(WRONG_PERSON, entry=ENTRY + 1)
    assert stands_in_the_way(fallen, corrected) == [CorrectedAlready(ENTRY + 1, made)]


@pytest.mark.parametrize(
    ("field", "right"),
    [
        ("nothing", "1"),
        ("end_on", "some day"),
        ("end_on", None),
        ("end_on.month", "2"),
        ("initiator", "nobody"),
        ("effective_on", "2027-01-01"),
    ],
)
def test_a_field_that_is_not_there_or_a_value_that_cannot_stand_there(field, right):
    wrong = NoSuchField(("initiator", "ground", "received_on", "end_on", "known_on", "proof"))
    assert stands_in_the_way(replace(OTHER_DAY, field=field, right=right), MISTAKEN) == [wrong]


def test_nothing_was_recorded_before_it_held():
    """But for a change of clauses, which waits for its day."""
    of_its_day = replace(OTHER_DAY, field="received_on", right=FEBRUARY.isoformat())
    assert of(of_its_day, MISTAKEN)
    wrong = NoSuchField(("initiator", "ground", "received_on", "end_on", "known_on", "proof"))
    assert stands_in_the_way(replace(of_its_day, right="2027-02-02"), MISTAKEN) == [wrong]


def test_what_is_sealed_elsewhere_is_no_field_to_correct():
    """Ids and digests: another word would bind to nothing."""
    for event in ONE_OF_EACH:
        if event.stream == "contract" and not isinstance(event, CorrectionMade):
            for name in righting.fields_of([event], 1):
                assert name not in event.apart
                assert not re.fullmatch("[0-9a-f]{64}", str(getattr(event, name)))


def in_dispute(*points):
    return DisputeOpenedHere(an_id(88), STUDENT, points, date(2027, 2, 3), date(2027, 2, 19))


OF_THE_ENTRY, OF_THE_END = Point(Matter.ENTRY, entry=ENTRY), Point(Matter.END)


def test_what_is_in_dispute_is_not_corrected():
    opened = recorded_by(STUDENT, date(2027, 2, 3), in_dispute(OF_THE_ENTRY))
    stands = past(BEGUN, PROPOSED, WITHDRAWN, opened)
    frozen = Frozen(an_id(88), (OF_THE_ENTRY,), date(2027, 2, 3), date(2027, 2, 19))
    assert stands_in_the_way(WRONG_PERSON, stands) == [frozen]
    other = past(
        BEGUN, PROPOSED, WITHDRAWN, recorded_by(STUDENT, FEBRUARY, in_dispute(Point(Matter.ENTRY, entry=3)))
    )
    assert of(WRONG_PERSON, other)
    late = asked_for().entries
    of_the_end = past(late, recorded_by(STUDENT, FOUND, in_dispute(OF_THE_END)))
    [refusal] = stands_in_the_way(ApproveCorrection(P1), of_the_end, person=SECOND)
    assert refusal == Frozen(an_id(88), (OF_THE_END,), date(2027, 2, 3), date(2027, 2, 19))


@pytest.mark.parametrize("closing", Closing)
def test_what_was_decided_is_sealed(closing):
    opened = recorded_by(STUDENT, date(2027, 2, 3), in_dispute(OF_THE_ENTRY))
    closed = recorded_by(COLLEGE, FOUND, DisputeClosedHere(an_id(88), closing))
    stands = past(BEGUN, PROPOSED, WITHDRAWN, opened, closed)
    if closing is Closing.WITHDRAWN:
        assert of(WRONG_PERSON, stands)
    else:
        assert stands_in_the_way(WRONG_PERSON, stands) == [Locked(ENTRY)]


def test_the_law_names_entries_that_there_are():
    """And every one that says to which text somebody agreed."""
    named = str(LAW.rule("correction.locked", FOUND).value["entries"]).split()
    assert set(named) <= {name for name, event in EVENTS.items() if event.stream == "contract"}
    bound = {e.type for e in EVENTS.values() if e.stream == "contract" and "text_hash" in hints_of(e)}
    assert bound <= set(named)


# To answer


def test_a_second_person_answers():
    waits = asked_for()
    needed = SecondPerson((COLLEGE, Role.LAWYER))
    for wish in (ApproveCorrection(P1), RejectCorrection(P1)):
        assert stands_in_the_way(wish, waits, person=CLERK) == [needed]
        assert stands_in_the_way(wish, waits, role=ENTERPRISE, person=SECOND) == [needed]
        assert of(wish, waits, person=SECOND)
        assert of(wish, waits, role=Role.LAWYER, person=an_id(98))


@pytest.mark.parametrize(
    ("field", "right"), [("parties.college", "080440900104"), ("terms.compensation.monthly", "9600000")]
)
def test_money_and_parties_are_a_lawyer_s(field, right):
    parties = replace(K5_ACTIVE[0].parties, college="090740900305")
    imported = Imported("17/2026", parties, False, K5_ACTIVE[0].terms, STARTS_ON, "c" * 64)
    entries = past(recorded_by(COLLEGE, STARTS_ON, imported))
    waits = asked_for(Correct(1, "folder 12", "mistyped", COLLEGE, field, right), entries)
    needed = SecondPerson((Role.LAWYER,))
    assert stands_in_the_way(ApproveCorrection(P1), waits, person=SECOND) == [needed]
    assert of(ApproveCorrection(P1), waits, role=Role.LAWYER, person=SECOND)


def test_pay_is_a_lawyer_s_too():
    pay = PayRecorded("2027-01", PayKind.COMPENSATION, 9_500_000)
    paid = past(BEGUN, recorded_by(ENTERPRISE, FEBRUARY, pay))
    wish = Correct(9, "sheet 2", "another month", ENTERPRISE, "month", "2026-12")
    waits = asked_for(wish, paid, by=ENTERPRISE)
    needed = SecondPerson((Role.LAWYER,))
    assert stands_in_the_way(ApproveCorrection(P1), waits, role=ENTERPRISE, person=SECOND) == [needed]


def test_a_rejected_correction_leaves_the_record():
    waits = asked_for()
    [event] = of(RejectCorrection(P1), waits, person=SECOND)
    assert event == CorrectionRejected(P1, ENTRY, COLLEGE, "5" * 64)
    after = past(waits.entries, recorded_by(COLLEGE, FOUND, event))
    assert state(after.events).state is State.ENDING
    assert of(RejectCorrection(P1), after, person=SECOND) == []
    assert stands_in_the_way(ApproveCorrection(P1), after, person=SECOND) == [Answered(Outcome.DECLINED)]
    assert of(OTHER_DAY, after), "another can be proposed"


def test_a_correction_is_answered_once():
    corrected = approved()
    assert of(ApproveCorrection(P1), corrected, person=SECOND) == []
    assert stands_in_the_way(RejectCorrection(P1), corrected, person=SECOND) == [Answered(Outcome.AGREED)]
    nothing = stands_in_the_way(ApproveCorrection(P2), MISTAKEN, person=SECOND)
    assert nothing == stands_in_the_way(ApproveCorrection(P2), asked_for(), person=SECOND) == [Answered(None)]


# What it comes to


def test_the_wrong_person_s_contract_goes_on_as_if_nothing_had_been_recorded():
    [event] = of(ApproveCorrection(P1), asked_for(), person=SECOND)
    assert event == CorrectionMade(
        P1, ENTRY, "withdrawal.noticed", 1, COLLEGE, None, fell=(ENTRY + 1,), informed=(TOLD[1], TOLD[0])
    )
    after, before = state(approved().events), state([*K5_ACTIVE, OPEN])
    assert replace(after, version=0, corrections=()) == replace(before, version=0)
    assert after.open_proposal.id == P2, "what fell with the notice is open again"
    assert timers(after) == timers(before)


def test_its_deadlines_are_withdrawn_and_those_told_are_told_again():
    waits = asked_for()
    found = brought(ApproveCorrection(P1), looking(waits, person=SECOND), waits.events)
    stopped = {each["name"] for each in found.shown["deadlines"]["stop"]}
    assert stopped == {"end", "last-pay", "certificate"}
    assert [each["name"] for each in found.shown["deadlines"]["start"]] == ["answer-schedule-change"]
    assert found.shown["notices"] == [
        {"to": "enterprise", "about": "correction.made"},
        {"to": "student", "about": "correction.made"},
    ]
    assert [notice.ref for notice in found.notices] == [f"org:{E1.bin}", f"person:{S5.id}"]
    assert found.shown["practice_hours"] is None, "no practice day is lost"


def test_a_field_put_right_moves_what_rests_on_it():
    corrected = approved(OTHER_DAY)
    made = corrected.entries[-1].event
    assert (made.right, made.fell) == (plain(replace(NOTICED, end_on=date(2027, 3, 15))), ())
    after = state(corrected.events)
    assert (after.state, after.end_on) == (State.ENDING, date(2027, 3, 15))
    [timer] = [timer for timer in timers(after) if timer.command == "end"]
    assert timer.on == date(2027, 3, 16)
    assert after.open_proposal is None


ENDED = recorded_by(DEADLINE, LATER, Ended("own-wish", END_ON, FEBRUARY), timer="end")


@pytest.mark.parametrize("wish", [WRONG_PERSON, OTHER_DAY])
def test_what_came_by_itself_falls_where_it_would_not_have_come(wish):
    ended = past(BEGUN, PROPOSED, WITHDRAWN, ENDED)
    corrected = approved(wish, ended, on=date(2027, 3, 3))
    assert ENTRY + 2 in corrected.entries[-1].event.fell
    assert state(corrected.events).state is (State.ACTIVE if wish is WRONG_PERSON else State.ENDING)


def test_what_would_have_come_all_the_same_stays():
    ended = past(BEGUN, PROPOSED, WITHDRAWN, ENDED)
    corrected = approved(replace(OTHER_DAY, field="ground", right="health"), ended)
    assert corrected.entries[-1].event.fell == ()
    assert state(corrected.events).state is State.ENDED


def test_what_people_did_since_stays():
    certified = past(BEGUN, PROPOSED, WITHDRAWN, recorded_by(COLLEGE, FOUND, CertificateIssued("12/2027")))
    after = state(approved(WRONG_PERSON, certified).events)
    assert (after.state, after.certificate_issued) == (State.ACTIVE, True)


def test_a_correction_that_was_wrong_is_corrected():
    corrected = approved()
    back = Correct(len(corrected.entries), "request 31", "it was he after all", STUDENT)
    [event] = of(back, corrected)
    waits = past(corrected.entries, recorded_by(COLLEGE, FOUND, replace(event, correction=P2)))
    [made] = of(ApproveCorrection(P2), waits, person=SECOND)
    assert (made.of, made.right) == ("correction.made", None)
    again = state([*waits.events, made])
    before = state(MISTAKEN.events)
    assert replace(again, version=0, corrections=()) == replace(before, version=0)
    assert of(OTHER_DAY, past(waits.entries, recorded_by(COLLEGE, FOUND, made)))


def test_a_correction_of_another_day_is_put_right_in_its_turn():
    corrected = approved(OTHER_DAY)
    third = Correct(len(corrected.entries), "request 31", "mistyped again", STUDENT, "end_on", "2027-03-22")
    [event] = of(third, corrected)
    waits = past(corrected.entries, recorded_by(COLLEGE, FOUND, replace(event, correction=P2)))
    [made] = of(ApproveCorrection(P2), waits, person=SECOND)
    assert made.right["right"]["end_on"] == "2027-03-22"
    assert state([*waits.events, made]).end_on == date(2027, 3, 22)


def test_a_place_that_was_taken_meanwhile_is_in_the_way():
    """The student has begun elsewhere since the contract was thought to end."""
    waits = asked_for()
    taken = held("student", str(S5.id), (date(2027, 3, 2), ENDS_ON))
    found = stands_in_the_way(ApproveCorrection(P1), waits, person=SECOND, holds=taken)
    assert found == [AnotherActive(date(2027, 3, 2), ENDS_ON)]
    before = held("student", str(S5.id), (date(2026, 1, 1), date(2026, 8, 31)))
    assert of(ApproveCorrection(P1), waits, person=SECOND, holds=before)


def test_the_student_in_whose_place_another_stood_has_no_other_contract():
    imported = Imported("17/2026", K5_ACTIVE[0].parties, False, K5_ACTIVE[0].terms, STARTS_ON, "c" * 64)
    entries = past(recorded_by(COLLEGE, STARTS_ON, imported))
    waits = asked_for(Correct(1, "folder 12", "his cousin", COLLEGE, "parties.student", str(S3.id)), entries)
    wish = ApproveCorrection(P1)
    assert wish.references(state(waits.events)).student == S3.id
    taken = held("student", str(S3.id), (STARTS_ON, ENDS_ON))
    found = stands_in_the_way(wish, waits, role=Role.LAWYER, person=SECOND, holds=taken)
    assert found == [AnotherActive(STARTS_ON, ENDS_ON)]


# Who had acted on it


PAID = recorded_by(ENTERPRISE, date(2027, 2, 4), PayRecorded("2027-02", PayKind.COMPENSATION, 9_500_000))


@pytest.mark.parametrize(
    ("readers", "acts", "acted"),
    [
        ({f"org:{E1.bin}"}, [PAID], (ENTERPRISE,)),
        ({f"org:{E1.bin}"}, [], ()),
        (set(), [PAID], ()),
        ({f"person:{S5.id}"}, [PAID], ()),
    ],
    ids=["read and acted", "read", "acted", "another read"],
)
def test_who_read_and_acted_gets_a_task(readers, acts, acted):
    found = past(BEGUN, PROPOSED, WITHDRAWN, *acts, readers=readers)
    [made] = of(ApproveCorrection(P1), asked_for(found=found), person=SECOND)
    assert made.acted == acted
    tasks = [task for task in outlook(state([*asked_for(found=found).events, made]), LAW).tasks]
    assert [task.who for task in tasks if task.name == "follow-correction"] == ([acted] if acted else [])


def test_the_task_is_done_when_its_side_says_so():
    found = past(BEGUN, PROPOSED, WITHDRAWN, PAID, readers={f"org:{E1.bin}"})
    corrected = approved(found=found)
    given = state([*asked_for(found=found).events, replace(corrected.entries[-1].event, acted=(ENTERPRISE,))])
    wish = FollowCorrection(P1)
    [event] = when(wish, asked(ENTERPRISE, FOUND), given)
    assert event == CorrectionFollowed(P1, ENTRY, ENTERPRISE)
    after = event.evolve(given)
    assert not [task for task in outlook(after, LAW).tasks if task.name == "follow-correction"]
    assert when(wish, asked(ENTERPRISE, FOUND), after) == []
    assert refused(wish, asked(STUDENT, FOUND, around(S5)), asked_for_only(found)) == [Answered(None)]


def asked_for_only(found):
    return state(asked_for(found=found).events)
