"""Schedule: a change of days is proposed to all as one text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.answering import last_to_answer
from contracts.canonical import digest, plain
from contracts.consequences import Deadline, Outlook, Task, Timer
from contracts.contract import PARTIES, Contract, State, with_outcome
from contracts.contract_rules import Backdated, ContractCommand, NotYet, WrongState
from contracts.decision import DAY, Cure, Event, Occasion, Refusal, Text
from contracts.dossier import Outcome, Proposal
from contracts.formation_rules import UnknownParty
from contracts.law import Law
from contracts.parties import Role
from contracts.schedule_rules import WHO_ANSWERS, AnsweredAlready, NoticeTooShort, fit
from contracts.terms import ClauseId, Schedule
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class AnotherOpen(Refusal):
    type = "schedule.open"
    code = "SCH-OPEN"
    cures = (
        Cure(Role.COLLEGE, "supersede", "propose-schedule-change"),
        Cure(Role.ENTERPRISE, "supersede", "propose-schedule-change"),
    )
    proposal: UUID
    answer_by: date


# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    """An open proposal waits for those who have not answered; silence is never a yes."""
    if (proposal := contract.open_proposal) is None:
        return Outlook()
    waiting = tuple(sorted(contract.asked - proposal.accepted))
    name, until = "answer-schedule-change", proposal.answer_by
    return Outlook(
        deadlines=(Deadline(name, waiting, until, "proposal-lapses", "schedule.answer", proposal.id),),
        tasks=(Task(name, waiting, name, until, proposal.id),),
        stays=("schedule-until-all-agree",),
    )


def timers(contract: Contract) -> Iterator[Timer]:
    if proposal := contract.open_proposal:
        yield Timer("lapse-schedule-change", proposal.answer_by + DAY, proposal.id)


def notice(wish: "ProposeScheduleChange", occasion: Occasion) -> Iterator[Refusal]:
    """Enough days before the first one, counted from the day on which it was agreed by word or is asked."""
    rule = occasion.law.rule("schedule.notice", wish.from_on).value
    needed, since = int(rule["calendar_days"]), wish.agreed_on or occasion.today
    if wish.from_on < occasion.today and wish.agreed_on is None:
        yield Backdated(wish.from_on, occasion.today)
    elif (given := (wish.from_on - since).days) < needed:
        yield NoticeTooShort(given, needed, since + needed * DAY)
    if wish.agreed_on and wish.agreed_on > occasion.today:
        yield NotYet(wish.agreed_on, occasion.today)


def answer_by(wish: "ProposeScheduleChange", contract: Contract, occasion: Occasion) -> date:
    """As the wish says, else as the contract or the law does, and in any case before the new schedule."""
    last = last_to_answer(contract, occasion, "schedule.answer")
    return wish.answer_by or (last if wish.agreed_on else min(last, wish.from_on - DAY))


# Events


@dataclass(frozen=True)
class ChangeProposed(Event):
    type = "schedule.change_proposed"
    rule = "schedule.notice"
    tells = WHO_ANSWERS
    apart = frozenset({"proposal", "text_hash", "reason"})
    proposal: UUID
    by: Role
    schedule: Schedule
    from_on: date
    answer_by: date
    text_hash: str
    agreed_on: date | None = None
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        proposed = Proposal(
            id=self.proposal,
            by=self.by,
            schedule=self.schedule,
            from_on=self.from_on,
            answer_by=self.answer_by,
            text_hash=self.text_hash,
            agreed_on=self.agreed_on,
            accepted=frozenset({self.by}),
        )
        return replace(state, proposals=(*state.proposals, proposed))


@dataclass(frozen=True)
class ChangeSuperseded(Event):
    type = "schedule.change_superseded"
    rule = "schedule.superseded"
    apart = frozenset({"proposal", "by"})
    proposal: UUID
    by: UUID

    def evolve(self, state: Contract) -> Contract:
        return with_outcome(state, self.proposal, Outcome.SUPERSEDED, superseded_by=self.by)


# Commands


@dataclass(frozen=True)
class ProposeScheduleChange(ContractCommand):
    """Another schedule from a day on. `agreed_on`: the day on which all agreed by word, without which
    `from_on` may not lie in the past. `supersedes`: the open proposal whose place this one takes."""

    type = "propose-schedule-change"
    by = PARTIES
    states = frozenset({State.ACTIVE})
    touches = frozenset({ClauseId.SCHEDULE})
    schedule: Schedule
    from_on: date
    answer_by: date | None = None
    reason: Text | None = None
    supersedes: UUID | None = None
    agreed_on: date | None = None

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from self._place(state)
        first, last = state.terms.term.starts_on if state.terms.term else None, state.last_day
        if last and self.from_on > last:
            yield WrongState(state.state, tuple(sorted(self.states)), last)
        if first and self.from_on < first:
            yield Backdated(self.from_on, first)
            return
        yield from notice(self, occasion)
        yield from self._answerable(occasion)
        yield from fit(self.schedule, state, occasion, self.from_on)

    def _place(self, state: Contract) -> Iterator[Refusal]:
        """One proposal is open at a time, and another takes its place by name."""
        open_one = state.open_proposal
        if open_one and self.supersedes != open_one.id:
            yield AnotherOpen(open_one.id, open_one.answer_by)
        if self.supersedes is None:
            return
        if (old := state.proposal(self.supersedes)) is None:
            yield UnknownParty(("supersedes",))
        elif old.outcome:
            yield AnsweredAlready(old.outcome, old.answer_by)

    def _answerable(self, occasion: Occasion) -> Iterator[Refusal]:
        """The day named for answers has not passed, and comes before the new schedule begins."""
        if self.answer_by is None:
            return
        if self.answer_by < occasion.today:
            yield AnsweredAlready(Outcome.LAPSED, self.answer_by)
        elif self.answer_by >= self.from_on and self.agreed_on is None:
            yield Backdated(self.from_on, self.answer_by + DAY)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        id_ = occasion.fresh
        text = {"contract": state.number, "schedule": plain(self.schedule), "from_on": plain(self.from_on)}
        proposed = ChangeProposed(
            proposal=id_,
            by=occasion.role,
            schedule=self.schedule,
            from_on=self.from_on,
            answer_by=answer_by(self, state, occasion),
            text_hash=digest({**text, "nonce": id_.hex}),
            agreed_on=self.agreed_on,
            reason=occasion.sealed.get("reason"),
        )
        return [*([ChangeSuperseded(self.supersedes, id_)] if self.supersedes else []), proposed]
