"""Logs for the tests of the read side: people by real decisions, many contracts by appends."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

import psycopg

from contracts.decision import Command, Event
from contracts.formation import Draft
from contracts.law import load
from contracts.lifecycle import EVENTS
from contracts.log import Append, Head, NewEvent, Recorder, connect, set_test_clock
from contracts.log.desk import Desk
from contracts.log.facts import organisation_id
from contracts.log.ids import uuid7
from contracts.log.mapper import Mapper
from contracts.log.personal import PersonalStore
from contracts.log.wishes import Granted, Wish
from contracts.memorandum import SignMemorandum
from contracts.organisation import ChangeSignatory, RegisterOrganisation
from contracts.parties import Kind, Licence, Name, Record, Role
from contracts.person import RegisterPerson
from contracts.relations import Caller
from contracts.roster import EnrolStudent, RegisterMentor
from contracts.terms import Mentoring, Terms
from projections.every import PROJECTIONS
from projections.positions import ready
from tests import examples

LAW = load("journey-1")
MAPPER = Mapper(EVENTS)
STORE = PersonalStore(b"p" * 32, b"l" * 32)
OPERATOR = Caller(uuid7(), duties=frozenset({Role.OPERATOR}))

LIVES = [
    examples.K5_DRAFT,
    examples.K5_OUT,
    examples.K5_SIGNED,
    examples.K5_ACTIVE,
    [
        *examples.K5_ACTIVE,
        examples.proposed(
            examples.P1, Role.COLLEGE, examples.PRACTICE_MON_WED, date(2026, 10, 12), date(2026, 10, 5)
        ),
    ],
]
"""Contracts that have come more or less far."""


def appended(recorder: Recorder, stream_id: UUID, events: list[Event], version: int = 0) -> int:
    """The position of the last."""
    kind = type(events[0]).stream
    new = [NewEvent(stream_id, uuid7(), e.type, e.schema, MAPPER.encode(e), e.effective_on) for e in events]
    metadata = {"actor": f"person:{examples.C1_HEAD}", "role": "college", "command": "draft"}
    return recorder.append(Append([Head(stream_id, kind, version)], new, metadata)).position


def numbered(life: list[Event], number: int) -> list[Event]:
    """The same for another contract and another student."""
    drafted = life[0]
    parties = replace(drafted.parties, student=examples.an_id(100_000 + number))
    return [replace(drafted, number=f"75-2026-{number:06d}", parties=parties), *life[1:]]


C1, C2, E1, E2, R1 = "080440900104", "080440900203", "120440900005", "130940900302", "110540900205"
KAZAKH, YO, PLAIN, MINOR = "Қайрат Ғани", "Семёнова Алёна", "Aisulu Demo", "Ерік Demo"
"""Students: of C1 and E1, C1 and E2, C2 and E1, C2 and E2."""


@dataclass(frozen=True)
class Cast:
    """Who acts for whom; students and their contracts by name."""

    chamber: Caller
    c1: Caller
    c2: Caller
    e1: Caller
    e2: Caller
    mentor: Caller
    parent: Caller
    students: dict[str, Caller]
    contracts: dict[str, UUID]
    memorandum: UUID


class Town:
    """Colleges, enterprises, mentors and students, registered over the desk."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.pool = connect(database)
        self.desk = Desk(Recorder(self.pool), MAPPER, LAW, STORE, self.pool, "kelisim test")

    def close(self) -> None:
        self.pool.close()

    def clock(self, *day: int) -> None:
        """At nine in the morning of that day."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            set_test_clock(connection, datetime(*day, 4, tzinfo=UTC))

    def ask(self, command: Command, stream_id: UUID | None = None, caller: Caller = OPERATOR) -> Granted:
        return self.desk.execute(Wish(command, stream_id, caller))

    def followed(self, granted: Granted) -> Granted:
        """Once all questions include it."""
        assert granted.position is not None
        assert ready(self.pool, [projection.name for projection in PROJECTIONS], granted.position, 10)
        return granted

    def organisation(
        self, bin_: str, kind: Kind, name: Name, head: Record, chamber: str | None = None
    ) -> Caller:
        """Its head, who acts for it and may sign."""
        person = self.ask(RegisterPerson(head)).stream_id
        licence = Licence("1", (examples.SUBJECT.specialty,)) if kind is Kind.COLLEGE else None
        registered = RegisterOrganisation(bin_, kind, name, "75", chamber, licence)
        stream = self.ask(registered, organisation_id(bin_)).stream_id
        self.ask(ChangeSignatory(person, "director", "charter", signs=True), stream)
        return Caller(person, f"org:{bin_}")

    def mentor(self, enterprise: Caller, record: Record, capacity: int) -> UUID:
        wish = RegisterMentor(record, capacity, cleared_on=date(2026, 7, 20))
        answer = self.ask(wish, organisation_id(enterprise.bin or ""), enterprise)
        return UUID(answer.events[0]["data"]["person"])

    def student(self, college: Caller, record: Record) -> UUID:
        wish = EnrolStudent(record, examples.SUBJECT.specialty)
        return UUID(self.ask(wish, organisation_id(college.bin or ""), college).events[0]["data"]["person"])

    def memorandum(self, college: Caller, enterprise: Caller, places: int) -> UUID:
        wish = SignMemorandum(
            college.bin or "", enterprise.bin or "", places, (examples.SUBJECT.qualification,)
        )
        return self.ask(wish, None, college).stream_id

    def draft(
        self,
        student: UUID,
        college: Caller,
        enterprise: Caller,
        mentor: UUID,
        memorandum: UUID | None = None,
        terms: Terms = examples.TERMS,
    ) -> Granted:
        """By the college."""
        terms = replace(terms, mentor=Mentoring(mentor))
        wish = Draft(student, college.bin or "", enterprise.bin or "", "college_first", terms, memorandum)
        return self.ask(wish, None, college)
