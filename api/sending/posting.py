"""Which letters a notice becomes: one a mailbox, and one an address of the organisation's programs."""

from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from api.house import House
from api.sending import directory, store
from api.sending.mailboxes import holders
from api.sending.store import Connected, Draft, Found

BATCH = 500
"""Events a transaction."""


class _Notice(msgspec.Struct):
    id: UUID
    role: str
    ref: str


class _Metadata(msgspec.Struct):
    notices: tuple[_Notice, ...] = ()


METADATA = msgspec.json.Decoder(_Metadata)


def post(house: House, connection: Connected) -> bool:
    """Makes the letters of the next events, up to the mark, so that each event is durable. Each event is met
    once. `connection`: as kelisim_follow. False: there was nothing to do."""
    after, found, upto = store.unposted(connection, BATCH)
    if upto == after:
        return False
    store.post(connection, [*_drafts(house, found)], after, upto)
    return True


def _drafts(house: House, found: Iterable[Found]) -> Iterator[Draft]:
    notices = [(each, notice) for each in found for notice in METADATA.decode(each.metadata).notices]
    bins = {notice.ref.removeprefix("org:") for _, notice in notices if notice.ref.startswith("org:")}
    with house.pool.connection() as connection:
        open_ = [each for each in directory.endpoints(connection, [*bins]) if each.disabled_at is None]
    refs = {notice.ref for _, notice in notices if house.settings.smtp_host}
    boxes = {ref: holders(house, ref) for ref in refs}
    for event, notice in notices:
        where = (notice.id, event.stream_id, event.version, event.type, notice.role)
        for ref in boxes.get(notice.ref, ()):
            yield Draft(*where, ref, None)
        for each in open_:
            if notice.ref == f"org:{each.bin}":
                yield Draft(*where, notice.ref, each.endpoint_id)
