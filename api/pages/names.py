"""What people and organisations are called: only to be shown to who may see it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from api.house import House
from api.languages import say
from api.pages.parts import Lines, Link, Name, Words
from contracts import parties
from contracts.log.facts import organisation_id
from contracts.parties import Role
from projections import roster


def official(language: str, name: parties.Name) -> Name:
    """An organisation's name in Kazakh to who reads Kazakh, else in Russian."""
    lang = "kk" if language == "kk" else "ru"
    return Name(getattr(name, lang), lang)


@dataclass(frozen=True)
class Names:
    """A person who was erased has none any more. `known`: people whose own page the reader may open."""

    language: str
    people: Mapping[UUID, str]
    organisations: Mapping[str, parties.Name]
    known: frozenset[UUID] = frozenset()

    def person(self, id_: UUID | None) -> Words:
        if id_ is None:
            return say(self.language, "words.not-stated")
        if id_ not in self.people:
            return say(self.language, "words.erased")
        name = Name(self.people[id_])
        return Link(name, f"/people/{id_}") if id_ in self.known else name

    def organisation(self, bin_: str) -> Words:
        found = self.organisations.get(bin_)
        return official(self.language, found) if found else bin_

    def ref(self, ref: str) -> Words:
        """Whom `person:<uuid>` or `org:<BIN>` stands for."""
        kind, _, id_ = ref.partition(":")
        return self.organisation(id_) if kind == "org" else self.person(UUID(id_))

    def who(self, actor: str, on_behalf_of: str | None) -> Words:
        """A person, and for whom; a deadline acts for nobody."""
        if not actor.startswith("person:"):
            return say(self.language, f"roles.{Role.DEADLINE}")
        return Lines(self.ref(actor), [self.ref(on_behalf_of)] if on_behalf_of else [])


def roles(language: str, found: Iterable[str]) -> str:
    return ", ".join(say(language, f"roles.{role}") for role in found)


def linked(name: Words, href: str) -> Words:
    """A name that leads to its page."""
    return Link(name, href) if isinstance(name, Name) else name


def names(house: House, language: str, people: Collection[UUID] = (), bins: Collection[str] = ()) -> Names:
    """As they are now. Reads the organisations' streams, so that none is missing that was just registered."""
    ids = {bin_: organisation_id(bin_) for bin_ in bins}
    streams = house.desk.sources.streams.now({*ids.values()}).streams if ids else {}
    folded = {bin_: streams[id_].state for bin_, id_ in ids.items() if id_ in streams}
    with house.pool.connection() as connection:
        found = roster.names(connection, [*set(people)]) if people else {}
    return Names(language, found, {bin_: each.name for bin_, each in folded.items() if each.name})


def names_of(house: House, language: str, refs: Iterable[str | None]) -> Names:
    """Of everybody for whom `person:<uuid>` or `org:<BIN>` stands."""
    return names(house, language, *people_and_bins(refs))


def people_and_bins(refs: Iterable[str | None]) -> tuple[set[UUID], set[str]]:
    parted = {ref.partition(":")[::2] for ref in refs if ref}
    people = {UUID(id_) for kind, id_ in parted if kind == "person"}
    return people, {bin_ for kind, bin_ in parted if kind == "org"}


def with_people(house: House, known: Names, people: Iterable[UUID]) -> Names:
    """And of these too, as far as they are not known yet."""
    if not (unknown := {*people} - known.people.keys()):
        return known
    return replace(known, people={**known.people, **names(house, known.language, unknown).people})
