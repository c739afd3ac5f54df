"""What streams have become. Those that were met last are remembered: of them only what is new is read, and a
command on an old stream costs no more than one on a young one."""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any
from uuid import UUID

from contracts.corrected import CorrectionMade, whole
from contracts.decision import fold
from contracts.lifecycle import empty
from contracts.log.asking import Key, Place, Since
from contracts.log.mapper import Mapper
from contracts.log.personal import SealedRecord
from contracts.log.recorder import Recorder

REMEMBERED = 2_000
"""Streams. A contract takes about 10 kB."""


@dataclass(frozen=True)
class Stream:
    """`hash` and `position` of its last event."""

    kind: str
    version: int
    hash: bytes
    position: int
    state: Any


@dataclass(frozen=True)
class Now:
    """All as of one moment, by the clock of the log. What does not exist, or nobody holds, is not there."""

    at: datetime
    streams: Mapping[UUID, Stream]
    places: Mapping[Key, Place]
    records: Sequence[SealedRecord]


class Streams:
    def __init__(self, recorder: Recorder, mapper: Mapper, remembered: int = REMEMBERED) -> None:
        self._recorder = recorder
        self._mapper = mapper
        self._remembered = remembered
        self._met: OrderedDict[UUID, Stream] = OrderedDict()
        self._lock = Lock()

    def now(self, ids: Collection[UUID], places: Collection[Key] = (), people: Collection[UUID] = ()) -> Now:
        """These streams, the boundaries beside them, and the newest records of people."""
        with self._lock:
            known = {id_: self._met[id_] for id_ in ids if id_ in self._met}
        answer = self._recorder.ask({id_: _version(known.get(id_)) for id_ in ids}, places, people)
        read = answer.streams
        if lost := [id_ for id_, since in read.items() if not _follows(known.get(id_), since)]:
            with self._lock:
                for id_ in lost:
                    self._met.pop(id_, None)
            return self.now(ids, places, people)
        found = {id_: self._onwards(id_, known.get(id_), since) for id_, since in read.items()}
        self._keep(found)
        return Now(answer.now, found, answer.places, answer.records)

    def _onwards(self, id_: UUID, known: Stream | None, since: Since) -> Stream:
        if known and not since.events:
            return known
        events = [self._mapper.decode(e.type, e.schema, e.data) for e in since.events]
        state = fold(events, known.state) if known else whole(events, empty(since.kind, id_))
        version = _version(known) + len(since.events)
        return Stream(since.kind, version, since.hash, since.events[-1].position, state)

    def _keep(self, found: Mapping[UUID, Stream]) -> None:
        with self._lock:
            for id_, stream in found.items():
                met = self._met.get(id_)
                if met is None or met.version < stream.version:
                    self._met[id_] = stream
                self._met.move_to_end(id_)
            while len(self._met) > self._remembered:
                self._met.popitem(last=False)


def _version(known: Stream | None) -> int:
    return known.version if known else 0


def _follows(known: Stream | None, since: Since) -> bool:
    """After a failover other events may stand where those stood that are remembered; a correction makes
    another of what came before it."""
    if known is None:
        return True
    if any(event.type == CorrectionMade.type for event in since.events):
        return False
    return since.events[0].before == known.hash if since.events else since.hash == known.hash
