"""What was recorded, and what is next."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.parts import Fact, Words
from api.pages.views.contract import NextStep


@dataclass(frozen=True)
class Done:
    """`entries`: number, sentence and link of each. `finished`: else it was only put aside."""

    entries: Sequence[Fact]
    next: Sequence[NextStep]
    letters: Sequence[Words]
    acts: Sequence[Words]
    finished: bool = True
