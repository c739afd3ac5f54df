"""Mutual end: a last day that all agree to, as one text; silence is a no (LC 50(2))."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.canonical import digest
from contracts.closing import close_proposals
from contracts.consequences import Deadline, Outlook, Task, Timer
from contracts.contract import LIVES, PARTIES, Contract, State
from contracts.contract_rules import ContractCommand, WrongState
from contracts.decision import DAY, Cure, Decision, Event, Occasion, On, Refusal, Text
from contracts.dossier import End, MutualEnd, Outcome
from contracts.law import Law
from contracts.parties import Role
from contracts.values import replace

WHO_ANSWERS = PARTIES | {Role.REPRESENTATIVE}
GROUND = "agreement"

# Refusals


@dataclass(frozen=True)
class OtherEnd(Refusal):
    """No such proposal is open, or its text is another one."""

    type = "withdrawal.hash"
    code = "WIT-HASH"
    cures = (Cure(Role.COLLEGE, "read-proposal", "accept-mutual-end"),)
    offered: str | None


# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    if (end := contract.open_mutual_end) is None:
        return Outlook()
    waiting = tuple(sorted(contract.asked - end.accepted))
    name, until = "answer-mutual-end", end.answer_by
    return Outlook(
        deadlines=(Deadline(name, waiting, until, "mutual-end-lapses", "withdrawal.mutual-answer", end.id),),
        tasks=(Task(name, waiting, "accept-mutual-end", until, end.id),),
        stays=("contract-until-all-agree",),
    )


def timers(contract: Contract) -> Iterator[Timer]:
    if end := contract.open_mutual_end:
        yield Timer("lapse-mutual-end", end.answer_by + DAY, end.id)


def answered(contract: Contract, id_: UUID, outcome: Outcome) -> tuple[MutualEnd, ...]:
    return tuple(replace(e, outcome=outcome) if e.id == id_ else e for e in contract.mutual_ends)


def nothing_open(contract: Contract) -> Iterator[Refusal]:
    if contract.open_mutual_end is None:
        yield OtherEnd(None)


# Events


@dataclass(frozen=True)
class MutualEndProposed(Event):
    type = "withdrawal.mutual_proposed"
    rule = "withdrawal.mutual-answer"
    tells = WHO_ANSWERS
    apart = frozenset({"proposal", "text_hash", "terms"})
    proposal: UUID
    by: Role
    end_on: date
    answer_by: date
    text_hash: str
    terms: str | None = None

    def evolve(self, state: Contract) -> Contract:
        proposed = MutualEnd(
            self.proposal, self.by, self.end_on, self.answer_by, self.text_hash, accepted=frozenset({self.by})
        )
        return replace(state, mutual_ends=(*state.mutual_ends, proposed))


@dataclass(frozen=True)
class MutualEndAccepted(Event):
    type = "withdrawal.mutual_accepted"
    rule = "withdrawal.mutual-answer"
    apart = frozenset({"proposal", "text_hash"})
    proposal: UUID
    party: Role
    text_hash: str

    def evolve(self, state: Contract) -> Contract:
        ends = tuple(
            replace(end, accepted=end.accepted | {self.party}) if end.id == self.proposal else end
            for end in state.mutual_ends
        )
        return replace(state, mutual_ends=ends)


@dataclass(frozen=True)
class MutualEndAgreed(Event):
    """All have agreed to the same text; the last day is `end_on`."""

    type = "withdrawal.mutual_agreed"
    rule = "withdrawal.mutual-answer"
    tells = WHO_ANSWERS | {Role.MENTOR, Role.CHAMBER}
    apart = frozenset({"proposal", "text_hash"})
    proposal: UUID
    by: Role
    end_on: date
    known_on: date
    text_hash: str

    def evolve(self, state: Contract) -> Contract:
        return replace(
            state,
            state=State.ENDING,
            mutual_ends=answered(state, self.proposal, Outcome.AGREED),
            end_on=self.end_on,
            end=End(self.by, GROUND, self.known_on, self.known_on),
        )

    @property
    def effective_on(self) -> date:
        return min(self.known_on, self.end_on)


@dataclass(frozen=True)
class MutualEndDeclined(Event):
    type = "withdrawal.mutual_declined"
    rule = "withdrawal.mutual-answer"
    tells = WHO_ANSWERS
    apart = frozenset({"proposal", "reason"})
    proposal: UUID
    party: Role
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        return replace(state, mutual_ends=answered(state, self.proposal, Outcome.DECLINED))


@dataclass(frozen=True)
class MutualEndLapsed(Event):
    type = "withdrawal.mutual_lapsed"
    rule = "withdrawal.mutual-answer"
    tells = WHO_ANSWERS
    apart = frozenset({"proposal"})
    proposal: UUID
    answer_by: date

    def evolve(self, state: Contract) -> Contract:
        return replace(state, mutual_ends=answered(state, self.proposal, Outcome.LAPSED))

    @property
    def effective_on(self) -> date:
        return self.answer_by + DAY


def agreed(end: MutualEnd, state: Contract, today: date) -> list[Event | On]:
    """The end that all have agreed to, and what falls with it."""
    event = MutualEndAgreed(end.id, end.by, end.end_on, today, end.text_hash)
    return [event, *close_proposals(event.evolve(state), "withdrawal")]


# Commands


@dataclass(frozen=True)
class ProposeMutualEnd(ContractCommand):
    """`end_on` may be any day of the term, also one that has passed: all must agree to it. `terms`: what
    else they agree, in words."""

    type = "propose-mutual-end"
    by = WHO_ANSWERS
    states = frozenset({State.SIGNED, State.ACTIVE, State.COMPLETING})
    end_on: date
    terms: Text | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        found = state.open_mutual_end
        return found is not None and (found.by, found.end_on) == (occasion.role, self.end_on)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        term = state.terms.term
        if state.open_mutual_end:
            yield OtherEnd(state.open_mutual_end.text_hash)
        if term and not term.starts_on <= self.end_on <= term.ends_on:
            yield WrongState(state.state, tuple(sorted(self.states)), term.ends_on)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        law, today, id_ = occasion.law, occasion.today, occasion.fresh
        until = law.end_of(law.rule("withdrawal.mutual-answer", today).value, today).last
        terms = occasion.sealed.get("terms")
        text = {"contract": state.number, "end_on": self.end_on.isoformat(), "terms": terms, "nonce": id_.hex}
        return [MutualEndProposed(id_, occasion.role, self.end_on, until, digest(text), terms)]


@dataclass(frozen=True)
class AcceptMutualEnd(ContractCommand):
    """Agrees to the text with this SHA-256."""

    type = "accept-mutual-end"
    by = WHO_ANSWERS
    states = LIVES | {State.SIGNED, State.ENDING}
    text_hash: str

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return any(
            end.text_hash == self.text_hash
            and occasion.role in end.accepted
            and end.outcome in {None, Outcome.AGREED}
            for end in state.mutual_ends
        )

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from nothing_open(state)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        end = state.open_mutual_end
        if end and (end.text_hash != self.text_hash or state.over(end.answer_by, occasion.today)):
            yield OtherEnd(end.text_hash)

    def events(self, state: Contract, occasion: Occasion) -> Decision:
        if (end := state.open_mutual_end) is None:
            raise LookupError("the rules have found the proposal")
        accepted = MutualEndAccepted(end.id, occasion.role, end.text_hash)
        if state.asked - end.accepted - {occasion.role}:
            return [accepted]
        return [accepted, *agreed(end, state, occasion.today)]


@dataclass(frozen=True)
class DeclineMutualEnd(ContractCommand):
    type = "decline-mutual-end"
    by = WHO_ANSWERS
    states = LIVES | {State.SIGNED}
    reason: Text | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.open_mutual_end is None

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from nothing_open(state)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        end = state.open_mutual_end
        if end and state.over(end.answer_by, occasion.today):
            yield OtherEnd(end.text_hash)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        end = state.open_mutual_end
        reason = occasion.sealed.get("reason")
        return [MutualEndDeclined(end.id, occasion.role, reason)] if end else []


@dataclass(frozen=True)
class LapseMutualEnd(ContractCommand):
    """Issued by the timer when the last day to answer is over. Where a representative's answer alone was
    missing and the student has come of age since, all who are asked have agreed."""

    type = "lapse-mutual-end"
    by = frozenset({Role.DEADLINE})
    lapses = True
    states = LIVES | {State.SIGNED}
    proposal: UUID

    def already(self, state: Contract, occasion: Occasion) -> bool:
        end = state.open_mutual_end
        return end is None or end.id != self.proposal or not state.over(end.answer_by, occasion.today)

    def events(self, state: Contract, occasion: Occasion) -> Decision:
        if (end := state.open_mutual_end) is None:
            raise LookupError("a proposal that nobody answered is open")
        if state.asked - end.accepted:
            return [MutualEndLapsed(end.id, end.answer_by)]
        return agreed(end, state, occasion.today)
