"""The parts of a running service, opened and closed in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request

from api import reads
from api.settings import Mode, Settings
from contracts import law as laws
from contracts.law import Law
from contracts.lifecycle import EVENTS
from contracts.log import APP, Recorder, connect
from contracts.log.connections import SIZE, LogPool
from contracts.log.desk import Desk
from contracts.log.facts import organisation_id
from contracts.log.keys import Keys, demo_keys, production_keys
from contracts.log.mapper import Mapper
from contracts.log.mark import Watch
from contracts.log.personal import PersonalStore
from contracts.parties import Organisation

VERSION = version("kelisim")
APPLICATION = f"kelisim {VERSION}"


@dataclass(frozen=True)
class House:
    settings: Settings
    law: Law
    keys: Keys
    pool: LogPool
    recorder: Recorder
    mapper: Mapper
    personal: PersonalStore
    desk: Desk
    watch: Watch

    def today(self) -> date:
        """The legal day, by the clock of the log."""
        return self.law.day(self.recorder.now())

    def folded(self, kind: str, stream_id: UUID) -> Any:
        """What the stream has become; None where there is none of this kind."""
        found, _ = self.folded_today(kind, stream_id)
        return found

    def folded_today(self, kind: str, stream_id: UUID) -> tuple[Any, date]:
        """And the legal day on which it was read."""
        now = self.desk.sources.streams.now([stream_id])
        found = now.streams.get(stream_id)
        return found.state if found and found.kind == kind else None, self.law.day(now.at)

    def organisation(self, bin_: str) -> Organisation | None:
        found: Organisation | None = self.folded("organisation", organisation_id(bin_))
        return found


@contextmanager
def opened(settings: Settings, connections: int = SIZE) -> Iterator[House]:
    """`connections` that its pool may open. Raises KeyRefused."""
    keys = keys_of(settings)
    law, mapper, personal = laws.load(settings.law), Mapper(EVENTS), PersonalStore(keys.person, keys.lookup)
    with (
        connect(settings.database_url or settings.direct_url, APP, connections) as pool,
        Watch(settings.direct_url) as watch,
    ):
        recorder = Recorder(pool)

        def readers(stream_id: UUID, at: datetime) -> frozenset[str]:
            with pool.connection() as connection:
                return reads.since(connection, stream_id, at)

        desk = Desk(recorder, mapper, law, personal, pool, APPLICATION, readers)
        yield House(settings, law, keys, pool, recorder, mapper, personal, desk, watch)


def keys_of(settings: Settings) -> Keys:
    if settings.mode is Mode.PRODUCTION and settings.person_key and settings.lookup_key:
        return production_keys(settings.person_key, settings.lookup_key)
    return demo_keys(settings.data / "keys")


def house_of(request: Request) -> House:
    house: House = request.app.state.house
    return house


async def _inside(request: Request) -> House:
    """On the loop: waking a thread costs more than this look."""
    return house_of(request)


Inside = Annotated[House, Depends(_inside)]
"""A parameter of an endpoint: the house that it runs in."""
