"""Memorandum: a college and an enterprise agree how many students at once, for which qualifications."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.decision import Command, Cure, Event, Occasion, Refusal
from contracts.parties import Kind, Memorandum, Quota, References, Role
from contracts.registration import OrganisationOver
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class NotTwoOrganisations(Refusal):
    type = "memorandum.parties"
    code = "MEM-PARTIES"
    cures = (Cure(Role.CHAMBER, "register-organisation", "register-organisation"),)
    missing: tuple[str, ...]


@dataclass(frozen=True)
class PlacesWrong(Refusal):
    """A qualification with no place, with more than there are in all, named twice or not named at all."""

    type = "memorandum.places"
    code = "MEM-PLACES"
    cures = (
        Cure(Role.COLLEGE, "places-in-all", "sign-memorandum"),
        Cure(Role.ENTERPRISE, "places-in-all", "sign-memorandum"),
    )
    places: int
    qualifications: tuple[str, ...]


@dataclass(frozen=True)
class EndsBefore(Refusal):
    """It ends today or later, and not later than it would anyway."""

    type = "memorandum.end"
    code = "MEM-END"
    cures = (
        Cure(Role.COLLEGE, "day-of-memorandum", "end-memorandum"),
        Cure(Role.ENTERPRISE, "day-of-memorandum", "end-memorandum"),
    )
    end_on: date
    first: date
    last: date | None


# Events


@dataclass(frozen=True)
class MemorandumSigned(Event):
    """`places` at once in all; of them `quotas`, where it says how many for which qualification: schema 1
    never said."""

    type = "memorandum.signed"
    schema = 2
    stream = "memorandum"
    college: str
    enterprise: str
    places: int
    qualifications: tuple[str, ...]
    ends_on: date | None = None
    quotas: tuple[Quota, ...] = ()

    def evolve(self, state: Memorandum) -> Memorandum:
        return replace(
            state,
            college=self.college,
            enterprise=self.enterprise,
            places=self.places,
            qualifications=self.qualifications,
            ends_on=self.ends_on,
            quotas=self.quotas,
        )


@dataclass(frozen=True)
class MemorandumEnded(Event):
    """No new place from then on; contracts that have one keep it."""

    type = "memorandum.ended"
    stream = "memorandum"
    end_on: date

    def evolve(self, state: Memorandum) -> Memorandum:
        return replace(state, ended_on=self.end_on)


# Commands


@dataclass(frozen=True)
class SignMemorandum(Command):
    """`places` at once for these qualifications, up to `ends_on`. `quotas`: of them so many for which;
    without any, each place is for whoever comes first."""

    type = "sign-memorandum"
    stream = "memorandum"
    begins = True
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE})
    college: str
    enterprise: str
    places: int
    qualifications: tuple[str, ...]
    ends_on: date | None = None
    quotas: tuple[Quota, ...] = ()

    def references(self, state: Memorandum) -> References:
        return References(college=self.college, enterprise=self.enterprise)

    def already(self, state: Memorandum, occasion: Occasion) -> bool:
        return state.version > 0

    def rules(self, state: Memorandum, occasion: Occasion) -> Iterator[Refusal]:
        named = (
            ("college", occasion.facts.college, Kind.COLLEGE),
            ("enterprise", occasion.facts.enterprise, Kind.ENTERPRISE),
        )
        missing = tuple(part for part, found, kind in named if found is None or found.kind is not kind)
        if missing or self.college == self.enterprise:
            yield NotTwoOrganisations(missing)
        for _, found, _ in named:
            if found and found.over_on and not found.runs_on(occasion.today):
                yield OrganisationOver(found.over_on)
        if self.places < 1:
            yield PlacesWrong(self.places, self.qualifications)
        elif wrong := self._wrong():
            yield PlacesWrong(self.places, wrong)
        if self.ends_on and self.ends_on < occasion.today:
            yield EndsBefore(self.ends_on, occasion.today, None)

    def _wrong(self) -> tuple[str, ...]:
        """The qualifications whose places do not add up."""
        named = [quota.qualification for quota in self.quotas]
        strange = [
            quota.qualification
            for quota in self.quotas
            if quota.qualification not in self.qualifications or not 0 < quota.places <= self.places
        ]
        left_out = [each for each in self.qualifications if named and each not in named]
        return (*strange, *(each for each in dict.fromkeys(named) if named.count(each) > 1), *left_out)

    def events(self, state: Memorandum, occasion: Occasion) -> list[Event]:
        return [
            MemorandumSigned(
                self.college, self.enterprise, self.places, self.qualifications, self.ends_on, self.quotas
            )
        ]


@dataclass(frozen=True)
class EndMemorandum(Command):
    type = "end-memorandum"
    stream = "memorandum"
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE})
    end_on: date

    def references(self, state: Memorandum) -> References:
        return References(college=state.college, enterprise=state.enterprise)

    def already(self, state: Memorandum, occasion: Occasion) -> bool:
        return state.ended_on == self.end_on

    def rules(self, state: Memorandum, occasion: Occasion) -> Iterator[Refusal]:
        last = min((day for day in (state.ends_on, state.ended_on) if day), default=None)
        if self.end_on < occasion.today or (last and self.end_on > last):
            yield EndsBefore(self.end_on, occasion.today, last)

    def events(self, state: Memorandum, occasion: Occasion) -> list[Event]:
        return [MemorandumEnded(self.end_on)]
