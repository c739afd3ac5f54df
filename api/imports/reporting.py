"""What was refused and how to put it right: a CSV with a line for each fault, a table of the first ones."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.markup import escape
from rich.table import Table

from api.imports.checking import Fault
from api.imports.reading import column_name
from api.imports.recording import Tally
from api.languages import say
from api.sentences import Speaker
from contracts.law import Law

SHOWN = 15
"""Faults in the table."""


@dataclass(frozen=True)
class Told:
    """A fault in words. Nothing of what stands in the cells: a report is passed on, and cells hold IINs."""

    line: int
    column: str
    rule: str
    found: str
    cure: str


class Report:
    """Written as the faults come, in UTF-8 with the mark by which spreadsheet programs know it. Without any
    fault no file is left."""

    def __init__(self, path: Path, language: str, law: Law, today: date, headers: Mapping[str, str]) -> None:
        """Raises OSError."""
        self.path = path
        self.language = language
        self.first: list[Told] = []
        self.faults = 0
        self._speaker = Speaker(language, law, today)
        self._headers = headers
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._lines = csv.writer(self._file)
        self._lines.writerow(titles(language))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if not self.faults:
            self.path.unlink()

    def refuse(self, line: int, fault: Fault) -> None:
        told = self._told(line, fault)
        self._lines.writerow([told.line, told.column, told.rule, told.found, told.cure])
        self.faults += 1
        if len(self.first) < SHOWN:
            self.first.append(told)

    def table(self) -> Table:
        """Narrow enough for a terminal of 80 columns: rule under column, cure under fault."""
        line, column, rule, found, cure = titles(self.language)
        table = Table(title=say(self.language, "import.report.title"), title_justify="left", show_lines=True)
        table.add_column(line, justify="right")
        table.add_column(f"{column}\n{rule}", no_wrap=True)
        table.add_column(f"{found}\n{cure}")
        for told in self.first:
            where = f"{escape(told.column)}\n[dim]{escape(told.rule)}[/]"
            table.add_row(str(told.line), where, f"{escape(told.found)}\n{escape(told.cure)}")
        return table

    def _told(self, line: int, fault: Fault) -> Told:
        column = column_name(self._headers, fault.column, self.language)
        if fault.refusal is None:
            found = say(self.language, f"import.faults.{_last(fault.name)}", **fault.values)
            cure = say(self.language, f"import.cures.{_last(fault.name)}")
            return Told(line, column, fault.name, found, cure)
        [first, *_] = fault.refusal.cures
        rule = f"{fault.name} ({fault.refusal.code})"
        cure = say(self.language, f"cures.{first.what}")
        return Told(line, column, rule, self._speaker.refusal(fault.refusal), cure)


def titles(language: str) -> list[str]:
    return [say(language, f"import.report.{title}") for title in ("line", "column", "rule", "found", "cure")]


def summary(language: str, tally: Tally) -> str:
    return say(
        language,
        "import.report.summary",
        rows=tally.rows,
        recorded=tally.recorded,
        already=tally.already,
        refused=tally.refused,
    )


def _last(name: str) -> str:
    return name.removeprefix("import.")
