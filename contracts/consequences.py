"""What a decision brings with it, as the difference of what holds before and after: deadlines, tasks, timers,
claims and sums are functions of the state. Computed once, for the preview and for the execution."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from contracts.canonical import digest, plain
from contracts.claim import Claim
from contracts.contract import Contract
from contracts.decision import Effect, Event, Occasion
from contracts.dispute import Dispute
from contracts.moving import Destination
from contracts.parties import Role
from contracts.steps import Step as Step


@dataclass(frozen=True)
class Deadline:
    """Who must have done what by the end of `on`, what silence means, and by which rule. `ref` tells two of
    one name apart; an id, so it stands outside consequences. `left`: it is frozen with so many days left,
    and `on` is its day if the contract goes on when that is planned."""

    name: str
    who: tuple[Role, ...]
    on: date
    silence: str
    rule: str
    ref: UUID | None = None
    left: int | None = None


@dataclass(frozen=True)
class Task:
    """Something that `who` have to do: `command` does it; `by` is its last day, if it has one."""

    name: str
    who: tuple[Role, ...]
    command: str
    by: date | None = None
    ref: UUID | None = None


@dataclass(frozen=True)
class Timer:
    """A command that is issued by itself when the local day `on` begins. `ref`: its one field."""

    command: str
    on: date
    ref: UUID | date | None = None

    @property
    def name(self) -> str:
        return f"{self.command}:{self.ref}" if self.ref else self.command


@dataclass(frozen=True)
class Sum:
    """Money that moves or may be asked, with every step. Tiyn."""

    name: str
    amount: int
    to: Role
    by: Role
    rule: str
    steps: tuple[Step, ...] = ()
    month: str | None = None


@dataclass(frozen=True)
class Hours:
    """Practice hours that the schedule gives: up to the last day, and up to the end of the term."""

    until_last_day: int
    of_term: int


@dataclass(frozen=True)
class Final:
    """From which day it cannot be undone, and by which command and whom it can until then."""

    from_on: date
    command: str | None = None
    who: Role | None = None


@dataclass(frozen=True)
class Notice:
    """A message to `role` (`ref`: person:<uuid> or org:<BIN>) about the event `name`, the `nth` of those that
    are recorded together."""

    role: Role
    ref: str
    name: str
    nth: int


@dataclass(frozen=True)
class Outlook:
    """What holds in one state."""

    deadlines: tuple[Deadline, ...] = ()
    tasks: tuple[Task, ...] = ()
    timers: tuple[Timer, ...] = ()
    sums: tuple[Sum, ...] = ()
    stays: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    final: Final | None = None
    hours: Hours | None = None


ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""An id tells people nothing, and one that is made anew differs between a preview and its execution."""


Look = Callable[[Any], Outlook]
"""Answers the outlook of a state (ahead.outlook)."""


@dataclass(frozen=True)
class Brought:
    """What is written with the events of one stream: who is told, and all timers that run afterwards."""

    notices: tuple[Notice, ...]
    timers: tuple[Timer, ...]


@dataclass(frozen=True)
class Consequences:
    """`shown` is what people and callers see, in canonical form and in every language the same; `digest` is
    its SHA-256. `brought`: of each effect."""

    shown: dict[str, Any]
    digest: str
    brought: tuple[Brought, ...]

    @property
    def notices(self) -> tuple[Notice, ...]:
        return tuple(notice for each in self.brought for notice in each.notices)


def addressee(
    role: Role, about: Contract | Claim | Dispute, representatives: Iterable[UUID]
) -> tuple[str, ...]:
    """Where a notice for `role` goes. Nobody where the contract has no such person, or the claim no such
    side. `representatives`: of the student, as long as there are any."""
    parties = about.parties
    if parties is None or (isinstance(about, Claim) and _student(role) not in about.sides):
        return ()
    if role is Role.REPRESENTATIVE:
        minor = not isinstance(about, Contract) or about.minor
        return tuple(f"person:{id_}" for id_ in sorted(representatives)) if minor else ()
    if role is Role.REVIEWER:
        return tuple(f"person:{id_}" for id_ in about.members) if isinstance(about, Dispute) else ()
    mentor = about.references.mentor
    found = {
        Role.STUDENT: f"person:{parties.student}",
        Role.COLLEGE: f"org:{parties.college}",
        Role.ENTERPRISE: f"org:{parties.enterprise}",
        Role.CHAMBER: f"org:{parties.chamber}" if parties.chamber else None,
        Role.MENTOR: f"person:{mentor}" if mentor else None,
        Role.RECEIVER: receiving(about) if isinstance(about, Contract) else None,
    }.get(role)
    return (found,) if found else ()


def receiving(contract: Contract) -> str | None:
    """The other college of the newest transfer, if it is one to a college."""
    moves = [move for move in contract.moves if move.kind is Destination.COLLEGE]
    return f"org:{moves[-1].receiver}" if moves else None


def _student(role: Role) -> Role:
    """As whose representative somebody is told."""
    return Role.STUDENT if role is Role.REPRESENTATIVE else role


def notices(
    events: Sequence[Event], after: Contract | Claim | Dispute, occasion: Occasion
) -> tuple[Notice, ...]:
    """One a person told: about the last event that tells them, and about each event that is told each time;
    never about their own act."""
    student = occasion.facts.student
    representatives = student.representatives(occasion.today) if student else frozenset()
    told = {(role, n if event.each else -1): n for n, event in enumerate(events) for role in event.told}
    going = [
        (role, f"person:{id_}", event.type, n)
        for n, event in enumerate(events)
        for role, id_ in event.leaving
    ]
    again = [
        Notice(role, ref, event.type, n)
        for n, event in enumerate(events)
        for role, ref in event.tells_too
        if role is not occasion.role
    ]
    known = [
        Notice(role, ref, events[n].type, n)
        for (role, _), n in sorted(told.items())
        if role is not occasion.role
        for ref in addressee(role, after, representatives)
    ]
    return (*known, *again, *(Notice(*each) for each in going if each[1] != occasion.actor))


def consequences(effects: Sequence[Effect], occasion: Occasion, look: Look) -> Consequences:
    seen = [(effect, look(effect.before), look(effect.after)) for effect in effects]
    brought = tuple(
        Brought(notices(effect.events, effect.after, occasion), now.timers) for effect, _, now in seen
    )
    told = {(notice.role, notice.name) for each in brought for notice in each.notices}
    shown = {
        "events": [as_shown(event) for effect in effects for event in effect.events],
        "deadlines": {
            "start": [new for _, then, now in seen for new in _new(then.deadlines, now.deadlines)],
            "stop": [old for _, then, now in seen for old in _new(now.deadlines, then.deadlines)],
        },
        "money": [new for _, then, now in seen for new in _new(then.sums, now.sums)],
        "notices": [{"to": role, "about": name} for role, name in sorted(told)],
        "tasks": {
            "open": [new for _, then, now in seen for new in _new(then.tasks, now.tasks)],
            "close": [old for _, then, now in seen for old in _new(now.tasks, then.tasks)],
        },
        **_of_the_first(*seen[0]),
    }
    return Consequences(shown, digest(shown), brought)


def _of_the_first(effect: Effect, then: Outlook, now: Outlook) -> dict[str, Any]:
    """What is said of the stream that was asked."""
    return {
        "stays": list(now.stays) if effect.events else [],
        "ends": [word for word in now.ends if word not in then.ends],
        "practice_hours": plain(now.hours) if now.hours and now.hours != then.hours else None,
        "cannot_be_undone": plain(now.final) if now.final and now.final != then.final else None,
    }


def as_shown(event: Event) -> dict[str, Any]:
    """Without what is made anew: ids, and what `apart` names."""
    data = _without_ids(_without(plain(event), event.apart))
    return {"type": event.type, "effective_on": plain(event.effective_on), "data": data}


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_ids(member) for name, member in value.items() if not _is_id(member)}
    if isinstance(value, list):
        return [_without_ids(member) for member in value if not _is_id(member)]
    return value


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None


def _new(before: Iterable[Any], after: Iterable[Any]) -> list[Any]:
    """What is in `after` and not in `before`, as it is shown. A task or deadline is the same one while its
    name and reference are, even if fewer people are left to act; another day makes it another one."""
    known = {_identity(item) for item in before}
    return [_without(plain(item), frozenset({"ref"})) for item in after if _identity(item) not in known]


def _identity(item: Any) -> Any:
    if isinstance(item, Task):
        return (item.name, item.ref, item.by)
    if isinstance(item, Deadline):
        return (item.name, item.ref, item.on)
    return item


def _without(members: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: member for name, member in members.items() if name not in names}
