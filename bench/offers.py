"""Contracts that are out for signing after as many entries as a long talk about terms makes. Each has a
student of its own and every ten a mentor; college and enterprise are the demo's."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from uuid import UUID

from api.demo.contracts import WORKPLACES, usual
from api.demo.people import CHAMBER, COLLEGE, ELECTRO, SPECIALTY
from api.house import House
from contracts.contract import Contract, Parties, Route
from contracts.decision import Event
from contracts.formation import Drafted, Offered, Revised
from contracts.identification import check_digit
from contracts.log.facts import as_state
from contracts.log.ids import uuid7
from contracts.log.personal import Sealed, stored
from contracts.log.recorder import Append, Boundary, Head, NewEvent
from contracts.parties import Record, Role
from contracts.places import Hold, holds
from contracts.registration import PersonRegistered
from contracts.roster import MentorRegistered, StudentEnrolled
from contracts.terms import Compensation, PayKind, Term, Terms

OF_A_MENTOR = 10
REVISED = 17
"""With the draft, the offer and the signature 20 entries."""

BORN_FROM, A_DAY = date(2004, 1, 1), 5_000
"""So many are born each day."""


@dataclass(frozen=True)
class Offer:
    id: UUID
    text_hash: str


@dataclass
class Batch:
    """One append."""

    house: House
    heads: list[Head] = field(default_factory=list)
    events: list[NewEvent] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    sealed: list[Sealed] = field(default_factory=list)
    numbers: list[Boundary] = field(default_factory=list)

    def stream(self, stream_id: UUID, kind: str, *events: Event) -> None:
        encode = self.house.mapper.encode
        self.heads.append(Head(stream_id, kind, 0))
        self.events += (
            NewEvent(stream_id, uuid7(), each.type, each.schema, encode(each), each.effective_on)
            for each in events
        )

    def person(self, number: int, event: Event) -> UUID:
        record = Record(iin(number), f"Демо {number}", born_on(number))
        sealed = self.house.personal.seal_record(found := uuid7(), 1, record)
        self.sealed.append(sealed)
        self.stream(found, "person", PersonRegistered(found, sealed.commitment), event)
        return found

    def contract(self, number: int, mentor: UUID, today: date) -> Offer:
        student = self.person(number, StudentEnrolled(COLLEGE, SPECIALTY, today))
        offer = Offer(uuid7(), hashlib.sha256(str(number).encode()).hexdigest())
        events = [*talk(f"75-{today.year}-{number:06d}", student, mentor, offer.text_hash, today)]
        state = Contract(id=offer.id)
        for event in events:
            state = event.evolve(state)
        self.stream(offer.id, "contract", *events)
        self.holds += holds(state)
        self.numbers.append(Boundary("number", str(state.number), None, f'{{"contract":"{offer.id}"}}'))
        return offer

    def append(self) -> None:
        held: dict[tuple[str, str], list[Hold]] = {}
        for hold in self.holds:
            held.setdefault((hold.kind, hold.key), []).append(hold)
        places = [Boundary(*key, None, as_state(found)) for key, found in held.items()]
        wanted = Append(
            self.heads,
            self.events,
            {"actor": "bench", "role": "enterprise", "command": "offer"},
            boundaries=[*places, *self.numbers],
            personal=stored(self.sealed),
        )
        self.house.recorder.append(wanted)


def talk(number: str, student: UUID, mentor: UUID, text_hash: str, today: date) -> Iterator[Event]:
    """From a draft over many wishes about its pay to one text for all."""
    parties = Parties(student, COLLEGE, ELECTRO, CHAMBER)
    term = Term(today + timedelta(days=30), today + timedelta(days=700))
    agreed = usual(term, WORKPLACES[ELECTRO], mentor)
    yield Drafted(number, Role.ENTERPRISE, Route.COLLEGE_FIRST, parties, minor=False, terms=agreed)
    for n in range(REVISED):
        pay = Compensation(PayKind.COMPENSATION, 9_500_000 + n)
        yield Revised((Role.COLLEGE, Role.ENTERPRISE)[n % 2], Terms(compensation=pay))
    yield Offered(Role.COLLEGE, text_hash, today + timedelta(days=10), "kz-1", text_hash[:32], None)


def born_on(number: int) -> date:
    return BORN_FROM + timedelta(days=number // A_DAY)


def iin(number: int) -> str:
    """Its last digit is right but for one in a hundred, of which nobody asks."""
    first = f"{born_on(number):%y%m%d}5{number % A_DAY:04d}"
    return f"{first}{check_digit(first) or 0}"


def made(house: House, wanted: int) -> list[Offer]:
    """So many contracts that wait for the enterprise's signature and the others'."""
    found, numbers, today = list[Offer](), count(100_000), house.today()
    while len(found) < wanted:
        batch = Batch(house)
        mentor = batch.person(next(numbers), MentorRegistered(ELECTRO, OF_A_MENTOR, today, today))
        found += [batch.contract(next(numbers), mentor, today) for _ in range(OF_A_MENTOR)]
        batch.append()
    return found
