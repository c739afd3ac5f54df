"""Hiring: work that was promised is offered, answered, excused, or missed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.completion_rules import owed
from contracts.consequences import Deadline, Outlook, Task, Timer
from contracts.contract import Contract, State
from contracts.contract_rules import ContractCommand
from contracts.decision import DAY, Cure, Event, Occasion, Refusal, Text
from contracts.law import Law
from contracts.parties import Role
from contracts.results import JobOffer, Promise
from contracts.terms import HiringKind
from contracts.values import replace

AT_THE_END = frozenset({State.COMPLETING, State.COMPLETED})

# Refusals


@dataclass(frozen=True)
class BelowPromise(Refusal):
    """Tiyn a month. The least that may be offered, and the first day that may be named for the answer."""

    type = "completion.below-promise"
    code = "COM-BELOW-PROMISE"
    cures = (Cure(Role.ENTERPRISE, "better-offer", "offer-job"),)
    amount: int
    due: int
    answer_by: date
    earliest: date


@dataclass(frozen=True)
class OfferOver(Refusal):
    """No offer is open: none was made, it was answered, or its day has passed."""

    type = "completion.offer-late"
    code = "COM-OFFER-LATE"
    cures = (Cure(Role.ENTERPRISE, "new-job-offer", "offer-job"),)
    answer_by: date | None


@dataclass(frozen=True)
class PromiseFirm(Refusal):
    type = "completion.firm-hiring"
    code = "COM-FIRM-HIRING"
    cures = (Cure(Role.ENTERPRISE, "offer-a-job", "offer-job"),)
    hiring: HiringKind


@dataclass(frozen=True)
class VacancyUnproven(Refusal):
    type = "completion.proof"
    code = "COM-PROOF"
    cures = (Cure(Role.ENTERPRISE, "name-vacancy-paper", "declare-no-vacancy"),)


# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    """The promise is kept by an offer, and an offer waits for its answer."""
    results = contract.results
    if contract.state not in AT_THE_END:
        return Outlook()
    if results.promise is Promise.OWED and results.offer_by:
        who, by = (Role.ENTERPRISE,), results.offer_by
        due = Deadline("job-offer", who, by, "hiring-missed", "completion.hiring")
        return Outlook(deadlines=(due,), tasks=(Task("offer-job", who, "offer-job", by),))
    if results.promise is Promise.OFFERED and results.offer:
        who, by = (Role.STUDENT,), results.offer.answer_by
        due = Deadline("job-answer", who, by, "job-declined", "completion.job-answer")
        return Outlook(deadlines=(due,), tasks=(Task("answer-job-offer", who, "answer-job-offer", by),))
    return Outlook()


def timers(contract: Contract) -> Iterator[Timer]:
    results = contract.results
    if results.promise is Promise.OWED and results.offer_by:
        yield Timer("note-hiring-missed", results.offer_by + DAY)
    if results.promise is Promise.OFFERED and results.offer:
        yield Timer("lapse-job-offer", results.offer.answer_by + DAY)


def least_pay(contract: Contract, law: Law, on: date) -> int:
    """Tiyn a month: a share of what was paid in training, if work was promised."""
    pay = contract.terms_on(on).compensation
    percent = int(law.rule("completion.below-promise", on).value["percent"])
    return -(-pay.monthly * percent // 100) if pay and owed(contract, law, on) else 0


def open_offer(contract: Contract, today: date) -> JobOffer | None:
    offer = contract.results.offer
    return offer if offer and offer.accepted is None and today <= offer.answer_by else None


# Events


@dataclass(frozen=True)
class JobOffered(Event):
    """`post`: the commitment to its name. `monthly`: tiyn."""

    type = "completion.job_offered"
    rule = "completion.hiring"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE, Role.CHAMBER})
    apart = frozenset({"post"})
    post: str
    amount: int
    starts_on: date
    answer_by: date

    def evolve(self, state: Contract) -> Contract:
        offer = JobOffer(self.amount, self.starts_on, self.answer_by)
        return replace(state, results=replace(state.results, offer=offer))


@dataclass(frozen=True)
class JobAccepted(Event):
    type = "completion.job_accepted"
    rule = "completion.job-answer"
    tells = frozenset({Role.ENTERPRISE, Role.COLLEGE, Role.CHAMBER})

    def evolve(self, state: Contract) -> Contract:
        return _answered(state, accepted=True)


@dataclass(frozen=True)
class JobDeclined(Event):
    """`in_time` False: nobody has answered. The promise is waived all the same."""

    type = "completion.job_declined"
    rule = "completion.job-answer"
    tells = frozenset({Role.STUDENT, Role.ENTERPRISE, Role.COLLEGE, Role.CHAMBER})
    in_time: bool

    def evolve(self, state: Contract) -> Contract:
        return _answered(state, accepted=False)


def _answered(contract: Contract, accepted: bool) -> Contract:
    if (offer := contract.results.offer) is None:
        return contract
    return replace(contract, results=replace(contract.results, offer=replace(offer, accepted=accepted)))


@dataclass(frozen=True)
class HiringExcused(Event):
    """There is no vacancy, by this paper."""

    type = "completion.hiring_excused"
    rule = "completion.firm-hiring"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE, Role.CHAMBER})
    proof: str

    def evolve(self, state: Contract) -> Contract:
        return replace(state, results=replace(state.results, excused=True))


@dataclass(frozen=True)
class HiringMissed(Event):
    """Nobody has offered the work that was promised."""

    type = "completion.hiring_missed"
    rule = "completion.hiring"
    tells = frozenset({Role.STUDENT, Role.REPRESENTATIVE, Role.COLLEGE, Role.ENTERPRISE, Role.CHAMBER})
    offer_by: date

    def evolve(self, state: Contract) -> Contract:
        return replace(state, results=replace(state.results, missed=True))

    @property
    def effective_on(self) -> date:
        return self.offer_by + DAY


# Commands


@dataclass(frozen=True)
class OfferJob(ContractCommand):
    """`amount`: tiyn a month. Without `answer_by`: as long as the rules give for an answer."""

    type = "offer-job"
    by = frozenset({Role.ENTERPRISE})
    states = AT_THE_END
    post: Text
    amount: int
    starts_on: date
    answer_by: date | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        offer = open_offer(state, occasion.today)
        return offer is not None and (offer.monthly, offer.starts_on) == (self.amount, self.starts_on)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        least, earliest = least_pay(state, occasion.law, occasion.today), self._answer_by(occasion)
        answer_by = self.answer_by or earliest
        if self.amount < least or answer_by < earliest:
            yield BelowPromise(self.amount, least, answer_by, earliest)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        answer_by = self.answer_by or self._answer_by(occasion)
        return [JobOffered(occasion.sealed["post"], self.amount, self.starts_on, answer_by)]

    @staticmethod
    def _answer_by(occasion: Occasion) -> date:
        law, today = occasion.law, occasion.today
        return law.end_of(law.rule("completion.job-answer", today).value, today).last


@dataclass(frozen=True)
class AnswerJobOffer(ContractCommand):
    type = "answer-job-offer"
    by = frozenset({Role.STUDENT})
    states = AT_THE_END
    accept: bool

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.results.offer is not None and state.results.offer.accepted is self.accept

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if open_offer(state, occasion.today) is None:
            yield OfferOver(state.results.offer.answer_by if state.results.offer else None)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [JobAccepted() if self.accept else JobDeclined(in_time=True)]


@dataclass(frozen=True)
class LapseJobOffer(ContractCommand):
    """Issued by the timer when the last day to answer is over: silence is a refusal."""

    type = "lapse-job-offer"
    by = frozenset({Role.DEADLINE})
    states = AT_THE_END

    def already(self, state: Contract, occasion: Occasion) -> bool:
        offer = state.results.offer
        return offer is None or offer.accepted is not None or occasion.today <= offer.answer_by

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [JobDeclined(in_time=False)]


@dataclass(frozen=True)
class DeclareNoVacancy(ContractCommand):
    """`proof`: the number of the paper that shows it."""

    type = "declare-no-vacancy"
    by = frozenset({Role.ENTERPRISE})
    states = AT_THE_END
    proof: str

    def already(self, state: Contract, occasion: Occasion) -> bool:
        return state.results.excused

    @classmethod
    def standing(cls, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        hiring = state.terms_on(occasion.today).hiring
        if hiring is None or hiring.kind is not HiringKind.CONDITIONAL or not hiring.needs_vacancy:
            yield PromiseFirm(hiring.kind if hiring else HiringKind.NONE)

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        if not self.proof.strip():
            yield VacancyUnproven()

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        return [HiringExcused(self.proof)]


@dataclass(frozen=True)
class NoteHiringMissed(ContractCommand):
    """Issued by the timer when the last day for the offer is over."""

    type = "note-hiring-missed"
    by = frozenset({Role.DEADLINE})
    states = AT_THE_END

    def already(self, state: Contract, occasion: Occasion) -> bool:
        results = state.results
        waits = results.promise is Promise.OWED and results.offer_by is not None
        return not waits or (results.offer_by or occasion.today) >= occasion.today

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if (offer_by := state.results.offer_by) is None:
            raise LookupError("a timer names an offer that is owed")
        return [HiringMissed(offer_by)]
