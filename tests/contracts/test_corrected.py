"""A corrected history says what it would say had the right entry been recorded then."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.canonical import plain
from contracts.corrected import CorrectionMade, as_corrected, onwards, read, unfolding, whole
from contracts.decision import fold
from contracts.department_answer import RelocationAgreed
from contracts.dossier import Correction
from contracts.log.mapper import Mapper
from contracts.parties import Role
from contracts.stored import Unreadable, restored
from contracts.terms import REGISTER, Workplace
from contracts.two_clocks import Entry, Moment, because, known_by
from tests.contracts.entries import BEGUN, EMPTY, on, recorded
from tests.contracts.happened import ONE_OF_EACH
from tests.contracts.test_any_history import LATER, NOTICED, possible
from tests.examples import COLLEGE, K5_ACTIVE, LAW, P1, STUDENT, an_id, state

OF_CONTRACTS = [event for event in ONE_OF_EACH if event.stream == "contract"]
FIRST_HAND = [event for event in OF_CONTRACTS if not isinstance(event, CorrectionMade)]
MONTHS = st.dates(date(2027, 1, 1), date(2027, 6, 30))


def bare(contract):
    """What the contract is, without its count of entries and what was said about them."""
    return replace(contract, version=0, corrections=())


def correcting(entry, wrong, right, number=80, fell=()):
    stored = None if right is None else plain(right)
    return CorrectionMade(an_id(number), entry, wrong.type, wrong.schema, COLLEGE, stored, fell)


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: event.type)
def test_what_is_stored_of_an_entry_is_the_entry_again(event):
    assert restored(type(event), plain(event)) == event


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (int, True),
        (int, "1"),
        (bool, 1),
        (str, 1),
        (date, "2027-02-30"),
        (time, "25:00"),
        (Role, "nobody"),
        (tuple[int, ...], 1),
        (tuple[int, ...], ["1"]),
        (tuple[str, date], ["a"]),
        (int | None, "1"),
        (Correction, {"entry": 1}),
        (Correction, "1"),
        (Correction, {"unknown": 1}),
    ],
)
def test_what_stands_for_nothing_of_that_kind_is_refused(kind, value):
    with pytest.raises(Unreadable):
        restored(kind, value)


def test_a_pair_is_read_member_by_member():
    assert restored(tuple[str, date], ["a", "2027-02-28"]) == ("a", date(2027, 2, 28))
    assert restored(frozenset[Role], ["student"]) == {STUDENT}


# For every kind of entry


@pytest.mark.parametrize("wrong", FIRST_HAND, ids=lambda event: event.type)
@pytest.mark.parametrize("right", [None, NOTICED])
def test_an_entry_that_should_not_stand_folds_as_if_it_did_not(wrong, right):
    """Or, where there is one of its kind, as the other."""
    other = right if right is not None and type(right) is type(wrong) else None
    before, after = K5_ACTIVE, [NOTICED]
    said = [*before, wrong, *after]
    entry = len(before) + 1
    corrected = whole([*said, correcting(entry, wrong, other)], state([]))
    expected = fold([*before, *([other] if other else []), *after], state([]))
    assert bare(corrected) == bare(expected)
    assert corrected.version == len(said) + 1


@st.composite
def histories(draw):
    """A contract to which anything may have happened, and some of it turned out wrong, corrections too."""
    events, contract = [event for event, _ in BEGUN], state([event for event, _ in BEGUN])
    begun = len(events)
    for event in draw(st.lists(st.sampled_from(LATER), min_size=1, max_size=8)):
        if possible(event, contract):
            events.append(event)
            contract = event.evolve(contract)
    for number in range(draw(st.integers(0, 4))):
        if len(events) > begun:
            entry = draw(st.integers(begun + 1, len(events)))
            events.append(
                correcting(entry, events[entry - 1], right_for(draw, events[entry - 1]), 80 + number)
            )
    return events


def right_for(draw, wrong):
    """Another entry of its kind, or none."""
    alike = [event for event in LATER if type(event) is type(wrong)]
    return draw(st.sampled_from([None, *alike]))


def naive(events):
    """As slowly as can be: the last correction is applied and forgotten, until none is left."""
    said = list(events)
    for n in reversed(range(len(said))):
        made = said[n]
        if isinstance(made, CorrectionMade):
            right = None if made.right is None else restored(type(events[made.entry - 1]), made.right)
            for entry in (made.entry, *made.fell):
                if said[entry - 1] is events[entry - 1]:
                    said[entry - 1] = right if entry == made.entry else None
    return [event for event in said if event is not None and not isinstance(event, CorrectionMade)]


@given(histories())
def test_a_corrected_history_folds_as_if_the_right_entries_had_been_recorded(events):
    assert bare(whole(events, EMPTY)) == bare(fold(naive(events), EMPTY))


@given(histories(), st.data())
def test_what_is_known_of_a_beginning_and_the_rest_make_the_whole(events, data):
    cut = data.draw(st.integers(0, len(events)))
    known = whole(events[:cut], EMPTY)
    assert onwards(events[:cut], events[cut:], known, EMPTY) == whole(events, EMPTY)


@given(histories())
def test_a_correction_that_is_corrected_gives_back_what_was(events):
    last = events[-1]
    made = correcting(len(events), last, None, 70)
    again = whole([*events, made, correcting(len(events) + 1, made, None, 71)], EMPTY)
    assert bare(again) == bare(whole(events, EMPTY))


@given(histories())
def test_each_entry_follows_on_what_was_known_when_it_was_recorded(events):
    steps = [*unfolding(events, EMPTY)]
    assert [after for _, after in steps] == [whole(events[:n], EMPTY) for n in range(1, len(events) + 1)]
    assert [before for before, _ in steps] == [EMPTY, *(after for _, after in steps[:-1])]


# Under two clocks


@st.composite
def dated(draw):
    events = draw(histories())
    days = sorted(draw(st.lists(MONTHS, min_size=len(events), max_size=len(events))))
    return recorded(*zip(events, days, strict=True))


@given(dated(), MONTHS, st.none() | MONTHS.map(lambda day: datetime.combine(day, time(12), UTC)))
def test_an_answer_is_that_of_the_history_as_it_was_known_to_be(entries, day, known_at):
    """Against the entries as they should have been by what was known, written down anew."""
    known = [e for e in entries if known_at is None or e.recorded_at <= known_at]
    said = read({e.version: e.event for e in known})
    anew = []
    for entry in known:
        event = said.says[entry.version]
        if event is not None and not isinstance(event, CorrectionMade):
            anew.append(Entry(entry.version, event, event.effective_on, entry.recorded_at))
    assert bare(on(entries, day, known_at)) == bare(on(anew, day))


@given(dated(), MONTHS, MONTHS)
def test_what_was_known_before_a_correction_stays_answered(entries, day, moment):
    known_at = datetime.combine(moment, time(12), UTC)
    before = [entry for entry in entries if entry.recorded_at <= known_at]
    assert on(entries, day, known_at) == on(before, day, known_at) == on(before, day)


@given(dated())
def test_the_order_in_which_entries_are_handed_in_changes_nothing(entries):
    day = date(2027, 12, 31)
    assert on(entries[::-1], day) == on(entries, day)


def test_an_entry_put_right_holds_from_its_right_day():
    right = replace(NOTICED, received_on=date(2027, 1, 4))
    events = [*(event for event, _ in BEGUN), NOTICED]
    made = correcting(len(events), NOTICED, right)
    entries = recorded(*BEGUN, (NOTICED, date(2027, 1, 4)), (made, date(2027, 2, 8)))
    [entry] = [entry for entry in known_by(entries, None) if entry.event == right]
    assert (entry.version, entry.effective_on) == (len(events), date(2027, 1, 4))
    assert [e for e in known_by(entries, datetime(2027, 2, 1, tzinfo=UTC)) if e.event == NOTICED]


# What it must not do


def test_it_corrects_nothing_where_another_kind_of_entry_stands():
    """As under another law, by which other entries came."""
    events = [*K5_ACTIVE, NOTICED]
    made = replace(correcting(len(events), NOTICED, None), of="contract.ended")
    assert bare(whole([*events, made], EMPTY)) == bare(whole(events, EMPTY))
    assert as_corrected([*events, made])[-2] == NOTICED


def test_a_later_form_of_an_entry_reaches_what_it_should_have_said():
    """The right entry was stored in the form of its day, and is read in today's."""

    class Later(type(NOTICED)):
        schema = 2

    kinds = {"withdrawal.noticed": Later, "correction.made": CorrectionMade}
    lifted = {("withdrawal.noticed", 1): lambda fields: {**fields, "ground": f"new-{fields['ground']}"}}
    mapper = Mapper(kinds, lifted)
    made = correcting(9, NOTICED, NOTICED)
    found = mapper.decode("correction.made", 1, mapper.encode(made))
    assert (found.right["ground"], found.of_schema) == ("new-own-wish", 2)
    assert mapper.decode("correction.made", 1, mapper.encode(found)) == found
    assert mapper.decode("correction.made", 1, mapper.encode(replace(made, right=None))).right is None


def test_nothing_else_is_looked_at_on_the_usual_way():
    """A history without a correction is folded as it always was."""
    assert whole(K5_ACTIVE, EMPTY) == fold(K5_ACTIVE, EMPTY)
    assert onwards([], [NOTICED], fold(K5_ACTIVE, EMPTY), EMPTY) == fold([*K5_ACTIVE, NOTICED], EMPTY)


# Why a clause is another one


NOVEMBER = Moment(date(2026, 11, 2), None)
OTHER_WORKPLACE = Workplace("Almaty, 2 Demo street", "Relay protection")


def relocated(*more):
    """The place of work becomes another on 5 October, and what was recorded of it since."""
    moved = RelocationAgreed(P1, OTHER_WORKPLACE, date(2026, 10, 5), "5" * 64)
    return recorded(*BEGUN, (moved, date(2026, 10, 1)), *more)


def test_of_a_correction_it_is_said_that_it_changed_the_clause():
    moved = relocated()[-1]
    made = correcting(moved.version, moved.event, None)
    entries = relocated((made, date(2026, 10, 20)))
    [workplace] = [clause for clause in REGISTER if clause.field == "workplace"]
    before = Moment(date(2026, 11, 2), datetime(2026, 10, 10, tzinfo=UTC))
    assert on(entries, before.in_force_on, before.known_at).terms.workplace == OTHER_WORKPLACE
    assert on(entries, NOVEMBER.in_force_on).terms.workplace != OTHER_WORKPLACE
    assert because(workplace, entries, LAW, before, NOVEMBER) == entries[-1]
    earlier = Moment(date(2026, 10, 2), before.known_at)
    assert because(workplace, entries, LAW, earlier, before) == moved


def test_of_a_field_put_right_too():
    moved = relocated()[-1]
    right = replace(moved.event, workplace=replace(OTHER_WORKPLACE, department="Line works"))
    entries = relocated((correcting(moved.version, moved.event, right), date(2026, 10, 20)))
    [workplace] = [clause for clause in REGISTER if clause.field == "workplace"]
    first = Moment(date(2026, 9, 2), None)
    assert on(entries, NOVEMBER.in_force_on).terms.workplace == right.workplace
    assert because(workplace, entries, LAW, first, NOVEMBER) == entries[-1]
