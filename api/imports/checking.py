"""A row as a contract that was signed on paper, or all that is wrong with it, field by field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from api.imports import values
from api.imports.columns import COLUMNS, plain
from api.imports.reading import Row
from api.imports.specialties import QUALIFICATIONS, belongs
from contracts.decision import Refusal
from contracts.identification import bin_fault, born_on_fits, iin_fault
from contracts.organisation import WrongBin
from contracts.parties import Kind, Record
from contracts.registration import BirthDiffers, WrongIin
from contracts.terms import (
    Compensation,
    Form,
    Funding,
    Hiring,
    HiringKind,
    PayKind,
    PracticeShare,
    Standing,
    Status,
    Subject,
    Term,
    Terms,
    Workplace,
)

REGION = frozenset("0123456789")

Value = TypeVar("Value")


@dataclass(frozen=True)
class Fault:
    """`name`: the rule, under which its words stand. `refusal`: as the command says it, where it does.
    `values`: what the words need; never what stands in a cell."""

    column: str | None
    name: str
    refusal: Refusal | None = None
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Named:
    """An organisation as a row names it."""

    kind: Kind
    bin: str
    name: str | None
    region: str | None


@dataclass(frozen=True, repr=False)
class Entry:
    """A row that can be read. No repr: it holds a name and an IIN."""

    line: int
    number: str
    signed_on: date
    college: Named
    enterprise: Named
    student: Record
    terms: Terms
    ended_on: date | None
    completed: bool


def refused(column: str | None, refusal: Refusal) -> Fault:
    return Fault(column, refusal.type, refusal)


class Cells:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, row: Row, check_digit: bool) -> None:
        self._cells = row.cells
        self._check_digit = check_digit
        self.faults: list[Fault] = []

    def wrong(self, column: str, name: str, **facts: str | int) -> None:
        self.faults.append(Fault(column, name, None, facts))

    def get(self, column: str, read: Callable[[str], Value | None], fault: str) -> Value | None:
        """None where the cell is empty or cannot be read; both are noted, the first where it is required."""
        text = self._cells.get(column)
        if text is None:
            if COLUMNS[column].required:
                self.wrong(column, "import.empty")
            return None
        value = read(text)
        if value is None:
            self.wrong(column, fault)
        return value

    def day(self, column: str) -> date | None:
        return self.get(column, values.day, "import.date")

    def text(self, column: str) -> str | None:
        return self.get(column, values.one_line, "import.text")

    def hours(self, column: str) -> int | None:
        return self.get(column, values.whole, "import.hours")

    def word(self, column: str) -> str | None:
        return self.get(column, lambda text: COLUMNS[column].words.get(plain(text)), "import.word")

    def bin(self, column: str) -> str | None:
        found = self.get(column, values.digits, "import.text")
        if found is not None and (fault := bin_fault(found, self._check_digit)):
            self.faults.append(refused(column, WrongBin(fault)))
            return None
        return found

    def iin(self, column: str) -> str | None:
        found = self.get(column, values.digits, "import.text")
        if found is not None and (fault := iin_fault(found, self._check_digit)):
            self.faults.append(refused(column, WrongIin(fault)))
            return None
        return found

    def region(self, column: str) -> str | None:
        found = self.text(column)
        if found is not None and not (len(found) == 2 and REGION.issuperset(found)):
            self.wrong(column, "import.region")
            return None
        return found


def read(row: Row, check_digit: bool, college: str | None = None) -> Entry | list[Fault]:
    """`college`: the BIN of rows that name none."""
    if row.fault:
        return [Fault(None, f"import.{row.fault}")]
    given = row if "college_bin" in row.cells or not college else _with_college(row, college)
    cells = Cells(given, check_digit)
    number, signed_on = cells.text("number"), cells.day("signed_on")
    college_ = _named(cells, Kind.COLLEGE)
    enterprise = _named(cells, Kind.ENTERPRISE)
    student = _student(cells)
    terms = _terms(cells)
    ended_on, completed = _outcome(cells, terms.term)
    if college_ and enterprise and college_.bin == enterprise.bin:
        cells.wrong("enterprise_bin", "import.same")
    if signed_on and terms.term and signed_on > terms.term.ends_on:
        cells.wrong("signed_on", "import.signed-late")
    if cells.faults or not (number and signed_on and college_ and enterprise and student):
        return cells.faults
    return Entry(row.line, number, signed_on, college_, enterprise, student, terms, ended_on, completed)


def _with_college(row: Row, college: str) -> Row:
    return Row(row.line, {**row.cells, "college_bin": college})


def _named(cells: Cells, kind: Kind) -> Named | None:
    bin_, name = cells.bin(f"{kind}_bin"), cells.text(f"{kind}_name")
    region = cells.region(f"{kind}_region")
    return Named(kind, bin_, name, region) if bin_ else None


def _student(cells: Cells) -> Record | None:
    iin, born_on = cells.iin("iin"), cells.day("born_on")
    name, latin = cells.text("name"), cells.text("name_latin")
    if name is not None and not any(sign.isalpha() for sign in name):
        cells.wrong("name", "import.text")
    if iin and born_on and not born_on_fits(iin, born_on):
        cells.faults.append(refused("born_on", BirthDiffers()))
    return Record(iin, name, born_on, latin) if iin and name and born_on else None


def _terms(cells: Cells) -> Terms:
    form, funding = cells.word("form"), cells.word("funding")
    status, hiring = cells.word("status"), cells.word("hiring")
    address, department = cells.text("address"), cells.text("department")
    pay = cells.get("pay", values.tiyn, "import.money")
    employee = status == Status.EMPLOYEE
    return Terms(
        subject=_subject(cells),
        term=_term(cells),
        form=Form(form) if form else None,
        funding=Funding(funding) if funding else None,
        practice_share=_practice_share(cells),
        workplace=Workplace(address or "", department or "") if address or department else None,
        standing=Standing(Status(status)) if status else None,
        compensation=Compensation(PayKind.WAGE if employee else PayKind.COMPENSATION, pay) if pay else None,
        hiring=Hiring(HiringKind(hiring)) if hiring else None,
    )


def _subject(cells: Cells) -> Subject | None:
    specialty = cells.get("specialty", values.digits, "import.text")
    qualification = cells.get("qualification", lambda text: values.digits(text).upper(), "import.text")
    if specialty is None or qualification is None:
        return None
    if specialty not in QUALIFICATIONS:
        cells.wrong("specialty", "import.specialty")
    elif not belongs(qualification, specialty):
        cells.wrong("qualification", "import.qualification")
    return Subject(specialty, qualification)


def _term(cells: Cells) -> Term | None:
    starts_on, ends_on = cells.day("starts_on"), cells.day("ends_on")
    if starts_on is None or ends_on is None:
        return None
    if ends_on < starts_on:
        cells.wrong("ends_on", "import.order")
        return None
    return Term(starts_on, ends_on)


def _practice_share(cells: Cells) -> PracticeShare | None:
    total, enterprise = cells.hours("total_hours"), cells.hours("enterprise_hours")
    if total is None or enterprise is None:
        return None
    if enterprise > total or not total:
        cells.wrong("enterprise_hours", "import.hours-over")
        return None
    return PracticeShare(total, enterprise)


def _outcome(cells: Cells, term: Term | None) -> tuple[date | None, bool]:
    """Its last day, and whether it was completed. Completed without a day: with the term."""
    word, ended_on = cells.word("outcome"), cells.day("ended_on")
    if word == "ended" and ended_on is None:
        cells.wrong("ended_on", "import.end-missing")
    if word == "running" and ended_on is not None:
        cells.wrong("outcome", "import.end-running")
    if term and ended_on and not term.starts_on <= ended_on <= term.ends_on:
        cells.wrong("ended_on", "import.end-outside")
    completed = word == "completed"
    return ended_on or (term.ends_on if completed and term else None), completed
