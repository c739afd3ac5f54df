"""A contract as somebody looks at it: at which moment, in which roles, with whose names."""

from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from api import reads
from api.answers import instant as written
from api.formats import day, instant
from api.languages import say
from api.pages import furniture
from api.pages.furniture import ReadUpTo
from api.pages.names import Names, names, people_and_bins
from api.pages.parts import Link, Row, Words
from api.pages.reader import Reader
from api.queries.moments import Moment, Stream, metadata, moment, stream
from api.reads import Read
from api.security.rights import RIGHTS
from contracts.contract import Contract, State
from contracts.takeover import PartySucceeded
from contracts.terms import Terms, named_in

ENTRIES = 50
"""Entries on one page of a history."""

PARTS = {
    "overview": "contract",
    "history": "history",
    "text": "text",
    "schedule": "contract",
    "training": "training",
}
"""Pages of a contract, and the question that each asks."""


@dataclass(frozen=True)
class Look:
    """`moved`: a moment stands in the address, so that nothing can be done from here."""

    reader: Reader
    found: Stream
    at: Moment
    moved: bool

    @property
    def language(self) -> str:
        return self.reader.language

    @property
    def id(self) -> UUID:
        return self.found.id

    @cached_property
    def then(self) -> Contract:
        return self.found.at(self.at)

    @property
    def state(self) -> State | None:
        """As the day shown sees it."""
        return self.then.state_on(self.at.in_force_on)

    @cached_property
    def newest(self) -> Contract:
        """With all that is recorded, whatever the moment shown."""
        return self.found.at(Moment(self.found.today, None))

    @cached_property
    def names(self) -> Names:
        """Of everybody whom the contract or one of its entries speaks of."""
        people, bins = people_in(self.found)
        found = names(self.reader.house, self.language, people, bins)
        return replace(found, known=self._known())

    def _known(self) -> frozenset[UUID]:
        """Who has a page that the one who looks may open: by this contract the student and the mentor."""
        parties, mentor = self.newest.parties, self.newest.terms.mentor
        if parties is None or not self.may("person"):
            return frozenset()
        return frozenset({parties.student, *([mentor.person] if mentor else [])})

    @property
    def title(self) -> str:
        return self.newest.number or say(self.language, "pages.contract.draft")

    def may(self, question: str) -> bool:
        """Whether the one who looks may ask that too."""
        right = RIGHTS[question]
        return bool(self.found.roles & right.freely or self.reader.asked.caller.duties & right.with_purpose)

    def href(self, part: str = "", **query: str) -> str:
        """A page of this contract that keeps the moment. `part`: history, text, schedule, or none."""
        kept = self.dates() | query
        path = f"/contracts/{self.id}{f'/{part}' if part else ''}"
        return f"{path}?{urlencode(kept)}" if kept else path

    def dates(self) -> dict[str, str]:
        """The moment as the address says it; nothing for now."""
        if not self.moved:
            return {}
        known = {"known_at": written(self.at.known_at)} if self.at.known_at else {}
        return {"in_force_on": self.at.in_force_on.isoformat(), **known}

    def entry(self, version: int) -> Link:
        """To an entry in the history."""
        position = self.found.rows[version - 1].position
        page = f"?entry={position}" if len(self.found.rows) > ENTRIES else ""
        return Link(
            say(self.language, "pages.history.entry", number=position),
            f"/contracts/{self.id}/history{page}#e-{position}",
        )

    def entry_or_words(self, version: int) -> Words:
        link = self.entry(version)
        return link if self.may("history") else link.text

    def sections(self, here: str) -> list[Link]:
        return [
            Link(
                say(self.language, f"pages.sections.{part}"),
                self.href("" if part == "overview" else part),
                current=part == here,
            )
            for part, question in PARTS.items()
            if self.may(question)
        ]

    def about(self) -> Words:
        """Number, student and enterprise: what a page about a part of the contract is about."""
        parties = self.newest.parties
        if parties is None:
            return self.title
        student, enterprise = self.names.person(parties.student), self.names.organisation(parties.enterprise)
        return Row([self.title, "·", student, "·", enterprise])

    def crumbs(self, here: str | None = None) -> list[Words]:
        contracts = Link(say(self.language, "furniture.nav.contracts"), "/contracts")
        if here is None:
            return [contracts, self.title]
        return [contracts, Link(self.title, self.href()), say(self.language, f"pages.sections.{here}")]

    def bar(self, part: str = "") -> furniture.Moment | None:
        """Which moment is shown, if it is not now."""
        if not self.moved:
            return None
        return furniture.Moment(
            day(self.language, self.at.in_force_on),
            instant(self.language, self.at.known_at or self.found.now, self.found.law.zone),
            f"/contracts/{self.id}{f'/{part}' if part else ''}",
            self._note(),
            coming=self.at.in_force_on > self.found.today and self.at.known_at is None,
        )

    def _note(self) -> Words | None:
        if not self.then.version:
            first = instant(self.language, self.found.rows[0].recorded_at, self.found.law.zone)
            return say(self.language, "pages.history.nothing-known", instant=first)
        if not self.may("diff"):
            return None
        moment = ",".join(self.dates().values())
        query = urlencode({"from": moment, "to": self.found.today.isoformat()})
        return Link(say(self.language, "pages.history.compare-today"), f"/contracts/{self.id}/diff?{query}")

    @property
    def read_up_to(self) -> ReadUpTo:
        """The stream itself was read, so nothing of it is missing."""
        return ReadUpTo(max(self.found.position, self.reader.house.recorder.mark()))


def look(
    reader: Reader, id: UUID, question: str, in_force_on: str | None = None, known_at: str | None = None
) -> Look:
    """Written down as read. Raises PurposeWanted, NotFound, Problem 400 and 403."""
    at = moment(reader.house, in_force_on or None, known_at or None)
    found = reader.reads(id, lambda r: stream(r.house, r.asked, id, question, at.known_at))
    moved = bool(known_at) or (bool(in_force_on) and at.in_force_on != found.today)
    return Look(reader.with_purpose_of(id), found, at, moved)


def last_look(reader: Reader, id: UUID, *questions: str) -> Read | None:
    """The newest look of this person at the contract before the one that is under way: by the first of these
    questions that was asked at all."""
    with reader.house.pool.connection() as connection:
        before = reads.of(connection, subject=id, actor=reader.actor)
    looks = (read for question in questions for read in before if read.question == question)
    return next((read for read in looks if read.subject == id), None)


def people_in(found: Stream) -> tuple[set[UUID], set[str]]:
    """Ids of people and BINs of organisations that stand in the contract or in what its entries say of who
    made them."""
    said_by = [metadata(row) for row in found.rows]
    people, bins = people_and_bins(by.get(name) for by in said_by for name in ("actor", "on_behalf_of"))
    for event in (entry.event for entry in found.entries):
        for name in ("person", "representative", "student", "mentor", "old", "new"):
            people |= {value} if isinstance(value := getattr(event, name, None), UUID) else set()
        if isinstance(event, PartySucceeded):
            bins |= {event.old, event.new}
        if receiver := getattr(event, "receiver", None):
            bins.add(receiver)
        if parties := getattr(event, "parties", None):
            people.add(parties.student)
            bins |= {bin_ for bin_ in (parties.college, parties.enterprise, parties.chamber) if bin_}
        for terms in (getattr(event, "terms", None), getattr(event, "changes", None)):
            if isinstance(terms, Terms):
                people |= named_in(terms)
    return people, bins
