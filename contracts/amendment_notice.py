"""Notice: clauses that one party may change by telling the others, who may object."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.amendment_rules import AMENDABLE, PROPOSE, WHO_ANSWERS, Wanted, fit, timely, wanted
from contracts.contract import PARTIES, Contract
from contracts.contract_rules import ContractCommand
from contracts.decision import DAY, Cure, Event, Occasion, Refusal, Text
from contracts.dossier import Amendment
from contracts.parties import Role
from contracts.terms import NOTHING_AGREED, ClauseId, Terms
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class NotByNotice(Refusal):
    """These clauses take the agreement of others, or notice by another party."""

    type = "amendment.not-notice"
    code = "AMD-NOT-NOTICE"
    cures = PROPOSE
    clauses: tuple[ClauseId, ...]


@dataclass(frozen=True)
class NoticeTooShort(Refusal):
    """`given` of `needed` calendar days lie before the first day."""

    type = "amendment.notice-short"
    code = "AMD-NOTICE-SHORT"
    cures = tuple(
        Cure(role, "later-first-day", "give-notice-of-change") for role in (Role.COLLEGE, Role.ENTERPRISE)
    )
    given: int
    needed: int
    earliest: date


# Events


@dataclass(frozen=True)
class ChangeNoticed(Event):
    """It holds from `from_on` unless somebody objects by `object_by`."""

    type = "amendment.noticed"
    rule = "amendment.notice-short"
    tells = WHO_ANSWERS
    apart = frozenset({"proposal", "text_hash", "reason"})
    sparse = True
    proposal: UUID
    by: Role
    changes: Terms
    removed: tuple[ClauseId, ...]
    from_on: date
    object_by: date
    text_hash: str
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        noticed = Amendment(
            id=self.proposal,
            by=self.by,
            changes=self.changes,
            removed=self.removed,
            from_on=self.from_on,
            answer_by=self.object_by,
            text_hash=self.text_hash,
            asked=PARTIES,
            notice=True,
            accepted=frozenset({self.by}),
        )
        return replace(state, amendments=(*state.amendments, noticed))


# Commands


@dataclass(frozen=True)
class GiveNoticeOfChange(ContractCommand):
    """Of clauses that one party may change by telling the others."""

    type = "give-notice-of-change"
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE})
    states = AMENDABLE
    from_on: date
    changes: Terms = NOTHING_AGREED
    remove: tuple[ClauseId, ...] = ()
    reason: Text | None = None

    def wanted(self, state: Contract) -> Wanted:
        return wanted(state, self.changes, self.remove, self.from_on)

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return not self.wanted(state).clauses

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        wish = self.wanted(state)
        yield from timely(self.from_on, state, occasion)
        if others := tuple(w.clause for w in wish.weights if not w.may_tell(occasion.role)):
            yield NotByNotice(others)
        needed = int(occasion.law.rule("amendment.notice-short", occasion.today).value["calendar_days"])
        given = (self.from_on - occasion.today).days
        if 0 <= given < needed:
            yield NoticeTooShort(given, needed, occasion.today + needed * DAY)
        yield from fit(wish, state, occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        law, today = occasion.law, occasion.today
        until = law.end_of(law.rule("amendment.object-late", today).value, today).last
        noticed = ChangeNoticed(
            proposal=occasion.fresh,
            by=occasion.role,
            changes=self.changes,
            removed=self.remove,
            from_on=self.from_on,
            object_by=min(until, self.from_on - DAY),
            text_hash=self.wanted(state).text_hash(state, occasion),
            reason=occasion.sealed.get("reason"),
        )
        return [noticed]
