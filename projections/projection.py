"""What a projection is: tables that answer a question, and how a batch of events is written into them."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from psycopg import Connection

from contracts.ahead import OUTLOOKS
from contracts.lifecycle import STREAMS
from contracts.log.recorder import StoredEvent
from projections.folding import FOLDED, KINDS, Folded, Folds
from projections.tables import Table

ASKS_LAW = frozenset(kind for kind, folds in STREAMS.items() if folds in OUTLOOKS)
"""Kinds of streams that have an outlook."""

Write = Callable[[Connection[Any], "Batch"], None]
Rows = Callable[[Folded], Iterable[dict[str, Any]]]


@dataclass(frozen=True)
class Batch:
    """Events above `after`, up to `upto`, which was looked at even where it is not here."""

    after: int
    upto: int
    events: Sequence[StoredEvent]
    folds: Folds
    _folded: dict[str, list[Folded]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def streams(self, connection: Connection[Any], kind: str) -> list[Folded]:
        """Every stream of that kind that has an event here, as of its last one here."""
        if (found := self._folded.get(kind)) is None:
            found = self._folded[kind] = self.folds.upto(connection, self.events, kind)
        return found

    def first(self, count: int) -> "Batch":
        if count >= len(self.events):
            return self
        return Batch(self.after, self.events[count - 1].position, self.events[:count], self.folds)

    def without(self, streams: frozenset[UUID]) -> "Batch":
        events = [event for event in self.events if event.stream_id not in streams]
        return Batch(self.after, self.upto, events, self.folds)


@dataclass(frozen=True)
class Projection:
    """`kinds`: of the streams that it folds, a row or more a stream; none: it writes rows of single events.
    `revision`: raised when the same tables are to hold other values, so that they are made anew. `reads`:
    fields of an event that it looks at, beside place, stream and type."""

    name: str
    tables: tuple[Table, ...]
    write: Write
    kinds: tuple[str, ...] = ()
    revision: int = 1
    reads: tuple[str, ...] = StoredEvent._fields

    def wants(self, event: StoredEvent) -> bool:
        return not self.kinds or KINDS.get(event.type) in self.kinds

    @cached_property
    def ddl(self) -> str:
        return ";\n".join(table.ddl for table in self.tables)

    def fingerprint(self, law: str) -> str:
        """Of all that makes its rows what they are. `law`: version of the pack, where an outlook asks it."""
        parts = (self.ddl, str(self.revision), law if {*self.kinds} & ASKS_LAW else "")
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def folding(
    name: str, kinds: str | tuple[str, ...], rows: dict[Table, Rows], revision: int = 1
) -> Projection:
    """Of streams of these kinds: the rows of each in a table are functions of what it was folded into."""
    of_kinds = (kinds,) if isinstance(kinds, str) else kinds

    def write(connection: Connection[Any], batch: Batch) -> None:
        if met := [folded for kind in of_kinds for folded in batch.streams(connection, kind)]:
            ids = [folded.stream_id for folded in met]
            for table, of in rows.items():
                table.write(connection, ids, [row for folded in met for row in of(folded)])

    return Projection(name, tuple(rows), write, of_kinds, revision, FOLDED)
