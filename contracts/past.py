"""A stream's own entries, with who recorded each: what a decision about one of them sees."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from contracts.contract import Contract
from contracts.corrected import Told
from contracts.decision import Event
from contracts.parties import Role


@dataclass(frozen=True)
class Kept:
    """An entry. `act`: the same for all that one decision recorded. `timer`: the one that issued it. `told`:
    who was told of it."""

    version: int
    event: Event
    recorded_on: date
    actor: str
    role: Role
    on_behalf_of: str | None = None
    act: Hashable = None
    timer: str | None = None
    told: tuple[Told, ...] = ()

    @property
    def owner(self) -> str:
        return self.on_behalf_of or self.actor

    @property
    def holds_from(self) -> date:
        return self.event.effective_on or self.recorded_on


@dataclass(frozen=True)
class Past:
    """All entries, in their order. `begun`: the stream before the first. `readers`: who looked at it since
    the entry that the wish is about, as `org:<BIN>` or `person:<uuid>`."""

    entries: tuple[Kept, ...]
    begun: Contract
    readers: frozenset[str]

    def entry(self, version: int) -> Kept:
        return self.entries[version - 1]

    @property
    def events(self) -> list[Event]:
        return [kept.event for kept in self.entries]
