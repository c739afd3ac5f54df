"""Mentoring: the enterprise names who guides the student, puts another in his place, or says that he has
left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.consequences import Deadline, Outlook, Task
from contracts.contract import EVERYBODY, Contract, State
from contracts.contract_rules import ContractCommand
from contracts.decision import Cure, Event, Occasion, Refusal
from contracts.dossier import Agreed
from contracts.formation_rules import UnknownParty
from contracts.law import Law
from contracts.mentor_days import mentor_on
from contracts.mentor_rules import fit_to_guide
from contracts.parties import References, Role
from contracts.terms import ClauseId, Mentoring, Terms
from contracts.values import replace
from contracts.week import practice_days

WHILE_IT_RUNS = frozenset({State.SIGNED, State.ACTIVE, State.SUSPENDED, State.ENDING})

# Refusals


@dataclass(frozen=True)
class DaysWithoutMentor(Refusal):
    """`days` at the enterprise between the day on which there is none any more and `from_on`."""

    type = "mentor.gap"
    code = "MEN-GAP"
    cures = (Cure(Role.ENTERPRISE, "mentor-earlier", "assign-mentor"),)
    from_on: date
    earliest: date
    days: int


@dataclass(frozen=True)
class MentorNamed(Refusal):
    """On that day there is a mentor already."""

    type = "mentor.named"
    code = "MEN-NAMED"
    cures = (Cure(Role.ENTERPRISE, "replace-mentor", "replace-mentor"),)
    from_on: date


@dataclass(frozen=True)
class OtherMentor(Refusal):
    """The one who is to be replaced, or has left, does not guide the student on that day."""

    type = "mentor.other"
    code = "MEN-OTHER"
    cures = (Cure(Role.ENTERPRISE, "name-mentor-of-day", "replace-mentor"),)
    from_on: date


@dataclass(frozen=True)
class OutsideTerm(Refusal):
    """A mentor is named for days to come, within the contract."""

    type = "mentor.day"
    code = "MEN-DAY"
    cures = (Cure(Role.ENTERPRISE, "day-of-contract", "assign-mentor"),)
    from_on: date
    first: date
    last: date | None


# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    """Once the mentor has left, the enterprise names another one."""
    if contract.state not in WHILE_IT_RUNS or (since := nobody_since(contract)) is None:
        return Outlook()
    by = law.end_of(law.rule("mentor.replacement", law.known(since)).value, since).last
    who = (Role.ENTERPRISE,)
    return Outlook(
        deadlines=(Deadline("assign-mentor", who, by, "mentor-missing", "mentor.replacement"),),
        tasks=(Task("assign-mentor", who, "assign-mentor", by),),
    )


def nobody_since(contract: Contract) -> date | None:
    """From which day on the contract has no mentor any more; None where it has one, or never named one."""
    if contract.terms.mentor:
        return None
    left = [change.from_on for change in contract.agreed if ClauseId.MENTOR in change.removed]
    return max(left, default=None)


def in_time(contract: Contract, from_on: date, occasion: Occasion) -> Iterator[Refusal]:
    """From today on; where nobody guides the student, from the first such day on."""
    term, last, since = contract.terms.term, contract.last_day, nobody_since(contract)
    first = min(occasion.today, since) if since else occasion.today
    first = max(first, term.starts_on) if term else first
    if from_on < first or (last and from_on > last):
        yield OutsideTerm(from_on, first, last)


def closes_gap(contract: Contract, from_on: date, occasion: Occasion) -> Iterator[Refusal]:
    """Days at the enterprise that have passed cannot be guided any more; those to come can."""
    since, term = nobody_since(contract), contract.terms.term
    if since is None or term is None:
        return
    earliest = max(since, occasion.today)
    if from_on > earliest:
        without = practice_days(contract, occasion.law, earliest, from_on)
        if missed := sum(day < from_on for day in without):
            yield DaysWithoutMentor(from_on, earliest, missed)


# Events


@dataclass(frozen=True)
class MentorAssigned(Event):
    type = "mentor.assigned"
    rule = "mentor.gap"
    tells = EVERYBODY
    waits = True
    mentor: UUID
    from_on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(self.announce(state), terms=replace(state.terms, mentor=Mentoring(self.mentor)))

    def announce(self, state: Contract) -> Contract:
        change = Agreed(self.from_on, Terms(mentor=Mentoring(self.mentor)))
        return replace(state, agreed=(*state.agreed, change))

    @property
    def effective_on(self) -> date:
        return self.from_on


@dataclass(frozen=True)
class MentorReplaced(Event):
    """`old` guides the student up to the day before."""

    type = "mentor.replaced"
    rule = "mentor.gap"
    tells = EVERYBODY
    waits = True
    old: UUID
    new: UUID
    from_on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(self.announce(state), terms=replace(state.terms, mentor=Mentoring(self.new)))

    def announce(self, state: Contract) -> Contract:
        change = Agreed(self.from_on, Terms(mentor=Mentoring(self.new)))
        return replace(state, agreed=(*state.agreed, change))

    @property
    def leaving(self) -> tuple[tuple[Role, UUID], ...]:
        return ((Role.MENTOR, self.old),)

    @property
    def effective_on(self) -> date:
        return self.from_on


@dataclass(frozen=True)
class MentorLeft(Event):
    """From `from_on` on nobody guides the student, until another is named."""

    type = "mentor.left"
    rule = "mentor.replacement"
    tells = EVERYBODY - {Role.MENTOR}
    waits = True
    mentor: UUID
    from_on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(self.announce(state), terms=replace(state.terms, mentor=None))

    def announce(self, state: Contract) -> Contract:
        change = Agreed(self.from_on, Terms(), (ClauseId.MENTOR,))
        return replace(state, agreed=(*state.agreed, change))

    @property
    def effective_on(self) -> date:
        return self.from_on


# Commands


class MentorCommand(ContractCommand):
    """About who guides the student from `from_on` on."""

    by = frozenset({Role.ENTERPRISE})
    states = WHILE_IT_RUNS


@dataclass(frozen=True)
class AssignMentor(MentorCommand):
    """Where there is none: the contract left it to an annex, or the mentor has left."""

    type = "assign-mentor"
    mentor: UUID
    from_on: date

    def references(self, state: Contract) -> References:
        return replace(state.references, mentor=self.mentor)

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return mentor_on(state, self.from_on) == self.mentor

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if occasion.facts.mentor is None:
            yield UnknownParty(("mentor",))
        if mentor_on(state, self.from_on):
            yield MentorNamed(self.from_on)
        yield from in_time(state, self.from_on, occasion)
        yield from closes_gap(state, self.from_on, occasion)
        after = self._assigned().evolve(state)
        yield from fit_to_guide(self.mentor, self.from_on, after, occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [self._assigned()]

    def _assigned(self) -> MentorAssigned:
        return MentorAssigned(self.mentor, self.from_on)


@dataclass(frozen=True)
class ReplaceMentor(MentorCommand):
    """`old` guides the student up to the day before `from_on`, `new` from then on."""

    type = "replace-mentor"
    old: UUID
    new: UUID
    from_on: date

    def references(self, state: Contract) -> References:
        return replace(state.references, mentor=self.new)

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return self.old != self.new and mentor_on(state, self.from_on) == self.new

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if occasion.facts.mentor is None:
            yield UnknownParty(("mentor",))
        if mentor_on(state, self.from_on) != self.old or self.old == self.new:
            yield OtherMentor(self.from_on)
        yield from in_time(state, self.from_on, occasion)
        after = self._replaced().evolve(state)
        yield from fit_to_guide(self.new, self.from_on, after, occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [self._replaced()]

    def _replaced(self) -> MentorReplaced:
        return MentorReplaced(self.old, self.new, self.from_on)


@dataclass(frozen=True)
class ReportMentorLeft(MentorCommand):
    """The mentor does not guide the student from `from_on` on, and nobody is there to take his place yet."""

    type = "report-mentor-left"
    mentor: UUID
    from_on: date

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return nobody_since(state) is not None

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if mentor_on(state, self.from_on) != self.mentor:
            yield OtherMentor(self.from_on)
        yield from in_time(state, self.from_on, occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [MentorLeft(self.mentor, self.from_on)]
