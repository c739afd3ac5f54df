"""What must I do, by when, and what if I do not?"""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.parts import Fact, Words


@dataclass(frozen=True)
class Task:
    what: Words
    about: Sequence[Fact]
    """Contract and for whom: label and value."""
    by: Words
    silence: str
    act: Words | None = None


@dataclass(frozen=True)
class Group:
    """`count`: of all, of which one page shows some."""

    heading: str
    count: int
    tasks: Sequence[Task]


@dataclass(frozen=True)
class WorkList:
    groups: Sequence[Group]
    drafts: Sequence[Words] = ()
    """Forms begun and put aside."""
    empty: str | None = None
    after: str | None = None
