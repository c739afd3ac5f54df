"""What a row asks for, decided by the same commands as anywhere: organisations, the student, the contract."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from api.imports.checking import Entry, Fault, Named, refused
from api.imports.knowing import Known, same_person
from contracts.ahead import outlook
from contracts.consequences import consequences
from contracts.contract import Contract
from contracts.contract_rules import NotYet
from contracts.decision import Command, Occasion, Refused, Text, effects
from contracts.facts import Facts
from contracts.formation_rules import NumberTaken, UnknownParty
from contracts.log.deciding import Decided
from contracts.log.desk import Desk
from contracts.log.facts import Gathered, organisation_id
from contracts.log.ids import uuid7
from contracts.log.personal import PersonKey
from contracts.log.sealing import Envelope
from contracts.log.wishes import Wish
from contracts.offer_rules import practice_share
from contracts.on_paper import Imported, RecordSigned
from contracts.organisation import RegisterOrganisation
from contracts.parties import Name, Organisation, Person, Role
from contracts.registration import NoAuthority
from contracts.relations import Caller
from contracts.roster import EnrolStudent

OURS = re.compile(r"\d{2}-\d{4}-\d{6}")
"""Numbers that this register gives: one from a paper would stand in the way of its own next one."""

COLUMN_OF = {
    "formation.age": "born_on",
    "formation.practice-share": "enterprise_hours",
    "formation.number": "number",
    "formation.one-active": "starts_on",
    "formation.incomplete": "outcome",
    "contract.not-yet": "signed_on",
    "organisation.authority": "college_bin",
    "organisation.bin": "college_bin",
}


@dataclass(frozen=True)
class Importer:
    """Who hands the file in. An operator keeps the register of organisations and records for any college;
    everybody else for the one `college` that they act for."""

    person: UUID
    college: str | None = None

    def caller(self, bin_: str) -> Caller:
        duties = frozenset() if self.college else frozenset({Role.OPERATOR})
        return Caller(self.person, f"org:{bin_}", duties)


@dataclass(frozen=True)
class Taken:
    """What a row comes to. No `contract`: it is recorded already, as `there`."""

    there: UUID | None = None
    organisations: tuple[Decided, ...] = ()
    student: Decided | None = None
    contract: Decided | None = None


NOTHING_SEALED = Envelope({}, ())


class NotTaken(Exception):
    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(fault.name for fault in faults))
        self.faults = faults


class Judge:
    """`source`: name of the file, which is kept, sealed, with each contract. `run`: ties together in the log
    what one run has recorded."""

    def __init__(self, desk: Desk, importer: Importer, source: str, run: str) -> None:
        self._desk = desk
        self._importer = importer
        self._source = source
        self._run = run

    def judge(self, entry: Entry, known: Known) -> Taken:
        """What `known` says counts, and is brought up to date. Raises NotTaken."""
        if faults := [*self._before(entry, known)]:
            raise NotTaken(*faults)
        if there := self._recorded(entry, known):
            return Taken(there)
        college, new_college = self._organisation(entry.college, known)
        enterprise, new_enterprise = self._organisation(entry.enterprise, known)
        student, enrolled = self._student(entry, college, known)
        facts = Facts(student=student, college=college, enterprise=enterprise)
        contract = self._contract(entry, facts, known, enrolled)
        known.organisations |= {entry.college.bin: college, entry.enterprise.bin: enterprise}
        made = tuple(new for new in (new_college, new_enterprise) if new)
        return Taken(None, made, enrolled, contract)

    def _before(self, entry: Entry, known: Known) -> Iterator[Fault]:
        """What no command asks, since only a file brings it up."""
        own = self._importer.college
        if own and own != entry.college.bin:
            yield refused("college_bin", NoAuthority())
        if OURS.fullmatch(entry.number):
            yield Fault("number", "import.number-form")
        if entry.ended_on and entry.ended_on > known.today:
            yield refused("ended_on", NotYet(entry.ended_on, known.today))
        for named in (entry.college, entry.enterprise):
            there = known.organisations.get(named.bin)
            if there and there.kind is not named.kind:
                yield Fault(f"{named.kind}_bin", "import.kind")
        person = known.people.get(entry.student.iin)
        if person and person.record and not same_person(person.record.name, entry.student.name):
            yield Fault("name", "import.person")

    def _recorded(self, entry: Entry, known: Known) -> UUID | None:
        """This very contract, if it stands there already. Raises NotTaken for another one of its number."""
        if not (holder := known.holder(entry.number)):
            return None
        student, there = known.people.get(entry.student.iin), known.imported.get(entry.number)
        if there is None or student is None or there.parties.student != student.id:
            raise NotTaken(refused("number", NumberTaken()))
        if _same(entry, there):
            return holder
        raise NotTaken(Fault("number", "import.differs"))

    def _organisation(self, named: Named, known: Known) -> tuple[Organisation, Decided | None]:
        """The organisation, and what makes it where it is new."""
        if there := known.organisations.get(named.bin):
            return there, None
        column = f"{named.kind}_bin"
        if self._importer.college:
            raise NotTaken(refused(column, UnknownParty((named.kind.value,))))
        if not (named.name and named.region):
            raise NotTaken(Fault(column, "import.unknown-organisation"))
        command = RegisterOrganisation(named.bin, named.kind, Name(named.name, named.name), named.region)
        occasion = self._occasion(known, Facts(), Role.OPERATOR, named.bin)
        made = self._decided(command, organisation_id(named.bin), Organisation(), occasion, known)
        return made.own.after, made

    def _student(self, entry: Entry, college: Organisation, known: Known) -> tuple[Person, Decided | None]:
        """The student as he is once he is enrolled, and what enrols him where he is not."""
        there, subject, term = known.people.get(entry.student.iin), entry.terms.subject, entry.terms.term
        if subject is None or term is None:
            raise LookupError("an entry has its subject and its term")
        command = EnrolStudent(entry.student, subject.specialty, term.starts_on)
        occasion = self._occasion(known, Facts(known=there), Role.COLLEGE, entry.college.bin)
        envelope = Envelope({}, ())
        if there is None:
            sealed = self._desk.sources.store.seal_record(occasion.fresh, 1, entry.student)
            envelope = Envelope({"record": sealed.commitment}, (sealed,))
        occasion = replace(occasion, sealed=envelope.commitments)
        made = self._decided(command, organisation_id(entry.college.bin), college, occasion, known, envelope)
        if not (beside := made.effects[1:]):
            return there or Person(), None
        return replace(beside[0].after, record=(there.record if there else None) or entry.student), made

    def _contract(self, entry: Entry, facts: Facts, known: Known, enrolled: Decided | None) -> Decided:
        student = facts.student.id if facts.student else None
        if student is None:
            raise LookupError("a student has an id")
        command = RecordSigned(
            number=entry.number,
            student=student,
            college=entry.college.bin,
            enterprise=entry.enterprise.bin,
            terms=entry.terms,
            signed_on=entry.signed_on,
            source=Text(f"{self._source}: {entry.line}"),
            ended_on=entry.ended_on,
            completed=entry.completed,
        )
        key = known.keys.get(student) or _key(enrolled)
        sealed = self._desk.sources.store.seal_text(student, str(command.source), key)
        envelope = Envelope({"source": sealed.commitment}, (sealed,))
        holds = {("student", str(student)): known.holds(("student", str(student)))}
        facts = replace(facts, holds=holds, number_taken=known.number_taken(entry.number))
        occasion = self._occasion(known, facts, Role.COLLEGE, entry.college.bin)
        occasion = replace(occasion, sealed=envelope.commitments)
        stream_id = occasion.fresh
        in_the_way = [refused(COLUMN_OF.get(r.type), r) for r in practice_share(entry.terms, occasion)]
        try:
            made = self._decided(command, stream_id, Contract(id=stream_id), occasion, known, envelope)
        except NotTaken as others:
            raise NotTaken(*in_the_way, *others.faults) from others
        if in_the_way:
            raise NotTaken(*in_the_way)
        return made

    def _occasion(self, known: Known, facts: Facts, role: Role, bin_: str) -> Occasion:
        caller = self._importer.caller(bin_)
        behalf = caller.on_behalf_of if role is Role.COLLEGE else None
        return Occasion(
            f"person:{caller.person}",
            role,
            behalf,
            known.now,
            self._desk.law,
            facts,
            uuid7(),
            outlook=outlook,
        )

    def _decided(
        self,
        command: Command,
        stream_id: UUID,
        before: Any,
        occasion: Occasion,
        known: Known,
        envelope: Envelope = NOTHING_SEALED,
    ) -> Decided:
        """Raises NotTaken."""
        try:
            decision = command.decide(before, occasion)
        except Refused as error:
            raise NotTaken(*(refused(COLUMN_OF.get(r.type), r) for r in error.refusals)) from error
        student = occasion.facts.known or Person(id=occasion.fresh)
        found = effects(decision, stream_id, before, lambda _: student)
        caller = Caller(self._importer.person, occasion.on_behalf_of)
        wish = Wish(command, stream_id, caller, request_id=self._run)
        wanted, looked_at = command.references(before), frozenset(known.places)
        gathered = Gathered(wanted, occasion.facts, known.places, looked_at, known.streams, None)
        brought = consequences(found, occasion, occasion.ahead)
        return Decided(wish, found, occasion, gathered, envelope, brought)


def _key(enrolled: Decided | None) -> PersonKey:
    """Of a student who is new with this row."""
    if enrolled is None:
        raise LookupError("a student is known, or enrolled with the row")
    return enrolled.envelope.sealed[0].key


def _same(entry: Entry, there: Imported) -> bool:
    """Whether a contract was recorded from a row that said the same."""
    return (entry.terms, entry.signed_on, entry.ended_on, entry.completed) == (
        there.terms,
        there.signed_on,
        there.ended_on,
        there.completed,
    ) and (entry.college.bin, entry.enterprise.bin) == (there.parties.college, there.parties.enterprise)
