"""What the events of a stream have made of it, as of a place in the log: folded once for all projections."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import Any
from uuid import UUID

from psycopg import Connection

from contracts.ahead import outlook
from contracts.consequences import Outlook
from contracts.corrected import CorrectionMade, whole
from contracts.decision import fold
from contracts.law import Law
from contracts.lifecycle import EVENTS, empty
from contracts.log.mapper import Mapper
from contracts.log.recorder import StoredEvent, partial

REMEMBERED = 20_000
"""Streams. A contract takes about 10 kB."""

KINDS = {name: event.stream for name, event in EVENTS.items()}
"""In which kind of stream an event stands."""

ALWAYS = {"position", "stream_id", "type"}
"""Fields by which it is known where an event stands and whom it concerns."""

FOLDED = ("stream_version", "schema_version", "data", "recorded_at")
"""What folding looks at beside them."""

_COLUMNS, _made = partial({*ALWAYS, *FOLDED})


@dataclass(frozen=True)
class Folded:
    """A stream after the event of that `version`, which lies at `position`."""

    stream_id: UUID
    version: int
    position: int
    recorded_at: datetime
    began_at: datetime
    state: Any
    law: Law

    @cached_property
    def outlook(self) -> Outlook:
        """Of a contract."""
        return outlook(self.state, self.law)


class Folds:
    """Remembers the streams that were met last, each at the newest place that somebody asked for."""

    def __init__(self, mapper: Mapper, law: Law, remembered: int = REMEMBERED) -> None:
        self.law = law
        self._mapper = mapper
        self._remembered = remembered
        self._known: OrderedDict[UUID, Folded] = OrderedDict()
        self._lock = Lock()

    def forget(self) -> None:
        """After a failover positions may belong to other events."""
        with self._lock:
            self._known.clear()

    def upto(self, connection: Connection[Any], events: Sequence[StoredEvent], kind: str) -> list[Folded]:
        """Every stream of that kind that has an event here, as of the last of these."""
        met: dict[UUID, list[StoredEvent]] = {}
        for event in events:
            if KINDS.get(event.type) == kind:
                met.setdefault(event.stream_id, []).append(event)
        found = {stream_id: self._remembered_upto(own) for stream_id, own in met.items()}
        unknown = [own[-1] for stream_id, own in met.items() if found[stream_id] is None]
        for own in _whole(connection, unknown):
            found[own[0].stream_id] = self._keep(self._onwards(None, own))
        return [folded for folded in found.values() if folded]

    def _remembered_upto(self, own: list[StoredEvent]) -> Folded | None:
        """From what is known already; None: the stream has to be read."""
        if any(event.type == CorrectionMade.type for event in own):
            return None
        with self._lock:
            known = self._known.get(own[0].stream_id)
        if known and known.version > own[-1].stream_version:
            known = None
        if own[0].stream_version > 1 + (known.version if known else 0):
            return None
        return self._keep(self._onwards(known, own))

    def _onwards(self, known: Folded | None, own: Sequence[StoredEvent]) -> Folded:
        """`own`: from version 1 on, or from the one after `known` at the latest."""
        kind, stream_id = KINDS[own[-1].type], own[-1].stream_id
        version = known.version if known else 0
        said = []
        for event in own:
            if event.stream_version <= version:
                continue
            if event.stream_version != version + 1:
                raise LookupError(f"stream {stream_id}: version {version + 1} cannot be read")
            said.append(self._mapper.decode(event.type, event.schema_version, event.data))
            version = event.stream_version
        if known and known.version == version:
            return known
        state = fold(said, known.state) if known else whole(said, empty(kind, stream_id))
        return Folded(
            stream_id=stream_id,
            version=version,
            position=own[-1].position,
            recorded_at=own[-1].recorded_at,
            began_at=known.began_at if known else own[0].recorded_at,
            state=state,
            law=self.law,
        )

    def _keep(self, folded: Folded) -> Folded:
        with self._lock:
            known = self._known.get(folded.stream_id)
            if known is None or known.version < folded.version:
                self._known[folded.stream_id] = folded
            self._known.move_to_end(folded.stream_id)
            if len(self._known) > self._remembered:
                self._known.popitem(last=False)
        return folded


def _whole(connection: Connection[Any], last: Sequence[StoredEvent]) -> Iterator[list[StoredEvent]]:
    """Each of these streams from its start to that event."""
    if not last:
        return
    rows = connection.execute(
        f"""SELECT {_COLUMNS} FROM log.events
            JOIN unnest(%(streams)s::uuid[], %(versions)s::integer[]) AS upto (stream, version)
              ON stream_id = upto.stream AND stream_version <= upto.version
            ORDER BY stream_id, stream_version""".encode(),
        {"streams": [e.stream_id for e in last], "versions": [e.stream_version for e in last]},
        binary=True,
    )
    own: list[StoredEvent] = []
    for event in map(_made, rows.fetchall()):
        if own and own[0].stream_id != event.stream_id:
            yield own
            own = []
        own.append(event)
    yield own
