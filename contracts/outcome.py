"""Outcome: what has become of a graduate, asked after half a year and after a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.consequences import Deadline, Outlook, Task, Timer
from contracts.contract import Contract, State
from contracts.contract_rules import ContractCommand, NotYet
from contracts.decision import Cure, Event, Occasion, Refusal, Text
from contracts.law import Law
from contracts.parties import Role
from contracts.results import Occupation, Outcome
from contracts.values import replace

WHO_TELL = frozenset({Role.STUDENT, Role.COLLEGE, Role.ENTERPRISE})

# Refusals


@dataclass(frozen=True)
class ConsentMissing(Refusal):
    type = "completion.consent"
    code = "COM-CONSENT"
    cures = (
        Cure(Role.STUDENT, "record-own-outcome", "record-employment"),
        Cure(Role.COLLEGE, "name-consent", "record-employment"),
    )
    occupation: Occupation


# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    """An outcome that was asked for waits until somebody records it."""
    results = contract.results
    if contract.state is not State.COMPLETED or not results.asked_on or results.answered:
        return Outlook()
    asked_on = results.asked_on[-1]
    by = law.end_of(law.rule("completion.outcome-answer", asked_on).value, asked_on).last
    who = (Role.STUDENT, Role.COLLEGE, Role.ENTERPRISE)
    return Outlook(
        deadlines=(Deadline("outcome", who, by, "outcome-unknown", "completion.outcome-answer"),),
        tasks=(Task("record-employment", who, "record-employment", by),),
    )


def timers(contract: Contract) -> Iterator[Timer]:
    if contract.state is State.COMPLETED and (on := contract.results.next_ask):
        yield Timer("ask-for-outcome", on)


# Events


@dataclass(frozen=True)
class OutcomeAsked(Event):
    type = "completion.outcome_asked"
    rule = "completion.outcome"
    tells = WHO_TELL
    on: date

    def evolve(self, state: Contract) -> Contract:
        return replace(state, results=replace(state.results, asked_on=(*state.results.asked_on, self.on)))

    @property
    def effective_on(self) -> date:
        return self.on


@dataclass(frozen=True)
class EmploymentRecorded(Event):
    """`where`, `source`: commitments to the words. `consent`: the number of the graduate's consent."""

    type = "completion.employment_recorded"
    rule = "completion.outcome"
    tells = frozenset({Role.STUDENT, Role.COLLEGE})
    apart = frozenset({"where", "source"})
    occupation: Occupation
    from_on: date
    where: str | None = None
    source: str | None = None
    consent: str | None = None

    def evolve(self, state: Contract) -> Contract:
        found = Outcome(self.occupation, self.from_on, len(state.results.asked_on))
        return replace(state, results=replace(state.results, outcomes=(*state.results.outcomes, found)))


# Commands


@dataclass(frozen=True)
class AskForOutcome(ContractCommand):
    """Issued by the timer after so many months."""

    type = "ask-for-outcome"
    by = frozenset({Role.DEADLINE})
    states = frozenset({State.COMPLETED})

    def already(self, state: Contract, occasion: Occasion) -> bool:
        on = state.results.next_ask
        return state.state is not State.COMPLETED or on is None or on > occasion.today

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if (on := state.results.next_ask) is None:
            raise LookupError("a timer names a day on which it is asked")
        return [OutcomeAsked(on)]


@dataclass(frozen=True)
class RecordEmployment(ContractCommand):
    """What the graduate does from a day on. Others than the graduate need a consent, by number, for what is
    outside the contract. `where`, `source`: in words."""

    type = "record-employment"
    by = WHO_TELL
    states = frozenset({State.COMPLETED})
    occupation: Occupation
    from_on: date
    where: Text | None = None
    source: Text | None = None
    consent: str | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        same = Outcome(self.occupation, self.from_on, len(state.results.asked_on))
        return same in state.results.outcomes

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if self.from_on > occasion.today:
            yield NotYet(self.from_on, occasion.today)
        own = occasion.role is Role.STUDENT or self.occupation is Occupation.AT_THE_ENTERPRISE
        if not own and not (self.consent or "").strip():
            yield ConsentMissing(self.occupation)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        where, source = occasion.sealed.get("where"), occasion.sealed.get("source")
        return [EmploymentRecorded(self.occupation, self.from_on, where, source, self.consent)]
