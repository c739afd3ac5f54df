"""Sends what is due, again and again until it is taken or given up: at least once, under the same id."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from queue import Empty, Queue
from threading import Event, Thread
from time import monotonic
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import psycopg

from api.house import House
from api.sending import directory, mail, posting, store, webhooks
from api.sending.mailboxes import mailbox
from api.sending.store import Letter
from api.sending.words import cloud_event, told
from contracts.log.connections import FOLLOW, LogConnection, direct

TICK = 0.2
"""Seconds between two looks."""

BACKOFF = (5, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds after each try that went wrong: three days in all, then it is given up."""

REST = 60.0
"""Seconds at most in which an endpoint is left alone after a try that went wrong."""

LONGEST_WAIT = 86_400.0
"""Seconds at most that an endpoint's own wish to wait counts."""

AT_ONCE = 8
"""Calls under way, each to another endpoint."""

MAILS = 50
"""Letters on one connection with the mail server."""


class Outcome(NamedTuple):
    """`trouble` None: it has left. `for_good`: it never will. `wait`: seconds that are asked for."""

    letter: Letter
    trouble: str | None = None
    for_good: bool = False
    wait: float | None = None
    gone: bool = False


class Sender:
    """What the threads come to is written by one thread, on one connection. `note(event, **fields)` writes a
    line of the service's log."""

    def __init__(self, house: House, note: Callable[..., Any]) -> None:
        self._house = house
        self._note = note
        self._stop = Event()
        self._thread = Thread(target=self.run, name="sender", daemon=True)
        self._done: Queue[Outcome] = Queue()
        self._calling: set[UUID] = set()
        self._mailing: Thread | None = None
        self._mail_rests_until, self._mail_rest = 0.0, 1.0
        self.leading = False

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def run(self) -> None:
        """Until `stop`, through every loss of the connection."""
        with ThreadPoolExecutor(AT_ONCE, "call") as callers:
            while not self._stop.is_set():
                try:
                    with direct(self._house.settings.direct_url, FOLLOW) as connection:
                        self._lead(connection, callers)
                except psycopg.Error as error:
                    self._note("sender.away", error=type(error).__name__)
                    self._stop.wait(1.0)
                finally:
                    self.leading = False
            if self._mailing:
                self._mailing.join()

    def _lead(self, connection: LogConnection, callers: ThreadPoolExecutor) -> None:
        while not self._stop.is_set():
            self.leading = self.leading or store.lead(connection)
            over = self._mailing is None or not self._mailing.is_alive()  # and all its outcomes are there
            self._write_outcomes(connection)
            if self.leading:
                while posting.post(self._house, connection) and not self._stop.is_set():
                    pass
                self._begin_calls(connection, callers)
                if over:
                    self._begin_mail(connection)
        self._write_outcomes(connection)

    # What is due

    def _begin_calls(self, connection: LogConnection, callers: ThreadPoolExecutor) -> None:
        if room := AT_ONCE - len(self._calling):
            for letter in store.due_calls(connection, [*self._calling], room):
                if letter.endpoint_id:
                    self._calling.add(letter.endpoint_id)
                    callers.submit(self._call, letter)

    def _begin_mail(self, connection: LogConnection) -> None:
        if not self._house.settings.smtp_host or monotonic() < self._mail_rests_until:
            return
        if letters := store.due_mails(connection, MAILS):
            self._mailing = Thread(target=self._mail, args=[letters], name="mail", daemon=True)
            self._mailing.start()

    def _call(self, letter: Letter) -> None:
        try:
            self._done.put(self._guarded(letter, self._called))
        except psycopg.Error:
            self._done.put(Outcome(letter, "database"))

    def _guarded(self, letter: Letter, send: Callable[[Letter], Outcome]) -> Outcome:
        """Whatever goes wrong with a letter, only this one may suffer."""
        try:
            return send(letter)
        except (mail.ServerAway, psycopg.Error):
            raise
        except Exception as error:
            self._note("letter.failed", error=type(error).__name__)
            return Outcome(letter, "fault")

    def _called(self, letter: Letter) -> Outcome:
        house = self._house
        with house.pool.connection() as connection:
            endpoint = directory.endpoint(connection, letter.endpoint_id) if letter.endpoint_id else None
        if endpoint is None or endpoint.disabled_at:
            return Outcome(letter, "disabled", for_good=True)
        body = msgspec.json.encode(cloud_event(told(house, letter)))
        kept = [endpoint.secret, *([endpoint.old_secret] if endpoint.old_secret and endpoint.both else [])]
        secrets = [webhooks.opened(house, endpoint.endpoint_id, each) for each in kept]
        answer = webhooks.call(endpoint.url, secrets, str(letter.notice_id), body, house.settings.open_house)
        return Outcome(letter, answer.trouble, answer.gone, answer.wait, answer.gone)

    def _mail(self, letters: list[Letter]) -> None:
        """On one connection. Those that it does not come to are due again at the next look."""
        try:
            with mail.server(self._house.settings) as connection:
                self._mail_rest = 1.0
                for letter in letters:
                    if self._stop.is_set():
                        return
                    self._done.put(self._guarded(letter, partial(self._mailed, connection)))
        except mail.ServerAway as error:
            self._note("mail.away", trouble=error.trouble)
            self._mail_rests_until = monotonic() + self._mail_rest
            self._mail_rest = min(REST, self._mail_rest * 2)
        except psycopg.Error as error:
            self._note("mail.away", trouble=type(error).__name__)

    def _mailed(self, connection: Any, letter: Letter) -> Outcome:
        if (box := mailbox(self._house, letter.to_ref)) is None:
            return Outcome(letter, "no-address", for_good=True)
        try:
            mail.hand_over(connection, mail.message(self._house, told(self._house, letter), box))
        except mail.NotTaken as error:
            return Outcome(letter, error.trouble, error.for_good)
        return Outcome(letter)

    # What it came to

    def _outcomes(self) -> Iterator[Outcome]:
        """All that there are, waiting a moment for the first."""
        try:
            yield self._done.get(timeout=TICK)
            while True:
                yield self._done.get_nowait()
        except Empty:
            return

    def _write_outcomes(self, connection: LogConnection) -> None:
        for outcome in self._outcomes():
            if outcome.letter.endpoint_id:
                self._calling.discard(outcome.letter.endpoint_id)
            self._write(connection, outcome)

    def _write(self, connection: LogConnection, outcome: Outcome) -> None:
        letter = outcome.letter
        way = "call" if letter.endpoint_id else "mail"
        if outcome.trouble is None:
            store.sent(connection, letter)
        else:
            seconds = None if outcome.for_good else after(letter.tries, outcome.wait)
            store.failed(connection, letter, outcome.trouble, seconds, min(seconds or 0.0, REST))
        if outcome.gone and letter.endpoint_id:
            directory.disable(connection, letter.endpoint_id, "gone")
        self._note(f"{way}.{'sent' if outcome.trouble is None else 'refused'}", trouble=outcome.trouble)


def after(tries: int, wait: float | None = None) -> float | None:
    """Seconds until the next try, when so many had gone wrong before this one; None: there is none. Spread,
    so that what failed together does not come back together."""
    if tries >= len(BACKOFF):
        return None
    spread = BACKOFF[tries] * random.uniform(0.9, 1.1)
    return max(spread, min(wait or 0.0, LONGEST_WAIT))
