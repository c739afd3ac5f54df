"""Which months of a contract can be spoken of in matters of pay."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.contract import Contract
from contracts.decision import Cure, Occasion, Refusal
from contracts.parties import Role
from contracts.week import first_day, month_of

# Refusals


@dataclass(frozen=True)
class NoSuchMonth(Refusal):
    """Not a month of the contract, or not begun. `first`, `last`: its first and last day."""

    type = "pay.inactive"
    code = "PAY-INACTIVE"
    cures = (Cure(Role.ENTERPRISE, "right-month", "record-pay"),)
    month: str
    first: date | None
    last: date | None


# Rules


def in_contract(month: str, contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    term, last_day, first = contract.terms.term, contract.last_day, first_day(month)
    within = (
        first is not None
        and term is not None
        and last_day is not None
        and term.starts_on <= month_of(first)[1]
        and first <= min(last_day, occasion.today)
    )
    if not within:
        yield NoSuchMonth(month, term.starts_on if term else None, last_day)
