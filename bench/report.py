"""What was measured, as a file for programs and a page for people."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.figures import Figure

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance.md"


@dataclass(frozen=True)
class Part:
    """Of the page, between its marks, and the file of its results."""

    results: Path
    begin: str
    end: str


FIGURES = Part(ROOT / "bench" / "results.json", "<!-- figures: make bench -->", "<!-- end of figures -->")
ANATOMY = Part(ROOT / "bench" / "anatomy.json", "<!-- an append: make bench -->", "<!-- end of an append -->")
LONG_LIFE = Part(
    ROOT / "bench" / "long_life.json",
    "<!-- long life: make bench-long-life -->",
    "<!-- end of long life -->",
)
NATIONAL = Part(
    ROOT / "bench" / "national.json", "<!-- national: make bench-national -->", "<!-- end of national -->"
)
MEMORY = Part(ROOT / "bench" / "memory.json", "<!-- memory: make bench-memory -->", "<!-- end of memory -->")


def write(
    machine: dict[str, Any],
    figures: Sequence[Figure],
    part: Part = FIGURES,
    lines: Sequence[str] = (),
    **others: Any,
) -> None:
    """`lines`: of the page, in place of a table of the figures. `others`: for the file besides."""
    whole = {"machine": machine, "figures": [asdict(each) for each in figures], **others}
    part.results.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(part.begin)
    _, _, after = rest.partition(part.end)
    table = "\n".join([part.begin, "", _on(machine), "", *(lines or _table(figures)), "", part.end])
    PAGE.write_text(before + table + after, encoding="utf-8")


def _on(machine: dict[str, Any]) -> str:
    settings = ", ".join(f"{name} {value}" for name, value in sorted(machine["settings"].items()))
    return (
        f"Measured on {date.today()}: {machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory_gib']} GiB, Python {machine['python']}, PostgreSQL {machine['postgresql']} "
        f"({settings})."
    )


def _table(figures: Sequence[Figure]) -> list[str]:
    head = [
        "| figure | measured | baseline | ratio (lowest to highest) | goal | reached |",
        "|---|---|---|---|---|---|",
    ]
    return head + [_line(each) for each in figures]


def _line(each: Figure) -> str:
    low, high = each.spread
    measured = f"{each.value:,.0f} {each.unit}"
    against = f"{each.baseline}: {each.baseline_value:,.0f}"
    spread = f"{each.ratio:.2f} ({low:.2f} to {high:.2f})"
    reached = ("yes" if each.reached else "**not yet**") if each.goal else ""
    return f"| {each.name} | {measured} | {against} | {spread} | {each.goal} | {reached} |"
