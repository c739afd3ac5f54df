"""An organisation, a memorandum or a person: what it is, and what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.parts import Fact, Table, Words


@dataclass(frozen=True)
class Block:
    """`table` None: there is nothing, which `empty` says, or only `links`."""

    heading: str
    table: Table | None
    empty: str
    links: Sequence[Words] = ()


@dataclass(frozen=True)
class Subject:
    facts: Sequence[Fact]
    blocks: Sequence[Block]
    notes: Sequence[Words] = ()
