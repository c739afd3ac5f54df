"""Which payment of a price is meant."""

from typing import Any
from uuid import UUID

from api.formats import day
from api.pages.acting.asking import Asking
from api.pages.acting.questions import Choice, Question
from api.pages.views.form import Option


def price_payment(asking: Asking, shared: dict[str, Any]) -> Question:
    """Of those that were not taken back: the newest first."""
    paid = reversed(asking.state.account.paid)
    options = [Option(str(each.id), day(asking.language, each.on)) for each in paid]
    return Choice(options=options, means=UUID, **shared)
