"""An offer falls: somebody refuses to sign, the offer is taken back, or its last day passes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.contract import EVERYBODY, OUT_FOR_SIGNING, PARTIES, Contract, State
from contracts.contract_rules import ContractCommand
from contracts.decision import DAY, Event, Occasion, Refusal, Text
from contracts.offer_rules import OfferBound
from contracts.parties import Role
from contracts.values import replace

# Events


@dataclass(frozen=True)
class SigningRefused(Event):
    """`reason`: the commitment to the words, which stand in the personal store."""

    type = "contract.refused"
    rule = "formation.offer"
    tells = EVERYBODY - {Role.MENTOR}
    apart = frozenset({"reason"})
    party: Role
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        return replace(state, state=State.REFUSED)


@dataclass(frozen=True)
class OfferWithdrawn(Event):
    type = "contract.offer_withdrawn"
    rule = "formation.offer-bound"
    tells = EVERYBODY - {Role.MENTOR, Role.CHAMBER}
    by: Role

    def evolve(self, state: Contract) -> Contract:
        return replace(state, state=State.DRAFT, signatures=(), consents=())


@dataclass(frozen=True)
class Lapsed(Event):
    """Nobody's silence concludes a contract: the offer ends with its last day."""

    type = "contract.lapsed"
    rule = "formation.late"
    tells = EVERYBODY - {Role.MENTOR}
    sign_by: date
    missing: tuple[Role, ...]

    def evolve(self, state: Contract) -> Contract:
        return replace(state, state=State.LAPSED)

    @property
    def effective_on(self) -> date:
        return self.sign_by + DAY


# Commands


@dataclass(frozen=True)
class RefuseToSign(ContractCommand):
    """Ends the offer for all. A new draft may copy it."""

    type = "refuse-to-sign"
    by = PARTIES | {Role.REPRESENTATIVE}
    states = OUT_FOR_SIGNING
    reason: Text | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.state is State.REFUSED

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [SigningRefused(occasion.role, occasion.sealed.get("reason"))]


@dataclass(frozen=True)
class WithdrawOffer(ContractCommand):
    """Takes the offer back to a draft, as long as nobody else has signed (CC 395(3))."""

    type = "withdraw-offer"
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE})
    states = OUT_FOR_SIGNING

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.state is State.DRAFT

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        others = state.signed_by - {occasion.role}
        if others or state.consents or state.offered_by is not occasion.role:
            yield OfferBound((), state.sign_by)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [OfferWithdrawn(occasion.role)]


@dataclass(frozen=True)
class Lapse(ContractCommand):
    """Issued by the timer when the last day to sign is over."""

    type = "lapse"
    by = frozenset({Role.DEADLINE})
    states = OUT_FOR_SIGNING

    def already(self, state: Contract, occasion: Occasion) -> bool:
        over = state.sign_by is not None and state.sign_by < occasion.today
        return state.state not in OUT_FOR_SIGNING or not over

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if state.sign_by is None:
            raise LookupError("an offer has a last day")
        return [Lapsed(state.sign_by, state.given_and_missing()[1])]
