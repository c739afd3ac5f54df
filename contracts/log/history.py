"""The entries of a stream as a decision about one of them sees them: with who recorded each, and was told."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from contracts.corrected import Told
from contracts.law import Law
from contracts.lifecycle import empty
from contracts.log.mapper import Mapper
from contracts.log.recorder import StoredEvent
from contracts.log.wishes import NotFound
from contracts.parties import Role
from contracts.past import Kept, Past

Readers = Callable[[UUID, datetime], frozenset[str]]
"""Who has looked at a stream since an instant: `org:<BIN>` or `person:<uuid>`."""


def nobody(stream_id: UUID, since: datetime) -> frozenset[str]:
    return frozenset()


class _Notice(msgspec.Struct):
    role: Role
    ref: str


class _Metadata(msgspec.Struct):
    actor: str = ""
    role: Role = Role.OPERATOR
    on_behalf_of: str | None = None
    command: str | None = None
    correlation: str | None = None
    key: str | None = None
    timer: str | None = None
    notices: list[_Notice] = []


_METADATA = msgspec.json.Decoder(_Metadata)


def past(
    stored: Iterable[StoredEvent], upto: int, entry: int, mapper: Mapper, law: Law, readers: Readers
) -> Past:
    """Up to that version. Raises NotFound where the stream has no entry of the version `entry`."""
    rows = [row for row in stored if row.stream_version <= upto]
    if not 0 < entry <= len(rows):
        raise NotFound(f"entry {entry}")
    wrong = rows[entry - 1]
    kept = tuple(_kept(row, mapper, law) for row in rows)
    begun = empty("contract", wrong.stream_id)
    return Past(kept, begun, readers(wrong.stream_id, wrong.recorded_at))


def _kept(row: StoredEvent, mapper: Mapper, law: Law) -> Kept:
    by = _METADATA.decode(row.metadata)
    return Kept(
        row.stream_version,
        mapper.decode(row.type, row.schema_version, row.data),
        law.day(row.recorded_at),
        by.actor,
        by.role,
        by.on_behalf_of,
        (row.recorded_at, by.key, by.correlation, by.command, by.actor),
        by.timer,
        tuple(Told(each.role, each.ref) for each in by.notices),
    )
