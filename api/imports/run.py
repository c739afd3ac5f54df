"""One run of the import: who hands the file in, the file, its rows, the report."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from api import store
from api.house import APPLICATION, House
from api.imports.deciding import Importer, Judge
from api.imports.reading import Spreadsheet, opened
from api.imports.recording import Intake
from api.imports.reporting import Report, summary
from api.languages import say
from api.settings import Mode
from api.store import Account
from contracts.identification import bin_fault
from contracts.log.errors import Unavailable
from contracts.log.ids import uuid7
from contracts.parties import Kind, Role


class MayNot(Exception):
    """One sentence that says who may not import, or for whom, and what to do."""


@dataclass(frozen=True)
class Wanted:
    """`name`: who hands it in: a demo person, or the subject at the identity provider. `college`: the BIN of
    rows that name none."""

    path: Path
    report: Path
    language: str
    name: str | None = None
    college: str | None = None


def run(house: House, wanted: Wanted, out: Console, err: Console) -> int:
    """The exit code: 0 all is in, 1 rows were refused or it was cut off. Raises MayNot, NotASpreadsheet,
    OSError."""
    importer = importer_of(house, wanted)
    with (
        opened(wanted.path, wanted.college) as sheet,
        Report(wanted.report, wanted.language, house.law, house.today(), sheet.headers) as report,
    ):
        if sheet.unread:
            err.print(say(wanted.language, "import.report.unread", columns=", ".join(sheet.unread)))
        judge = Judge(house.desk, importer, wanted.path.name, f"import-{uuid7()}")
        intake = Intake(
            house.desk,
            judge,
            APPLICATION,
            house.settings.check_digit,
            wanted.college or importer.college,
            report.refuse,
        )
        cut_off = _with_a_bar(sheet, intake, wanted.language, err)
    tally = intake.tally
    if report.faults:
        out.print(report.table())
    out.print(summary(wanted.language, tally), highlight=False)
    if report.faults:
        more = say(wanted.language, "import.report.more", n=report.faults, path=str(report.path))
        out.print(more, highlight=False, soft_wrap=True)
    if cut_off:
        err.print(cut_off)
    return 1 if report.faults or cut_off else 0


def importer_of(house: House, wanted: Wanted) -> Importer:
    """Raises MayNot."""
    account = _account(house, wanted.name)
    if wanted.college and bin_fault(wanted.college, house.settings.check_digit):
        raise MayNot("--college is not a BIN")
    if Role.OPERATOR in account.duties:
        return Importer(account.person_id)
    acting = (account.on_behalf_of or "").removeprefix("org:") or wanted.college
    if not acting:
        raise MayNot("--college is needed: the BIN of the college for which the contracts are recorded")
    _acts_for(house, account.person_id, acting)
    return Importer(account.person_id, acting)


def _account(house: House, name: str | None) -> Account:
    found = _at_provider(house, name) if house.settings.mode is Mode.PRODUCTION else _by_name(house, name)
    if found is None:
        raise MayNot(f"--as names nobody who is known here: {name}" if name else "--as is needed")
    return found


def _at_provider(house: House, name: str | None) -> Account | None:
    with house.pool.connection() as connection:
        return store.identity(connection, house.settings.oidc_issuer or "", name) if name else None


def _by_name(house: House, name: str | None) -> Account | None:
    from api.security import demo  # here: the module refuses to be imported in production

    demo.settle(house)
    return demo.people(house).get(name or Role.OPERATOR)


def _acts_for(house: House, person: UUID, bin_: str) -> None:
    organisation = house.organisation(bin_)
    mandate = organisation.mandate(person) if organisation and organisation.kind is Kind.COLLEGE else None
    if mandate is None or not mandate.holds_on(house.today()):
        raise MayNot(f"who hands the file in does not act for the college {bin_}")


def _with_a_bar(sheet: Spreadsheet, intake: Intake, language: str, err: Console) -> str | None:
    """Why it was cut off, if it was."""
    parts = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*parts, console=err, transient=True) as bar:
        task = bar.add_task("", total=sheet.size)

        def after_each() -> None:
            bar.update(task, completed=sheet.read(), description=summary(language, intake.tally))

        try:
            intake.take(sheet.rows, after_each)
        except KeyboardInterrupt:
            return say(language, "import.report.interrupted", n=intake.tally.last_line)
        except Unavailable:
            return say(language, "import.report.away", n=intake.tally.last_line)
    return None
