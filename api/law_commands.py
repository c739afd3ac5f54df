"""`kelisim law`: the packs of dated law, and history decided again under another."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.settings import packs
from api.terminal import database, told, working
from contracts import law as laws
from contracts.law import Law
from contracts.law.reading import PackRefused

app = typer.Typer(no_args_is_help=True, help="The packs of dated law.")

Folder = Annotated[
    Path | None, typer.Option(exists=True, file_okay=False, help="Where packs lie that are not installed.")
]


@app.command("list")
def list_() -> None:
    """The packs that this version brings, and how many of their entries wait for a lawyer."""
    for name in packs():
        law = laws.load(name)
        entries = [rule for versions in law.rules.values() for rule in versions]
        waiting = sum(1 for rule in entries if not rule.source.confirmed)
        typer.echo(f"{law.version}: {len(entries)} rules, {waiting} wait for a lawyer's confirmation")


@app.command()
def check(
    pack: Annotated[str, typer.Argument(help="Name of the pack.")],
    folder: Folder = None,
) -> None:
    """Whether a pack can be used: its form, its dates, and its own test cases. Exit 1: it cannot."""
    law = _pack(pack, folder)
    cases = sum(len(rule.cases) for versions in law.rules.values() for rule in versions)
    typer.echo(f"{law.version}: {len(law.rules)} rules, {cases} test cases kept")


@app.command()
def replay(
    from_: Annotated[str, typer.Option("--from", help="A pack, as kz or kz@2026-11.")],
    to: Annotated[str, typer.Option("--to", help="Another.")],
    folder: Folder = None,
    report: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Where every difference goes, as JSON lines.")
    ] = None,
) -> None:
    """Every decision of the log made again under two packs: which outcomes, sums and days differ. Only reads.
    Exit 1: even under the first pack a decision comes otherwise than it was recorded."""
    from api import replaying

    first, second = _pack(from_, folder), _pack(to, folder)
    with told() as given, database(given) as given, working(given) as house:
        found = replaying.replayed(house, first, second)
    replaying.say(Console(), first, second, found)
    if report:
        replaying.write(report, found)
    raise typer.Exit(1 if found.unlike else 0)


def _pack(asked: str, folder: Path | None) -> Law:
    """`asked`: a name, with @ and a version where it must be that one."""
    name, _, version = asked.partition("@")
    try:
        law = laws.read(name, folder) if folder and (folder / name).is_dir() else laws.load(name)
    except PackRefused as error:
        typer.echo(f"kelisim: {error}", err=True)
        raise typer.Exit(1) from error
    if version and law.version != f"{name}/{version}":
        typer.echo(f"kelisim: pack {name} here is version {law.version.partition('/')[2]}", err=True)
        raise typer.Exit(1)
    return law
