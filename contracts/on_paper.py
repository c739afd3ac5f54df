"""On paper: contracts that were signed before they came here, as a college's records have them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.contract import Contract, Parties, Route, State
from contracts.contract_rules import ContractCommand, NotYet
from contracts.decision import DAY, Event, Occasion, Refusal, Text
from contracts.dossier import Agreed
from contracts.formation_rules import age, capacity, known_parties, number_free, one_active
from contracts.offer_rules import Incomplete, VoidClause
from contracts.parties import References, Role
from contracts.terms import ClauseId, Terms, missing
from contracts.values import replace

OFTEN_IN_AN_ANNEX = frozenset({"C-MENTOR", "C-SCHEDULE", "C-FUNDING", "C-FORM", "C-WORKPLACE", "C-STATUS"})
"""Clauses that are not insisted on for a contract on paper."""

# Events


@dataclass(frozen=True)
class Imported(Event):
    """A contract signed on paper before it came here. `ended_on`: its last day, where it is over."""

    type = "contract.imported"
    schema = 2
    sparse = True
    rule = "formation.incomplete"
    apart = frozenset({"source"})
    number: str
    parties: Parties
    minor: bool
    terms: Terms
    signed_on: date
    source: str | None = None
    ended_on: date | None = None
    completed: bool = False

    def evolve(self, state: Contract) -> Contract:
        term = self.terms.term
        over = State.COMPLETED if self.completed else State.ENDED
        return replace(
            state,
            state=over if self.ended_on else State.ACTIVE,
            number=self.number,
            drafted_by=Role.COLLEGE,
            route=Route.COLLEGE_FIRST,
            parties=self.parties,
            minor=self.minor and not self.ended_on,
            terms=self.terms,
            agreed=(Agreed(term.starts_on, self.terms),) if term else (),
            end_on=self.ended_on,
        )

    @property
    def effective_on(self) -> date:
        return self.signed_on


# Commands


@dataclass(frozen=True)
class RecordSigned(ContractCommand):
    """A contract signed on paper in the past. One whose term is over says when and how it ended."""

    type = "record-signed"
    begins = True
    by = frozenset({Role.COLLEGE})
    number: str
    student: UUID
    college: str
    enterprise: str
    terms: Terms
    signed_on: date
    source: Text | None = None
    ended_on: date | None = None
    completed: bool = False

    def references(self, state: Contract) -> References:
        return References(
            student=self.student,
            mentor=self.terms.mentor.person if self.terms.mentor else None,
            college=self.college,
            enterprise=self.enterprise,
            number=self.number,
        )

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.version > 0

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from known_parties(occasion, student=True, college=True, enterprise=True)
        outcome = () if self._outcome_fits(occasion) else ("ended_on",)
        empty = tuple(id_ for id_ in missing(self.terms) if id_ not in OFTEN_IN_AN_ANNEX)
        if empty or outcome:
            yield Incomplete((*empty, *outcome))
        if self.signed_on > occasion.today:
            yield NotYet(self.signed_on, occasion.today)
        if self.ended_on and self.ended_on >= occasion.today:
            yield NotYet(self.ended_on + DAY, occasion.today)
        if self.terms.term and self.terms.term.ends_on < self.terms.term.starts_on:
            yield VoidClause((ClauseId.TERM,))
        yield from number_free(occasion)
        if occasion.facts.student and occasion.facts.college:
            yield from age(occasion, self.terms)
            imported = self._imported(occasion).evolve(state)
            yield from one_active(imported, occasion)
            yield from capacity(imported, occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [self._imported(occasion)]

    def _outcome_fits(self, occasion: Occasion) -> bool:
        """How it ended is said where it is over, and lies within its term."""
        if (term := self.terms.term) is None:
            return True
        if self.ended_on:
            return term.starts_on <= self.ended_on <= term.ends_on
        return not self.completed and occasion.today <= term.ends_on

    def _imported(self, occasion: Occasion) -> Imported:
        college = occasion.facts.college
        return Imported(
            number=self.number,
            parties=Parties(
                self.student, self.college, self.enterprise, college.chamber if college else None
            ),
            minor=occasion.of_a_minor,
            terms=self.terms,
            signed_on=self.signed_on,
            source=occasion.sealed.get("source"),
            ended_on=self.ended_on,
            completed=self.completed,
        )
