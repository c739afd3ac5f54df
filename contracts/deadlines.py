"""Deadlines: whoever has one is reminded before its last day, and that it was missed is recorded after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.consequences import Deadline, Outlook, Timer
from contracts.contract import EVERYBODY, PARTIES, Contract
from contracts.contract_rules import ContractCommand
from contracts.decision import DAY, Event, Occasion
from contracts.dossier import Note, Noted
from contracts.law import Law
from contracts.parties import Role
from contracts.values import replace

ALARMS = frozenset({"remind", "note-missed"})

# Rules


def remind_on(deadline: Deadline, law: Law) -> date:
    """The day on which whoever has it is reminded."""
    return deadline.on - int(law.rule("deadline.reminder", deadline.on).value["days_before"]) * DAY


def kept(ahead: Outlook) -> tuple[Deadline, ...]:
    """Those that run, for somebody who has to do something. What is asked twice for one day is one."""
    return tuple(d for d in dict.fromkeys(ahead.deadlines) if d.who and d.left is None)


def noted(contract: Contract, what: Note, deadline: Deadline) -> bool:
    return Noted(what, deadline.name, deadline.on, deadline.ref) in contract.noted


def to_remind(contract: Contract, ahead: Outlook) -> Iterator[Deadline]:
    """Those that somebody has to keep, and was not reminded of."""
    return (d for d in kept(ahead) if not noted(contract, Note.REMINDED, d))


def to_miss(contract: Contract, ahead: Outlook) -> Iterator[Deadline]:
    """Those of which it has to be recorded that they were missed, once they are. Where silence means
    something, that comes first, and mostly nothing is left to be missed."""
    settled = {(timer.ref, timer.on) for timer in ahead.timers if timer.command not in ALARMS}
    for d in kept(ahead):
        if (d.ref, d.on + DAY) not in settled and not noted(contract, Note.MISSED, d):
            yield d


def alarms(contract: Contract, ahead: Outlook, law: Law, today: date) -> tuple[Timer, ...]:
    """`ahead`: with all other timers. Of a deadline that begins on the day of its reminder or later there is
    none."""
    reminders = {day for d in to_remind(contract, ahead) if (day := remind_on(d, law)) > today}
    missed = [d.on + DAY for d in to_miss(contract, ahead)]
    return (
        *(Timer("remind", day, day) for day in sorted(reminders)),
        *((Timer("note-missed", min(missed)),) if missed else ()),
    )


def with_note(contract: Contract, what: Note, deadline: str, on: date, ref: UUID | None) -> Contract:
    note = Noted(what, deadline, on, ref, contract.version + 1)
    return replace(contract, noted=(*contract.noted, note))


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

    def evolve(self, state: Contract) -> Contract:
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

    def evolve(self, state: Contract) -> Contract:
        return with_note(state, Note.MISSED, self.deadline, self.on, self.ref)

    @property
    def effective_on(self) -> date:
        return self.on + DAY


# Commands


@dataclass(frozen=True)
class Remind(ContractCommand):
    """Issued by the timer on the day on which it is time to remind. Who comes late still reminds, up to the
    last day of the deadline."""

    type = "remind"
    by = frozenset({Role.DEADLINE})
    from_on: date

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return not [*self._due(state, occasion)]

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [Reminded(d.name, d.who, d.on, self.from_on, d.ref) for d in self._due(state, occasion)]

    def _due(self, state: Contract, occasion: Occasion) -> Iterator[Deadline]:
        for d in to_remind(state, occasion.ahead(state)):
            if self.from_on == remind_on(d, occasion.law) and self.from_on <= occasion.today <= d.on:
                yield d


@dataclass(frozen=True)
class NoteMissed(ContractCommand):
    """Issued by the timer when the last day of a deadline is over and what was to be done is not."""

    type = "note-missed"
    by = frozenset({Role.DEADLINE})

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return not [*self._due(state, occasion)]

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [Missed(d.name, d.who, d.on, d.ref) for d in self._due(state, occasion)]

    @staticmethod
    def _due(state: Contract, occasion: Occasion) -> Iterator[Deadline]:
        return (d for d in to_miss(state, occasion.ahead(state)) if d.on < occasion.today)
