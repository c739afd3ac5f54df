"""Activation: the first day of a signed contract comes, and a minor grows up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.activation_rules import Activated, NotBriefed, examined_first, may_start
from contracts.consequences import Outlook, Task, Timer
from contracts.contract import IN_FORCE, Contract, State
from contracts.contract_rules import ContractCommand, NotYet
from contracts.decision import Event, Occasion, Refusal
from contracts.formation_rules import capacity
from contracts.law import Law
from contracts.parties import Role
from contracts.succession import released
from contracts.values import replace

# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    """Once all have signed: the first day comes by itself. One that takes another's place waits for it, and
    may be in force before the student was shown the place. From then on the briefing is given again and
    again."""
    term, signed = contract.terms.term, contract.state is State.SIGNED
    if contract.state in {State.ACTIVE, State.ENDING} and (contract.briefed_on or not contract.succession):
        return Outlook(tasks=_briefed_again(contract, law))
    if term is None or not (signed or (contract.state is State.ACTIVE and contract.succession)):
        return Outlook()
    briefing = Task("brief", (Role.ENTERPRISE,), "record-briefing", term.starts_on)
    return Outlook(
        tasks=() if contract.briefed_on else (briefing,),
        stays=("not-yet-in-force",) if signed else (),
    )


def _briefed_again(contract: Contract, law: Law) -> tuple[Task, ...]:
    """Within the term, at the place of work, by who guides the student there."""
    term, last = contract.terms.term, contract.briefed_on
    if term is None or last is None:
        return ()
    by = law.end_of(law.rule("briefing.again", law.known(last)).value, last).last
    return (Task("brief-again", (Role.MENTOR,), "record-briefing", by),) if by <= term.ends_on else ()


def timers(contract: Contract) -> Iterator[Timer]:
    if contract.state is State.SIGNED and contract.terms.term and contract.succession is None:
        yield Timer("activate", contract.terms.term.starts_on)


def growing_up(contract: Contract, adult_on: date | None) -> tuple[Timer, ...]:
    """`adult_on`: the 18th birthday, from the personal store."""
    alive = contract.state in IN_FORCE | {State.DRAFT, State.OFFERED, State.SIGNING, State.SIGNED}
    return (Timer("note-adulthood", adult_on),) if adult_on and contract.minor and alive else ()


# Events


@dataclass(frozen=True)
class BriefingRecorded(Event):
    """The safety briefing of the enterprise (LC 119)."""

    type = "contract.briefing_recorded"
    rule = "formation.briefing"
    on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(state, briefed_on=self.on)


@dataclass(frozen=True)
class FitnessRecorded(Event):
    type = "contract.fitness_recorded"
    rule = "formation.medical"
    on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(state, fit_on=self.on)


@dataclass(frozen=True)
class AdulthoodReached(Event):
    """From this day the student acts alone; consents given before stay valid (CC 17)."""

    type = "contract.adulthood_reached"
    rule = "age.adult"
    tells = frozenset({Role.STUDENT, Role.COLLEGE, Role.ENTERPRISE})
    on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(state, minor=False)

    @property
    def effective_on(self) -> date:
        return self.on


# Commands


@dataclass(frozen=True)
class RecordBriefing(ContractCommand):
    type = "record-briefing"
    by = frozenset({Role.ENTERPRISE, Role.MENTOR})
    states = frozenset({State.SIGNED, State.ACTIVE, State.ENDING})
    on: date

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.briefed_on == self.on

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if self.on > occasion.today:
            yield NotYet(self.on, occasion.today)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [BriefingRecorded(self.on)]


@dataclass(frozen=True)
class RecordFitness(ContractCommand):
    """A medical conclusion that the student may do this work. `document`: which paper says so."""

    type = "record-fitness"
    by = frozenset({Role.ENTERPRISE, Role.COLLEGE})
    states = frozenset({State.DRAFT, State.OFFERED, State.SIGNING, State.SIGNED, State.ACTIVE})
    on: date

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.fit_on == self.on

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if self.on > occasion.today:
            yield NotYet(self.on, occasion.today)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [FitnessRecorded(self.on)]


@dataclass(frozen=True)
class Activate(ContractCommand):
    """Issued by the timer on the first day, and again after the contract's next entry if it was refused. It
    holds from the first day of the term, or from the day on which the last of what it needs was there."""

    type = "activate"
    by = frozenset({Role.DEADLINE, Role.COLLEGE})
    states = frozenset({State.SIGNED})

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.state in IN_FORCE

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if (term := state.terms.term) is None or state.parties is None:
            return
        if occasion.today < term.starts_on:
            yield NotYet(term.starts_on, occasion.today)
        if state.briefed_on is None:
            yield NotBriefed(term.starts_on)
        yield from may_start(state, term.starts_on, occasion)
        yield from released(state, term.starts_on, occasion)
        yield from capacity(state, occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if state.terms.term is None:
            raise LookupError("a concluded contract has a term")
        fit_on = state.fit_on if examined_first(state, occasion) else None
        needed = (state.terms.term.starts_on, state.concluded_on, state.briefed_on, fit_on)
        return [Activated(max(day for day in needed if day))]


@dataclass(frozen=True)
class NoteAdulthood(ContractCommand):
    """Issued by the timer on the 18th birthday."""

    type = "note-adulthood"
    by = frozenset({Role.DEADLINE})

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return not state.minor or self._birthday(occasion) is None

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        on = self._birthday(occasion)
        return [AdulthoodReached(on)] if on else []

    @staticmethod
    def _birthday(occasion: Occasion) -> date | None:
        on = occasion.adult_on
        return on if on and on <= occasion.today else None
