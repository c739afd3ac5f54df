"""Deadlines: whoever has one is reminded before its last day, and that it was missed is recorded after it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.claim import Claim
from contracts.consequences import Deadline, Outlook, Timer
from contracts.contract import EVERYBODY, PARTIES, Contract
from contracts.contract_rules import ContractCommand
from contracts.decision import DAY, Command, Event, Occasion
from contracts.dossier import Note, Noted
from contracts.law import Law
from contracts.parties import Role
from contracts.values import replace

Watched = Contract | Claim
"""What has deadlines that are watched over."""

REMINDS: Mapping[type, tuple[str, str]] = {
    Contract: ("remind", "note-missed"),
    Claim: ("remind-of-claim", "note-claim-missed"),
}
"""The commands that do it, by what a stream folds into."""

ALARMS = frozenset(command for commands in REMINDS.values() for command in commands)

# Rules


def remind_on(deadline: Deadline, law: Law) -> date:
    """The day on which whoever has it is reminded."""
    return deadline.on - int(law.rule("deadline.reminder", deadline.on).value["days_before"]) * DAY


def kept(ahead: Outlook) -> tuple[Deadline, ...]:
    """Those that run, for somebody who has to do something. What is asked twice for one day is one."""
    return tuple(d for d in dict.fromkeys(ahead.deadlines) if d.who and d.left is None)


def noted(state: Watched, what: Note, deadline: Deadline) -> bool:
    return Noted(what, deadline.name, deadline.on, deadline.ref) in state.noted


def to_remind(state: Watched, ahead: Outlook) -> Iterator[Deadline]:
    """Those that somebody has to keep, and was not reminded of."""
    return (d for d in kept(ahead) if not noted(state, Note.REMINDED, d))


def to_miss(state: Watched, ahead: Outlook) -> Iterator[Deadline]:
    """Those of which it has to be recorded that they were missed, once they are. Where silence means
    something, that comes first, and mostly nothing is left to be missed."""
    settled = {(timer.ref, timer.on) for timer in ahead.timers if timer.command not in ALARMS}
    for d in kept(ahead):
        if (d.ref, d.on + DAY) not in settled and not noted(state, Note.MISSED, d):
            yield d


def alarms(state: Watched, ahead: Outlook, law: Law, today: date) -> tuple[Timer, ...]:
    """`ahead`: with all other timers. Of a deadline that begins on the day of its reminder or later there is
    none."""
    remind, note_missed = REMINDS[type(state)]
    reminders = {day for d in to_remind(state, ahead) if (day := remind_on(d, law)) > today}
    missed = [d.on + DAY for d in to_miss(state, ahead)]
    return (
        *(Timer(remind, day, day) for day in sorted(reminders)),
        *((Timer(note_missed, min(missed)),) if missed else ()),
    )


def due_from(state: Watched, occasion: Occasion, from_on: date) -> tuple[Deadline, ...]:
    """Those of which it is time to remind from that day on."""
    if not from_on <= occasion.today:
        return ()
    found = to_remind(state, occasion.ahead(state))
    return tuple(d for d in found if remind_on(d, occasion.law) == from_on and occasion.today <= d.on)


def over(state: Watched, occasion: Occasion) -> tuple[Deadline, ...]:
    """Those that are missed."""
    return tuple(d for d in to_miss(state, occasion.ahead(state)) if d.on < occasion.today)


def with_note(state: Watched, what: Note, deadline: str, on: date, ref: UUID | None) -> Watched:
    note = Noted(what, deadline, on, ref, state.version + 1)
    return replace(state, noted=(*state.noted, note))


# Events


@dataclass(frozen=True)
class Reminded(Event):
    """`who` have the deadline, and are told again, from `from_on` on."""

    type = "deadline.reminded"
    rule = "deadline.reminder"
    tells = EVERYBODY
    apart = frozenset({"ref"})
    each = True
    deadline: str
    who: tuple[Role, ...]
    on: date
    from_on: date
    ref: UUID | None = None

    @property
    def told(self) -> frozenset[Role]:
        return frozenset(self.who)

    def evolve(self, state: Watched) -> Watched:
        return with_note(state, Note.REMINDED, self.deadline, self.on, self.ref)

    @property
    def effective_on(self) -> date:
        return self.from_on


@dataclass(frozen=True)
class Missed(Event):
    """Its last day is over, and `who` have still not done it. The duty stays."""

    type = "deadline.missed"
    rule = "deadline.missed"
    tells = EVERYBODY
    apart = frozenset({"ref"})
    each = True
    deadline: str
    who: tuple[Role, ...]
    on: date
    ref: UUID | None = None

    @property
    def told(self) -> frozenset[Role]:
        return PARTIES | {Role.REPRESENTATIVE} | frozenset(self.who)

    def evolve(self, state: Watched) -> Watched:
        return with_note(state, Note.MISSED, self.deadline, self.on, self.ref)

    @property
    def effective_on(self) -> date:
        return self.on + DAY


@dataclass(frozen=True)
class ClaimReminded(Reminded):
    type = "claim.deadline_reminded"
    stream = "claim"


@dataclass(frozen=True)
class ClaimMissed(Missed):
    type = "claim.deadline_missed"
    stream = "claim"


# Commands


@dataclass(frozen=True)
class Remind(ContractCommand):
    """Issued by the timer on the day on which it is time to remind. Who comes late still reminds, up to the
    last day of the deadline."""

    type = "remind"
    by = frozenset({Role.DEADLINE})
    from_on: date

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return not due_from(state, occasion, self.from_on)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        found = due_from(state, occasion, self.from_on)
        return [Reminded(d.name, d.who, d.on, self.from_on, d.ref) for d in found]


@dataclass(frozen=True)
class NoteMissed(ContractCommand):
    """Issued by the timer when the last day of a deadline is over and what was to be done is not."""

    type = "note-missed"
    by = frozenset({Role.DEADLINE})

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return not over(state, occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [Missed(d.name, d.who, d.on, d.ref) for d in over(state, occasion)]


@dataclass(frozen=True)
class RemindOfClaim(Command):
    """As `remind`, of what a claim waits for."""

    type = "remind-of-claim"
    stream = "claim"
    by = frozenset({Role.DEADLINE})
    from_on: date

    def already(self, state: Claim, occasion: Occasion) -> bool:
        return not due_from(state, occasion, self.from_on)

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        found = due_from(state, occasion, self.from_on)
        return [ClaimReminded(d.name, d.who, d.on, self.from_on, d.ref) for d in found]


@dataclass(frozen=True)
class NoteClaimMissed(Command):
    """As `note-missed`, of what a claim waits for."""

    type = "note-claim-missed"
    stream = "claim"
    by = frozenset({Role.DEADLINE})

    def already(self, state: Claim, occasion: Occasion) -> bool:
        return not over(state, occasion)

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        return [ClaimMissed(d.name, d.who, d.on, d.ref) for d in over(state, occasion)]
