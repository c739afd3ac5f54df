"""What every change of clauses must be: by proposal, by notice, or by one party alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.contract import PARTIES, Contract, State
from contracts.contract_rules import Backdated, NotYet, frozen
from contracts.decision import DAY, Cure, Occasion, Refusal
from contracts.dossier import Agreed, Amendment, Outcome
from contracts.formation_rules import capacity, one_active
from contracts.law import Law
from contracts.materiality import OWN_COMMAND, Weight, moves, weights
from contracts.parties import Role
from contracts.terms import ClauseId, Hazard, PayKind, Status, Terms, differing, missing, revised
from contracts.values import replace
from contracts.void_clauses import void_clauses
from contracts.week import month_of
from contracts.wording import addendum_hash

AMENDABLE = frozenset({State.SIGNED, State.ACTIVE, State.SUSPENDED})
WHO_ANSWERS = PARTIES | {Role.REPRESENTATIVE}
PROPOSE = tuple(
    Cure(role, "propose-amendment", "propose-amendment") for role in (Role.COLLEGE, Role.ENTERPRISE)
)
OTHER_VALUES = tuple(
    Cure(role, "other-values", "propose-amendment") for role in (Role.COLLEGE, Role.ENTERPRISE)
)

# Refusals


@dataclass(frozen=True)
class NotAmendable(Refusal):
    """`from_on` is after the last day on which the contract holds."""

    type = "amendment.state"
    code = "AMD-STATE"
    cures = (Cure(Role.COLLEGE, "earlier-day", "propose-amendment"),)
    from_on: date
    last_day: date


@dataclass(frozen=True)
class OwnWay(Refusal):
    """These clauses change by commands of their own: the schedule, the mentor, another department or
    specialty."""

    type = "amendment.class"
    code = "AMD-CLASS"
    cures = (
        Cure(Role.COLLEGE, "change-schedule", "propose-schedule-change"),
        Cure(Role.ENTERPRISE, "change-department", "change-department"),
        Cure(Role.ENTERPRISE, "change-mentor", "replace-mentor"),
        Cure(Role.COLLEGE, "without-these-clauses", "propose-amendment"),
    )
    clauses: tuple[ClauseId, ...]


@dataclass(frozen=True)
class Pending(Refusal):
    """`clauses`: those on which a proposal or a notice is open, until `answer_by`."""

    type = "amendment.pending"
    code = "AMD-PENDING"
    cures = (
        Cure(Role.COLLEGE, "finish-amendment", "accept-amendment"),
        Cure(Role.COLLEGE, "end-amendment", "decline-amendment"),
    )
    clauses: tuple[ClauseId, ...]
    proposal: UUID
    answer_by: date


@dataclass(frozen=True)
class UnderLaw(Refusal):
    """By the law of the day `on` these clauses would be void, or would be missing."""

    type = "amendment.under-law"
    code = "AMD-UNDER-LAW"
    cures = OTHER_VALUES
    clauses: tuple[ClauseId, ...]
    on: date


@dataclass(frozen=True)
class NotSigner(Refusal):
    """`party` is not asked here, or the person who acts for it has no power to sign. `asked`: who is."""

    type = "amendment.signer"
    code = "AMD-SIGNER"
    cures = (
        Cure(Role.COLLEGE, "party-that-is-asked", "accept-amendment"),
        Cure(Role.COLLEGE, "right-signatory", "change-signatory"),
    )
    party: Role
    asked: tuple[Role, ...]


@dataclass(frozen=True)
class NoRepresentative(Refusal):
    """The student is a minor, and nobody who could consent is named. `adult_on`: when it takes nobody."""

    type = "amendment.minor"
    code = "AMD-MINOR"
    cures = (Cure(Role.COLLEGE, "name-representative", "name-representative"),)
    adult_on: date


@dataclass(frozen=True)
class ClosedMonth(Refusal):
    """Pay for the month of that day is recorded already."""

    type = "contract.backdated"
    code = "GEN-BACKDATED"
    cures = (Cure(Role.ENTERPRISE, "after-the-paid-month", "raise-pay"),)
    from_on: date
    earliest: date


# Rules


@dataclass(frozen=True)
class Wanted:
    """Clauses as they hold on the first day of a change, and as they are to be from then on."""

    was: Terms
    now: Terms
    from_on: date

    @property
    def weights(self) -> tuple[Weight, ...]:
        return weights(self.was, self.now)

    @property
    def clauses(self) -> frozenset[ClauseId]:
        return frozenset(clause.id for clause in differing(self.was, self.now))

    def text_hash(self, contract: Contract, occasion: Occasion) -> str:
        """Of these clauses in words, as they are to be."""
        changed, nonce = replace(contract, terms=self.now), occasion.fresh.hex
        return addendum_hash(changed, occasion.law, occasion.today, self.clauses, self.from_on, nonce)


def wanted(contract: Contract, changes: Terms, removed: tuple[ClauseId, ...], from_on: date) -> Wanted:
    was = contract.terms_on(max(from_on, contract.agreed[0].from_on)) if contract.agreed else contract.terms
    return Wanted(was, revised(was, changes, removed), from_on)


def open_ones(contract: Contract) -> tuple[Amendment, ...]:
    return tuple(each for each in contract.amendments if each.outcome is None)


def found(contract: Contract, id_: UUID) -> Amendment | None:
    return next((each for each in contract.amendments if each.id == id_), None)


def asked_of(amendment: Amendment, contract: Contract) -> frozenset[Role]:
    """Who has to agree; with the student, while he is a minor, his representative."""
    with_him = contract.minor and Role.STUDENT in amendment.asked
    return amendment.asked | {Role.REPRESENTATIVE} if with_him else amendment.asked


def waiting(amendment: Amendment, contract: Contract) -> tuple[Role, ...]:
    """Who still has to agree, or may still object."""
    return tuple(sorted(asked_of(amendment, contract) - amendment.accepted))


def with_amendment(contract: Contract, id_: UUID, **fields: object) -> Contract:
    changed = tuple(
        replace(each, **fields) if each.id == id_ else each  # type: ignore[arg-type]
        for each in contract.amendments
    )
    return replace(contract, amendments=changed)


def agreed_from(contract: Contract, from_on: date, changes: Terms, removed: tuple[ClauseId, ...]) -> Contract:
    """With what is agreed, whether or not its day has come."""
    return replace(contract, agreed=(*contract.agreed, Agreed(from_on, changes, removed)))


def next_number(contract: Contract) -> int:
    """Addenda have their numbers in the order in which they were agreed."""
    return 1 + sum(each.outcome is Outcome.AGREED for each in contract.amendments)


def may_sign(occasion: Occasion) -> bool:
    """Whether the person who acts binds the party by it. A student and a representative act themselves."""
    organisation = {
        Role.COLLEGE: occasion.facts.college,
        Role.ENTERPRISE: occasion.facts.enterprise,
    }.get(occasion.role)
    if organisation is None:
        return True
    mandate = organisation.mandate(occasion.person)
    return mandate is not None and mandate.may_sign(occasion.today)


def own_way(wanted: Wanted) -> Iterator[Refusal]:
    apart = wanted.clauses & OWN_COMMAND
    was, now = wanted.was, wanted.now
    if was.subject and now.subject and was.subject.specialty != now.subject.specialty:
        apart |= {ClauseId.SUBJECT}
    if was.workplace and now.workplace and moves(was.workplace, now.workplace):
        apart |= {ClauseId.WORKPLACE}
    if apart:
        yield OwnWay(tuple(id_ for id_ in ClauseId if id_ in apart))


def fit(wanted: Wanted, contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    """What stands in the way of these clauses, however they are changed."""
    yield from own_way(wanted)
    yield from frozen(contract, wanted.clauses)
    yield from free(wanted.clauses, contract)
    yield from within_law(wanted, contract, occasion)
    yield from not_closed(wanted, contract)


def timely(
    from_on: date, contract: Contract, occasion: Occasion, agreed_on: date | None = None
) -> Iterator[Refusal]:
    """Within the contract; not before today, unless all say that it was agreed by word."""
    first, last = contract.terms.term.starts_on if contract.terms.term else None, contract.last_day
    if first and from_on < first:
        yield Backdated(from_on, first)
    elif from_on < occasion.today and agreed_on is None:
        yield Backdated(from_on, occasion.today)
    if last and from_on > last:
        yield NotAmendable(from_on, last)
    if agreed_on and agreed_on > occasion.today:
        yield NotYet(agreed_on, occasion.today)


def not_closed(wanted: Wanted, contract: Contract) -> Iterator[Refusal]:
    """What changes the pay begins after the last month for which pay is recorded."""
    paid = max((payment.month for payment in contract.payments), default=None)
    if paid is None or ClauseId.COMPENSATION not in wanted.clauses:
        return
    earliest = month_of(date.fromisoformat(f"{paid}-01"))[1] + DAY
    if wanted.from_on < earliest:
        yield ClosedMonth(wanted.from_on, earliest)


def free(clauses: frozenset[ClauseId], contract: Contract) -> Iterator[Refusal]:
    """No other proposal or notice is open on these clauses."""
    for each in open_ones(contract):
        if both := clauses & each.clauses:
            yield Pending(tuple(id_ for id_ in ClauseId if id_ in both), each.id, each.answer_by)
    moving = contract.open_relocation
    if moving and ClauseId.WORKPLACE in clauses:
        yield Pending((ClauseId.WORKPLACE,), moving.id, moving.answer_by)


def within_law(wanted: Wanted, contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    """The clauses as they are to be, by the law of their first day, or the oldest that is known; and a longer
    term needs its places."""
    law, now, on = occasion.law, wanted.now, occasion.law.known(wanted.from_on)
    wrong = {*void_clauses(now, law, on), *_against_others(now, law, on), *missing(now)}
    wrong |= {ClauseId.TERM} if _begun(wanted.was, now, occasion.today) else set()
    if void := tuple(id_ for id_ in ClauseId if id_ in wrong & wanted.clauses):
        yield UnderLaw(void, on)
    elif ClauseId.TERM in wanted.clauses:
        longer = replace(contract, terms=replace(contract.terms, term=now.term))
        yield from one_active(longer, occasion)
        yield from capacity(longer, occasion)


def _against_others(terms: Terms, law: Law, on: date) -> Iterator[ClauseId]:
    """Clauses that cannot stand beside one another."""
    if (share := terms.practice_share) and share.enterprise_hours < law.least_hours(share.total_hours, on):
        yield ClauseId.PRACTICE_SHARE
    employee = terms.standing is not None and terms.standing.status is Status.EMPLOYEE
    if terms.compensation and terms.compensation.kind is PayKind.WAGE and not employee:
        yield from (ClauseId.COMPENSATION, ClauseId.STATUS)
    if terms.safety and terms.safety.hazard is not Hazard.PERMISSIBLE and terms.medical is None:
        yield from (ClauseId.SAFETY, ClauseId.MEDICAL)


def _begun(was: Terms, now: Terms, today: date) -> bool:
    """A term that has begun keeps its first day."""
    if was.term is None or now.term is None:
        return False
    return was.term.starts_on != now.term.starts_on and was.term.starts_on <= today


def represented(asked: frozenset[Role], contract: Contract, occasion: Occasion) -> Iterator[Refusal]:
    """A minor agrees with a representative; there must be one."""
    student = occasion.facts.student
    if not contract.minor or Role.STUDENT not in asked or student is None or occasion.adult_on is None:
        return
    if occasion.of_a_minor and not student.representatives(occasion.today):
        yield NoRepresentative(occasion.adult_on)
