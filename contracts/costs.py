"""Costs that somebody may want to claim back: which kind, how much, by which document."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.law import Law, Rule
from contracts.terms import CostItem


class Cost(StrEnum):
    """What may be claimed where the contract lists it, and what never may (domain part 6). Which is which,
    the law says: its rule has the name of the cost."""

    EXTERNAL_COURSE = "external_course"
    MATERIALS = "materials_consumed_in_training"
    HOUSING = "housing_by_agreement"
    TRAVEL = "travel_by_agreement"
    PRICE_NOT_TAUGHT = "price_for_months_not_taught"
    COMPENSATION = "compensation_paid"
    WAGE = "wage_paid"
    SAFETY_BRIEFING = "safety_briefing"
    PROTECTIVE_CLOTHING = "protective_clothing"
    MEDICAL_EXAMINATION = "medical_examination"
    INSURANCE = "insurance"
    MENTOR = "mentor_allowance"
    STATE_ORDER_PRICE = "state_order_price"
    LOST_PROFIT = "lost_profit"
    BUSINESS_RISK = "business_risk"
    FIXED_SUM = "fixed_sum"


@dataclass(frozen=True)
class Item:
    """Tiyn. `document`: number of the invoice or act that proves it."""

    kind: Cost
    amount: int
    document: str

    @property
    def key(self) -> str:
        """By which it is known when it is claimed again."""
        return f"{self.kind}:{' '.join(self.document.split()).casefold()}"


def rule_of(kind: Cost, law: Law, on: date) -> Rule:
    return law.rule(f"cost.{kind.replace('_', '-')}", on)


def claimable(kind: Cost, law: Law, on: date) -> bool:
    return rule_of(kind, law, on).value["claimable"] == "yes"


def listed(kind: Cost, items: tuple[CostItem, ...]) -> bool:
    """Whether the contract's clause names it."""
    return any(item.value == kind.value for item in items)
