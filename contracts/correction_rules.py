"""What proposing a correction and answering it share: who may answer, and what has been proposed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.contract import Contract
from contracts.decision import Cure, Occasion, Refusal
from contracts.dossier import Correction, Outcome
from contracts.law import Law
from contracts.parties import Role
from contracts.past import Past

# Refusals


@dataclass(frozen=True)
class SecondPerson(Refusal):
    """`may_answer`: who may; never the person who proposed it."""

    type = "correction.four-eyes"
    code = "COR-FOUR-EYES"
    cures = (
        Cure(Role.COLLEGE, "another-person", "approve-correction"),
        Cure(Role.LAWYER, "lawyer-approves", "approve-correction"),
    )
    may_answer: tuple[Role, ...]


@dataclass(frozen=True)
class Answered(Refusal):
    """There is no correction of that number, or it was answered: `outcome`."""

    type = "correction.answered"
    code = "COR-ANSWERED"
    cures = (Cure(Role.COLLEGE, "propose-correction", "correct"),)
    outcome: Outcome | None


# Rules


def approvers(asked: Correction, law: Law, today: date) -> tuple[Role, ...]:
    """For money or parties a lawyer, else the side that proposed it or a lawyer."""
    value = law.rule("correction.four-eyes", today).value
    fields = {*str(value["fields"]).split()}
    money = asked.of in str(value["entries"]).split()
    if money or (asked.field and fields & {*asked.field.split(".")}):
        return (Role.LAWYER,)
    return tuple(sorted({asked.by, Role.LAWYER}))


def second(contract: Contract, correction: UUID, occasion: Occasion) -> Iterator[Refusal]:
    """Another person than the one who proposed it, and one who may."""
    if (found := waiting(contract, correction)) is None:
        answered = the(contract, correction)
        yield Answered(answered.outcome if answered else None)
        return
    who = approvers(found, occasion.law, occasion.today)
    if occasion.role not in who or occasion.person == found.person:
        yield SecondPerson(who)


def the(contract: Contract, correction: UUID) -> Correction | None:
    return next((each for each in contract.corrections if each.id == correction), None)


def waiting(contract: Contract, correction: UUID) -> Correction | None:
    """Where nobody has answered it yet."""
    found = the(contract, correction)
    return found if found and found.outcome is None else None


def past_of(occasion: Occasion) -> Past:
    if occasion.facts.past is None:
        raise LookupError("who looks back has the entries")
    return occasion.facts.past
