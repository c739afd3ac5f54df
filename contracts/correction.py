"""Correction: our record was wrong. Somebody shows it, a second person agrees, and no entry is changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.canonical import plain
from contracts.contract import PARTIES, Contract
from contracts.contract_rules import ContractCommand, frozen
from contracts.correction_rules import past_of
from contracts.decision import Cure, Event, Occasion, Refusal, Text
from contracts.dispute import Closing
from contracts.dispute_marks import DisputeClosedHere, DisputeOpenedHere
from contracts.dossier import Correction
from contracts.law import Law
from contracts.parties import Role
from contracts.past import Kept, Past
from contracts.righting import corrected_by, fields_of, right_of, too_early
from contracts.stored import Unreadable
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class FactChanged(Refusal):
    """The record was right when it was made; `true_from`: the day from which the other value is true."""

    type = "correction.change"
    code = "COR-CHANGE"
    cures = (Cure(Role.COLLEGE, "use-a-change"), Cure(Role.ENTERPRISE, "use-a-change"))
    true_from: date
    held_from: date


@dataclass(frozen=True)
class NotOwn(Refusal):
    """`recorded_by`: the side whose entry, or whose proposal, it is."""

    type = "correction.own"
    code = "COR-OWN"
    cures = (Cure(Role.COLLEGE, "ask-who-recorded", "correct"),)
    recorded_by: Role


@dataclass(frozen=True)
class Locked(Refusal):
    type = "correction.locked"
    code = "COR-LOCKED"
    cures = (Cure(Role.COLLEGE, "agree-anew"), Cure(Role.REVIEWER, "ask-reviewer"))
    entry: int


@dataclass(frozen=True)
class CorrectedAlready(Refusal):
    """`by_entry`: the entry that corrects it."""

    type = "correction.twice"
    code = "COR-TWICE"
    cures = (Cure(Role.COLLEGE, "correct-the-correction", "correct"),)
    entry: int
    by_entry: int


@dataclass(frozen=True)
class Waits(Refusal):
    type = "correction.waits"
    code = "COR-WAITS"
    cures = (Cure(Role.COLLEGE, "answer-correction", "approve-correction"),)
    entry: int


@dataclass(frozen=True)
class NoSuchField(Refusal):
    """`fields`: those of the entry that can be put right."""

    type = "correction.field"
    code = "COR-FIELD"
    cures = (Cure(Role.COLLEGE, "name-field", "correct"),)
    fields: tuple[str, ...]


# Rules

ENTRY_BY_ITSELF = Role.COLLEGE
"""Who answers for what the service recorded by itself."""


def own(kept: Kept, occasion: Occasion) -> bool:
    return own_entry(kept.role, kept.owner, occasion.role, occasion.on_behalf_of or occasion.actor)


def own_entry(recorded_by: Role, owner: str, role: Role, asks: str) -> bool:
    """`owner`, `asks`: for whom it was recorded, and for whom it is asked: `org:<BIN>` or `person:<uuid>`."""
    return role is ENTRY_BY_ITSELF if recorded_by is Role.DEADLINE else owner == asks


def locked(kept: Kept, field: str | None, law: Law, today: date) -> bool:
    """What the text of a contract or an agreement binds to, and the first entry as a whole."""
    value = law.rule("correction.locked", today).value
    names = str(value["entries"]).split()
    return kept.event.type in names or (field is None and kept.version == 1)


DECIDED = frozenset({Closing.FINAL, Closing.COURT, Closing.SETTLED})


def decided(past: Past) -> frozenset[int]:
    """Entries about which a dispute was decided or settled: that stands, and no correction takes it back."""
    events = past.events
    ended = {each.dispute: each.closing for each in events if isinstance(each, DisputeClosedHere)}
    return frozenset(
        point.entry
        for each in events
        if isinstance(each, DisputeOpenedHere) and ended.get(each.dispute) in DECIDED
        for point in each.points
        if point.entry
    )


# Events

OWN = PARTIES | {Role.REPRESENTATIVE}
"""An entry may have been about somebody's health; so may be what it should have said."""


@dataclass(frozen=True)
class CorrectionProposed(Event):
    """`of`: the type of the entry. `field` None: it should not stand at all. `proof`: number or digest of the
    paper. `true_from`: the day from which the right value is true, where that is not the entry's."""

    type = "correction.proposed"
    rule = "correction.four-eyes"
    apart = frozenset({"correction", "reason"})
    confidential: ClassVar[Mapping[str, frozenset[Role]]] = {"right": OWN, "proof": OWN}
    correction: UUID
    entry: int
    of: str
    by: Role
    person: UUID
    on: date
    found_by: Role
    proof: str
    field: str | None = None
    right: str | None = None
    reason: str | None = None
    true_from: date | None = None

    def evolve(self, state: Contract) -> Contract:
        asked = Correction(
            self.correction, self.entry, self.of, self.by, self.person, self.on, self.field, self.right
        )
        return replace(state, corrections=(*state.corrections, asked))


# Commands


@dataclass(frozen=True)
class Correct(ContractCommand):
    """`entry`: its version in the contract. `field`: the one that was wrong, or a path such as
    `terms.term.ends_on`; without it the entry should not stand at all, as for a wrong person. `right`: what
    should stand there; `true_from`: since when. `found_by`: the side that noticed it."""

    type = "correct"
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE})
    entry: int
    proof: str
    reason: Text
    found_by: Role
    field: str | None = None
    right: str | None = None
    true_from: date | None = None

    def looks_back(self, state: Contract) -> int | None:
        return self.entry

    def already(self, state: Contract, occasion: Occasion) -> bool:
        """It says so as it stands."""
        past = past_of(occasion)
        try:
            right = right_of(past.events, self.entry, self.field, self.right) if self.field else None
        except Unreadable:
            return False
        return bool(right == plain(past.entry(self.entry).event))

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        past = past_of(occasion)
        kept = past.entry(self.entry)
        yield from frozen(state, entries={self.entry})
        if not own(kept, occasion):
            yield NotOwn(ENTRY_BY_ITSELF if kept.role is Role.DEADLINE else kept.role)
        if locked(kept, self.field, occasion.law, occasion.today) or self.entry in decided(past):
            yield Locked(self.entry)
        if by := corrected_by(past, self.entry):
            yield CorrectedAlready(self.entry, by)
        if any(each.entry == self.entry and each.outcome is None for each in state.corrections):
            yield Waits(self.entry)
        if self.true_from and self.true_from > kept.holds_from:
            yield FactChanged(self.true_from, kept.holds_from)
        yield from self._readable(past)

    def _readable(self, past: Past) -> Iterator[Refusal]:
        if self.field is None:
            return
        try:
            right = right_of(past.events, self.entry, self.field, self.right)
        except Unreadable:
            right = None
        if right is None or too_early(past, self.entry, right):
            yield NoSuchField(fields_of(past.events, self.entry))

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if occasion.person is None:
            raise LookupError("only people find that a record was wrong")
        return [
            CorrectionProposed(
                occasion.fresh,
                self.entry,
                past_of(occasion).entry(self.entry).event.type,
                occasion.role,
                occasion.person,
                occasion.today,
                self.found_by,
                self.proof,
                self.field,
                self.right,
                occasion.sealed.get("reason"),
                self.true_from,
            )
        ]
