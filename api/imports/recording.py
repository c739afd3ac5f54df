"""Batches of rows into the log: looked up, decided and written together, a row wholly or not at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from time import sleep
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace
from psycopg import OperationalError

from api.imports.checking import Entry, Fault, read
from api.imports.deciding import Judge, NotTaken, Taken
from api.imports.knowing import look_up
from api.imports.reading import Row
from contracts.log.deciding import Decided
from contracts.log.desk import Desk
from contracts.log.errors import BoundaryMoved, DayMoved, OutcomeUnknown, Unavailable, VersionMoved
from contracts.log.recorder import Append
from contracts.log.writing import to_append

AT_ONCE = 200
"""Rows of a batch: at most 1,000 events, well under the 5,000 that one append may have."""
TRIES = 8
PAUSE = 0.25
"""Seconds before the first try again; twice as long before each further one."""


Lined = tuple[int, Entry | list[Fault]]
"""Line, and the row as far as it could be read."""


@dataclass
class Tally:
    """What has become of the rows so far."""

    recorded: int = 0
    already: int = 0
    refused: int = 0
    events: int = 0
    last_line: int = 0

    @property
    def rows(self) -> int:
        return self.recorded + self.already + self.refused


@dataclass
class Intake:
    """Takes rows in. `refuse` is told of each fault: its line and the fault."""

    desk: Desk
    judge: Judge
    application: str
    check_digit: bool
    college: str | None
    refuse: Callable[[int, Fault], None]
    tally: Tally = field(default_factory=Tally)
    _written: set[UUID] = field(default_factory=set)
    """Contracts of this run: a batch that is tried again finds them there."""

    def take(self, rows: Iterable[Row], after_each: Callable[[], None]) -> None:
        """Raises Unavailable when the database stays away; what is recorded stays recorded."""
        for batch in batches(rows, self._read):
            self._record(batch)
            after_each()

    def _read(self, row: Row) -> Entry | list[Fault]:
        return read(row, self.check_digit, self.college)

    def _record(self, batch: Sequence[Lined]) -> None:
        """Tried again when somebody else was first: what a try has written, the next one finds there."""
        entries = [entry for _, entry in batch if isinstance(entry, Entry)]
        for tries_left in reversed(range(TRIES)):
            try:
                answers = self._tried(entries)
                break
            except (VersionMoved, BoundaryMoved, DayMoved, OutcomeUnknown) as error:
                if not tries_left:
                    raise Unavailable(str(error)) from error
            except (Unavailable, OperationalError) as error:
                if not tries_left:
                    raise Unavailable(str(error)) from error
                sleep(PAUSE * 2 ** (TRIES - 1 - tries_left))
        for line, read_ in batch:
            self._count(line, read_ if isinstance(read_, list) else answers[line])

    def _tried(self, entries: Sequence[Entry]) -> Mapping[int, Taken | Sequence[Fault]]:
        """By line, what each row comes to, all of it written."""
        if not entries:
            return {}
        known = look_up(self.desk, entries)
        answers: dict[int, Taken | Sequence[Fault]] = {}
        for entry in entries:
            try:
                answers[entry.line] = self.judge.judge(entry, known)
            except NotTaken as refused:
                answers[entry.line] = refused.faults
        self._write([answer for answer in answers.values() if isinstance(answer, Taken)])
        return answers

    def _write(self, rows: Sequence[Taken]) -> None:
        """In an order in which a run that is cut off leaves nothing that the next one does not complete."""
        self._append([made for row in rows for made in row.organisations])
        for students in by_college([row.student for row in rows if row.student]):
            self._append(students)
        for contracts in by_college([row.contract for row in rows if row.contract]):
            self._written |= {made.own.stream_id for made in contracts}  # first: the answer may be lost
            self._append(contracts)

    def _append(self, decided: Sequence[Decided]) -> None:
        parts = (to_append(each, self.desk.law, self.desk.mapper, self.application) for each in decided)
        if not (appends := [part for part in parts if part]):
            return
        wanted = together(appends)
        self.desk.sources.recorder.append(wanted)
        self.tally.events += len(wanted.events)

    def _count(self, line: int, answer: Taken | Sequence[Fault]) -> None:
        self.tally.last_line = line
        if isinstance(answer, Taken):
            recorded = answer.contract is not None or answer.there in self._written
            self.tally.recorded += recorded
            self.tally.already += not recorded
            return
        self.tally.refused += 1
        for fault in answer:
            self.refuse(line, fault)


def batches(rows: Iterable[Row], read_: Callable[[Row], Entry | list[Fault]]) -> Iterator[list[Lined]]:
    """No number and no student twice in a batch: of two rows about one the second sees the first."""
    batch: list[Lined] = []
    met: set[str] = set()
    for row in rows:
        entry = read_(row)
        keys = {entry.number, entry.student.iin} if isinstance(entry, Entry) else set()
        if len(batch) >= AT_ONCE or met & keys:
            yield batch
            batch, met = [], set()
        batch.append((row.line, entry))
        met |= keys
    if batch:
        yield batch


def by_college(decided: Iterable[Decided]) -> Iterator[list[Decided]]:
    """Whoever acts for another college acts in another append."""

    def behalf(each: Decided) -> str:
        return each.occasion.on_behalf_of or ""

    for _, same in groupby(sorted(decided, key=behalf), key=behalf):
        yield list(same)


def together(appends: Sequence[Append]) -> Append:
    """Several appends of one command and one caller as one: all of it or nothing. No stream is in two."""
    first = appends[0]
    tables: dict[str, list[Any]] = {}
    for part in appends:
        for table, rows in msgspec.json.decode(part.personal or "{}").items():
            tables.setdefault(table, []).extend(rows)
    return replace(
        first,
        heads=[head for part in appends for head in part.heads],
        events=[event for part in appends for event in part.events],
        boundaries=[boundary for part in appends for boundary in part.boundaries],
        personal=msgspec.json.encode(tables).decode() if tables else None,
    )
