"""The phases of a dispute, as the table of contents has them."""

from collections.abc import Callable, Iterator
from types import ModuleType

from contracts import (
    appeal,
    commission,
    commission_rules,
    complaint,
    complaint_answer,
    dispute_marks,
    dispute_on_claim,
    dispute_rules,
    evidence,
    mediation,
    ruling,
    settlement,
)
from contracts.consequences import Outlook, Timer
from contracts.dispute import Dispute
from contracts.law import Law

PHASES: tuple[ModuleType, ...] = (
    complaint,
    complaint_answer,
    mediation,
    commission,
    evidence,
    ruling,
    appeal,
    settlement,
)
SHARED: tuple[ModuleType, ...] = (dispute_rules, dispute_marks, dispute_on_claim, commission_rules)

OUTLOOKS: tuple[Callable[[Dispute, Law], Outlook], ...] = (
    complaint_answer.outlook,
    mediation.outlook,
    commission.outlook,
    ruling.outlook,
    settlement.outlook,
)
TIMERS: tuple[Callable[[Dispute], Iterator[Timer]], ...] = (
    complaint_answer.timers,
    mediation.timers,
    commission.timers,
    appeal.timers,
)
