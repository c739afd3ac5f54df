"""An organisation closes, or another takes its place in law. What that does to its contracts is recorded
in each of them: closing gives notice of liquidation, a successor becomes the party."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.decision import Command, Cure, Event, Occasion, Refusal
from contracts.parties import Organisation, References, Role
from contracts.registration import NoAuthority, OrganisationOver, acts_for
from contracts.values import replace

KEEPERS = frozenset({Role.COLLEGE, Role.ENTERPRISE, Role.CHAMBER, Role.OPERATOR})

# Refusals


@dataclass(frozen=True)
class NoAct(Refusal):
    type = "organisation.act"
    code = "ORG-ACT"
    cures = (Cure(Role.CHAMBER, "name-act", "close-organisation"),)


@dataclass(frozen=True)
class NoSuccessor(Refusal):
    """`successor`: not registered, of another kind, over itself, or the same organisation."""

    type = "organisation.successor"
    code = "ORG-SUCCESSOR"
    cures = (Cure(Role.CHAMBER, "register-successor", "register-organisation"),)
    successor: str


# Rules


def still_there(state: Organisation, occasion: Occasion, act_no: str) -> Iterator[Refusal]:
    yield from acts_for(state, occasion)
    if state.version == 0:
        yield NoAuthority()
    if state.over_on:
        yield OrganisationOver(state.over_on)
    if not act_no.strip():
        yield NoAct()


# Events


@dataclass(frozen=True)
class OrganisationClosed(Event):
    """From `from_on` on it concludes nothing any more. `act_no`: the act that says so."""

    type = "organisation.closed"
    stream = "organisation"
    rule = "organisation.over"
    from_on: date
    act_no: str

    def evolve(self, state: Organisation) -> Organisation:
        return replace(state, over_on=self.from_on, act_no=self.act_no)

    @property
    def effective_on(self) -> date:
        return self.from_on


@dataclass(frozen=True)
class OrganisationReorganised(Event):
    """From `from_on` on `successor`, by BIN, has all its rights and duties (CC 46)."""

    type = "organisation.reorganised"
    stream = "organisation"
    rule = "organisation.successor"
    successor: str
    from_on: date
    act_no: str

    def evolve(self, state: Organisation) -> Organisation:
        return replace(state, over_on=self.from_on, act_no=self.act_no, successor=self.successor)

    @property
    def effective_on(self) -> date:
        return self.from_on


# Commands


@dataclass(frozen=True)
class CloseOrganisation(Command):
    """It is wound up. `act_no`: number of the act. Its contracts are then gone through one by one."""

    type = "close-organisation"
    stream = "organisation"
    by = KEEPERS
    from_on: date
    act_no: str

    def already(self, state: Organisation, occasion: Occasion) -> bool:
        return state.over_on == self.from_on and state.successor is None

    def rules(self, state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
        yield from still_there(state, occasion, self.act_no)

    def events(self, state: Organisation, occasion: Occasion) -> list[Event]:
        return [OrganisationClosed(self.from_on, self.act_no)]


@dataclass(frozen=True)
class ReorganiseOrganisation(Command):
    """Merged into `successor`, or made into it. Its contracts are then gone through one by one."""

    type = "reorganise-organisation"
    stream = "organisation"
    by = KEEPERS
    successor: str
    from_on: date
    act_no: str

    def references(self, state: Organisation) -> References:
        return References(enterprise=self.successor)

    def already(self, state: Organisation, occasion: Occasion) -> bool:
        return (state.over_on, state.successor) == (self.from_on, self.successor)

    def rules(self, state: Organisation, occasion: Occasion) -> Iterator[Refusal]:
        yield from still_there(state, occasion, self.act_no)
        found = occasion.facts.enterprise
        if state.version == 0:
            return
        if found is None or found.over_on or found.kind is not state.kind or found.bin == state.bin:
            yield NoSuccessor(self.successor)

    def events(self, state: Organisation, occasion: Occasion) -> list[Event]:
        return [OrganisationReorganised(self.successor, self.from_on, self.act_no)]
