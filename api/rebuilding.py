"""Projections made anew from a terminal, side by side: a process each, as many at once as there are cores."""

import os
import signal
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack
from multiprocessing import get_context
from threading import Event
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from api.collector import calm
from api.house import House
from contracts import law as laws
from projections import rebuild
from projections.every import BY_NAME
from projections.projection import Projection

SAME = {True: "the same rows as before", False: "other rows than before", None: "laid out anew"}
LOOK = 0.2
"""Seconds between two looks at how far they are."""


class NoSuchProjection(LookupError):
    """Says which there are."""


def rebuilt(house: House, names: list[str], replace_differing: bool, stop: Event) -> None:
    """Fills each projection's tables beside the old ones and switches. Raises Busy, Stuck, Differs."""
    wanted, context = chosen(names), get_context("spawn")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with ExitStack() as stack:
        shown = stack.enter_context(Progress(*columns, console=Console(stderr=True)))
        shared = stack.enter_context(context.Manager())
        told, stopped = shared.Queue(), shared.Event()
        workers = min(len(wanted), os.cpu_count() or 1)
        pool = stack.enter_context(ProcessPoolExecutor(workers, context, initializer=_begin))
        stack.callback(stopped.set)  # before the pool waits for those that still run
        tasks = {projection.name: shown.add_task(projection.name, total=None) for projection in wanted}
        how = (house.settings.direct_url, house.law.name, replace_differing, told, stopped)
        running = {pool.submit(_one, name, *how) for name in tasks}
        while running:
            ended, running = wait(running, LOOK, FIRST_COMPLETED)
            if stop.is_set():
                stopped.set()
            _show(shown, tasks, told)
            for each in ended:
                _say(each)


def chosen(names: list[str]) -> list[Projection]:
    if unknown := [name for name in names if name not in BY_NAME]:
        raise NoSuchProjection(f"no projection {', '.join(unknown)}; there are: {', '.join(sorted(BY_NAME))}")
    return [BY_NAME[name] for name in names or sorted(BY_NAME)]


def _begin() -> None:
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C goes to all processes: the first one tells the others
    calm()


def _one(
    name: str, url: str, law: str, replace_differing: bool, told: Any, stopped: Any
) -> rebuild.Rebuilt | None:
    return rebuild.rebuild(
        url,
        BY_NAME[name],
        laws.load(law),
        progress=told.put,
        stop=stopped,
        replace_differing=replace_differing,
    )


def _show(shown: Progress, tasks: Mapping[str, TaskID], told: Any) -> None:
    while not told.empty():
        progress: rebuild.Progress = told.get()
        shown.update(tasks[progress.name], completed=progress.position, total=progress.mark)


def _say(ended: Future[rebuild.Rebuilt | None]) -> None:
    if (done := ended.result()) is not None:
        typer.echo(f"{done.name}: version {done.version} up to entry {done.position}, {SAME[done.same]}")
