"""Whatever ends the service, and the mail server away: nothing is lost, and what is sent twice has one id."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
import psycopg
import pytest

from api.postgres import free_port
from api.server_process import patiently
from tests.api.people import Town
from tests.api.sending.post_office import mail_server, receiver
from tests.api.sending.test_sending import came, endpoint, offered, settled, with_mail
from tests.conftest import fresh
from tests.terminal import serving


class Service:
    def __init__(self, url: str, settings: dict[str, str]) -> None:
        self.url, self.settings = url, settings
        self.process: subprocess.Popen[str] | None = None

    def kill(self) -> None:
        assert self.process
        os.kill(self.process.pid, signal.SIGKILL)

    @contextmanager
    def running(self) -> Iterator[Town]:
        with serving(self.settings, stderr=sys.stderr) as self.process:
            address = f"http://127.0.0.1:{self.settings['KELISIM_PORT']}"
            with httpx.Client(base_url=address, timeout=20) as client:
                yield client


@pytest.fixture
def service(server, template, tmp_path) -> Iterator[Service]:
    with fresh(server, f"TEMPLATE {template} STRATEGY file_copy") as (_, url):
        yield Service(
            url,
            {
                "KELISIM_MODE": "test",
                "KELISIM_DATABASE_URL": url,
                "KELISIM_DATA": str(tmp_path),
                "KELISIM_PORT": str(free_port()),
                "KELISIM_SMTP_HOST": "127.0.0.1",
                "KELISIM_SMTP_PORT": str(free_port()),
                "KELISIM_SMTP_TLS": "off",
                "KELISIM_SMTP_FROM": "kelisim@demo.example",
            },
        )


def left(url: str) -> int:
    with psycopg.connect(url) as connection:
        [[count]] = connection.execute("SELECT count(*) FROM log.sent")
        return count


def test_killed_after_it_was_sent_and_before_it_was_noted_it_is_sent_twice_with_one_id(service):
    with (
        mail_server(port=int(service.settings["KELISIM_SMTP_PORT"])) as mails,
        receiver() as calls,
    ):
        # The other side has it, and before it can say so there is nobody to hear it.
        mails.after_data = calls.before_answer = service.kill
        with service.running() as client:
            town = Town(client, service.url)
            student, _ = with_mail(town)
            endpoint(town, calls.url())
            with suppress(httpx.TransportError):
                offered(town, student)
            assert service.process.wait(20) == -signal.SIGKILL
        assert left(service.url) == 0
        assert mails.came or calls.came
        mails.after_data = calls.before_answer = lambda: None
        with service.running(), psycopg.connect(service.url, autocommit=True) as owner:
            settled(owner)
        assert left(service.url) == 2
        for ids in (mails.ids(), calls.ids()):
            assert len(set(ids)) == 1
        assert len(mails.came) + len(calls.came) in {3, 4}


def test_while_the_mail_server_is_away_letters_wait_and_none_is_at_fault(service):
    with service.running() as client, psycopg.connect(service.url, autocommit=True) as owner:
        town = Town(client, service.url)
        student, _ = with_mail(town)
        offered(town, student)
        waiting = "SELECT count(*), sum(tries) FROM edge.letters WHERE sent_at IS NULL AND dead_at IS NULL"
        assert patiently(lambda: owner.execute(waiting).fetchone() == (1, 0), 10)
        with mail_server(port=int(service.settings["KELISIM_SMTP_PORT"])) as mails:
            came(1, mails.came)
            settled(owner)
    assert left(service.url) == 1
