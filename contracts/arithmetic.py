"""The arithmetic of money that is claimed back (domain part 6): whole tiyn, whole days and months, and every
rounding said. No float. What a student must pay is rounded down, what a student must get is rounded up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.law.calendar import DAY, months_later
from contracts.parties import Role
from contracts.steps import Step, Worked

BASIS = 10_000
"""Basis points in the whole."""


def in_proportion(cost: int, agreed: int, worked: int, unit: str) -> Worked:
    """Of the cost, the part of the agreed time that was not worked (LC 118(4)4, 115(2)2), rounded down for
    the debtor. `unit`: months or days."""
    unworked = max(0, agreed - worked)
    amount = cost * unworked // agreed if agreed else 0
    return Worked(
        amount,
        (
            Step("eligible", cost, "tiyn"),
            Step(f"agreed-{unit}", agreed, unit),
            Step(f"worked-{unit}", min(worked, agreed), unit),
            Step(f"unworked-{unit}", unworked, unit),
            Step("in-proportion", amount, "tiyn"),
        ),
    )


def capped(amount: int, cap: int) -> Worked:
    """The cap is said even where it takes nothing."""
    claim = min(amount, cap)
    return Worked(
        claim, (Step("cap-left", cap, "tiyn"), Step("over-cap", amount - claim, "tiyn"), _claimed(claim))
    )


def _claimed(amount: int) -> Step:
    return Step("claimed", amount, "tiyn")


def shares(amount: int, parts: Sequence[tuple[Role, int]]) -> dict[Role, int]:
    """Each debtor for a share, never jointly (CC 286). Every share is rounded down; the rest falls on the
    last organisation, or on the student where there is none, so that the parts make the whole."""
    whole = sum(part for _, part in parts)
    found = {debtor: amount * part // whole for debtor, part in parts}
    bears = next((d for d, _ in reversed(parts) if d is not Role.STUDENT), parts[-1][0])
    found[bears] += amount - sum(found.values())
    return found


def equal_instalments(debt: int, months: int) -> tuple[int, ...]:
    """The last one takes the rest."""
    each = debt // months
    return (*(each for _ in range(months - 1)), debt - each * (months - 1))


def late_interest(
    principal: int, weight: int, year_days: int, *, percent: int = 100, up: bool = False
) -> int:
    """`weight`: basis points a year times days late, summed over all days. `percent` of that rate: 125 for a
    wage (LC 113(3)). `up`: the creditor is the student."""
    above, below = principal * weight * percent, BASIS * year_days * 100
    return -(-above // below) if up else above // below


@dataclass(frozen=True)
class Deduction:
    """Of a month's wage: what is taken, what of the wanted sum waits, what the worker is paid. Tiyn."""

    deducted: int
    carried_over: int
    paid_out: int


def deduction(wage: int, wanted: int, percent: int, deducted: int = 0) -> Deduction:
    """At most `percent` of the month's wage in all (LC 115(3)). `deducted`: already of that month."""
    most = max(0, wage * percent // 100 - deducted)
    taken = min(wanted, most)
    return Deduction(taken, wanted - taken, wage - deducted - taken)


def in_order(amount: int, owed: Mapping[str, int], order: Sequence[str]) -> tuple[dict[str, int], int]:
    """How a payment settles what is owed, part after part (CC 282(2)), and what is left over."""
    settled = {}
    for part in order:
        settled[part] = min(amount, owed[part])
        amount -= settled[part]
    return settled, amount


# Time


def full_months(first: date, last: date) -> int:
    """Whole months from one day to another, both included."""
    months = 0
    while months_later(first, months + 1) <= last + DAY:
        months += 1
    return months


def calendar_days(first: date, last: date) -> int:
    return max(0, (last - first).days + 1)


# A price that is paid month by month


@dataclass(frozen=True)
class PriceByMonth:
    """A price of which a part is held back for completion, the rest spread over months. Tiyn."""

    price: int
    held_back: int
    monthly: tuple[int, ...]

    @property
    def spread(self) -> int:
        return self.price - self.held_back


def by_month(price: int, held_back_percent: int, months: int) -> PriceByMonth:
    """The held-back part is rounded down; the last month takes the rest."""
    held_back = price * held_back_percent // 100
    return PriceByMonth(price, held_back, equal_instalments(price - held_back, months))


def taken_back(payments: Sequence[int], claw_back: int) -> list[tuple[int, int]]:
    """Which of the payments are reversed, and by how much: the newest first. By their place, from 0."""
    found = []
    for n, paid in reversed([*enumerate(payments)]):
        if part := min(paid, claw_back):
            found.append((n, part))
            claw_back -= part
    return found
