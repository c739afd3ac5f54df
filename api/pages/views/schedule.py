"""Where somebody is on which day, and which other days were proposed."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.parts import Fact, Link, Table, Tag, Words


@dataclass(frozen=True)
class ProposalShown:
    anchor: str
    title: str
    tag: Tag
    facts: Sequence[Fact]
    """From when, by whom, who has answered, until when, how it ended."""
    days: Table
    """Day by day: as it is in force, as it is proposed."""
    share: str | None
    act: Words | None


@dataclass(frozen=True)
class ScheduleShown:
    """`week` None: there is no schedule yet, and `empty` says who has to give one."""

    week: Table | None
    week_heading: str
    share: str | None
    empty: str | None
    coming: Sequence[Words]
    """Agreed changes whose day has not come."""
    proposals: Sequence[ProposalShown]
    month: Table | None
    month_heading: str
    before: Link | None
    after: Link | None
    acts: Sequence[Words]
