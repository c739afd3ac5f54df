"""What a contract keeps of money that is claimed or set off because of it, and of a price that is paid month
by month."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.dossier import Payment
from contracts.parties import Role


class About(StrEnum):
    """What is claimed: training costs, or a price that was paid for months that were not taught."""

    COSTS = "costs"
    PRICE = "price"


@dataclass(frozen=True)
class ClaimMade:
    """A claim that rests on the contract. `items`: what it asks for, each by kind and document. Tiyn."""

    id: UUID
    about: About
    creditor: Role
    amount: int
    items: tuple[str, ...] = ()
    closed: bool = False


@dataclass(frozen=True)
class PricePayment:
    """What the enterprise has paid the college. `cancelled`: the bank took it back. Tiyn."""

    id: UUID
    amount: int
    on: date
    cancelled: bool = False


@dataclass(frozen=True)
class Account:
    """`set_off`: pay of a month that was settled by setting it off against a claim."""

    claims: tuple[ClaimMade, ...] = ()
    price: tuple[PricePayment, ...] = ()
    set_off: tuple[Payment, ...] = ()

    @property
    def open_claims(self) -> tuple[ClaimMade, ...]:
        return tuple(claim for claim in self.claims if not claim.closed)

    def open_about(self, about: About) -> ClaimMade | None:
        return next((claim for claim in self.open_claims if claim.about is about), None)

    @property
    def paid(self) -> tuple[PricePayment, ...]:
        """In the order of their days."""
        return tuple(sorted((p for p in self.price if not p.cancelled), key=lambda p: p.on))

    def set_off_of(self, month: str) -> int:
        return sum(each.amount for each in self.set_off if each.month == month)


NOTHING_CLAIMED = Account()
