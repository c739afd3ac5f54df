"""Who plays in the demo: a chamber, a college, two enterprises, those who act for them, students, parents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.demo.asking import Asking, made, record
from api.store import Account
from contracts.decision import Text
from contracts.log.facts import organisation_id
from contracts.log.ids import uuid7
from contracts.memorandum import SignMemorandum
from contracts.organisation import ChangeSignatory, RegisterOrganisation
from contracts.parties import Guardian, Kind, Licence, Name, Record, Role
from contracts.person import NameRepresentative, RegisterPerson
from contracts.relations import Caller
from contracts.roster import EnrolStudent, RegisterMentor

CHAMBER, COLLEGE = "110540900205", "080440900104"
ELECTRO, POWER = "120440900005", "130940900302"
SPECIALTY, QUALIFICATION = "07130700", "4S07130704"
REGION = "75"

ORGANISATIONS = {
    CHAMBER: (Kind.CHAMBER, Name("«Демо» өңірлік кәсіпкерлер палатасы", "Региональная палата «Демо»")),
    COLLEGE: (Kind.COLLEGE, Name("Демо Алматы энергетика колледжі", "Демо Алматинский колледж энергетики")),
    ELECTRO: (Kind.ENTERPRISE, Name("«Демо Жетісу Электро» ЖШС", "ТОО «Демо Жетісу Электро»")),
    POWER: (Kind.ENTERPRISE, Name("«Демо Алатау Қуат» ЖШС", "ТОО «Демо Алатау Энерго»")),
}
LICENCE = Licence("KZ00LAA00000000", (SPECIALTY, "07130200", "07140100", "06130100"))

Who = tuple[str, str, date, bool]
"""Name, in Latin letters, day of birth, whether a man."""

ACTING: dict[str, tuple[str, Who]] = {
    "chamber": (CHAMBER, ("Демо Бақыт", "Bakyt Demo", date(1971, 2, 11), True)),
    "college": (COLLEGE, ("Демо Гүлнар", "Gulnar Demo", date(1975, 5, 6), False)),
    "enterprise": (ELECTRO, ("Демо Ержан", "Yerzhan Demo", date(1982, 10, 3), True)),
    "power": (POWER, ("Демо Динара", "Dinara Demo", date(1986, 8, 21), False)),
}
"""Those who act and sign for an organisation, and for which."""

DUTIES = {
    Role.LAWYER: ("Демо Әділет", "Adilet Demo", date(1980, 1, 15), True),
    Role.REVIEWER: ("Демо Мақпал", "Makpal Demo", date(1969, 7, 9), False),
    Role.MINISTRY: ("Демо Серікжан", "Serikzhan Demo", date(1977, 12, 1), True),
    Role.PRIVACY: ("Демо Сымбат", "Symbat Demo", date(1984, 3, 27), False),
}
"""Duties beside any contract; the operator is the first of all."""

OPERATOR = ("Демо Рүстем", "Rustem Demo", date(1988, 6, 14), True)
MENTORS = {
    ELECTRO: ("Демо Асқар", "Askar Demo", date(1984, 12, 31), True),
    POWER: ("Демо Серік", "Serik Demo", date(1979, 6, 30), True),
}
PARENTS = {
    "aisulu": ("Демо Сәуле", "Saule Demo", date(1978, 11, 23), False),
    "daniyar": ("Демо Роза", "Roza Demo", date(1981, 2, 3), False),
}

STUDENTS = {
    "aisulu": ("Демо Айсұлу", "Aisulu Demo", (16, 3, 15), False),
    "daniyar": ("Демо Данияр", "Daniyar Demo", (16, 5, 17), True),
    "kamila": ("Демо Камила", "Kamila Demo", (19, 9, 1), False),
    "nurlan": ("Демоев Нұрлан", "Nurlan Demoev", (22, 2, 28), True),
    "nurlan-2": ("Демоев Нурлан", "Nurlan Demoyev", (20, 11, 12), True),
    "zarina": ("Демо Зарина", "Zarina Demo", (19, 7, 6), False),
    "timur": ("Демо Тимур", "Timur Demo", (19, 4, 20), True),
    "madina": ("Демо Мәдина", "Madina Demo", (18, 5, 12), False),
    "alikhan": ("Демо Әлихан", "Alikhan Demo", (20, 1, 9), True),
    "dana": ("Демо Дана", "Dana Demo", (19, 6, 2), False),
    "olzhas": ("Демо Олжас", "Olzhas Demo", (21, 8, 8), True),
    "asel": ("Демо Әсел", "Assel Demo", (21, 4, 4), False),
    "erlan": ("Демо Ерлан", "Yerlan Demo", (20, 10, 10), True),
    "zhanar": ("Демо Жанар", "Zhanar Demo", (18, 8, 30), False),
}
"""Name, and how old they are or become this school year: so the demo has two minors in any year."""


@dataclass(frozen=True)
class Cast:
    """By name; `acting`: callers for organisations, by BIN. `memorandum`: of the college and the first
    enterprise."""

    operator: UUID
    acting: Mapping[str, Caller]
    duties: Mapping[Role, UUID]
    mentors: Mapping[str, UUID]
    parents: Mapping[str, UUID]
    students: Mapping[str, UUID]
    memorandum: UUID

    def student(self, name: str) -> Caller:
        return Caller(self.students[name])

    def parent(self, name: str) -> Caller:
        return Caller(self.parents[name])

    @property
    def college(self) -> Caller:
        return self.acting[COLLEGE]

    def accounts(self) -> dict[str, Account]:
        """By the names under which they sign in; the student last."""
        acting = {name: bin_ for name, (bin_, _) in ACTING.items() if name != "power"}
        return {
            "operator": Account(self.operator, [Role.OPERATOR.value]),
            **{duty.value: Account(person, [duty.value]) for duty, person in self.duties.items()},
            **{name: Account(self.acting[bin_].person, [], f"org:{bin_}") for name, bin_ in acting.items()},
            "parent": Account(self.parents["aisulu"]),
            "student": Account(self.students["aisulu"]),
        }


def settled(asking: Asking) -> Cast:
    """Everybody, registered; the same people on every start."""
    nobody_yet = Caller(uuid7(), duties=frozenset({Role.OPERATOR}))
    operator = registered(asking, "operator", record(*OPERATOR), nobody_yet)
    keeper = Caller(operator, duties=frozenset({Role.OPERATOR}))
    duties = {
        duty: registered(asking, duty.value, record(*person), keeper) for duty, person in DUTIES.items()
    }
    acting = {bin_: _acting(asking, keeper, name, bin_, record(*who)) for name, (bin_, who) in ACTING.items()}
    mentors = {bin_: _mentor(asking, acting[bin_], bin_, record(*who)) for bin_, who in MENTORS.items()}
    students = {name: _student(asking, acting[COLLEGE], name) for name in STUDENTS}
    parents = {name: _parent(asking, acting[COLLEGE], name, students[name]) for name in PARENTS}
    agreed = SignMemorandum(COLLEGE, ELECTRO, 12, (QUALIFICATION,))
    memorandum = asking.ask("memorandum", agreed, acting[COLLEGE]).stream_id
    return Cast(operator, acting, duties, mentors, parents, students, memorandum)


def registered(asking: Asking, name: str, who: Record, caller: Caller) -> UUID:
    return made(asking.ask(f"person:{name}", RegisterPerson(who), caller))


def _acting(asking: Asking, keeper: Caller, name: str, bin_: str, who: Record) -> Caller:
    kind, official = ORGANISATIONS[bin_]
    observed_by = None if kind is Kind.CHAMBER else CHAMBER
    licence = LICENCE if kind is Kind.COLLEGE else None
    organisation = RegisterOrganisation(bin_, kind, official, REGION, observed_by, licence)
    stream = asking.ask(f"organisation:{bin_}", organisation, keeper, organisation_id(bin_)).stream_id
    person = registered(asking, name, who, keeper)
    mandate = ChangeSignatory(person, "Директор", "Жарғы", signs=True)
    asking.ask(f"mandate:{name}", mandate, keeper, stream)
    return Caller(person, f"org:{bin_}")


def _mentor(asking: Asking, enterprise: Caller, bin_: str, who: Record) -> UUID:
    begun_on = date(asking.school_year() - 3, 8, 1)
    mentor = RegisterMentor(who, 12, begun_on, date(asking.school_year(), 8, 1))
    return made(asking.ask(f"mentor:{bin_}", mentor, enterprise, organisation_id(bin_)))


def _student(asking: Asking, college: Caller, name: str) -> UUID:
    called, latin, age, man = STUDENTS[name]
    student = EnrolStudent(
        record(called, latin, asking.born(*age), man), SPECIALTY, date(asking.school_year() - 3, 9, 1)
    )
    return made(asking.ask(f"student:{name}", student, college, organisation_id(COLLEGE)))


def _parent(asking: Asking, college: Caller, name: str, student: UUID) -> UUID:
    person = registered(asking, f"parent-of-{name}", record(*PARENTS[name]), college)
    named = NameRepresentative(person, Guardian.MOTHER, Text("Туу туралы куәлік, демо"))
    asking.ask(f"representative:{name}", named, college, student)
    return person
