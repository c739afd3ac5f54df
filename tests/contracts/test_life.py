"""A contract's whole life, whatever its parties wish and whenever: what holds in every one of them.

Three parties, a representative, a mentor and the clock wish for anything, lawful or not, day after day.
"""

from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from contracts.activation import RecordBriefing, RecordFitness
from contracts.ahead import outlook, timers
from contracts.consequences import consequences
from contracts.contract import IN_FORCE, PARTIES, Contract, State
from contracts.corrected import onwards, whole
from contracts.correction import Correct
from contracts.correction_answer import ApproveCorrection
from contracts.decision import DAY, Command, Occasion, On, Refused, effects
from contracts.formation import Offer
from contracts.lifecycle import empty, timed
from contracts.log.sealing import personal_fields
from contracts.mutual_end import AcceptMutualEnd
from contracts.past import Kept, Past
from contracts.places import holds
from contracts.schedule_answer import AnswerScheduleChange
from contracts.signing import Consent, Sign
from contracts.two_clocks import Entry, as_of
from tests.contracts.wishes import ONE_OF_EACH
from tests.examples import (
    COLLEGE,
    DEADLINE,
    DRAFTED_ON,
    ENTERPRISE,
    K1,
    LAW,
    M1,
    PRACTICE_MON_WED,
    PRACTICE_THU_FRI,
    PRACTICE_WED_FRI,
    REPRESENTATIVE,
    S1,
    S5,
    STUDENT,
    an_id,
    around,
    asked,
)

BEGINS = [wish for wish in ONE_OF_EACH if wish.stream == "contract" and wish.begins]
WISHES = [wish for wish in ONE_OF_EACH if wish.stream == "contract" and not wish.begins]
ANYBODY = [STUDENT, REPRESENTATIVE, COLLEGE, ENTERPRISE]
GROUNDS = st.sampled_from(sorted(LAW.all_grounds))
SCHEDULES = st.sampled_from([PRACTICE_MON_WED, PRACTICE_THU_FRI, PRACTICE_WED_FRI])
OVER = frozenset({State.REFUSED, State.LAPSED, State.ENDED, State.COMPLETED})


AHEAD = {"end_on": st.integers(28, 50), "from_on": st.integers(8, 60), "sign_by": st.integers(0, 20)}
"""Days from today that are likely; of any other day, about today."""


def changed(draw: Any, wish: Command, contract: Contract, today: date) -> Command:
    """The wish as somebody might fill it in that day; what may be left empty mostly is."""
    hints = get_type_hints(type(wish))
    values = {}
    for field in fields(wish):
        found = likely(field.name, hints[field.name], contract, today)
        seldom = draw(st.integers(0, 5)) == 0
        if found is not None and seldom == (getattr(wish, field.name) is None):
            values[field.name] = draw(found)
    return replace(wish, **values)


def likely(name: str, hint: Any, contract: Contract, today: date) -> st.SearchStrategy[Any] | None:
    kind = hint
    if get_origin(hint) in (Union, UnionType):
        [kind, *_] = [each for each in get_args(hint) if each is not NoneType]
    if name == "entry":
        return st.integers(1, max(1, contract.version))
    if name == "field":
        return st.sampled_from([None, None, "end_on", "on", "month", "number", "ground", "known_on"])
    if name == "right":
        return st.sampled_from([None, "health", "17", f"{today + DAY}", f"{today - 30 * DAY}"])
    if name == "correction":
        return st.sampled_from([*(each.id for each in contract.corrections), an_id(77)])
    if name == "text_hash":
        end = contract.open_mutual_end
        return st.sampled_from([contract.text_hash or "0" * 64, end.text_hash if end else "1" * 64])
    if name == "ground":
        return GROUNDS
    if name == "schedule":
        return SCHEDULES
    if kind is UUID and name in {"proposal", "supersedes"}:
        known = [each.id for each in (*contract.proposals, *contract.mutual_ends)]
        newest = [known[-1]] * 4 if known else []
        return st.sampled_from([*newest, *known, an_id(77)])
    if kind is date:
        usual = AHEAD.get(name, st.integers(-3, 3))
        return (usual | usual | usual | st.integers(-40, 120)).map(lambda days: today + timedelta(days=days))
    if name == "month":
        return st.integers(-70, 30).map(lambda days: f"{today + timedelta(days=days):%Y-%m}")
    if name == "amount":
        return st.integers(1, 2 * 9_500_000)
    return st.booleans() if kind is bool else None


def decided(wish: Command, contract: Contract, occasion: Occasion) -> Any:
    """The events, or the refusals as a tuple."""
    try:
        return [*wish.decide(contract, occasion)]
    except Refused as refused:
        return refused.refusals


def other(on: On) -> Any:
    return empty(on.event.stream, on.stream_id)


MET: set[str] = set()
"""Events that some life has had."""


class Life(RuleBasedStateMachine):
    @initialize(who=st.sampled_from([S1, S5]), begin=st.sampled_from(BEGINS), forward=st.integers(0, 5))
    def begins(self, who, begin, forward):
        """Most have gone some way before anything unusual happens to them."""
        self.who, self.entries, self.n = who, [], 0
        self.day = date(2026, 11, 25) if begin.type == "record-signed" else DRAFTED_ON
        self.contract, self.kept = Contract(id=K1), []
        self.wish(replace(begin, student=who.id), COLLEGE if begin.type == "record-signed" else ENTERPRISE)
        if forward:
            self.all_sign()
        if forward > 1:
            self.it_comes_into_force()

    @rule(data=st.data(), wishes=st.lists(st.sampled_from(WISHES), min_size=1, max_size=5))
    def somebody_wishes(self, data, wishes):
        for wish in wishes:
            may = sorted(wish.by & {*PARTIES, REPRESENTATIVE})
            by = data.draw(st.sampled_from([*may, *may, *ANYBODY]))
            self.wish(changed(data.draw, wish, self.contract, self.day), by)

    def all_sign(self):
        """The usual way on, so that long lives are met often enough."""
        self.wish(Offer(), ENTERPRISE)
        text = self.contract.text_hash or ""
        for role in (ENTERPRISE, STUDENT):
            self.wish(Sign(text), role)
        self.wish(Consent(text), REPRESENTATIVE)
        self.wish(Sign(text), COLLEGE)

    def it_comes_into_force(self):
        term = self.contract.terms.term
        if term and self.contract.state is State.SIGNED:
            self.passes(max(0, (term.starts_on - self.day).days))
        self.wish(RecordBriefing(self.day), ENTERPRISE)
        self.wish(RecordFitness(self.day), ENTERPRISE)
        self.passes(1)

    @rule()
    def all_agree(self):
        """To whatever is proposed, so that what chance seldom makes is met often enough."""
        if proposal := self.contract.open_proposal:
            for role in sorted(self.contract.asked - proposal.accepted):
                self.wish(AnswerScheduleChange(proposal.id, accept=True), role)
        if end := self.contract.open_mutual_end:
            for role in sorted(self.contract.asked - end.accepted):
                self.wish(AcceptMutualEnd(end.text_hash), role)

    @rule(days=st.sampled_from([1, 3, 8, 20, 45]))
    def time_passes(self, days):
        self.passes(days)

    def passes(self, days: int) -> None:
        for _ in range(days):
            self.day += DAY
            for timer in self.due():
                self.wish(timed(timer.name), DEADLINE, timer.name)

    def due(self):
        return [
            each for each in timers(self.contract, self.occasion(DEADLINE).adult_on) if each.on <= self.day
        ]

    @rule(back=st.integers(1, 6), field=st.sampled_from([None, None, "end_on", "on", "from_on"]))
    def a_record_was_wrong(self, back, field):
        """Some late entry; its own side says so, and a second person agrees."""
        if back <= len(self.kept):
            kept = self.kept[-back]
            right = f"{self.day + DAY}" if field else None
            wish = Correct(kept.version, "paper 7", "mistaken", STUDENT, field, right)
            self.wish(wish, COLLEGE if kept.timer else kept.role)
        for each in self.contract.corrections:
            self.wish(ApproveCorrection(each.id), each.by)

    def occasion(self, role) -> Occasion:
        past = Past(tuple(self.kept), Contract(id=K1), frozenset())
        found = asked(role, self.day, around(self.who, past=past))
        self.n += 1
        return replace(found, fresh=an_id(1000 + self.n))

    def wish(self, wish: Command, role, timer: str | None = None) -> None:
        """Granted or refused, and never anything else; and asked twice, the same is decided."""
        occasion = self.occasion(role)
        if (entry := wish.looks_back(self.contract)) is None:
            occasion = replace(occasion, facts=replace(occasion.facts, past=None))
        elif isinstance(wish, ApproveCorrection):
            occasion = replace(occasion, actor=f"person:{an_id(97)}")
        if entry is not None and entry > len(self.kept):
            return
        sealed = {name: "c" * 64 for name in personal_fields(wish.type) if getattr(wish, name)}
        occasion = replace(occasion, sealed=sealed)
        once, twice = (decided(wish, self.contract, occasion) for _ in range(2))
        if isinstance(once, tuple):
            assert [refusal.code for refusal in once] == [refusal.code for refusal in twice] != []
            return
        look = partial(outlook, law=LAW, adult_on=occasion.adult_on)
        said, begun = [entry.event for entry in self.entries], Contract(id=K1)
        further = partial(onwards, said, empty=begun)
        first, second = (effects(each, K1, self.contract, other, further) for each in (once, twice))
        assert consequences(first, occasion, look) == consequences(second, occasion, look)
        for event in first[0].events:
            at = occasion.at + timedelta(seconds=len(self.entries))
            self.entries.append(Entry(len(self.entries) + 1, event, event.effective_on, at))
            behalf, n = occasion.on_behalf_of, len(self.entries)
            self.kept.append(Kept(n, event, self.day, occasion.actor, role, behalf, occasion.fresh, timer))
            MET.add(event.type)
        self.contract = first[0].after

    # What always holds

    @invariant()
    def it_is_what_its_events_have_made(self):
        if self.entries:
            events = [entry.event for entry in self.entries]
            begun = Contract(id=K1)
            assert whole(events, begun) == self.contract
            half = len(events) // 2
            known = whole(events[:half], begun)
            assert onwards(events[:half], events[half:], known, begun) == self.contract

    @invariant()
    def who_is_bound_has_signed_one_text_with_all_others(self):
        contract = self.contract
        if contract.concluded_on and contract.state in IN_FORCE | {State.SIGNED}:
            assert contract.signed_by == PARTIES
            assert {signature.text_hash for signature in contract.signatures} == {contract.text_hash}
            assert contract.consents or not self.minor_when_signed()

    def minor_when_signed(self) -> bool:
        on = self.contract.concluded_on
        return LAW.adult_on(self.who.record.born_on, on) > on

    @invariant()
    def one_proposal_is_open_at_a_time(self):
        assert sum(proposal.outcome is None for proposal in self.contract.proposals) <= 1
        assert sum(end.outcome is None for end in self.contract.mutual_ends) <= 1

    @invariant()
    def what_is_over_holds_no_place_beyond_its_last_day_and_lets_nothing_happen(self):
        contract = self.contract
        if contract.state in OVER:
            assert all(hold.to_on <= (contract.last_day or date.max) for hold in holds(contract))
            assert not contract.open_proposal
            assert {timer.command for timer in timers(contract)} <= {"note-adulthood"} | AFTERWARDS

    @invariant()
    def every_task_and_deadline_is_somebody_s_and_by_a_rule(self):
        found = outlook(self.contract, LAW)
        assert all(task.who and task.command for task in found.tasks)
        for deadline in found.deadlines:
            assert LAW.rule(deadline.rule, LAW.known(deadline.on))
        assert all(each.steps or each.amount == 0 for each in found.sums)
        assert all(each.amount >= 0 for each in found.sums)

    @invariant()
    def no_month_is_paid_twice(self):
        months = [payment.month for payment in self.contract.payments]
        assert len(months) == len(set(months))

    @invariant()
    def by_both_clocks_today_is_what_is_known(self):
        if self.entries:
            seen = as_of(self.entries, LAW, self.day, None, Contract(id=K1))
            assert seen.state_on(self.day) == self.contract.state_on(self.day)
            assert seen.schedule_on(self.day) == self.contract.schedule_on(self.day)
            noon = datetime.combine(self.day, time(23, 59), LAW.zone)
            assert as_of(self.entries, LAW, self.day, noon, Contract(id=K1)) == seen

    @invariant()
    def its_mentor_is_who_was_agreed_on(self):
        if self.contract.state in IN_FORCE and self.contract.terms.mentor:
            assert self.contract.references.mentor == self.contract.terms.mentor.person
            assert M1.id


AFTERWARDS: frozenset[str] = frozenset()
"""What may still happen by itself to a contract that is over."""

Life.TestCase.settings = settings(
    max_examples=100,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestLife = Life.TestCase


def test_these_lives_have_known_most_that_can_happen():
    """Runs after them. What is left needs a chain of wishes that chance seldom makes."""
    assert len(MET) > 15
    assert "correction.made" in MET
