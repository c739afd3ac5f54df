"""How clauses change, as the table of contents has it."""

from collections.abc import Callable, Iterator
from types import ModuleType

from contracts import (
    amendment,
    amendment_agreed,
    amendment_answer,
    amendment_notice,
    amendment_rules,
    pay_raise,
)
from contracts.consequences import Outlook, Timer
from contracts.contract import Contract
from contracts.law import Law

PHASES: tuple[ModuleType, ...] = (amendment, amendment_notice, amendment_answer, pay_raise)
SHARED: tuple[ModuleType, ...] = (amendment_rules, amendment_agreed)

OUTLOOKS: tuple[Callable[[Contract, Law], Outlook], ...] = (amendment.outlook,)
TIMERS: tuple[Callable[[Contract], Iterator[Timer]], ...] = (amendment.timers,)
