"""Settlement: the sides agree on a text, and the dispute is over by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.canonical import digest, plain
from contracts.consequences import Outlook, Task
from contracts.decision import Cure, Decision, Event, Occasion, Refusal, Text
from contracts.dispute import OPEN, Closing, Dispute, Phase, Portion, Settlement
from contracts.dispute_effects import settled as carried_out
from contracts.dispute_rules import ANY_PARTY, EVERY_SIDE, DisputeCommand, shared
from contracts.formation_rules import UnknownParty
from contracts.law import Law
from contracts.parties import Role
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class MinorSettles(Refusal):
    """A student under 18 settles with a representative, who agrees to the same text first."""

    type = "dispute.minor"
    code = "DIS-MINOR"
    cures = (Cure(Role.REPRESENTATIVE, "agree-to-settlement", "settle"),)
    adult_on: date


@dataclass(frozen=True)
class OtherText(Refusal):
    """What is offered is another text, or nothing is: `text_hash` None."""

    type = "dispute.hash"
    code = "DIS-HASH"
    cures = (
        Cure(Role.STUDENT, "offer-settlement", "propose-settlement"),
        Cure(Role.ENTERPRISE, "offer-settlement", "propose-settlement"),
    )
    text_hash: str | None


# Rules


def outlook(dispute: Dispute, law: Law) -> Outlook:
    offered = dispute.settlement
    if offered is None or dispute.phase not in OPEN:
        return Outlook()
    waits = tuple(sorted(dispute.concerned - offered.agreed))
    return Outlook(tasks=(Task("settle", waits, "settle"),))


def alone(state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
    offered = state.settlement
    if occasion.role is not Role.STUDENT or not occasion.of_a_minor or occasion.adult_on is None:
        return
    if offered is None or Role.REPRESENTATIVE not in offered.agreed:
        yield MinorSettles(occasion.adult_on)


# Events


@dataclass(frozen=True)
class SettlementProposed(Event):
    """`terms`: commitment of the text. It takes the place of what was offered before."""

    type = "dispute.settlement_proposed"
    stream = "dispute"
    rule = "dispute.settlement"
    tells = EVERY_SIDE
    apart = frozenset({"terms", "text_hash"})
    by: Role
    terms: str
    text_hash: str
    shares: tuple[Portion, ...] = ()

    def evolve(self, state: Dispute) -> Dispute:
        offered = Settlement(self.by, self.terms, self.text_hash, self.shares, frozenset({self.by}))
        return replace(state, settlement=offered)


@dataclass(frozen=True)
class SettlementAccepted(Event):
    type = "dispute.settlement_accepted"
    stream = "dispute"
    rule = "dispute.settlement"
    tells = EVERY_SIDE
    apart = frozenset({"text_hash"})
    by: Role
    text_hash: str

    def evolve(self, state: Dispute) -> Dispute:
        if state.settlement is None:
            return state
        agreed = state.settlement.agreed | {self.by}
        return replace(state, settlement=replace(state.settlement, agreed=agreed))


@dataclass(frozen=True)
class Settled(Event):
    """All who are concerned have agreed to the same text."""

    type = "dispute.settled"
    stream = "dispute"
    rule = "dispute.settlement"
    tells = EVERY_SIDE | {Role.REVIEWER}
    apart = frozenset({"text_hash"})
    text_hash: str
    settled_on: date
    shares: tuple[Portion, ...] = ()

    def evolve(self, state: Dispute) -> Dispute:
        return replace(state, phase=Phase.CLOSED, closing=Closing.SETTLED, closed_on=self.settled_on)


# Commands


@dataclass(frozen=True)
class ProposeSettlement(DisputeCommand):
    """`terms`: what is agreed, in words. `shares`: of a claim, percent by debtor."""

    type = "propose-settlement"
    by = ANY_PARTY
    concerned = True
    phases = OPEN
    terms: Text
    shares: tuple[Portion, ...] = ()

    def rules(self, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        if not shared(self.shares, state):
            yield UnknownParty(("debtor",))

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        terms = occasion.sealed["terms"]
        text = {"contract": state.number, "terms": terms, "shares": plain(self.shares)}
        hash_ = digest({**text, "nonce": occasion.fresh.hex})
        return [SettlementProposed(occasion.role, terms, hash_, self.shares)]


@dataclass(frozen=True)
class Settle(DisputeCommand):
    """Agrees to the text with this SHA-256. With the last who is concerned the dispute is over."""

    type = "settle"
    by = ANY_PARTY
    concerned = True
    phases = OPEN
    text_hash: str

    def already(self, state: Dispute, occasion: Occasion) -> bool:
        found = state.settlement
        return found is not None and found.text_hash == self.text_hash and occasion.role in found.agreed

    @classmethod
    def standing(cls, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        yield from alone(state, occasion)

    def rules(self, state: Dispute, occasion: Occasion) -> Iterator[Refusal]:
        offered = state.settlement
        if offered is None or offered.text_hash != self.text_hash:
            yield OtherText(offered.text_hash if offered else None)

    def events(self, state: Dispute, occasion: Occasion) -> Decision:
        accepted = SettlementAccepted(occasion.role, self.text_hash)
        after = accepted.evolve(state)
        if after.settlement is None or waiting(after, occasion):
            return [accepted]
        settled = Settled(self.text_hash, occasion.today, after.settlement.shares)
        return [accepted, *carried_out(after, settled, after.settlement.shares, occasion)]


def waiting(state: Dispute, occasion: Occasion) -> frozenset[Role]:
    """Whose yes is missing. A representative's alone does not bind the student, nor the student's alone while
    under 18."""
    asked = state.concerned
    if Role.STUDENT in asked and occasion.of_a_minor:
        asked |= {Role.REPRESENTATIVE}
    return asked - (state.settlement.agreed if state.settlement else frozenset())
