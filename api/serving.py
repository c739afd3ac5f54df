"""The running service: its door (the port), its process, its end."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Never

import uvicorn
from fastapi import FastAPI

GRACE = 10
"""Seconds that requests under way have when the service is asked to stop."""


class PortTaken(Exception):
    """One sentence that says which, and what to do."""


class NotStarted(Exception):
    """The service could not begin; the reason is on a log line before."""


@contextmanager
def door(host: str, port: int) -> Iterator[socket.socket]:
    """The port, taken before anything is started. Raises PortTaken."""
    try:
        taken = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        raise PortTaken(
            f"Port {port} of {host} cannot be had ({error}): stop what uses it, "
            "or set KELISIM_PORT to another."
        ) from error
    with taken:
        yield taken


@contextmanager
def stopped_in_order() -> Iterator[None]:
    """Ctrl-C and SIGTERM end the block as if it had come to its end, so that all is closed in turn."""

    def stop(number: int, frame: object) -> Never:
        for number in before:
            signal.signal(number, signal.SIG_IGN)  # once is enough: the second would cut the end short
        raise SystemExit(0)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(app: FastAPI, at: socket.socket, ready: Callable[[], object]) -> None:
    """Until it is asked to stop; calls `ready` once it answers. Raises NotStarted."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=GRACE
    )
    service = Announced(config, ready)
    try:
        service.run(sockets=[at])
    except SystemExit as ended:
        if not ended.code:
            raise
        raise NotStarted("the service did not start: the reason is on the line before this") from ended


class Announced(uvicorn.Server):
    """Says so when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.ready()


def say_ready(address: str) -> None:
    """Whoever waits for this line can go on."""
    print(f"Kelisim is ready at {address}", flush=True)
