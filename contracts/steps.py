"""How a sum was worked out: its lines, one after the other."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One line of a computation: a word, and its number in `unit` (tiyn, days, months, percent)."""

    name: str
    value: int
    unit: str


@dataclass(frozen=True)
class Worked:
    """A sum with every line that led to it. Tiyn."""

    amount: int
    steps: tuple[Step, ...]
