"""`kelisim`: what is done from a terminal. Exit 0 done, 1 refused or failed, 2 wrong usage."""

import signal
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from socket import socket
from threading import Event
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console

from api import law_commands, log_lines, postgres, tokens
from api.collector import calm
from api.house import opened
from api.languages import LANGUAGES
from api.serving import door, run, say_ready, stopped_in_order
from api.settings import Mode, Settings
from api.terminal import database, prepared, told, working
from contracts import log
from contracts.parties import Record, Role

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


app.add_typer(law_commands.app, name="law")


@app.callback()
def kelisim() -> None:
    """Contracts of dual training. Settings are environment variables, KELISIM_..."""


@app.command()
def serve(
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="Processes that answer. [KELISIM_WORKERS]"),
    ] = None,
) -> None:
    """The API and the pages, with a PostgreSQL of their own unless KELISIM_DATABASE_URL names one."""
    log_lines.configure()
    from api.demo import load  # here: the other commands need not wait for the whole edge

    with (
        stopped_in_order(),
        told() as given,
        door(given.host, given.port) as at,
        database(given, postgres.embedded) as given,
    ):
        with working(given) as house:
            if given.mode is Mode.DEMO:
                load(house)
        calm()
        count = workers or given.workers
        among_several(given, count, at) if count else alone(given, at)


def alone(given: Settings, at: socket) -> None:
    """One process does everything."""
    from api.app import create_app

    run(create_app(given), at, lambda: say_ready(given.address))


def among_several(given: Settings, count: int, at: socket) -> None:
    """This process follows the log, and so many that it starts answer."""
    from api.following import following
    from api.workers import share, workers

    connections = share(given, count)  # before anything is begun that would have to be ended

    inside = given.follow == "inside"
    with (
        opened(given) as house,
        following(house) if inside else nullcontext(),
        workers(replace(given, follow="apart"), count, at, connections) as crew,
    ):
        say_ready(given.address)
        crew.keep()


@app.command()
def migrate() -> None:
    """Brings the database to the shape that this version needs. When it has it, nothing happens."""
    with told() as given, database(given) as given:
        for name in log.migrate(given.direct_url):
            typer.echo(name)


@app.command()
def token(name: Annotated[str, typer.Argument(help="A demo person: college, student, lawyer ...")]) -> None:
    """A bearer token of a demo person, from the service that runs at KELISIM_URL."""
    with told() as given:
        typer.echo(tokens.asked_for(name, given.address))


@app.command()
def admit(
    subject: Annotated[str, typer.Argument(help="The `sub` under which the identity provider knows them.")],
    person: Annotated[
        UUID | None, typer.Option(help="Id of a registered person; without it the record is asked for.")
    ] = None,
    duty: Annotated[
        list[Role] | None, typer.Option(help="lawyer, reviewer, ministry, operator, privacy; one or several.")
    ] = None,
) -> None:
    """Lets somebody sign in. Who acts for an organisation or is party to a contract needs no duty."""
    from api.accounts import DUTIES, NotAdmitted
    from api.accounts import admit as admitted

    duties = frozenset(duty or [])
    if duties - set(DUTIES):
        raise typer.BadParameter(", ".join(DUTIES), param_hint="--duty")
    with told() as given, database(given) as given, working(given) as house:
        who = person or asked_for_record()  # never as arguments: they stay in the history of the terminal
        try:
            typer.echo(admitted(house, subject, who, duties))
        except NotAdmitted as error:
            typer.echo(f"kelisim: {error}", err=True)
            raise typer.Exit(1) from error


def asked_for_record() -> Record:
    iin, name = typer.prompt("IIN", err=True), typer.prompt("Name, as in the document of identity", err=True)
    return Record(iin, name, typer.prompt("Date of birth, as 1988-06-14", value_proc=a_day, err=True))


def a_day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as error:
        raise typer.BadParameter("a date like 1988-06-14") from error


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or JSON: docs/import.md.")],
    who: Annotated[
        str | None, typer.Option("--as", help="Who hands it in: a demo name, or a subject. [operator]")
    ] = None,
    college: Annotated[str | None, typer.Option(help="BIN of the college of rows that name none.")] = None,
    report: Annotated[Path | None, typer.Option(help="Where refused rows go. [FILE.report.csv]")] = None,
    language: Annotated[
        str | None, typer.Option(help="Of the report: kk, ru or en. [KELISIM_LANGUAGE]")
    ] = None,
) -> None:
    """Contracts of past years, as a college's spreadsheet has them. The same file twice changes nothing."""
    from api.imports import reading
    from api.imports import run as importing  # here: the other commands need not read the columns

    if language not in {None, *LANGUAGES}:
        raise typer.BadParameter("kk, ru or en", param_hint="--language")
    with told() as given, database(given) as given, working(given) as house:
        path = report or file.with_name(f"{file.stem}.report.csv")
        wanted = importing.Wanted(file, path, language or given.language, who, college)
        try:
            code = importing.run(house, wanted, Console(), Console(stderr=True))
        except (importing.MayNot, reading.NotASpreadsheet, OSError) as error:
            typer.echo(f"kelisim: {error}", err=True)
            raise typer.Exit(2) from error
    raise typer.Exit(code)


@app.command()
def demo() -> None:
    """Made-up organisations, people and contracts. What is there already is left as it is."""
    from api.demo import load

    with told() as given, database(given) as given, working(given) as house:
        typer.echo("demo data loaded" if load(house) else "the demo data are there already")


@app.command()
def check() -> None:
    """Whether the log is whole, and what stands beside it says the same. Exit 1: something differs."""
    from api import upkeep

    with told() as given, database(given) as given, working(given) as house:
        whole = upkeep.checked(house)
    raise typer.Exit(0 if whole else 1)


@app.command()
def export_log(file: Annotated[Path, typer.Argument(dir_okay=False, help="Where it goes.")]) -> None:
    """The whole log as it is now, without personal data, into one file. The service may run meanwhile."""
    from api import moving

    with told() as given, database(given) as given:
        prepared(given)
        try:
            moving.exported(given.direct_url, file)
        except OSError as error:
            typer.echo(f"kelisim: {error}", err=True)
            raise typer.Exit(1) from error


@app.command()
def import_log(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Made by `export-log`.")],
) -> None:
    """A whole log into a database that is empty or holds its beginning. Stopped, it goes on when run anew."""
    from api import moving

    with told() as given, database(given) as given:
        prepared(given)
        moving.imported(given, file)


@app.command()
def letters(
    ids: Annotated[list[UUID] | None, typer.Argument(help="With --again: these; without one: all.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Send once more what was given up.")] = False,
) -> None:
    """Mails and calls that were given up after three days of trying, and how many wait."""
    from api.sending import at_terminal

    with told() as given, database(given) as given, working(given) as house:
        at_terminal.send_again(house, ids or ()) if again else at_terminal.show(house)


@app.command()
def rebuild(
    names: Annotated[list[str] | None, typer.Argument(help="Projections; without one: all.")] = None,
    replace_differing: Annotated[
        bool, typer.Option("--replace-differing", help="Switch although the old rows were wrong.")
    ] = False,
) -> None:
    """The tables of projections anew from the log, beside the old ones, while everything goes on."""
    from api import rebuilding
    from projections.rebuild import Busy, Differs, Stuck

    stop = Event()
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    with told() as given, database(given) as given, working(given) as house:
        try:
            rebuilding.rebuilt(house, names or [], replace_differing, stop)
        except rebuilding.NoSuchProjection as error:
            raise typer.BadParameter(str(error)) from error
        except (Busy, Differs, Stuck) as error:
            typer.echo(f"kelisim: {error}", err=True)
            raise typer.Exit(1) from error


@app.command()
def follow() -> None:
    """Sequencer, projections, timers and the post on their own, beside `serve` with KELISIM_FOLLOW=apart."""
    log_lines.configure()
    from api.following import following

    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with told() as given, database(given) as given, working(given) as house, following(house):
        calm()
        typer.echo("Kelisim follows its log.")
        stop.wait()
