"""Who reads a page: somebody signed in, for themselves or for one other. Whoever is not so far is shown the
way there first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Annotated, TypeVar
from urllib.parse import quote
from uuid import UUID

from fastapi import Depends, Request

from api import reads
from api.house import House, house_of
from api.pages.furniture import here
from api.problems import Problem
from api.security.acting import Asked, asked
from api.security.signed_in import signed_in
from api.sentences import Speaker
from contracts.law import Law

LOOKED_BACK = 50
"""Reads in which a purpose that was stated before is looked for."""

T = TypeVar("T")


class Elsewhere(Exception):
    """Another page comes first."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class PurposeWanted(Exception):
    """The reader may see this for a stated purpose. `subject` None: a list."""

    def __init__(self, subject: UUID | None) -> None:
        super().__init__(str(subject))
        self.subject = subject


@dataclass(frozen=True)
class Reader:
    request: Request
    house: House
    asked: Asked

    @property
    def language(self) -> str:
        return self.asked.language

    @property
    def law(self) -> Law:
        return self.house.law

    @property
    def actor(self) -> str:
        return f"person:{self.asked.caller.person}"

    @cached_property
    def now(self) -> datetime:
        """By the clock of the log."""
        return self.house.recorder.now()

    @property
    def today(self) -> date:
        """The legal day."""
        return self.law.day(self.now)

    @property
    def speaker(self) -> Speaker:
        return Speaker(self.language, self.law, self.today)

    def with_purpose(self, purpose: str | None) -> "Reader":
        return replace(self, asked=replace(self.asked, purpose=purpose))

    def with_purpose_of(self, subject: UUID | None) -> "Reader":
        """With what was stated before, so that it is written down with what is read."""
        return self.with_purpose(self.asked.purpose or purpose(self, subject))

    def reads(self, subject: UUID | None, answer: Callable[["Reader"], T]) -> T:
        """What `answer` finds for the reader, with the purpose stated for it. Raises PurposeWanted."""
        try:
            return answer(self.with_purpose_of(subject))
        except Problem as problem:
            if problem.name != "purpose-needed":
                raise
            raise PurposeWanted(subject) from problem


def reader(request: Request) -> Reader:
    """Raises Elsewhere: to sign in, or to say for whom."""
    try:
        return Reader(request, house_of(request), asked(request))
    except Problem as problem:
        back = quote(here(request), safe="")
        if problem.status == 401:
            raise Elsewhere(f"/sign-in?back={back}") from problem
        if problem.name == "for-whom":
            raise Elsewhere(f"/act-for?back={back}") from problem
        raise


Reading = Annotated[Reader, Depends(reader)]
"""A parameter of a page: who reads it."""


def purpose(reader: Reader, subject: UUID | None) -> str | None:
    """What was stated since this session began: of the same contract, or of any list."""
    if not reader.asked.caller.duties:
        return None
    since = signed_in(reader.request).session_since or datetime.min.replace(tzinfo=UTC)
    with reader.house.pool.connection() as connection:
        before = reads.of(connection, subject=subject, actor=reader.actor, limit=LOOKED_BACK)
    return next(
        (r.purpose for r in before if r.purpose and r.subject == subject and made_at(r.read_id) >= since),
        None,
    )


def made_at(id_: UUID) -> datetime:
    """When an id of version 7 was made, by the real clock, to the millisecond after."""
    return datetime.fromtimestamp(((id_.int >> 80) + 1) / 1000, UTC)
