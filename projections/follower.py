"""Follows the log with all projections of this program, in a process that serves or in one of its own."""

from collections.abc import Sequence
from threading import Event, Thread
from time import monotonic

import psycopg

from contracts.law import Law
from contracts.lifecycle import EVENTS
from contracts.log.connections import LogConnection
from contracts.log.mapper import Mapper
from contracts.log.mark import Watch
from projections import rebuild, versions
from projections.folding import Folds
from projections.projection import Projection
from projections.reading import Reading, connected, mark
from projections.runner import LONGEST, SHORTEST, Runner, step
from projections.versions import State

STAND_BY = 0.25
"""Seconds between two tries to lead what another leads, and two looks at what is to be followed."""

TIDY = 600.0
"""Seconds between two looks for versions that are retired long enough."""


def install(url: str, law: Law, projections: Sequence[Projection]) -> None:
    """Makes the tables and views that are not there yet."""
    with connected(url) as connection:
        for projection in projections:
            versions.wanted(connection, projection, projection.fingerprint(law.version))


class Follower:
    """One thread and one connection for all, since what they do is mostly Python; and a thread for each that
    has to be filled anew. `url`: a direct connection, not a pooler's, for the locks belong to a session."""

    def __init__(
        self,
        url: str,
        law: Law,
        projections: Sequence[Projection],
        *,
        mapper: Mapper | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._url = url
        self._law = law
        self._projections = projections
        reads = {name for projection in projections for name in projection.reads}
        self._reading = Reading(Folds(mapper or Mapper(EVENTS), law), reads)
        self._mapper = mapper
        self._own_watch = watch is None
        self._watch = watch or Watch(url)
        self._runners: dict[str, Runner] = {}
        self._leads: set[str] = set()
        self._filling: dict[str, Thread] = {}
        self._looked_at = self._tidied_at = 0.0
        self._stop = Event()
        self._thread: Thread | None = None
        self.trouble: str | None = None
        """What keeps all of it from working just now."""

    def start(self) -> None:
        """In a thread of this process."""
        self._thread = Thread(target=self.run, name="projections", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in (self._thread, *self._filling.values()):
            if thread:
                thread.join()

    def run(self) -> None:
        """Until `stop`, through every loss of the connection."""
        delay = SHORTEST
        if self._own_watch:
            self._watch.start()
        while not self._stop.is_set():
            try:
                with connected(self._url) as connection:
                    self.trouble, delay = None, SHORTEST
                    self._follow(connection)
            except psycopg.Error as error:
                self.trouble = str(error)
                self._stop.wait(delay)
                delay = min(LONGEST, delay * 2)
            finally:
                self._reading.forget()
                self._runners, self._leads, self._looked_at = {}, set(), 0.0
        if self._own_watch:
            self._watch.close()

    def _follow(self, connection: LogConnection) -> None:
        while not self._stop.is_set():
            retired = any(runner.retired for runner in self._runners.values())
            if retired or monotonic() - self._looked_at >= STAND_BY:
                self._look(connection)
            top = mark(connection)
            leading = [self._runners[name] for name in self._projections_led()]
            went_on = step(connection, leading, top)
            if not any(runner.due(top) for runner in leading):
                self._rest(top, went_on)

    def _projections_led(self) -> list[str]:
        return [projection.name for projection in self._projections if projection.name in self._leads]

    def _rest(self, top: int, went_on: bool) -> None:
        """Until the mark moves, or for a moment."""
        if self._watch.position > top and not went_on:  # heard of before a crash that took it back, or since
            self._stop.wait(0.002)
        else:
            self._watch.wait(lambda: self._stop.is_set() or self._watch.position > top, STAND_BY)

    def _look(self, connection: LogConnection) -> None:
        """What is to be followed, and whether this process may lead it."""
        live = versions.all_live(connection)
        for projection in self._projections:
            name, runner = projection.name, self._runners.get(projection.name)
            if runner is None or runner.version.number != live.get(name):
                self._leads.discard(name)
                self._open(connection, projection)
            if name in self._runners and name not in self._leads and self._runners[name].lead(connection):
                self._leads.add(name)
        if self._leads and monotonic() - self._tidied_at >= TIDY:
            versions.drop_retired(connection, [*self._leads])
            self._tidied_at = monotonic()
        self._looked_at = monotonic()

    def _open(self, connection: LogConnection, projection: Projection) -> None:
        self._runners.pop(projection.name, None)
        wanted = versions.wanted(connection, projection, projection.fingerprint(self._law.version))
        if wanted is None:
            return
        if wanted.state is State.LIVE:
            self._runners[projection.name] = Runner(projection, wanted, self._reading)
        elif not self._is_filling(projection.name):
            thread = Thread(target=self._fill, args=[projection], name=f"fill {projection.name}", daemon=True)
            self._filling[projection.name] = thread
            thread.start()

    def _is_filling(self, name: str) -> bool:
        return name in self._filling and self._filling[name].is_alive()

    def _fill(self, projection: Projection) -> None:
        """Tables of an older program are live: ours are made beside them. What goes wrong is tried again."""
        try:
            rebuild.rebuild(self._url, projection, self._law, stop=self._stop, mapper=self._mapper)
        except (rebuild.Busy, rebuild.Stuck, psycopg.Error) as error:
            self.trouble = f"{projection.name}: {error}"
            self._stop.wait(LONGEST)
