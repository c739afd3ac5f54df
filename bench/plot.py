"""Figures as pictures, for paper light or dark: ratios against their goals, times by the size of a log."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle
from math import log10
from pathlib import Path

from bench.figures import Figure

STYLE = """text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.paper { fill: #ffffff } .quiet { fill: #59636e }
.grid { stroke: #d1d9e0 } .goal { stroke: #1f2328; stroke-dasharray: 4 3 }
.mark { stroke: #0b5cad; fill: #0b5cad; stroke-width: 2 } .open { fill: none } .line { fill: none }
@media (prefers-color-scheme: dark) {
.paper { fill: #0d1117 } text { fill: #e6edf3 } .quiet { fill: #9aa4af }
.grid { stroke: #3d444d } .goal { stroke: #e6edf3 }
.mark { stroke: #79b8ff; fill: #79b8ff } .open, .line { fill: none } }"""

SHAPES = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "M-4-4h8v8h-8z",
    "M0-5l5 9h-10z",
    "M0-5l5 5l-5 5l-5-5z",
    "M-5-4h10l-5 9z",
    "M-1.5-5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z",
    "M-5-1.5h10v3h-10z",
)
"""Of the points of one line each, in turn: nobody has to tell colours apart."""


@dataclass(frozen=True)
class Scale:
    """Logarithmic, from values to places in the picture."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        part = log10(value / self.low) / log10(self.high / self.low)
        return self.start + part * (self.end - self.start)

    def within(self, value: float) -> float:
        """As near to it as the picture goes."""
        return self(min(max(value, self.low), self.high))


# Ratios against goals

ROW, NAMES, ACROSS, SAYS = 40, 530, 300, 140
"""Height of a figure's row of two lines, width of its name, of the scale, of what is said behind it."""


def goals(path: Path, figures: Sequence[Figure]) -> None:
    """How many times its goal each figure reached, on one scale for all."""
    shown = [each for each in figures if each.goal]
    scale = Scale(0.2, 5, NAMES, NAMES + ACROSS)
    bottom = 30 + ROW * len(shown)
    body = [
        *(
            _rule(scale(at), 24, scale(at), bottom, "goal" if at == 1 else "grid")
            for at in (0.25, 0.5, 1, 2, 4)
        ),
        *(_text(scale(at), 16, _times(at), "quiet", "middle") for at in (0.25, 0.5, 1, 2, 4)),
        *(part for n, each in enumerate(shown) for part in _goal(each, scale, 30 + ROW * n + ROW / 2)),
    ]
    reached = sum(each.reached for each in shown)
    said = f"{reached} of {len(shown)} figures reach their goal. " + "; ".join(
        f"{each.name} against {each.baseline}: {_reach(each, each.ratio):.2f} of it" for each in shown
    )
    _write(path, "Figures against their goals", said, (NAMES + ACROSS + SAYS, bottom + 8), body)


def _goal(each: Figure, scale: Scale, y: float) -> Iterator[str]:
    ends = [scale.within(_reach(each, end)) for end in each.spread]
    yield _text(NAMES - 14, y - 3, each.name, anchor="end")
    yield _text(NAMES - 14, y + 13, f"against {each.baseline}", "quiet", "end")
    yield _rule(min(ends), y, max(ends), y, "mark")
    at = scale.within(_reach(each, each.ratio))
    yield _point(at, y, SHAPES[0], "mark" if each.reached else "mark open")
    yield _text(NAMES + ACROSS + 10, y + 4, f"{each.ratio:.2f}, goal {each.goal}", "quiet")


def _reach(each: Figure, ratio: float) -> float:
    """1: exactly the goal; more is better, also where less is wanted."""
    comparison, bound = each.goal.split()
    return ratio / float(bound) if comparison == ">=" else float(bound) / max(ratio, 1e-9)


def _times(at: float) -> str:
    return "goal" if at == 1 else f"{at:g} x"


# Times by size

LEFT, TOP, WIDE, HIGH, BEHIND = 60, 40, 480, 300, 300


def growth(path: Path, title: str, sizes: Sequence[int], lines: Mapping[str, Sequence[float]]) -> None:
    """`lines`: by what is measured, a time at each size relative to the one at the smallest."""
    lowest, highest = (end(value for line in lines.values() for value in line) for end in (min, max))
    x = Scale(sizes[0], sizes[-1], LEFT, LEFT + WIDE)
    y = Scale(min(0.5, lowest * 0.9), max(2, highest * 1.1), TOP + HIGH, TOP)
    ticks = [at for at in (0.25, 0.5, 1, 1.2, 2, 3, 5, 10, 20, 50, 100) if y.low <= at <= y.high]
    body = [
        *(_rule(LEFT, y(at), LEFT + WIDE, y(at), "goal" if at == 1.2 else "grid") for at in ticks),
        *(_text(LEFT - 8, y(at) + 4, f"{at:g}", "quiet", "end") for at in ticks),
        *(_rule(x(at), TOP, x(at), TOP + HIGH, "grid") for at in sizes),
        *(_text(x(at), TOP + HIGH + 20, f"{at:,}", "quiet", "middle") for at in sizes),
        _text(LEFT, 20, f"{title}, relative to {sizes[0]:,} events"),
        _text(LEFT + WIDE, TOP + HIGH + 40, "events in the log", "quiet", "end"),
        *(_line([*zip(map(x, sizes), map(y, line), strict=True)], shape)
          for line, shape in zip(lines.values(), cycle(SHAPES), strict=False)),
        *_legend({name: (y(line[-1]), line[-1]) for name, line in lines.items()}),
    ]  # fmt: skip
    said = "; ".join(
        f"{name}: {', '.join(f'{value:.2f} at {size:,}' for size, value in zip(sizes, line, strict=True))}"
        for name, line in lines.items()
    )
    _write(path, title, said, (LEFT + WIDE + BEHIND, TOP + HIGH + 54), body)


def _line(points: Sequence[tuple[float, float]], shape: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    marks = "".join(_point(x, y, shape, "mark") for x, y in points)
    return f'<polyline class="mark line" points="{path}"/>{marks}'


def _legend(lines: Mapping[str, tuple[float, float]]) -> Iterator[str]:
    """Names beside the ends of their lines, none over another."""
    shapes = dict(zip(lines, cycle(SHAPES), strict=False))
    at = TOP - ROW
    for name, (y, value) in sorted(lines.items(), key=lambda line: line[1]):
        at = max(y, at + 20)
        yield _point(LEFT + WIDE + 20, at, shapes[name], "mark")
        yield _text(LEFT + WIDE + 32, at + 4, f"{name} {value:.2f}")


# What both are made of


def _write(path: Path, title: str, said: str, size: tuple[float, float], body: Sequence[str]) -> None:
    wide, high = size
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" role="img"'
    lines = [
        f'{head} aria-labelledby="title said">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="said">{escape(said)}</desc>',
        f"<style>{STYLE}</style>",
        '<rect width="100%" height="100%" class="paper"/>',
        *body,
        "</svg>",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _text(x: float, y: float, said: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">{escape(said)}</text>'


def _rule(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def _point(x: float, y: float, shape: str, kind: str) -> str:
    return f'<path d="{shape}" transform="translate({x:.1f} {y:.1f})" class="{kind}"/>'
