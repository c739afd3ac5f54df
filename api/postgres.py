"""The embedded PostgreSQL: the programs of a wheel, one folder, our own init, start and stop.

In the folder (KELISIM_DATA): `database/` (the cluster and its socket), `database.log`, `database.password`,
`lock`; nothing anywhere else. The server ends with the process that started it, also with kill -9; what is
left of an earlier one is ended by the next start. A server that dies under a living service is started again.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from urllib.parse import quote

import structlog

from api.server_process import NoDatabase, end, launch, patiently, user_for
from api.unprivileged import UNREACHABLE

VERSION = "18"
PORT = 5432
"""Part of the socket's name; a server on 127.0.0.1 takes a free port."""
LONGEST_SOCKET = 103
"""Bytes of a socket's path that every kernel takes: Linux 107, macOS 103."""
PATIENCE = 120
"""Seconds: recovery after much writing takes its time."""
DURABLE = {
    "dynamic_shared_memory_type": "mmap",  # in the folder; the default leaves files in /dev/shm
    "log_error_verbosity": "terse",  # DETAIL and statements would carry personal data into the log
    "log_min_error_statement": "panic",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "jit": "off",
}
THROWAWAY = DURABLE | {"fsync": "off", "full_page_writes": "off", "max_connections": "200"}
"""For tests: quick, and lost when the machine goes down."""


@contextlib.contextmanager
def embedded(folder: Path, settings: Mapping[str, str] = DURABLE) -> Iterator[str]:
    """The URL of a server that runs in `folder` as long as the block does. Raises NoDatabase."""
    with owned(folder.absolute()) as folder:
        server = Server(folder, settings)
        try:
            yield server.start()
        finally:
            server.stop()


@contextlib.contextmanager
def shared(folder: Path) -> Iterator[str]:
    """As `embedded`, unless a running service has its server in `folder`: then that one serves."""
    if url := running(folder):
        yield url
    else:
        with embedded(folder) as url:
            yield url


def running(folder: Path) -> str | None:
    """The URL of the server that another process runs in `folder`; None when there is none."""
    try:
        with (folder / "lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        server = Server(folder.absolute(), DURABLE)
        return server.url() if server.state() == "ready" else None
    except OSError:
        return None
    return None


@contextlib.contextmanager
def owned(folder: Path) -> Iterator[Path]:
    """Holds `folder` against a second service. The kernel lets go of it when the process ends, however."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("a+")
    except OSError as error:
        raise NoDatabase(
            f"{error.filename} cannot be written ({error.strerror}): start as the user that it belongs to, "
            "or set KELISIM_DATA to another folder."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise NoDatabase(
                f"Kelisim already runs in {folder} (process {lock.read()}): stop it, "
                "or set KELISIM_DATA to another folder."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield folder


class Server:
    """One PostgreSQL in its folder."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.folder, self.settings = folder, settings
        self.data = folder / "database"
        self.log = folder / "database.log"
        self.password = folder / "database.password"
        self.by_socket = fits_a_socket(self.data)
        self.process: subprocess.Popen[bytes] | None = None
        self.stopping = threading.Event()
        self.turn = threading.Lock()
        self.thread = threading.Thread(name="postgres", daemon=True)

    def start(self) -> str:
        """The URL. Raises NoDatabase."""
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".log.old"))
        if not self.data.exists():
            self.initialise()
        if (version := (self.data / "PG_VERSION").read_text().strip()) != VERSION:
            raise NoDatabase(
                f"{self.data} belongs to PostgreSQL {version} and this is {VERSION}: "
                "set KELISIM_DATA to another folder, or KELISIM_DATABASE_URL to a server that can read it."
            )
        first: Future[str] = Future()
        self.thread = threading.Thread(target=self.keep, args=(first,), name="postgres", daemon=True)
        self.thread.start()
        return first.result()

    def stop(self) -> None:
        """In order if it can be, so that the next start has nothing to recover."""
        with self.turn:
            self.stopping.set()
        if not (process := self.process):
            return
        for sent, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            process.send_signal(sent)
            if patiently(lambda: process.poll() is not None, seconds):
                break
        self.thread.join()

    def initialise(self) -> None:
        """Made beside its place and moved there when whole: half a cluster is never taken for one."""
        building, password = self.folder / "database.new", self.folder / "database.new.password"
        end(building, None)
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(mode=0o700)
        for path in (self.password, password):
            path.touch(mode=0o600)
        self.password.write_text(secrets.token_hex(32))
        shutil.copyfile(self.password, password)  # initdb reads it, perhaps as another user
        if os.geteuid() == 0:
            user, group = user_for(self.folder)
            os.chown(building, user, group)
            os.chown(password, user, group)
        program = launch("initdb", building, self.log, *self.how_to_initialise(building, password))
        try:
            if code := program.wait():
                raise self.failure(code)
        finally:
            password.unlink()
        building.rename(self.data)

    def how_to_initialise(self, building: Path, password: Path) -> list[str]:
        return [
            f"--pgdata={building}",
            "--username=postgres",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--set=scram_iterations=1",  # they slow down guessing, and this password cannot be guessed
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            *(["--no-sync"] if self.settings.get("fsync") == "off" else []),
        ]

    def keep(self, first: "Future[str]") -> None:
        """Runs the server until `stop`. In a thread of its own: the server ends with it."""
        port = PORT if self.by_socket else free_port()
        while not self.stopping.is_set():
            try:
                process = self.run(port)
            except Exception as error:
                if not first.done():
                    first.set_exception(error)
                    return
                structlog.get_logger().error("database_not_started", reason=str(error))
                self.stopping.wait(1)
                continue
            if not first.done():
                first.set_result(self.url())
            if (code := process.wait()) and not self.stopping.is_set():
                structlog.get_logger().error("database_died", code=code)

    def run(self, port: int) -> "subprocess.Popen[bytes]":
        """Starts the server and waits until it is ready."""
        end(self.data, self.leader())
        for left in [self.data / "postmaster.pid", *self.data.glob(".s.PGSQL.*")]:
            left.unlink(missing_ok=True)  # the number in it may be another program's by now, or a zombie's
        options = {
            **self.settings,
            "port": str(port),
            "listen_addresses": "" if self.by_socket else "127.0.0.1",
            "unix_socket_directories": f'"{self.data}"' if self.by_socket else "",
        }
        with self.turn:
            if self.stopping.is_set():
                raise NoDatabase("PostgreSQL was stopped before it had started.")
            settings = [f"-c{name}={value}" for name, value in options.items()]
            self.process = process = launch("postgres", self.data, self.log, "-D", str(self.data), *settings)
        patiently(lambda: self.state() == "ready" or process.poll() is not None, PATIENCE)
        if process.poll() is not None:
            raise self.failure(process.returncode)
        return process

    def url(self) -> str:
        port = self.lock_file()[3]
        place = f"/postgres?host={quote(str(self.data), safe='')}&port={port}"
        if not self.by_socket:
            place = f"127.0.0.1:{port}/postgres"
        return f"postgresql://postgres:{self.password.read_text()}@{place}"

    def lock_file(self) -> list[str]:
        """PostgreSQL's own lines: process, folder, started, port, socket's folder, address, memory, state."""
        try:
            return [line.strip() for line in (self.data / "postmaster.pid").read_text().splitlines()]
        except OSError:
            return []

    def leader(self) -> int | None:
        [*first, _] = [*self.lock_file()[:1], ""]
        return int(first[0]) if first else None

    def state(self) -> str:
        lines = self.lock_file()
        return lines[7] if len(lines) > 7 else "starting"

    def failure(self, code: int) -> NoDatabase:
        if code == UNREACHABLE:
            return NoDatabase(
                f"The user that PostgreSQL runs as (root may not) cannot get to {self.folder} or to the "
                "virtual environment: place both where every user may pass, or start as an ordinary user."
            )
        lines = self.log.read_text(errors="replace").splitlines()
        [*_, reason] = ["no reason given", *(line for line in lines if "FATAL" in line or "error" in line)]
        return NoDatabase(f"PostgreSQL did not start ({reason}): more in {self.log}.")


def fits_a_socket(data: Path) -> bool:
    """In a list of folders PostgreSQL cannot write some names, and in one of hosts libpq cannot."""
    return len(os.fsencode(data / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET and not set(str(data)) & set(',"')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
