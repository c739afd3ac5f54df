"""What was measured, against what, and how far the rounds lay apart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Way = Callable[[], float]
"""Runs once and answers a rate or a time."""


@dataclass(frozen=True)
class Figure:
    """`ratio`: the median over the rounds of value to baseline; `spread`: the lowest and the highest."""

    name: str
    value: float
    unit: str
    baseline: str
    baseline_value: float
    ratio: float
    spread: tuple[float, float]
    goal: str

    @property
    def reached(self) -> bool:
        comparison, bound = self.goal.split()
        return self.ratio >= float(bound) if comparison == ">=" else self.ratio <= float(bound)


def interleaved(ways: Mapping[str, Way], rounds: int) -> dict[str, list[float]]:
    """Every way once a round, the first round thrown away: it warms caches and lays out files."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            measured = way()
            if number:
                found[name].append(measured)
    return found


def figure(
    name: str, unit: str, found: Mapping[str, list[float]], way: str, baseline: str, goal: str
) -> Figure:
    """`goal`: `>= 0.6` or `<= 1.2`, of the ratio."""
    ratios = [one / other for one, other in zip(found[way], found[baseline], strict=True)]
    return Figure(
        name,
        median(found[way]),
        unit,
        baseline,
        median(found[baseline]),
        median(ratios),
        (min(ratios), max(ratios)),
        goal,
    )


def against(name: str, unit: str, found: Sequence[float], baseline: str, bound: float, goal: str) -> Figure:
    """A baseline that is a number itself: what somebody waits for, or half of what was measured before."""
    ratios = [each / bound for each in found]
    return Figure(
        name, median(found), unit, baseline, bound, median(ratios), (min(ratios), max(ratios)), goal
    )
