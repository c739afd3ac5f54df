"""The phases of a claim, as the table of contents has them."""

from collections.abc import Callable, Iterator
from types import ModuleType

from contracts import (
    claim_dues,
    claim_rules,
    late_interest,
    price,
    price_claim,
    reimbursement,
    reimbursement_answer,
    reimbursement_end,
    reimbursement_interest,
    reimbursement_pay,
    reimbursement_payment,
    reimbursement_plan,
    reimbursement_rules,
)
from contracts.claim import Claim
from contracts.consequences import Outlook, Timer
from contracts.law import Law

PHASES: tuple[ModuleType, ...] = (
    price,
    reimbursement,
    reimbursement_answer,
    reimbursement_plan,
    reimbursement_payment,
    reimbursement_pay,
    reimbursement_interest,
    reimbursement_end,
)
SHARED: tuple[ModuleType, ...] = (claim_rules, claim_dues, late_interest, reimbursement_rules, price_claim)

OUTLOOKS: tuple[Callable[[Claim, Law], Outlook], ...] = (claim_dues.outlook,)
TIMERS: tuple[Callable[[Claim], Iterator[Timer]], ...] = (
    reimbursement_answer.timers,
    reimbursement_plan.timers,
    reimbursement_end.timers,
    reimbursement_interest.timers,
)
