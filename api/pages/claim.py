"""How much is claimed, why, who owes whom, and what is paid? One claim, and all that one is a side of."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.formats import day, money, number
from api.languages import say
from api.pages import render
from api.pages.deeds import deeds
from api.pages.furniture import Page
from api.pages.lists import address, caught_up, person_name, read_up_to
from api.pages.names import Names, names, roles
from api.pages.parts import Column, Fact, Lines, Link, Table, Tag, Words
from api.pages.reader import Reader, Reading
from api.pages.views.register import Register
from api.pages.views.subject import Block, Subject
from api.queries.lists import sight
from api.queries.moments import Moment, Streamed, metadata, note_read, streamed
from api.sentences import Speaker
from contracts import ledger
from contracts.claim import Claim, Debt
from contracts.ledger import Account
from contracts.parties import Role
from contracts.steps import Step
from projections import claims as listed

router = APIRouter(include_in_schema=False)

HEADS = ("number", "about", "creditor", "debtors", "asked", "owed", "next", "state")


@router.get("/claims")
def claims_page(reader: Reading, after: str = "") -> HTMLResponse:
    caught_up(reader, "claims")
    seen = reader.reads(None, lambda r: sight(r.house, r.asked, "claims"))
    reader = reader.with_purpose_of(None)
    with reader.house.pool.connection() as connection:
        found = listed.claims(connection, seen, after=after or None)
    ids = {row.contract_id for row in found.items}
    note_read(reader.house, reader.asked, "claims", shown=ids, position=found.as_of.position)
    language = reader.language
    page = Page(
        say(language, "pages.claims.title"),
        section="claims",
        lead=say(language, "pages.claims.lead"),
        read_up_to=read_up_to(found.as_of),
    )
    table = Table(
        say(language, "pages.claims.title"),
        [Column(say(language, f"pages.claims.{head}"), number=head in {"asked", "owed"}) for head in HEADS],
        [_row(reader, row) for row in found.items],
    )
    view = Register(
        filters=(),
        action="/claims",
        chosen=(),
        table=table if found.items else None,
        empty=[say(language, "pages.claims.none")],
        actions=(),
        after=address("/claims", {"after": found.next}) if found.next else None,
    )
    return render(reader.request, "register.html", page, view=view)


def _row(reader: Reader, row: listed.Row) -> tuple[Words, ...]:
    language = reader.language
    student = [person_name(reader, row.student_name)] if row.student else []
    return (
        Lines(Link(row.number or say(language, "pages.contract.draft"), f"/claims/{row.claim_id}"), student),
        say(language, f"claims-about.{row.about}"),
        say(language, f"roles.{row.creditor}"),
        roles(language, row.debtors),
        money(language, row.asked),
        money(language, row.owed),
        day(language, row.next_deadline) if row.next_deadline else "",
        _state(reader, row.settled_on is None),
    )


def _state(reader: Reader, open_: bool) -> Tag:
    words = say(reader.language, f"pages.claims.{'open' if open_ else 'closed'}")
    return Tag(words, "warn" if open_ else "good")


# One claim


@router.get("/claims/{id}")
def claim_page(id: UUID, reader: Reading) -> HTMLResponse:
    found = reader.reads(id, lambda r: streamed("claim", r.house, r.asked, id, "claim"))
    reader = reader.with_purpose_of(id)
    claim: Claim = found.state(Moment(found.today, None))
    language = reader.language
    page = Page(
        say(language, "pages.claims.one", number=claim.number or ""),
        section="claims",
        lead=lead(reader, claim),
        crumbs=[Link(say(language, "furniture.nav.claims"), "/claims"), claim.number or ""],
    )
    blocks = [
        _debts(reader, claim),
        _computation(reader, claim.steps),
        _ledger(reader, found),
        _history(reader, found),
        *deeds(reader, id, f"/claims/{id}"),
    ]
    return render(reader.request, "subject.html", page, view=Subject(_facts(reader, claim), blocks))


def lead(reader: Reader, claim: Claim) -> str:
    language = reader.language
    return say(
        language,
        "pages.claims.sentence",
        amount=money(language, claim.sum),
        creditor=say(language, f"roles.{claim.creditor}"),
        debtors=roles(language, sorted(claim.debtors)),
        day=day(language, claim.answer_by) if claim.answer_by else "",
    )


def _facts(reader: Reader, claim: Claim) -> list[Fact]:
    language, sides = reader.language, claim.parties
    found = [
        Fact(say(language, "fields.about"), say(language, f"claims-about.{claim.about}")),
        Fact(say(language, "pages.worklist.contract"), _contract(claim)),
    ]
    if sides:
        known = names(reader.house, language, {sides.student}, {sides.college, sides.enterprise})
        found += [
            Fact(say(language, f"roles.{role}"), _party(known, claim, role)) for role in sorted(claim.sides)
        ]
    days = (("opened_on", claim.opened_on), ("due_by", claim.due_by), ("late_on", claim.late_on))
    found += [Fact(say(language, f"fields.{name}"), day(language, on)) for name, on in days if on]
    return [*found, Fact(say(language, "pages.claims.state"), _state(reader, claim.settled_on is None))]


def _contract(claim: Claim) -> Words:
    return Link(claim.number or "", f"/contracts/{claim.contract}")


def _party(known: Names, claim: Claim, role: Role) -> Words:
    if claim.parties is None:
        raise LookupError("a claim begins with its sides")
    if role is Role.STUDENT:
        return known.person(claim.parties.student)
    return known.organisation(claim.parties.college if role is Role.COLLEGE else claim.parties.enterprise)


def _debts(reader: Reader, claim: Claim) -> Block:
    """Who owes what of it, part by part, with the answer and the next instalment."""
    language = reader.language
    heads = ("debtors", "asked", "expenses", "penalty", "principal", "owed", "answer")
    table = Table(
        say(language, "pages.claims.debts"),
        [
            Column(say(language, f"pages.claims.{head}"), number=head not in {"debtors", "answer"})
            for head in heads
        ],
        [_debt(reader, debt) for debt in claim.debts],
    )
    return Block(say(language, "pages.claims.debts"), table, "")


def _debt(reader: Reader, debt: Debt) -> tuple[Words, ...]:
    language = reader.language
    sums = (debt.asked, debt.expenses, debt.penalty, debt.principal, debt.owed)
    answer: Words = (
        say(language, f"claim-answers.{debt.answer}")
        if debt.answer
        else say(language, "pages.claims.no-answer")
    )
    notes: list[Words] = []
    if debt.overpaid:
        notes.append(f"{say(language, 'fields.overpaid')}: {money(language, debt.overpaid)}")
    if debt.rests and (due := debt.next_instalment):
        words = say(language, "pages.claims.next-instalment")
        notes.append(f"{words}: {money(language, due.amount)}, {day(language, due.due_on)}")
    return (
        say(language, f"roles.{debt.debtor}"),
        *(money(language, amount) for amount in sums),
        Lines(answer, notes) if notes else answer,
    )


def _computation(reader: Reader, steps: Sequence[Step]) -> Block:
    language = reader.language
    table = Table(
        say(language, "pages.claims.computation"),
        [
            Column(say(language, "pages.claims.step")),
            Column(say(language, "pages.claims.value"), number=True),
        ],
        [(say(language, f"steps.{step.name}"), _value(language, step)) for step in steps],
    )
    rounding = Link(say(language, "pages.claims.rounding"), "/law/money.rounding")
    return Block(say(language, "pages.claims.computation"), table, "", [rounding])


def _value(language: str, step: Step) -> str:
    return money(language, step.value) if step.unit == "tiyn" else number(language, step.value)


def _ledger(reader: Reader, found: Streamed) -> Block:
    """Day, entry, account, debit, credit; and the line that says that both come to the same."""
    language = reader.language
    rows: list[tuple[Words, ...]] = []
    debits = credits_ = 0
    posted = ledger.rows(found.entries, found.law)
    for row in posted:
        for posting in row.postings:
            debits, credits_ = debits + max(0, posting.amount), credits_ + max(0, -posting.amount)
            whose = f" ({say(language, f'roles.{posting.debtor}')})" if posting.debtor else ""
            reverses = f" {posting.reverses}" if posting.reverses else ""
            rows.append(
                (
                    day(language, row.on),
                    f"{_entry(language, row.type)}{reverses}",
                    f"{say(language, f'accounts.{posting.account}')}{whose}",
                    money(language, posting.amount) if posting.amount > 0 else "",
                    money(language, -posting.amount) if posting.amount < 0 else "",
                )
            )
    total = say(language, "pages.claims.equal" if debits == credits_ else "pages.claims.unequal")
    rows.append((total, "", "", money(language, debits), money(language, credits_)))
    heads = ("day", "entry", "account", "debit", "credit")
    columns = [Column(say(language, f"pages.claims.{h}"), number=h in {"debit", "credit"}) for h in heads]
    left = ", ".join(
        f"{say(language, f'accounts.{account}')}: {money(language, amount)}"
        for account, amount in ledger.balances(posted).items()
        if amount and account in SHOWN
    )
    words = say(language, "pages.claims.ledger")
    return Block(words, Table(words, columns, rows), "", [left] if left else [])


SHOWN = frozenset({Account.BACK, Account.PENALTY, Account.EXPENSES, Account.OVERPAID})
"""Balances that are told below: what is still to come, and what is to go back."""


def _entry(language: str, type_: str) -> str:
    """A month and a payment of a price stand in one entry."""
    return say(language, f"pages.claims.{type_}" if "." not in type_ else f"events.{type_}")


def _history(reader: Reader, found: Streamed) -> Block:
    language = reader.language
    speaker = Speaker(language, found.law, found.today)
    rows = []
    for row, entry in zip(found.rows, found.entries, strict=True):
        by = metadata(row).get("role")
        who = say(language, f"roles.{by}") if by else ""
        rows.append((day(language, found.law.day(row.recorded_at)), speaker.event(entry.event), who))
    heads = ("day", "entry", "by")
    columns = [Column(say(language, f"pages.claims.{head}")) for head in heads]
    words = say(language, "pages.claims.history")
    return Block(words, Table(words, columns, rows[::-1]), "")
