"""Answers to a claim: each debtor acknowledges it, or a part of it, or contests it; silence contests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.claim import Answer, Claim, owing
from contracts.claim_rules import BOTH, ClaimCommand, ClaimContested, MoreThanOwed, alone, changed
from contracts.claimable import limitation
from contracts.consequences import Timer
from contracts.decision import DAY, Cure, Event, Occasion, Refusal, Text
from contracts.parties import Role
from contracts.values import replace

ANSWERS = BOTH | {Role.STUDENT}

# Refusals


@dataclass(frozen=True)
class ClaimAnswered(Refusal):
    """What was acknowledged is not contested any more. Tiyn."""

    type = "claim.answered"
    code = "CLM-ANSWERED"
    cures = (
        Cure(Role.STUDENT, "agree-on-rest", "agree-instalments"),
        Cure(Role.COLLEGE, "agree-on-rest", "agree-instalments"),
    )
    answer: Answer
    acknowledged: int


# Rules


def timers(claim: Claim) -> Iterator[Timer]:
    silent = [debt for debt in claim.debts if debt.answer is None and debt.asked]
    if silent and claim.answer_by and claim.settled_on is None:
        yield Timer("note-claim-silence", claim.answer_by + DAY)


# Events


@dataclass(frozen=True)
class ClaimConsentGiven(Event):
    """A representative agrees that a minor acknowledges so much. Tiyn."""

    type = "claim.consent_given"
    rule = "claim.minor"
    stream = "claim"
    tells = BOTH | {Role.STUDENT}
    person: UUID
    amount: int

    def evolve(self, state: Claim) -> Claim:
        return changed(state, Role.STUDENT, consented=self.amount)


@dataclass(frozen=True)
class ClaimAcknowledged(Event):
    """The debtor owes so much of it. Limitation begins anew (CC 183): `late_on` is its last day. Tiyn."""

    type = "claim.acknowledged"
    rule = "claim.answer"
    stream = "claim"
    tells = BOTH
    debtor: Role
    amount: int
    late_on: date

    def evolve(self, state: Claim) -> Claim:
        known = replace(state, late_on=self.late_on)
        return changed(known, self.debtor, answer=Answer.ACKNOWLEDGED, acknowledged=self.amount)


# Commands


@dataclass(frozen=True)
class ConsentToClaim(ClaimCommand):
    """That the student acknowledges so much; all of it where no sum is named. Tiyn."""

    type = "consent-to-claim"
    by = frozenset({Role.REPRESENTATIVE})
    amount: int | None = None

    def already(self, state: Claim, occasion: Occasion) -> bool:
        debt = state.debt(Role.STUDENT)
        return debt is not None and debt.consented == self._amount(debt.asked)

    def rules(self, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        asked = owing(state, Role.STUDENT).asked
        if (amount := self._amount(asked)) > asked:
            yield MoreThanOwed(amount, asked, amount - asked)

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        if occasion.person is None:
            raise LookupError("a person consents")
        return [ClaimConsentGiven(occasion.person, self._amount(owing(state, Role.STUDENT).asked))]

    def _amount(self, asked: int) -> int:
        return asked if self.amount is None else self.amount


@dataclass(frozen=True)
class AnswerClaim(ClaimCommand):
    """Yes, no, or yes to a `part` of it, in tiyn."""

    type = "answer-claim"
    by = ANSWERS
    debtors = True
    accept: bool
    part: int | None = None
    reason: Text | None = None

    def already(self, state: Claim, occasion: Occasion) -> bool:
        if (debt := state.debt(occasion.role)) is None or debt.answer is None:
            return False
        if self.accept:
            return debt.answer is Answer.ACKNOWLEDGED and debt.acknowledged == self._part(debt.asked)
        return debt.answer is Answer.CONTESTED

    def rules(self, state: Claim, occasion: Occasion) -> Iterator[Refusal]:
        debt = owing(state, occasion.role)
        part = self._part(debt.asked)
        if debt.answer is Answer.ACKNOWLEDGED and (not self.accept or part < debt.acknowledged):
            yield ClaimAnswered(debt.answer, debt.acknowledged)
        if part > debt.asked:
            yield MoreThanOwed(part, debt.asked, part - debt.asked)
        elif self.accept:
            yield from alone(debt, part, occasion)

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        debt = owing(state, occasion.role)
        part, reason = self._part(debt.asked), occasion.sealed.get("reason")
        late_on = limitation(occasion.facts.contract, occasion.law, occasion.today)
        yes = [ClaimAcknowledged(occasion.role, part, late_on)] if self.accept and part else []
        no = [ClaimContested(occasion.role, debt.asked - part, reason=reason)] if part < debt.asked else []
        return [*yes, *no]

    def _part(self, asked: int) -> int:
        """What is acknowledged of it."""
        if not self.accept:
            return 0
        return asked if self.part is None else self.part


@dataclass(frozen=True)
class NoteClaimSilence(ClaimCommand):
    """Issued by the timer when the last day to answer is over: silence is no yes."""

    type = "note-claim-silence"
    by = frozenset({Role.DEADLINE})

    def already(self, state: Claim, occasion: Occasion) -> bool:
        runs = state.answer_by is None or state.answer_by >= occasion.today
        return runs or state.settled_on is not None or all(debt.answer for debt in state.debts if debt.asked)

    def events(self, state: Claim, occasion: Occasion) -> list[Event]:
        return [
            ClaimContested(debt.debtor, debt.asked, silent=True)
            for debt in state.debts
            if debt.answer is None and debt.asked
        ]
