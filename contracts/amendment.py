"""Amendment: other clauses are proposed, as one text, to those who must agree."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.amendment_agreed import AnsweredLate, concluded
from contracts.amendment_rules import (
    AMENDABLE,
    WHO_ANSWERS,
    Wanted,
    fit,
    may_sign,
    open_ones,
    represented,
    timely,
    waiting,
    wanted,
)
from contracts.answering import last_to_answer
from contracts.consequences import Deadline, Outlook, Task, Timer
from contracts.contract import PARTIES, Contract
from contracts.contract_rules import Backdated, ContractCommand
from contracts.decision import DAY, Event, Occasion, Refusal, Text
from contracts.dossier import Amendment, Outcome
from contracts.first_month import first_month
from contracts.law import Law
from contracts.materiality import strictest, who_agrees
from contracts.parties import Role
from contracts.terms import NOTHING_AGREED, Change, ClauseId, Terms
from contracts.values import replace

# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    """Open proposals wait for those who have not answered; silence is never a yes. A notice waits for those
    who may object."""
    due, tasks = [], []
    for each in open_ones(contract):
        who, until, id_ = waiting(each, contract), each.answer_by, each.id
        if each.notice:
            name = "object-to-change"
            due.append(Deadline(name, who, until, "notice-stands", "amendment.object-late", id_))
        else:
            name = "answer-amendment"
            due.append(Deadline(name, who, until, "amendment-lapses", "amendment.answer", id_))
            tasks.append(Task(name, who, "accept-amendment", until, id_))
    changed = first_month(contract, law)
    return Outlook(
        deadlines=tuple(due),
        tasks=tuple(tasks),
        sums=(changed,) if changed else (),
        stays=("clauses-until-all-agree",) if due else (),
    )


def timers(contract: Contract) -> Iterator[Timer]:
    for each in open_ones(contract):
        yield Timer("lapse-amendment", each.answer_by + DAY, each.id)


# Events


@dataclass(frozen=True)
class AmendmentProposed(Event):
    """`materiality`: the class of the strictest of its clauses. `asked`: whose agreement it takes."""

    type = "amendment.proposed"
    rule = "amendment.answer"
    tells = WHO_ANSWERS
    apart = frozenset({"proposal", "text_hash", "reason"})
    sparse = True
    proposal: UUID
    by: Role
    changes: Terms
    removed: tuple[ClauseId, ...]
    from_on: date
    answer_by: date
    materiality: Change
    asked: tuple[Role, ...]
    accepted: tuple[Role, ...]
    text_hash: str
    agreed_on: date | None = None
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        proposed = Amendment(
            id=self.proposal,
            by=self.by,
            changes=self.changes,
            removed=self.removed,
            from_on=self.from_on,
            answer_by=self.answer_by,
            text_hash=self.text_hash,
            asked=frozenset(self.asked),
            agreed_on=self.agreed_on,
            accepted=frozenset(self.accepted),
        )
        return replace(state, amendments=(*state.amendments, proposed))


# Commands


@dataclass(frozen=True)
class ProposeAmendment(ContractCommand):
    """Other values for some clauses from a day on; `remove` names those that are to fall away. `agreed_on`:
    the day on which all agreed by word, without which `from_on` may not lie in the past; then all are asked.
    Who has the power to sign agrees by proposing."""

    type = "propose-amendment"
    by = PARTIES
    states = AMENDABLE
    from_on: date
    changes: Terms = NOTHING_AGREED
    remove: tuple[ClauseId, ...] = ()
    answer_by: date | None = None
    agreed_on: date | None = None
    reason: Text | None = None

    def wanted(self, state: Contract) -> Wanted:
        return wanted(state, self.changes, self.remove, self.from_on)

    def asked(self, state: Contract, occasion: Occasion) -> frozenset[Role]:
        return PARTIES if self.agreed_on else who_agrees(self.wanted(state).weights, occasion.role)

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return not self.wanted(state).clauses

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from timely(self.from_on, state, occasion, self.agreed_on)
        yield from self._answerable(occasion)
        yield from fit(self.wanted(state), state, occasion)
        yield from represented(self.asked(state, occasion), state, occasion)

    def _answerable(self, occasion: Occasion) -> Iterator[Refusal]:
        """The day named for answers has not passed, and does not come after the first day of the change."""
        if self.answer_by is None:
            return
        if self.answer_by < occasion.today:
            yield AnsweredLate(Outcome.LAPSED, self.answer_by)
        elif self.answer_by > self.from_on and self.agreed_on is None:
            yield Backdated(self.from_on, self.answer_by)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        asked, wish = self.asked(state, occasion), self.wanted(state)
        accepted = asked & {occasion.role} if may_sign(occasion) else frozenset()
        proposed = AmendmentProposed(
            proposal=occasion.fresh,
            by=occasion.role,
            changes=self.changes,
            removed=self.remove,
            from_on=self.from_on,
            answer_by=self._until(state, occasion),
            materiality=strictest(wish.weights),
            asked=tuple(sorted(asked)),
            accepted=tuple(sorted(accepted)),
            text_hash=wish.text_hash(state, occasion),
            agreed_on=self.agreed_on,
            reason=occasion.sealed.get("reason"),
        )
        after = proposed.evolve(state)
        return [proposed, *concluded(after, proposed.proposal)]

    def _until(self, state: Contract, occasion: Occasion) -> date:
        last = last_to_answer(state, occasion, "amendment.answer")
        return self.answer_by or (last if self.agreed_on else min(last, self.from_on))
