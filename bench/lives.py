"""Made-up contracts and their whole lives, the same from the same seed, written straight into a log.

The events are the domain's own, spaced as a year of training is; ids, numbers and organisations differ.
Chains, heads and boundaries are as an append leaves them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter, itemgetter
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from api.demo.contracts import TURNED, WORKPLACES, schedule, usual
from api.demo.people import CHAMBER, ELECTRO
from contracts import law as laws
from contracts.activation import Activated, BriefingRecorded, FitnessRecorded
from contracts.contract import Parties, Route
from contracts.decision import Event
from contracts.ending import CertificateIssued, Ended, PropertyReturned, Thing
from contracts.formation import Drafted, Offered
from contracts.lifecycle import EVENTS
from contracts.log.chain import FIRST_PREV, canonical, event_hash
from contracts.log.derivation import ByEvents
from contracts.log.mapper import Mapper
from contracts.log.recorder import StoredEvent
from contracts.parties import Role
from contracts.pay import PayRecorded
from contracts.schedule import ChangeProposed
from contracts.schedule_answer import ChangeAccepted, ChangeAgreed
from contracts.signing import Concluded, Means, Signed
from contracts.terms import PayKind, Term, Terms
from contracts.withdrawal import Noticed

CONTRACT, STUDENT, MENTOR, PROPOSAL, ACTOR = (UUID(int=n) for n in range(1, 6))
NUMBER, COLLEGE, ENTERPRISE = "75-0000-000000", "000000000001", "000000000002"
"""What stands for the ids of one contract in a template."""

COLLEGES = [f"{number:06d}400{number % 1000:03d}" for number in range(180101, 180141)]
ENTERPRISES = [f"{number:06d}400{number % 1000:03d}" for number in range(190101, 190501)]
STARTS = (2023, 2024, 2025)
DAY = timedelta(days=1)

MEANT = ByEvents(Mapper(EVENTS), laws.load("kz"), lambda _: None)

TEXT = "d4fe03dd05644f229b11775a5364fb1d55227276251b7e5f2af59fcbf3dd0acf"


def terms(year: int) -> Terms:
    return usual(Term(date(year, 9, 1), date(year + 2, 6, 30)), WORKPLACES[ELECTRO], MENTOR)


def life(year: int, withdrawn: bool) -> Iterator[tuple[date, Role, str, Event]]:
    """What happens on which day, by whom, at whose command."""
    parties = Parties(STUDENT, COLLEGE, ENTERPRISE, CHAMBER)
    drafted = Drafted(NUMBER, Role.ENTERPRISE, Route.COLLEGE_FIRST, parties, minor=False, terms=terms(year))
    yield date(year, 8, 10), Role.ENTERPRISE, "draft", drafted
    offered = Offered(Role.ENTERPRISE, TEXT, date(year, 8, 26), "kz-1", TEXT[:32], TEXT)
    yield date(year, 8, 12), Role.ENTERPRISE, "offer", offered
    for order, party in enumerate((Role.ENTERPRISE, Role.STUDENT, Role.COLLEGE), 1):
        yield date(year, 8, 12 + order), party, "sign", Signed(party, ACTOR, TEXT, order, Means.SIMPLE)
    yield date(year, 8, 15), Role.COLLEGE, "sign", Concluded(TEXT, date(year, 9, 1), date(year, 8, 15))
    begun = date(year, 9, 1)
    yield begun, Role.ENTERPRISE, "record-briefing", BriefingRecorded(begun)
    yield begun, Role.ENTERPRISE, "record-fitness", FitnessRecorded(begun)
    yield begun, Role.DEADLINE, "activate", Activated(begun)
    yield from paid(year, 9, 10)
    asked, holds = date(year, 11, 16), date(year, 12, 7)
    proposed = ChangeProposed(PROPOSAL, Role.COLLEGE, schedule(TURNED), holds, date(year, 11, 23), TEXT)
    yield asked, Role.COLLEGE, "propose-schedule-change", proposed
    for party in (Role.ENTERPRISE, Role.STUDENT):
        accepted = ChangeAccepted(PROPOSAL, party, TEXT)
        yield asked + 2 * DAY, party, "answer-schedule-change", accepted
    agreed = ChangeAgreed(PROPOSAL, schedule(TURNED), holds, TEXT)
    yield asked + 2 * DAY, Role.STUDENT, "answer-schedule-change", agreed
    yield from paid(year, 11, 12)
    yield from paid(year + 1, 1, 5)
    if withdrawn:
        noticed_on, end_on = date(year + 1, 6, 15), date(year + 1, 7, 15)
        noticed = Noticed(Role.STUDENT, "own-wish", noticed_on, end_on, noticed_on)
        yield noticed_on, Role.COLLEGE, "withdraw", noticed
        yield end_on + DAY, Role.DEADLINE, "end-contract", Ended("own-wish", end_on, noticed_on)
        yield end_on + 3 * DAY, Role.COLLEGE, "issue-certificate", CertificateIssued("12")
        returned = PropertyReturned(Role.ENTERPRISE, (Thing.PASS,))
        yield end_on + 5 * DAY, Role.ENTERPRISE, "confirm-return", returned


def paid(year: int, first: int, last: int) -> Iterator[tuple[date, Role, str, Event]]:
    for month in range(first, last + 1):
        on = date(year + month // 12, month % 12 + 1, 8)
        pay = PayRecorded(f"{year}-{month:02d}", PayKind.COMPENSATION, 9_500_000)
        yield on, Role.ENTERPRISE, "record-pay", pay


@dataclass(frozen=True)
class Written:
    """An event of a template, with places for the ids of one contract."""

    after: timedelta
    type: str
    schema: int
    data: str
    metadata: str
    effective_on: date | None


class Life(NamedTuple):
    """A contract's events, and the places that it holds after the last of them: kind, key, JSON text."""

    events: list[StoredEvent]
    held: list[tuple[str, str, str]]


class Template(NamedTuple):
    """A life with places for the ids of one contract."""

    events: list[Written]
    held: Sequence[tuple[str, str, str]]


def template(year: int, withdrawn: bool) -> Template:
    mapper, began = Mapper(EVENTS), datetime(year, 8, 1, tzinfo=UTC)
    found = []
    for number, (on, role, command, event) in enumerate(sorted(life(year, withdrawn), key=itemgetter(0))):
        at = datetime.combine(on, time(4, number), UTC)
        metadata = {
            "actor": "deadline" if role is Role.DEADLINE else f"person:{ACTOR}",
            "role": role.value,
            "command": command,
            "law": "kz/2026-11",
            "application": "kelisim 0.1.0",
        }
        data = mapper.encode(event)
        found.append(
            Written(at - began, event.type, event.schema, data, canonical(metadata), event.effective_on)
        )
    rows = [*_rows(found, CONTRACT, began, Random(0), {})]
    return Template(found, MEANT.derived("contract", rows).held)


def stream(random: Random, number: int, templates: dict[int, list[Template]]) -> Life:
    """One contract; the places of its events in the log come later."""
    year = random.choice(STARTS)
    began = datetime(year, 8, 1, tzinfo=UTC) + timedelta(minutes=random.randrange(60 * 24 * 6))
    chosen = templates[year][random.random() < 0.12]
    stream_id = _uuid(random, began)
    ids = {
        str(CONTRACT): str(stream_id),
        str(STUDENT): str(_uuid(random, began)),
        str(MENTOR): str(UUID(int=random.randrange(2_000) + 10**6)),
        str(PROPOSAL): str(_uuid(random, began)),
        str(ACTOR): str(_uuid(random, began)),
        NUMBER: f"75-{year}-{number:06d}",
        COLLEGE: random.choice(COLLEGES),
        ENTERPRISE: random.choice(ENTERPRISES),
    }
    held = [
        (kind, _filled(key, ids), _filled(member, ids))
        for kind, key, member in chosen.held
        if kind != "series"
    ]
    held.append(("series", f"75-{year}", canonical({"last": number})))
    return Life([*_rows(chosen.events, stream_id, began, random, ids)], held)


def _rows(
    chosen: list[Written], stream_id: UUID, began: datetime, random: Random, ids: dict[str, str]
) -> Iterator[StoredEvent]:
    prev = FIRST_PREV
    for version, each in enumerate(chosen, 1):
        at = began + each.after
        data, metadata = _filled(each.data, ids), _filled(each.metadata, ids)
        row = StoredEvent(
            0, stream_id, version, each.type, each.schema, _uuid(random, at), data, metadata,
            each.effective_on, at, prev, b"",
        )  # fmt: skip
        prev = event_hash(row, prev)
        yield row._replace(hash=prev)


def _filled(text: str, ids: dict[str, str]) -> str:
    for place, value in ids.items():
        text = text.replace(place, value)
    return text


def _uuid(random: Random, at: datetime) -> UUID:
    value = int(at.timestamp() * 1000) << 80 | random.getrandbits(80)
    return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)


def contracts(count: int, seed: int = 2026) -> list[Life]:
    """With at least so many events."""
    random = Random(seed)
    templates = {year: [template(year, withdrawn) for withdrawn in (False, True)] for year in STARTS}
    lives: list[Life] = []
    made = 0
    while made < count:
        lives.append(stream(random, len(lives) + 1, templates))
        made += len(lives[-1].events)
    return lives


def in_order(lives: list[Life]) -> Iterator[StoredEvent]:
    """Their events as they were recorded, each in its place."""
    rows = sorted((row for life in lives for row in life.events), key=attrgetter("recorded_at"))
    return (row._replace(position=position) for position, row in enumerate(rows, 1))


def fill(url: str, count: int, seed: int = 2026) -> int:
    """How many events it became. As the database's owner: no role of the service may write so."""
    lives = contracts(count, seed)
    with psycopg.connect(url, autocommit=True) as connection:
        _copy(connection, "events", EVENT_COLUMNS, in_order(lives))
        _copy(connection, "streams", HEAD_COLUMNS, (_head(life.events[-1]) for life in lives))
        _copy(connection, "boundary", BOUNDARY_COLUMNS, _boundaries(lives))
        [[top]] = connection.execute("SELECT setval('log.position_seq', max(position)) FROM log.events")
        connection.execute("UPDATE log.mark SET position = %s", [top])
        connection.execute("VACUUM ANALYZE log.events")
    return int(top)


EVENT_COLUMNS = dict(
    zip(
        StoredEvent._fields,
        "int8 uuid int4 text int2 uuid text text date timestamptz bytea bytea".split(),
        strict=True,
    )
)
"""Of COPY, with their types: `json` takes its text as it is."""
HEAD_COLUMNS = {"stream_id": "uuid", "kind": "text", "version": "int4", "hash": "bytea"}
BOUNDARY_COLUMNS = {"kind": "text", "key": "text", "version": "int8", "state": "text"}


def _copy(
    connection: psycopg.Connection[Any], table: str, columns: dict[str, str], rows: Iterable[tuple[Any, ...]]
) -> None:
    statement = f"COPY log.{table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        copy.set_types([*columns.values()])
        for row in rows:
            copy.write_row(row)


def _head(last: StoredEvent) -> tuple[UUID, str, int, bytes]:
    return last.stream_id, "contract", last.stream_version, last.hash


def _boundaries(lives: list[Life]) -> Iterator[tuple[str, str, int, str | None]]:
    members: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for life in lives:
        for kind, key, member in life.held:
            members[kind, key].append(member)
    for version, ((kind, key), held) in enumerate(members.items(), 1):
        yield kind, key, version, MEANT.state(kind, key, held)
