"""What auditors ask: who tried what and was refused, who looked, and where something stands in history."""

from dataclasses import fields
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query

from api import reads
from api.answers import listed, shown
from api.house import House, Inside
from api.problems import Problem
from api.queries.fresh import Fresh, including
from api.queries.lists import After, Limit, Words, sight
from api.queries.moments import day, instant, note_read
from api.refusals import source
from api.security.acting import Asked, AskedBy
from api.security.rights import anywhere, see
from api.sentences import Speaker
from contracts.decision import Refusal
from contracts.lifecycle import COMMANDS, REFUSALS
from projections import attempts, audit_trail
from projections.positions import AsOf

router = APIRouter(prefix="/api/v1/audit", tags=["audit"])

Contract = Annotated[UUID | None, Query(description="Only of this contract; who is a party has to name one.")]
Before = Annotated[UUID | None, Query(alias="after", description="`next` of the page before.")]


@router.get("/attempts", name="attempts", dependencies=[Depends(including("register"))])
def tried(
    house: Inside,
    asked: AskedBy,
    contract: Contract = None,
    rule: Words = None,
    command: Words = None,
    who: Words = None,
    at_from: Words = None,
    at_to: Words = None,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Refused commands, newest first, with the rules that stood in the way."""
    if contract is not None:
        see(house, asked, contract, "attempts")
    filters = attempts.Filters(
        subject=contract,
        rule=rule,
        command=command,
        who=who,
        at_from=instant(at_from, "at_from") if at_from else None,
        at_to=instant(at_to, "at_to") if at_to else None,
    )
    seen = sight(house, asked, "attempts")
    with house.pool.connection() as connection:
        page = attempts.search(connection, seen, filters, after=after, limit=limit)
    about = {each.subject for each in page.items if each.subject}
    note_read(house, asked, "attempts", subject=contract, shown=about)
    items = [{**shown(each), **_in_words(house, asked, each)} for each in page.items]
    return listed(items, page.next, AsOf(house.recorder.mark(), 0.0))


def _in_words(house: House, asked: Asked, attempt: attempts.Attempt) -> dict[str, Any]:
    """As it was refused: by the law of that day."""
    on = house.law.day(attempt.at)
    speaker = Speaker(asked.language, house.law, on)
    return {
        "title": speaker.command(COMMANDS[attempt.command]) if attempt.command in COMMANDS else None,
        "refusals": [
            {
                "rule": refused.type,
                "code": refused.code,
                "detail": speaker.refusal(refused),
                "source": source(house.law, refused.type, on),
            }
            for refused in refusals_of(attempt)
        ],
    }


def refusals_of(attempt: attempts.Attempt) -> list[Refusal]:
    """The rules that stood in the way, as data again; without those that are no more."""
    return [
        msgspec.convert(_unknown(REFUSALS[rule]) | facts, REFUSALS[rule], strict=False)
        for rule, facts in zip(attempt.rules, attempt.facts, strict=True)
        if rule in REFUSALS
    ]


def _unknown(refusal: type[Refusal]) -> dict[str, None]:
    """What was not known when it was refused is not among the stored facts."""
    return dict.fromkeys(field.name for field in fields(refusal))  # type: ignore[arg-type]


@router.get("/reads", name="reads")
def looked(
    house: Inside,
    asked: AskedBy,
    fresh: Fresh,
    subject: Annotated[UUID | None, Query(description="A contract, or the caller's own person.")] = None,
    actor: Words = None,
    limit: Limit = 50,
    before: Before = None,
) -> dict[str, Any]:
    """Who looked at what, when and what for."""
    if subject != asked.caller.person:
        _may(house, asked, "reads", subject)
    with house.pool.connection() as connection:
        found = reads.of(connection, subject, actor, before, limit + 1)
    note_read(house, asked, "reads", subject=subject)
    items = [_read(each, subject) for each in found[:limit]]
    last = str(found[limit - 1].read_id) if len(found) > limit else None
    return listed(items, last, AsOf(house.recorder.mark(), 0.0))


def _read(read: reads.Read, subject: UUID | None) -> dict[str, Any]:
    """Of a list that showed other contracts too, only that it showed this one."""
    row: dict[str, Any] = shown(read)
    if subject and read.subject != subject:
        row["shown"] = [str(subject)]
    return row


def _may(house: House, asked: Asked, question: str, contract: UUID | None) -> None:
    """An auditor of everything, a party of a contract of its own. Raises Problem 403, NotFound."""
    if contract is not None:
        see(house, asked, contract, question)
    elif not anywhere(question, asked):
        raise Problem(403, right=question)


@router.get("/search", name="search", dependencies=[Depends(including("audit_trail", "register"))])
def search(
    house: Inside,
    asked: AskedBy,
    contract: Contract = None,
    type: Annotated[list[str] | None, Query(description="Names of events.")] = None,
    kind: Words = None,
    clause: Words = None,
    who: Annotated[Words, Query(description="person:<uuid> or org:<BIN>.")] = None,
    role: Words = None,
    command: Words = None,
    recorded_from: Words = None,
    recorded_to: Words = None,
    effective_from: Words = None,
    effective_to: Words = None,
    limit: Limit = 50,
    after: After = None,
) -> dict[str, Any]:
    """Entries in the history of all contracts that the caller may see, newest first, in words."""
    filters = audit_trail.Filters(
        stream_id=contract,
        types=tuple(type or ()),
        kind=kind,
        clause=clause,
        who=who,
        role=role,
        command=command,
        recorded_from=instant(recorded_from, "recorded_from") if recorded_from else None,
        recorded_to=instant(recorded_to, "recorded_to") if recorded_to else None,
        effective_from=day(effective_from, "effective_from"),
        effective_to=day(effective_to, "effective_to"),
    )
    seen = sight(house, asked, "search")
    with house.pool.connection() as connection:
        page = audit_trail.search(connection, seen, filters, after=after, limit=limit)
    ids = {entry.stream_id for entry in page.items}
    note_read(house, asked, "search", shown=ids, position=page.as_of.position)
    speaker = Speaker(asked.language, house.law, seen.today)
    items = [{**shown(entry), "text": _told(house, speaker, entry)} for entry in page.items]
    return listed(items, page.next, page.as_of)


def _told(house: House, speaker: Speaker, entry: audit_trail.Entry) -> str:
    data = msgspec.json.encode(entry.data)
    return speaker.event(house.mapper.decode(entry.type, entry.schema_version, data))
