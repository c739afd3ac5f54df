"""Whatever is tried, by whom and in which order: nobody decides who must not, and what is open is frozen."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.appeal import Appeal, CloseDispute, RecordCourt
from contracts.commission import NoteUndecided, Recuse, ReferToCommission, SeatMember
from contracts.complaint import Complain
from contracts.complaint_answer import AnswerComplaint, NoteSilence
from contracts.contract_rules import frozen
from contracts.decision import On, Refused
from contracts.dispute import Bias, Finding, Late, Phase, Verdict
from contracts.evidence import RestoreTime
from contracts.mediation import AgreeMediation, EndMediation
from contracts.parties import Role
from contracts.ruling import Decide, Decided
from contracts.settlement import ProposeSettlement, Settle
from tests.contracts.quarrel import (
    ANOTHER,
    CHAIR,
    DAYS,
    DISPUTE,
    END,
    K5_ENDING,
    MEDIATOR,
    OF_COLLEGE,
    OF_ENTERPRISE,
    OF_STUDENT,
    POINTS,
    at,
    known,
)
from tests.examples import CHAMBER, COLLEGE, DEADLINE, ENTERPRISE, K5, STUDENT, state

PEOPLE = (OF_STUDENT, OF_ENTERPRISE, OF_COLLEGE, CHAIR, ANOTHER)
BY_ID = {each.id: each for each in PEOPLE}
ids = st.sampled_from([each.id for each in PEOPLE])
WISHES = st.one_of(
    st.sampled_from(
        [
            AnswerComplaint((1,)),
            NoteSilence(),
            AgreeMediation(MEDIATOR.id),
            EndMediation(),
            ReferToCommission(),
            NoteUndecided(),
            Appeal(),
            CloseDispute(),
            ProposeSettlement("half"),
        ]
    ),
    st.builds(SeatMember, st.sampled_from([STUDENT, ENTERPRISE, COLLEGE, CHAMBER]), ids),
    st.builds(Recuse, st.sampled_from(Bias), ids),
    st.builds(RestoreTime, st.sampled_from(Late), st.just(date(2027, 6, 1)), st.just("ill")),
    st.builds(
        Decide,
        st.lists(st.sampled_from(Finding), min_size=1, max_size=2).map(tuple),
        st.just(("because", "since")),
    ),
    st.builds(
        RecordCourt, st.just("court"), st.just("1"), st.sampled_from(Verdict), st.just(date(2027, 1, 6))
    ),
)
STEPS = st.lists(
    st.tuples(
        WISHES,
        st.sampled_from([STUDENT, ENTERPRISE, COLLEGE, CHAMBER, DEADLINE, Role.REVIEWER]),
        ids,
        st.integers(0, 12),
    ),
    max_size=20,
)
REFER = [(NoteSilence(), DEADLINE, CHAIR.id, 12), (ReferToCommission(), STUDENT, CHAIR.id, 0)]
SEAT = [
    (SeatMember(side, who.id), CHAMBER, CHAIR.id, 0)
    for side, who in zip((STUDENT, ENTERPRISE, COLLEGE, CHAMBER), PEOPLE, strict=False)
]


class Story:
    """A dispute and its contract, as whatever is tried makes them. `decided`: each with who sat then."""

    def __init__(self):
        self.contract, self.dispute = state(K5_ENDING, id_=K5), state([], "dispute", DISPUTE)
        self.decided = []
        wish = Complain(K5, ENTERPRISE, POINTS, "taken back", date(2026, 12, 28))
        occasion = replace(at(STUDENT, date(2027, 1, 5), facts=known(self.contract)), fresh=DISPUTE)
        self.take(wish.decide(self.dispute, occasion))

    def tries(self, wish, role, person, on):
        if isinstance(wish, ProposeSettlement | Settle) and self.dispute.settlement:
            wish = Settle(self.dispute.settlement.text_hash)
        member = BY_ID.get(getattr(wish, "person", None))
        facts = known(self.contract, member=member)
        who = person if role is Role.REVIEWER else None
        try:
            self.take(wish.decide(self.dispute, at(role, on, facts=facts, who=who)))
        except Refused:
            return

    def take(self, decision):
        for each in decision:
            event = each.event if isinstance(each, On) else each
            if isinstance(event, Decided):
                self.decided.append((event, self.dispute.seats))
            if isinstance(each, On):
                self.contract = event.evolve(self.contract)
            else:
                self.dispute = replace(event.evolve(self.dispute), version=self.dispute.version + 1)


def told(steps):
    story, on = Story(), date(2027, 1, 5)
    for wish, role, person, days in steps:
        on += timedelta(days)
        story.tries(wish, role, person, on)
        yield story


@given(STEPS)
def test_nobody_who_stepped_back_decides_and_sides_are_equal(steps):
    for story in told([*REFER, *steps, *SEAT]):
        for decided, seats in story.decided:
            sat = [seat for seat in seats if seat.person in decided.members]
            assert not [seat for seat in sat if seat.bias]
            assert Counter(seat.side for seat in sat) == dict.fromkeys(
                (STUDENT, ENTERPRISE, COLLEGE, CHAMBER), 1
            )


@given(STEPS)
def test_what_is_open_is_frozen_and_nothing_else(steps):
    for story in told([*REFER, *SEAT, *steps]):
        [here] = story.contract.disputes
        is_open = story.dispute.phase is not Phase.CLOSED
        assert here.closed is not is_open
        assert here.until == story.dispute.until
        held = [point for each in frozen(story.contract, {DAYS.clause}, end=True) for point in each.points]
        assert held == ([END, DAYS] if is_open else [])


def test_the_stories_come_far_enough_to_tell_something():
    decide = Decide((Finding.UPHELD, Finding.REJECTED), ("because", "since"))
    whole = [*REFER, *SEAT, (decide, Role.REVIEWER, CHAIR.id, 1)]
    [*_, story] = told(whole)
    assert len(story.decided) == 1
    stepped_back = (Recuse(Bias.KIN, OF_STUDENT.id), ENTERPRISE, CHAIR.id, 0)
    [*_, story] = told([*whole[:-1], stepped_back, whole[-1]])
    assert story.decided == []
