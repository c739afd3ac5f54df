"""Succession: an organisation takes the place of a party in law, and the contract goes on with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.contract import EVERYBODY, IN_FORCE, OUT_FOR_SIGNING, Contract, State
from contracts.contract_rules import ContractCommand, NotYet
from contracts.decision import Cure, Event, Occasion, Refusal
from contracts.parties import Organisation, Role
from contracts.values import replace

LIVES_ON = IN_FORCE | OUT_FOR_SIGNING | {State.SIGNED, State.ENDED, State.COMPLETED}

# Refusals


@dataclass(frozen=True)
class NotSucceeded(Refusal):
    """The party has no successor: it is not recorded that it was reorganised."""

    type = "organisation.not-succeeded"
    code = "ORG-NOT-SUCCEEDED"
    cures = (Cure(Role.CHAMBER, "record-reorganisation", "reorganise-organisation"),)
    party: Role


# Events


@dataclass(frozen=True)
class PartySucceeded(Event):
    """`party` is `new`, by BIN, from `from_on` on. Nobody has to sign anew: all rights and duties go over."""

    type = "contract.party_succeeded"
    rule = "organisation.not-succeeded"
    tells = EVERYBODY
    party: Role
    old: str
    new: str
    from_on: date

    def evolve(self, state: Contract) -> Contract:
        if state.parties is None:
            return state
        at_college = self.party is Role.COLLEGE
        parties = (
            replace(state.parties, college=self.new)
            if at_college
            else replace(state.parties, enterprise=self.new)
        )
        return replace(state, parties=parties)

    @property
    def effective_on(self) -> date:
        return self.from_on


# Commands


@dataclass(frozen=True)
class RecordSuccession(ContractCommand):
    """Its successor takes the place of `party`, college or enterprise, in this contract."""

    type = "record-succession"
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE, Role.CHAMBER})
    states = LIVES_ON
    party: Role

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        found = self._party(occasion)
        if found is None or found.successor is None or found.over_on is None:
            yield NotSucceeded(self.party)
        elif found.over_on > occasion.today:
            yield NotYet(found.over_on, occasion.today)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        found = self._party(occasion)
        if found is None or found.bin is None or found.successor is None or found.over_on is None:
            raise LookupError("the rules have found the successor")
        return [PartySucceeded(self.party, found.bin, found.successor, found.over_on)]

    def _party(self, occasion: Occasion) -> Organisation | None:
        parties = {Role.COLLEGE: occasion.facts.college, Role.ENTERPRISE: occasion.facts.enterprise}
        return parties.get(self.party)
