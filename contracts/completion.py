"""Completion: assessments, the qualification, and the end as it was planned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.broken_month import broken_month, pay_by
from contracts.closing import close_proposals
from contracts.completion_rules import kept, owed, passes, share_reached, unpaid
from contracts.consequences import Deadline, Final, Outlook, Task
from contracts.contract import EVERYBODY, Contract, State
from contracts.contract_rules import ContractCommand, NotYet, WrongState
from contracts.decision import Cure, Decision, Event, Occasion, Refusal
from contracts.law import Law, last_of
from contracts.parties import Role
from contracts.results import NOBODY, Assessment, AssessmentKind, Grade, Seats
from contracts.values import replace

IN_TRAINING = frozenset({State.ACTIVE, State.COMPLETING})

# Refusals


@dataclass(frozen=True)
class HoursShort(Refusal):
    """Hours at the enterprise that are done, of those that the term has; `needed_hours` before the end."""

    type = "completion.hours"
    code = "COM-HOURS"
    cures = (
        Cure(Role.ENTERPRISE, "more-hours", "confirm-attendance"),
        Cure(Role.COLLEGE, "later-assessment", "record-assessment"),
    )
    enterprise_hours: int
    total_hours: int
    needed_hours: int


@dataclass(frozen=True)
class CommissionIncomplete(Refusal):
    """`given` members of `least`; `missing`: the sides without enough of them."""

    type = "completion.commission"
    code = "COM-COMMISSION"
    cures = (Cure(Role.COLLEGE, "complete-commission", "record-assessment"),)
    given: int
    least: int
    missing: tuple[Role, ...]


@dataclass(frozen=True)
class NotAssessed(Refusal):
    type = "completion.not-assessed"
    code = "COM-NOT-ASSESSED"
    cures = (Cure(Role.COLLEGE, "assess-first", "record-assessment"),)
    assessments: tuple[AssessmentKind, ...]


@dataclass(frozen=True)
class OtherQualification(Refusal):
    type = "completion.code"
    code = "COM-CODE"
    cures = (Cure(Role.COLLEGE, "agreed-qualification", "award-qualification"),)
    qualification: str
    agreed_qualification: str | None


@dataclass(frozen=True)
class NoQualification(Refusal):
    type = "completion.qualification"
    code = "COM-QUALIFICATION"
    cures = (Cure(Role.COLLEGE, "award-first", "award-qualification"),)


@dataclass(frozen=True)
class PayOpen(Refusal):
    type = "completion.pay-open"
    code = "COM-PAY-OPEN"
    cures = (Cure(Role.ENTERPRISE, "pay-months", "record-pay"),)
    months: tuple[str, ...]


# Rules

NEEDED = (AssessmentKind.FINAL, AssessmentKind.COMMISSION)


def outlook(contract: Contract, law: Law) -> Outlook:
    """What is next once the final assessment has begun, and what is still paid after the end."""
    results = contract.results
    if contract.state is State.COMPLETING:
        missing = any(results.passed(kind) is None for kind in NEEDED)
        name = "assess" if missing else "award" if results.qualification is None else "complete"
        return Outlook(tasks=(Task(name, (Role.COLLEGE,), NEXT[name], contract.last_day),))
    if contract.state is not State.COMPLETED or contract.end_on is None:
        return Outlook()
    month, who, by = broken_month(contract, law), (Role.ENTERPRISE,), pay_by(contract, law, contract.end_on)
    owing = month is not None and month.amount > 0 and not contract.paid(f"{contract.end_on:%Y-%m}")
    due = Deadline("last-pay", who, by, "student-may-complain", "pay.due")
    return Outlook(
        deadlines=(due,) if owing else (),
        tasks=(Task("last-pay", who, "record-pay", by),) if owing else (),
        sums=(month,) if month else (),
        stays=("hours-done", "history"),
        final=Final(contract.end_on),
    )


NEXT = {"assess": "record-assessment", "award": "award-qualification", "complete": "complete"}


def enough_hours(contract: Contract, on: date, law: Law) -> Iterator[Refusal]:
    """Nearly all of the hours at the enterprise come before the final assessment."""
    found = kept(contract, law, on)
    needed = -(-found.of_term * int(law.rule("completion.hours", on).value["percent"]) // 100)
    if found.enterprise < needed:
        yield HoursShort(found.enterprise // 60, found.of_term // 60, -(-needed // 60))


def complete_commission(contract: Contract, members: Seats, on: date, law: Law) -> Iterator[Refusal]:
    """Of both sides, unless the contract says that the enterprise does not sit."""
    rule, agreed = law.rule("completion.commission", on).value, contract.terms_on(on).assessment
    seated = {Role.COLLEGE: members.college}
    if agreed is None or agreed.enterprise_sits:
        seated[Role.ENTERPRISE] = members.enterprise
    missing = tuple(side for side, number in seated.items() if number < int(rule[side]))
    if missing or members.total < int(rule["least"]):
        yield CommissionIncomplete(members.total, int(rule["least"]), missing)


# Events


@dataclass(frozen=True)
class Assessed(Event):
    """`members`: of the commission, by the side for which they sat."""

    type = "completion.assessed"
    rule = "completion.not-assessed"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE, Role.ENTERPRISE, Role.MENTOR})
    kind: AssessmentKind
    on: date
    grade: Grade
    passed: bool
    members: Seats = NOBODY

    def evolve(self, state: Contract) -> Contract:
        found = Assessment(self.kind, self.on, self.grade, self.passed)
        results = replace(state.results, assessments=(*state.results.assessments, found))
        begun = results.assessing and state.state is State.ACTIVE
        return replace(state, results=results, state=State.COMPLETING if begun else state.state)

    @property
    def effective_on(self) -> date:
        return self.on


@dataclass(frozen=True)
class QualificationAwarded(Event):
    """`document`: the number of the diploma or certificate."""

    type = "completion.qualification_awarded"
    rule = "completion.code"
    tells = EVERYBODY
    code: str
    document: str

    def evolve(self, state: Contract) -> Contract:
        return replace(state, results=replace(state.results, qualification=self.code))


@dataclass(frozen=True)
class Completed(Event):
    """`on`: the last day. `offer_by`: until when work is to be offered, if it was promised for such results.
    `ask_on`: when it is asked what has become of the graduate."""

    type = "contract.completed"
    rule = "completion.qualification"
    tells = EVERYBODY
    on: date
    ask_on: tuple[date, ...]
    offer_by: date | None = None

    def evolve(self, state: Contract) -> Contract:
        results = replace(state.results, offer_by=self.offer_by, ask_on=self.ask_on)
        return replace(state, state=State.COMPLETED, end_on=self.on, results=results)

    @property
    def effective_on(self) -> date:
        return self.on


# Commands


@dataclass(frozen=True)
class RecordAssessment(ContractCommand):
    """`members`: of the commission, by side; nobody at an interim assessment. Whether it is passed follows
    from the grade."""

    type = "record-assessment"
    by = frozenset({Role.COLLEGE})
    states = IN_TRAINING
    kind: AssessmentKind
    on: date
    grade: Grade
    members: Seats = NOBODY

    def already(self, state: Contract, occasion: Occasion) -> bool:
        same = [(each.kind, each.on, each.grade) for each in state.results.assessments]
        return (self.kind, self.on, self.grade) in same

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        then = state.state_on(self.on)
        if self.on > occasion.today:
            yield NotYet(self.on, occasion.today)
            return
        if then not in self.states:
            yield WrongState(then, tuple(sorted(self.states)), state.last_day)
            return
        if self.kind is AssessmentKind.INTERIM:
            return
        yield from complete_commission(state, self.members, self.on, occasion.law)
        yield from enough_hours(state, self.on, occasion.law)
        yield from share_reached(state, occasion, self.on)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        passed = passes(self.grade, occasion.law, self.on)
        return [Assessed(self.kind, self.on, self.grade, passed, self.members)]


@dataclass(frozen=True)
class AwardQualification(ContractCommand):
    """`code`: level mark and 8 digits. `document`: the number of the diploma or certificate."""

    type = "award-qualification"
    by = frozenset({Role.COLLEGE})
    states = IN_TRAINING
    code: str
    document: str

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.results.qualification == self.code

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if missing := tuple(kind for kind in NEEDED if state.results.passed(kind) is None):
            yield NotAssessed(missing)
        agreed = state.terms.subject.qualification if state.terms.subject else None
        if self.code != agreed:
            yield OtherQualification(self.code, agreed)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [QualificationAwarded(self.code, self.document)]


@dataclass(frozen=True)
class Complete(ContractCommand):
    """The contract has done what it was made for. Its last day is today, or the last of the term."""

    type = "complete"
    by = frozenset({Role.COLLEGE})
    states = IN_TRAINING

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.state is State.COMPLETED

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if state.results.qualification is None:
            yield NoQualification()
        yield from share_reached(state, occasion, last_day(state, occasion))
        if months := unpaid(state, occasion.law, occasion.today):
            yield PayOpen(months)

    def events(self, state: Contract, occasion: Occasion) -> Decision:
        law, on = occasion.law, last_day(state, occasion)
        hiring = owed(state, law, on)
        offer_by = on + timedelta(hiring.offer_within_days) if hiring else None
        months = law.rule("completion.outcome", on).value
        ask_on = tuple(
            last_of({"months": int(months[which])}, on) + timedelta(1)
            for which in ("first_months", "second_months")
        )
        return [Completed(on, ask_on, offer_by), *close_proposals(state, "completion")]


def last_day(contract: Contract, occasion: Occasion) -> date:
    return min(occasion.today, contract.last_day or occasion.today)
