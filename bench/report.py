"""What was measured, as a file for programs and a page for people."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from bench.figures import Figure

ROOT = Path(__file__).parents[1]
RESULTS, PAGE = ROOT / "bench" / "results.json", ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: make bench -->", "<!-- end of figures -->"


def write(machine: dict[str, Any], figures: Sequence[Figure]) -> None:
    whole = {"machine": machine, "figures": [asdict(each) for each in figures]}
    RESULTS.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    table = "\n".join([BEGIN, "", _on(machine), "", *_table(figures), "", END])
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
    reached = "yes" if each.reached else "**not yet**"
    return f"| {each.name} | {measured} | {against} | {spread} | {each.goal} | {reached} |"
