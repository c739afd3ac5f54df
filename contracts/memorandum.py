"""Memorandum: a college and an enterprise agree how many students at once, for which qualifications."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.decision import Command, Cure, Event, Occasion, Refusal
from contracts.parties import Kind, Memorandum, References, Role
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class NotTwoOrganisations(Refusal):
    type = "memorandum.parties"
    code = "MEM-PARTIES"
    cures = (Cure(Role.CHAMBER, "register-organisation", "register-organisation"),)
    missing: tuple[str, ...]


# Events


@dataclass(frozen=True)
class MemorandumSigned(Event):
    type = "memorandum.signed"
    stream = "memorandum"
    college: str
    enterprise: str
    places: int
    qualifications: tuple[str, ...]
    ends_on: date | None = None

    def evolve(self, state: Memorandum) -> Memorandum:
        return replace(
            state,
            college=self.college,
            enterprise=self.enterprise,
            places=self.places,
            qualifications=self.qualifications,
            ends_on=self.ends_on,
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
    """`places` at once for these qualifications, up to `ends_on`."""

    type = "sign-memorandum"
    stream = "memorandum"
    begins = True
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE})
    college: str
    enterprise: str
    places: int
    qualifications: tuple[str, ...]
    ends_on: date | None = None

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

    def events(self, state: Memorandum, occasion: Occasion) -> list[Event]:
        return [
            MemorandumSigned(self.college, self.enterprise, self.places, self.qualifications, self.ends_on)
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

    def events(self, state: Memorandum, occasion: Occasion) -> list[Event]:
        return [MemorandumEnded(self.end_on)]
