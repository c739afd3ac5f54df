"""How long a proposal that names no day waits for answers."""

from datetime import date

from contracts.contract import Contract
from contracts.decision import Occasion


def last_to_answer(contract: Contract, occasion: Occasion, rule: str) -> date:
    """The last day, by clause C-NOTICE of the contract, else by that rule of the law."""
    law, today = occasion.law, occasion.today
    own = contract.terms_on(today).notices
    days = {"calendar_days": own.answer_days} if own else law.rule(rule, today).value
    return law.end_of(days, today).last
