"""What a dispute is about, point by point, and what a contract keeps of the disputes about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.parties import Role
from contracts.terms import ClauseId


class Matter(StrEnum):
    """What kind of thing a point is about. `share`: how a claim is shared among its debtors."""

    CLAUSE = "clause"
    ENTRY = "entry"
    END = "end"
    SHARE = "share"
    ITEM = "item"


OF_CLAIMS = frozenset({Matter.SHARE, Matter.ITEM})


@dataclass(frozen=True)
class Point:
    """A `clause` of the contract, an `entry` of its history by number, its end, or of a claim the shares or
    an `item`."""

    matter: Matter
    clause: ClauseId | None = None
    entry: int | None = None
    item: str | None = None

    @property
    def whole(self) -> bool:
        """It names what its matter needs, and nothing else."""
        named = (self.clause is not None, self.entry is not None, self.item is not None)
        needed = (self.matter is Matter.CLAUSE, self.matter is Matter.ENTRY, self.matter is Matter.ITEM)
        return named == needed


@dataclass(frozen=True)
class Disputed:
    """A dispute about a contract. `claim`: the one that its points name. `until`: the last day of the step in
    which it is; None: nobody has set one."""

    id: UUID
    by: Role
    points: tuple[Point, ...]
    since: date
    until: date | None = None
    claim: UUID | None = None
    closed: bool = False

    def holds(
        self,
        clauses: frozenset[ClauseId] = frozenset(),
        entries: frozenset[int] = frozenset(),
        end: bool = False,
        claim: UUID | None = None,
    ) -> tuple[Point, ...]:
        """Those of its points that stand still while it is open, of what is named here."""
        if self.closed:
            return ()
        return tuple(
            point
            for point in self.points
            if point.clause in clauses
            or point.entry in entries
            or (end and point.matter is Matter.END)
            or (claim is not None and point.matter in OF_CLAIMS and self.claim == claim)
        )
