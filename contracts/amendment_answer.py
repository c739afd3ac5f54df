"""Answers to a change of clauses: agreement to one text, a no, an objection, or silence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.amendment_agreed import AnsweredLate, agreed, concluded
from contracts.amendment_rules import (
    WHO_ANSWERS,
    NotSigner,
    asked_of,
    found,
    may_sign,
    not_closed,
    open_ones,
    represented,
    waiting,
    wanted,
    with_amendment,
    within_law,
)
from contracts.answering import last_to_answer
from contracts.contract import IN_FORCE, Contract, State
from contracts.contract_rules import Backdated, ContractCommand, frozen
from contracts.decision import DAY, Cure, Event, Occasion, Refusal, Text
from contracts.dossier import Amendment, Outcome
from contracts.parties import Role

# Refusals


@dataclass(frozen=True)
class OtherText(Refusal):
    """No proposal has this text. `open`: the fingerprints of those that are open."""

    type = "amendment.hash"
    code = "AMD-HASH"
    cures = (Cure(Role.STUDENT, "read-addendum", "accept-amendment"),)
    signed: str
    open: tuple[str, ...]


@dataclass(frozen=True)
class ObjectedLate(Refusal):
    """Objections were possible until `object_by`; or it is no notice to which one may object (None)."""

    type = "amendment.object-late"
    code = "AMD-OBJECT-LATE"
    cures = (Cure(Role.STUDENT, "propose-back", "propose-amendment"),)
    object_by: date | None


# Rules


def by_text(contract: Contract, text_hash: str) -> Amendment | None:
    """The proposal with that text; of a notice the text is not up for agreement."""
    proposals = (each for each in contract.amendments if not each.notice)
    return next((each for each in proposals if each.text_hash == text_hash), None)


def answerable(contract: Contract, text_hash: str, occasion: Occasion) -> Iterator[Refusal]:
    """It is open, in time, and this party is asked."""
    proposed = by_text(contract, text_hash)
    if proposed is None:
        proposals = (each for each in open_ones(contract) if not each.notice)
        yield OtherText(text_hash, tuple(each.text_hash for each in proposals))
        return
    if proposed.outcome or contract.over(proposed.answer_by, occasion.today):
        yield AnsweredLate(proposed.outcome or Outcome.LAPSED, proposed.answer_by)
    if occasion.role not in (asked := asked_of(proposed, contract)):
        yield NotSigner(occasion.role, tuple(sorted(asked)))


def still_fits(amendment: Amendment, contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    """What was true when it was proposed may be so no more; nor does it hold before the last agreement."""
    if amendment.agreed_on is None and amendment.from_on < occasion.today:
        yield Backdated(amendment.from_on, occasion.today)
    wish = wanted(contract, amendment.changes, amendment.removed, amendment.from_on)
    yield from frozen(contract, wish.clauses)
    yield from within_law(wish, contract, occasion)
    yield from not_closed(wish, contract)


# Events


@dataclass(frozen=True)
class AmendmentAccepted(Event):
    type = "amendment.accepted"
    rule = "amendment.answer"
    apart = frozenset({"proposal", "text_hash"})
    proposal: UUID
    party: Role
    text_hash: str

    def evolve(self, state: Contract) -> Contract:
        amendment = found(state, self.proposal)
        given = amendment.accepted if amendment else frozenset()
        return with_amendment(state, self.proposal, accepted=given | {self.party})


@dataclass(frozen=True)
class AmendmentDeclined(Event):
    type = "amendment.declined"
    rule = "amendment.answer"
    tells = WHO_ANSWERS
    apart = frozenset({"proposal", "reason"})
    proposal: UUID
    party: Role
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        return with_amendment(state, self.proposal, outcome=Outcome.DECLINED, declined_by=self.party)


@dataclass(frozen=True)
class ChangeObjected(Event):
    """The notice becomes a proposal: now its change takes the agreement of all."""

    type = "amendment.objected"
    rule = "amendment.answer"
    tells = WHO_ANSWERS
    apart = frozenset({"proposal", "reason"})
    proposal: UUID
    party: Role
    answer_by: date
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        return with_amendment(state, self.proposal, notice=False, answer_by=self.answer_by)


@dataclass(frozen=True)
class AmendmentLapsed(Event):
    type = "amendment.lapsed"
    rule = "amendment.answer"
    tells = WHO_ANSWERS
    apart = frozenset({"proposal"})
    proposal: UUID
    answer_by: date
    missing: tuple[Role, ...]

    def evolve(self, state: Contract) -> Contract:
        return with_amendment(state, self.proposal, outcome=Outcome.LAPSED)

    @property
    def effective_on(self) -> date:
        return self.answer_by + DAY


# Commands


@dataclass(frozen=True)
class AcceptAmendment(ContractCommand):
    """Agrees to the text with this SHA-256."""

    type = "accept-amendment"
    by = WHO_ANSWERS
    states = IN_FORCE | {State.SIGNED}
    text_hash: str

    def already(self, state: Contract, occasion: Occasion) -> bool:
        proposed = by_text(state, self.text_hash)
        if proposed is None or proposed.outcome not in {None, Outcome.AGREED}:
            return False
        return occasion.role in proposed.accepted

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if closed := [*answerable(state, self.text_hash, occasion)]:
            yield from closed
            return
        proposed = self._proposed(state)
        if not may_sign(occasion):
            yield NotSigner(occasion.role, tuple(sorted(asked_of(proposed, state))))
        yield from represented(proposed.asked, state, occasion)
        yield from still_fits(proposed, state, occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        proposed = self._proposed(state)
        accepted = AmendmentAccepted(proposed.id, occasion.role, proposed.text_hash)
        return [accepted, *concluded(accepted.evolve(state), proposed.id)]

    def _proposed(self, state: Contract) -> Amendment:
        if (proposed := by_text(state, self.text_hash)) is None:
            raise LookupError("the rules have found the proposal")
        return proposed


@dataclass(frozen=True)
class DeclineAmendment(ContractCommand):
    """Of several that are open, the one with this text."""

    type = "decline-amendment"
    by = WHO_ANSWERS
    states = IN_FORCE | {State.SIGNED}
    text_hash: str
    reason: Text | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        proposed = by_text(state, self.text_hash)
        return proposed is not None and proposed.declined_by is occasion.role

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from answerable(state, self.text_hash, occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if (proposed := by_text(state, self.text_hash)) is None:
            raise LookupError("the rules have found the proposal")
        return [AmendmentDeclined(proposed.id, occasion.role, occasion.sealed.get("reason"))]


@dataclass(frozen=True)
class Object(ContractCommand):
    """Against a change of which notice was given."""

    type = "object"
    by = WHO_ANSWERS
    states = IN_FORCE | {State.SIGNED}
    notice: UUID
    reason: Text | None = None

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        noticed = found(state, self.notice)
        if noticed is None or not noticed.notice:
            yield ObjectedLate(None)
        elif noticed.outcome or state.over(noticed.answer_by, occasion.today):
            yield ObjectedLate(noticed.answer_by)
        elif occasion.role not in (others := asked_of(noticed, state) - noticed.accepted):
            yield NotSigner(occasion.role, tuple(sorted(others)))

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if (noticed := found(state, self.notice)) is None:
            raise LookupError("the rules have found the notice")
        last = last_to_answer(state, occasion, "amendment.answer")
        until = max(occasion.today, min(last, noticed.from_on))
        return [ChangeObjected(noticed.id, occasion.role, until, occasion.sealed.get("reason"))]


@dataclass(frozen=True)
class LapseAmendment(ContractCommand):
    """Issued by the timer when the last day to answer is over: a proposal lapses, a notice stands. Where a
    representative's answer alone was missing and the student has come of age since, all have agreed."""

    type = "lapse-amendment"
    by = frozenset({Role.DEADLINE})
    lapses = True
    states = IN_FORCE | {State.SIGNED}
    proposal: UUID

    def already(self, state: Contract, occasion: Occasion) -> bool:
        amendment = found(state, self.proposal)
        if amendment is None or amendment.outcome is not None:
            return True
        return not state.over(amendment.answer_by, occasion.today)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        """A change that would hold by silence does not, where its clauses are in dispute by now."""
        amendment = found(state, self.proposal)
        if amendment and amendment.notice:
            yield from frozen(state, amendment.clauses)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if (amendment := found(state, self.proposal)) is None:
            raise LookupError("a timer names a proposal of its contract")
        if amendment.notice or not (missing := waiting(amendment, state)):
            return [agreed(state, amendment.id)]
        return [AmendmentLapsed(amendment.id, amendment.answer_by, missing)]
