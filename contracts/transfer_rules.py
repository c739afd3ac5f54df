"""What the steps of a transfer share: whether one is open, who must let go, and when it may be asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.contract import PARTIES, Contract
from contracts.contract_rules import frozen
from contracts.decision import DAY, Cure, Refusal
from contracts.dossier import Outcome
from contracts.law import Law
from contracts.moving import Destination, Move
from contracts.parties import Role
from contracts.points import Point
from contracts.terms import ClauseId

WHO_ASKS = PARTIES | {Role.REPRESENTATIVE}
GROUND = "transfer"
"""Of an end by transfer, as the law's list of grounds has it."""

# Refusals


@dataclass(frozen=True)
class NoTransfer(Refusal):
    type = "transfer.none"
    code = "TRA-NONE"
    cures = (Cure(Role.COLLEGE, "request-transfer", "request-transfer"),)


@dataclass(frozen=True)
class DoneAlready(Refusal):
    """Since when, and how: `deemed` where silence has released the student."""

    type = "transfer.done"
    code = "TRA-DONE"
    cures = (
        Cure(Role.ENTERPRISE, "complain-of-transfer", "complain"),
        Cure(Role.COLLEGE, "complain-of-transfer", "complain"),
        Cure(Role.COLLEGE, "withdraw-instead", "withdraw"),
        Cure(Role.COLLEGE, "request-transfer", "request-transfer"),
    )
    outcome: Outcome
    since: date | None
    deemed: bool


@dataclass(frozen=True)
class ConsentMissing(Refusal):
    """Who has not let the student go or not signed the successor; `answer_by`: the day for the party left."""

    type = "transfer.consent"
    code = "TRA-CONSENT"
    cures = (
        Cure(Role.ENTERPRISE, "accept-transfer", "accept-transfer"),
        Cure(Role.COLLEGE, "accept-transfer", "accept-transfer"),
        Cure(Role.STUDENT, "sign-successor", "sign"),
    )
    missing: tuple[Role, ...]
    answer_by: date
    silence_releases: bool


@dataclass(frozen=True)
class ReceiverDecides(Refusal):
    """The academic difference is set by the college that receives the student. `receiver`: its BIN; None: the
    student stays at the same one."""

    type = "transfer.receiver"
    code = "TRA-RECEIVER"
    cures = (Cure(Role.RECEIVER, "set-difference", "set-academic-difference"),)
    receiver: str | None


@dataclass(frozen=True)
class InDispute(Refusal):
    """Whether and when the contract ends, or how a student is let go, is in dispute: these points, since that
    day; `until`: the last day of the step in which the dispute is."""

    type = "transfer.dispute"
    code = "TRA-DISPUTE"
    cures = (
        Cure(Role.STUDENT, "settle-dispute", "settle"),
        Cure(Role.ENTERPRISE, "settle-dispute", "settle"),
        Cure(Role.REVIEWER, "decide-dispute", "decide"),
    )
    points: tuple[Point, ...]
    since: date
    until: date | None


# Rules


def disputed(contract: Contract) -> Iterator[Refusal]:
    for held in frozen(contract, {ClauseId.TRANSFER, ClauseId.TERM}, end=True):
        yield InDispute(held.points, held.since, held.until)


def side(role: Role) -> Role:
    """The party for whom that role speaks."""
    return Role.STUDENT if role is Role.REPRESENTATIVE else role


def one_open(contract: Contract) -> Iterator[Refusal]:
    if contract.open_move is None:
        yield done(contract.moves[-1]) if contract.moves else NoTransfer()


def done(move: Move) -> DoneAlready:
    """Of a transfer that is over, or of a release that cannot be taken back."""
    since = move.deemed_on if move.deemed_on else move.closed_on
    return DoneAlready(move.outcome or Outcome.AGREED, since, move.deemed_on is not None)


def waiting(contract: Contract) -> Move:
    """The transfer that is open, once the rules have found it."""
    if (move := contract.open_move) is None:
        raise LookupError("the rules have found the transfer")
    return move


def silence_releases(contract: Contract, day: date) -> bool:
    clause = contract.terms_on(day).transfer
    return clause is not None and clause.silence_releases


def answer_by(law: Law, today: date) -> date:
    return law.end_of(law.rule("transfer.release", today).value, today).last


def window(law: Law, today: date) -> tuple[date, date]:
    """The holidays in which a transfer may be asked for on that day, or the next ones: first and last day,
    which lies as long before the term as the law says."""
    value = law.rule("transfer.holidays", today).value
    rule = {name: str(day) for name, day in value.items()}
    before = int(law.rule("transfer.window", today).value["days_before"]) * DAY
    spans = [
        (_on(rule[begins], year - (rule[begins] > rule[term])), _on(rule[term], year) - before)
        for year in (today.year, today.year + 1)
        for begins, term in (("winter_from", "second_term"), ("summer_from", "first_term"))
    ]
    return min(span for span in spans if span[1] >= today)


def _on(month_and_day: str, year: int) -> date:
    return date.fromisoformat(f"{year}-{month_and_day}")


def in_window(kind: Destination, law: Law, today: date) -> bool:
    """Whether the law leaves the day open for a transfer of that kind."""
    if kind not in str(law.rule("transfer.window", today).value["of"]).split():
        return True
    return window(law, today)[0] <= today
