"""How long the student was trained where, week by week, and what the share needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.parts import Fact, Table, Words


@dataclass(frozen=True)
class TrainingShown:
    """`weeks` None: no week has begun yet."""

    hours: Sequence[Fact]
    weeks: Table | None
    pay: Table | None
    acts: Sequence[Words]
