"""What a claim waits for: answers, payments, instalments, limitation; and what each debtor still owes."""

from datetime import date

from contracts.claim import Claim, Debt
from contracts.consequences import Deadline, Outlook, Sum, Task
from contracts.decision import DAY
from contracts.law import Law
from contracts.parties import Role
from contracts.steps import Step

ORDER = ("expenses", "penalty", "principal")

# Rules


def outlook(claim: Claim, law: Law) -> Outlook:
    if claim.settled_on or claim.creditor is None or claim.answer_by is None or claim.late_on is None:
        return Outlook()
    creditor = (claim.creditor,)
    due, tasks = answers(claim)
    for (until, silence), who in pays(claim).items():
        due.append(Deadline("pay-claim", who, until, silence, "claim.late-interest"))
        tasks.append(Task("pay-claim", who, "agree-instalments", until))
    for debt in claim.debts:
        tasks += proposed(claim, debt)
        if debt.overpaid:
            tasks.append(Task("return-overpayment", creditor, "return-overpayment"))
    if claim.owed:
        due.append(Deadline("limitation", creditor, claim.late_on, "claim-barred", "limitation.general"))
    sums = tuple(still_owed(claim, debt, claim.creditor) for debt in claim.debts if debt.owed)
    return Outlook(deadlines=tuple(due), tasks=tuple(tasks), sums=sums)


def answers(claim: Claim) -> tuple[list[Deadline], list[Task]]:
    silent = tuple(sorted(debt.debtor for debt in claim.debts if debt.answer is None and debt.asked))
    if not silent or claim.answer_by is None:
        return [], []
    deadline = Deadline("answer-claim", silent, claim.answer_by, "claim-contested", "claim.answer")
    return [deadline], [Task("answer-claim", silent, "answer-claim", claim.answer_by)]


def pays(claim: Claim) -> dict[tuple[date, str], tuple[Role, ...]]:
    """Who has to pay by when, and what silence brings. Nobody has to while a dispute is open."""
    found: dict[tuple[date, str], tuple[Role, ...]] = {}
    for debt in claim.debts if not claim.disputes else ():
        if debt.owed:
            day = last_day(debt)
            found[day] = tuple(sorted((*found.get(day, ()), debt.debtor)))
    return found


def last_day(debt: Debt) -> tuple[date, str]:
    """To pay, and what silence brings: the whole rest falls due, or interest runs."""
    if debt.rests and (instalment := debt.next_instalment):
        return instalment.due_on, "instalments-fall"
    return debt.late_from - DAY, "interest-runs"


def proposed(claim: Claim, debt: Debt) -> list[Task]:
    """What one has proposed and another has to agree to."""
    found = []
    if debt.plan and not debt.plan.agreed and claim.creditor:
        other = tuple(sorted({debt.debtor, claim.creditor} - debt.plan.by))
        found.append(Task("agree-instalments", other, "agree-instalments"))
    if debt.waiver and claim.creditor:
        command = "write-off" if debt.waiver.whole else "waive"
        found.append(Task("second-person", (claim.creditor,), command))
    return found


def still_owed(claim: Claim, debt: Debt, creditor: Role) -> Sum:
    """With how it was claimed, as long as nothing has changed since."""
    own = tuple(Step(name, getattr(debt, name), "tiyn") for name in ORDER)
    untouched = debt.owed == debt.asked == debt.principal
    steps = (*claim.steps, *own) if untouched else own
    return Sum("still-owed", debt.owed, creditor, debt.debtor, "claim.order", steps)
