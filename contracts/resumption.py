"""The end of a suspension: it is lengthened, the student comes back, or nobody does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from contracts.contract import EVERYBODY, LIVES, Contract, State
from contracts.contract_rules import ContractCommand, NotYet, WrongState
from contracts.decision import DAY, Cure, Event, Occasion, Refusal
from contracts.dossier import Agreed, Suspension
from contracts.formation_rules import NoPlace, capacity, one_active
from contracts.law import Rest
from contracts.parties import Role
from contracts.resting import OWN, changed, kept_to, length, open_answers, papers
from contracts.terms import Term, Terms
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class NotFit(Refusal):
    type = "suspension.fit"
    code = "SUS-FIT"
    cures = (Cure(Role.COLLEGE, "bring-note", "resume"),)
    ground: str


@dataclass(frozen=True)
class PlaceNotKept(Refusal):
    """The mentor's place was kept until `place_to`; `taken` of `places` are held by others."""

    type = "suspension.workplace"
    code = "SUS-WORKPLACE"
    cures = (
        Cure(Role.COLLEGE, "wait-for-place", "resume"),
        Cure(Role.COLLEGE, "end-or-transfer", "withdraw"),
    )
    place_to: date | None
    taken: int
    places: int


# Rules

ASKED = ("proposals", "mutual_ends", "relocations", "moves", "amendments")
"""Where a contract keeps what somebody is asked."""


def resting(contract: Contract, needs: frozenset[State], today: date) -> Iterator[Refusal]:
    """It has begun, and nobody is back from it."""
    found = contract.open_suspension
    if found is None or found.from_on > today:
        yield WrongState(contract.state_on(today), tuple(sorted(needs)), contract.last_day)


def ground_of(suspension: Suspension, occasion: Occasion) -> Rest | None:
    """As it was in force when the suspension began."""
    return occasion.law.rest(suspension.ground, suspension.from_on)


def place_free(contract: Contract, kept_to: date | None, occasion: Occasion) -> Iterator[Refusal]:
    """`contract`: as it goes on, with the mentor's place taken again. Where it was kept all the time, nobody
    else can have it."""
    for full in capacity(contract, occasion):
        if isinstance(full, NoPlace) and full.of == "mentor":
            yield PlaceNotKept(kept_to, full.taken, full.places)


# Events


@dataclass(frozen=True)
class SuspensionExtended(Event):
    """The one that began on `from_on` goes on to another last day."""

    type = "suspension.extended"
    rule = "suspension.length"
    tells = EVERYBODY
    confidential: ClassVar[Mapping[str, frozenset[Role]]] = {"proof": OWN}
    from_on: date
    to_on: date
    return_by: date
    place_to: date | None = None
    proof: str | None = None
    order_no: str | None = None

    def evolve(self, state: Contract) -> Contract:
        longer = changed(
            state,
            self.from_on,
            to_on=self.to_on,
            return_by=self.return_by,
            place_to=self.place_to,
            missed=False,
        )
        return replace(state, suspensions=longer)


@dataclass(frozen=True)
class SuspensionEnded(Event):
    """From `on` the contract goes on, after `days`, by which the term has moved."""

    type = "suspension.ended"
    rule = "suspension.term"
    tells = EVERYBODY
    confidential: ClassVar[Mapping[str, frozenset[Role]]] = {"fitness": OWN}
    waits = True
    from_on: date
    on: date
    days: int
    term: Term
    fitness: str | None = None

    def evolve(self, state: Contract) -> Contract:
        return replace(self.announce(state), terms=replace(state.terms, term=self.term))

    def announce(self, state: Contract) -> Contract:
        return replace(
            state,
            suspensions=changed(state, self.from_on, back_on=self.on),
            agreed=(*state.agreed, Agreed(self.on, Terms(term=self.term))),
        )

    @property
    def effective_on(self) -> date:
        return self.on


@dataclass(frozen=True)
class AnswerResumed(Event):
    """The time for an answer that was frozen with `left` days goes on, to another last day."""

    type = "suspension.answer_resumed"
    rule = "suspension.answers"
    apart = frozenset({"proposal"})
    proposal: UUID
    left: int
    answer_by: date

    def evolve(self, state: Contract) -> Contract:
        later: dict[str, Any] = {
            name: tuple(
                replace(each, answer_by=self.answer_by) if each.id == self.proposal else each
                for each in getattr(state, name)
            )
            for name in ASKED
        }
        return replace(state, **later)


@dataclass(frozen=True)
class ReturnMissed(Event):
    """Nobody has recorded a return in time. The mentor's place is free from then on."""

    type = "suspension.return_missed"
    rule = "suspension.return"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE, Role.ENTERPRISE})
    from_on: date
    return_by: date

    def evolve(self, state: Contract) -> Contract:
        found = state.open_suspension
        freed = found.place_to if found and found.place_to else self.return_by
        return replace(state, suspensions=changed(state, self.from_on, missed=True, place_to=freed))

    @property
    def effective_on(self) -> date:
        return self.return_by + DAY


# Commands


@dataclass(frozen=True)
class ExtendSuspension(ContractCommand):
    """To a later last day, with new papers."""

    type = "extend-suspension"
    by = frozenset({Role.COLLEGE})
    states = frozenset({State.SUSPENDED})
    to_on: date
    proof: str | None = None
    order_no: str | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.open_suspension is not None and state.open_suspension.to_on == self.to_on

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        found = state.open_suspension
        rest = ground_of(found, occasion) if found else None
        if found is None or rest is None:
            return
        yield from papers(rest, proof=self.proof, order=self.order_no)
        if too_long := [*length(state, rest, found.from_on, self.to_on, occasion.law)]:
            yield from too_long
            return
        longer = self._extended(found, rest, occasion).evolve(state)
        yield from place_free(longer, found.place_to, occasion)
        yield from one_active(longer, occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        found = state.open_suspension
        if found is None or (rest := ground_of(found, occasion)) is None:
            raise LookupError("a contract that is suspended has its ground")
        return [self._extended(found, rest, occasion)]

    def _extended(self, found: Suspension, rest: Rest, occasion: Occasion) -> SuspensionExtended:
        return SuspensionExtended(
            from_on=found.from_on,
            to_on=self.to_on,
            return_by=occasion.law.end_of(rest.return_within, self.to_on).last,
            place_to=kept_to(rest, found.from_on, self.to_on),
            proof=self.proof,
            order_no=self.order_no,
        )


@dataclass(frozen=True)
class Resume(ContractCommand):
    """The student is back. `on`: the first day after the suspension, also one that has passed. `fitness`: the
    note, by number or digest."""

    type = "resume"
    by = frozenset({Role.COLLEGE})
    states = frozenset({State.SUSPENDED, State.ENDING})
    on: date
    fitness: str | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        last = state.suspensions[-1] if state.suspensions else None
        return last is not None and last.back_on == self.on

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from resting(state, frozenset({State.SUSPENDED}), occasion.today)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        found = state.open_suspension
        if found is None:
            return
        if self.on > occasion.today:
            yield NotYet(self.on, occasion.today)
        elif self.on < found.from_on:
            yield WrongState(state.state_on(self.on), (State.SUSPENDED,), state.last_day)
        else:
            after = self._ended(state, found).evolve(state)
            yield from place_free(after, found.place_to, occasion)
            yield from one_active(after, occasion)
        rest = ground_of(found, occasion)
        if rest and "fitness" in rest.needs and not (self.fitness or "").strip():
            yield NotFit(found.ground)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if (found := state.open_suspension) is None:
            raise LookupError("the rules have found the suspension")
        answers = [
            AnswerResumed(id_, left, occasion.law.end_of({"calendar_days": left}, self.on - DAY).last)
            for id_, answer_by in open_answers(state)
            if (left := state.frozen(answer_by)) is not None
        ]
        return [self._ended(state, found), *answers]

    def _ended(self, state: Contract, found: Suspension) -> SuspensionEnded:
        if (term := state.terms.term) is None:
            raise LookupError("a contract in force has a term")
        days = (self.on - found.from_on).days
        moved = timedelta(days if state.moves_term(found) else 0)
        return SuspensionEnded(
            found.from_on, self.on, days, Term(term.starts_on, term.ends_on + moved), self.fitness
        )


@dataclass(frozen=True)
class NoteNoReturn(ContractCommand):
    """Issued by the timer when the last day to record the return is over."""

    type = "note-no-return"
    by = frozenset({Role.DEADLINE})
    states = LIVES

    def already(self, state: Contract, occasion: Occasion) -> bool:
        found = state.open_suspension
        return found is None or found.missed or found.return_by >= occasion.today

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if (found := state.open_suspension) is None:
            raise LookupError("a timer names a suspension that goes on")
        return [ReturnMissed(found.from_on, found.return_by)]
