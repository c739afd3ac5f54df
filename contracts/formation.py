"""Formation: a draft, its revisions, and the offer of one text to all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.consequences import Deadline, Outlook, Task, Timer
from contracts.contract import EVERYBODY, OUT_FOR_SIGNING, PARTIES, Contract, Parties, Route, State
from contracts.contract_rules import ContractCommand
from contracts.decision import DAY, Cure, Decision, Event, Occasion, On, Refusal
from contracts.formation_rules import admission, age, known_parties, licence, one_active, promise
from contracts.law import Law
from contracts.offer_rules import OfferBound, fit_to_offer, taken_back
from contracts.parties import References, Role
from contracts.succession import SuccessionBegun, SuccessorNamed, succeeds
from contracts.terms import NOTHING_AGREED, ClauseId, Terms, missing, revised
from contracts.values import replace
from contracts.wording import text_hash

# Refusals


@dataclass(frozen=True)
class SignByPassed(Refusal):
    type = "formation.past"
    code = "FOR-PAST"
    cures = (Cure(Role.COLLEGE, "later-sign-by", "offer"), Cure(Role.ENTERPRISE, "later-sign-by", "offer"))
    sign_by: date
    today: date


# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    """What is to be done until all have signed."""
    if contract.state is State.DRAFT and contract.drafted_by:
        return Outlook(tasks=(Task("offer", (contract.drafted_by,), "offer"),), stays=("draft-binds-nobody",))
    if contract.state not in OUT_FOR_SIGNING or contract.sign_by is None:
        return Outlook()
    tasks = [
        Task(f"sign-{party}", (party,), "sign", contract.sign_by)
        for party in sorted(PARTIES - contract.signed_by)
    ]
    if contract.minor and not contract.consents:
        tasks.append(Task("consent", (Role.REPRESENTATIVE,), "consent", contract.sign_by))
    waiting = tuple(sorted({who for task in tasks for who in task.who}))
    return Outlook(
        deadlines=(Deadline("sign", waiting, contract.sign_by, "offer-lapses", "formation.offer"),),
        tasks=tuple(tasks),
        stays=("nobody-bound-until-all-signed",),
    )


def timers(contract: Contract) -> Iterator[Timer]:
    if contract.state in OUT_FOR_SIGNING and contract.sign_by:
        yield Timer("lapse", contract.sign_by + DAY)


# Events


@dataclass(frozen=True)
class Drafted(Event):
    """`minor`: the student was under 18 when it was drafted, so a legal representative acts too."""

    type = "contract.drafted"
    schema = 2
    sparse = True
    rule = "formation.incomplete"
    apart = frozenset({"number"})
    number: str
    by: Role
    route: Route
    parties: Parties
    minor: bool
    terms: Terms
    memorandum: UUID | None = None
    preliminary: UUID | None = None

    def evolve(self, state: Contract) -> Contract:
        return replace(
            state,
            state=State.DRAFT,
            number=self.number,
            drafted_by=self.by,
            route=self.route,
            parties=self.parties,
            minor=self.minor,
            terms=self.terms,
            memorandum=self.memorandum,
            preliminary=self.preliminary,
        )


@dataclass(frozen=True)
class Revised(Event):
    """`changes` holds the clauses that have a new value, `removed` the ids of those that were taken out."""

    type = "contract.revised"
    schema = 2
    sparse = True
    rule = "formation.incomplete"
    by: Role
    changes: Terms
    removed: tuple[ClauseId, ...] = ()

    def evolve(self, state: Contract) -> Contract:
        return replace(state, state=State.DRAFT, terms=revised(state.terms, self.changes, self.removed))


@dataclass(frozen=True)
class SignaturesVoided(Event):
    """The text changed, so what was signed is no longer what is offered."""

    type = "contract.signatures_voided"
    rule = "formation.hash"
    tells = EVERYBODY - {Role.MENTOR, Role.CHAMBER}
    whose: tuple[Role, ...]

    def evolve(self, state: Contract) -> Contract:
        return replace(state, signatures=(), consents=())


@dataclass(frozen=True)
class Offered(Event):
    """One text, bound by `text_hash`, sent to all. `student_record` commits to the student's name and number
    as they stand in that text; `nonce` keeps the hash from being guessed."""

    type = "contract.offered"
    rule = "formation.offer"
    apart = frozenset({"text_hash", "nonce", "student_record"})
    tells = EVERYBODY - {Role.MENTOR, Role.CHAMBER}
    by: Role
    text_hash: str
    sign_by: date
    form: str
    nonce: str
    student_record: str | None

    def evolve(self, state: Contract) -> Contract:
        return replace(
            state,
            state=State.OFFERED,
            offered_by=self.by,
            text_hash=self.text_hash,
            sign_by=self.sign_by,
            form=self.form,
            nonce=self.nonce,
            student_record=self.student_record,
        )


# Commands


@dataclass(frozen=True)
class Draft(ContractCommand):
    """`successor_of`: the contract whose place it is to take by a transfer."""

    type = "draft"
    begins = True
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE})
    student: UUID
    college: str
    enterprise: str
    route: Route
    terms: Terms
    memorandum: UUID | None = None
    preliminary: UUID | None = None
    successor_of: UUID | None = None

    def references(self, state: Contract) -> References:
        return References(
            contract=self.successor_of,
            student=self.student,
            mentor=self.terms.mentor.person if self.terms.mentor else None,
            college=self.college,
            enterprise=self.enterprise,
            memorandum=self.memorandum,
            preliminary=self.preliminary,
            numbered=True,
        )

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.version > 0

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from known_parties(
            occasion,
            student=True,
            college=True,
            enterprise=True,
            memorandum=self.memorandum is not None,
            preliminary=self.preliminary is not None,
        )
        if occasion.facts.student and occasion.facts.college:
            if self.route is Route.ENTERPRISE_FIRST:
                yield from admission(self.college, occasion)
            yield from age(occasion, self.terms)
            yield from licence(self.terms, occasion)
            yield from one_active(self._as_contract(state, occasion), occasion)
        parties = Parties(self.student, self.college, self.enterprise)
        yield from promise(occasion.facts.preliminary, parties, occasion)
        if self.successor_of:
            yield from succeeds(parties, self.terms.term, occasion)

    def events(self, state: Contract, occasion: Occasion) -> Decision:
        old = occasion.facts.contract
        move = old.open_move if old else None
        if self.successor_of is None or move is None:
            return [self._drafted(occasion)]
        named = On(self.successor_of, SuccessorNamed(move.id, occasion.fresh))
        return [self._drafted(occasion), SuccessionBegun(self.successor_of), named]

    def _drafted(self, occasion: Occasion) -> Drafted:
        facts, today = occasion.facts, occasion.today
        student, college = facts.student, facts.college
        if student is None or college is None:
            raise LookupError("a draft is decided with its parties at hand")
        return Drafted(
            number=f"{college.region}-{today.year}-{facts.numbers_given + 1:06d}",
            by=occasion.role,
            route=self.route,
            parties=Parties(self.student, self.college, self.enterprise, college.chamber),
            minor=occasion.of_a_minor,
            terms=self.terms,
            memorandum=self.memorandum,
            preliminary=self.preliminary,
        )

    def _as_contract(self, state: Contract, occasion: Occasion) -> Contract:
        drafted = self._drafted(occasion).evolve(state)
        if self.successor_of:
            drafted = SuccessionBegun(self.successor_of).evolve(drafted)
        return replace(drafted, state=State.OFFERED)


@dataclass(frozen=True)
class Revise(ContractCommand):
    """New values for some clauses; `remove` names clauses by id that are to stand empty."""

    type = "revise"
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE})
    states = frozenset({State.DRAFT}) | OUT_FOR_SIGNING
    terms: Terms = NOTHING_AGREED
    remove: tuple[ClauseId, ...] = ()

    def references(self, state: Contract) -> References:
        mentor = self.terms.mentor or state.terms.mentor
        return replace(state.references, mentor=mentor.person if mentor else None)

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return revised(state.terms, self.terms, self.remove) == state.terms

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        clauses = taken_back(state, revised(state.terms, self.terms, self.remove))
        if clauses and Role.STUDENT in state.signed_by:
            yield OfferBound(tuple(clauses), state.sign_by)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        void = (*sorted(state.signed_by), *((Role.REPRESENTATIVE,) if state.consents else ()))
        voided = [SignaturesVoided(void)] if void else []
        return [Revised(occasion.role, self.terms, self.remove), *voided]


@dataclass(frozen=True)
class Offer(ContractCommand):
    """Sends the draft to all as one text. Without `sign_by`: as long as the law or the contract gives."""

    type = "offer"
    by = frozenset({Role.COLLEGE, Role.ENTERPRISE})
    states = frozenset({State.DRAFT})
    sign_by: date | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.state in OUT_FOR_SIGNING and self.sign_by in {None, state.sign_by}

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        yield from fit_to_offer(state, missing(state.terms), occasion)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if self.sign_by and self.sign_by < occasion.today:
            yield SignByPassed(self.sign_by, occasion.today)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        law, today, student = occasion.law, occasion.today, occasion.facts.student
        sign_by = self.sign_by or law.end_of(law.rule("formation.offer", today).value, today).last
        form, nonce = law.form(today).version, occasion.fresh.hex
        record = student.commitment if student else None
        hash_ = text_hash(state, law, today, nonce, record)
        return [Offered(occasion.role, hash_, sign_by, form, nonce, record)]
