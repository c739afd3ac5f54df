"""Makes docs/samples/contracts.csv: made-up contracts of six colleges; 30 rows are faulty, no two alike.

`python -m tests.api.sample_contracts` writes it anew; the same every time.
"""

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from api.imports.columns import COLUMNS
from api.imports.specialties import QUALIFICATIONS
from contracts.identification import check_digit

PATH = Path(__file__).parents[2] / "docs" / "samples" / "contracts.csv"
ON = date(2026, 11, 24)
"""The day on which the sample is a college's state of affairs."""
GOOD = 500
DAY = timedelta(days=1)

COLLEGES = (
    ("АЭК", "Демо Алматы энергетика колледжі", "75"),
    ("АПК", "Демо Астана политехникалық колледжі", "71"),
    ("ҚТК", "Демо Қарағанды тау-кен колледжі", "35"),
    ("ПМК", "Демо Павлодар механика колледжі", "55"),
    ("ШҚК", "Демо Шымкент қызмет көрсету колледжі", "79"),
    ("АКК", "Демо Ақтөбе көлік колледжі", "15"),
)
FIRST = ("Жетісу", "Алатау", "Сарыарқа", "Ертіс", "Тұран", "Хан Тәңірі", "Көкжиек", "Самұрық")
SECOND = ("Электро", "Құрылыс", "Транс", "Сервис", "Машина")
BOYS = "Айбек Алихан Арман Асқар Әлішер Бауыржан Данияр Ерлан Жандос Қайрат Мұрат Нұрлан Олжас Тимур".split()
GIRLS = "Айгерім Айсұлу Ақмарал Әсел Гүлназ Дана Жанар Зарина Камила Қымбат Мәдина Назгүл Салтанат".split()
FATHERS = ("Мысал", "Үлгі", "Сынақ", "Нұсқа", "Макет")
STREETS = ("Мысал", "Үлгі", "Сынақ", "Нұсқа")
DEPARTMENTS = (
    "Қосалқы станция қызметі",
    "Жөндеу цехы",
    "Монтаж учаскесі",
    "Зертхана",
    "Қойма",
    "Диспетчерлік",
)
TAUGHT = tuple(sorted(specialty for specialty, listed in QUALIFICATIONS.items() if listed))

Cells = dict[str, str]


@dataclass(frozen=True)
class Fault:
    """What is wrong in one of the rows: its kind, the rule that finds it, the column that is named."""

    kind: str
    rule: str
    column: str | None
    spoil: Callable[[Cells, "Maker"], None]


class Maker:
    def __init__(self) -> None:
        self.chance = random.Random(2026)
        self.serial = 0
        self.numbers: dict[tuple[str, int], int] = {}
        self.colleges = [self.college(*college) for college in COLLEGES]
        self.enterprises = [self.enterprise(f"{a} {b}") for b in SECOND for a in FIRST]
        self.good: list[Cells] = []

    def bin(self, region: str) -> str:
        """Of an organisation that does not exist: serial parts from 97000."""
        while True:
            self.serial += 1
            year, month = self.chance.randint(1, 19), self.chance.randint(1, 12)
            if number := _checked(f"{year:02}{month:02}40{97000 + self.serial}"):
                return number

    def iin(self, born_on: date, man: bool) -> str:
        while True:
            self.serial += 1
            century = (3 if born_on.year < 2000 else 5) + (not man)
            if number := _checked(f"{born_on:%y%m%d}{century}{self.serial % 9000 + 1000:04}"):
                return number

    def college(self, sign: str, name: str, region: str) -> Cells:
        return {
            "sign": sign,
            "college_bin": self.bin(region),
            "college_name": name,
            "college_region": region,
        }

    def enterprise(self, name: str) -> Cells:
        region = self.chance.choice(COLLEGES)[2]
        name = f"«Демо {name}» ЖШС"
        return {"enterprise_bin": self.bin(region), "enterprise_name": name, "enterprise_region": region}

    def student(self, year: int, age: int | None = None) -> Cells:
        """Who is 16 to 18 on 1 September of the year."""
        years = age or self.chance.randint(16, 18)
        born_on = date(year - years, 8, 31) - self.chance.randrange(365) * DAY
        man = self.chance.random() < 0.6
        first = self.chance.choice(BOYS if man else GIRLS)
        father = self.chance.choice(FATHERS) + ("ұлы" if man else "қызы")
        return {"iin": self.iin(born_on, man), "name": f"Демо {first} {father}", "born_on": shown(born_on)}

    def contract(self, year: int, student: Cells, college: Cells) -> Cells:
        starts_on = date(year, 9, 1)
        ends_on = date(year + self.chance.choice((1, 2, 2, 3)), 6, 30)
        specialty = self.chance.choice(TAUGHT)
        total = self.chance.choice((1440, 1980, 2160, 2592))
        sequence = self.numbers[college["sign"], year] = self.numbers.get((college["sign"], year), 0) + 1
        return {
            "number": f"{college['sign']}-{year}/{sequence:03}",
            "signed_on": shown(starts_on - self.chance.randint(3, 25) * DAY),
            **{key: cell for key, cell in college.items() if key != "sign"},
            **self.chance.choice(self.enterprises),
            **student,
            "specialty": specialty,
            "qualification": self.chance.choice(sorted(QUALIFICATIONS[specialty])),
            "starts_on": shown(starts_on),
            "ends_on": shown(ends_on),
            "form": self.chance.choice(("күндізгі", "очная")),
            "funding": self.chance.choice(("мемлекеттік тапсырыс", "госзаказ", "ақылы")),
            "total_hours": str(total),
            "enterprise_hours": str(total * self.chance.randint(60, 75) // 100 + 1),
            "address": f"Демо қаласы, {self.chance.choice(STREETS)} көшесі, {self.chance.randint(1, 99)}",
            "department": self.chance.choice(DEPARTMENTS),
            "status": "стажёр" if self.chance.random() < 0.8 else "работник",
            "pay": self.chance.choice(("", "85 000,00", "95 000,00", "120000", "70 000 ₸")),
            "hiring": self.chance.choice(("", "жоқ", "условное", "міндетті")),
            **self.outcome(starts_on, ends_on),
        }

    def outcome(self, starts_on: date, ends_on: date) -> Cells:
        early = self.chance.random() < 0.15
        latest = min(ends_on, ON - DAY)
        if early and latest > starts_on:
            ended_on = starts_on + self.chance.randrange((latest - starts_on).days) * DAY
            return {"outcome": "расторгнут", "ended_on": shown(ended_on)}
        if ends_on < ON:
            return {"outcome": "завершён", "ended_on": self.chance.choice(("", shown(ends_on)))}
        return {"outcome": self.chance.choice(("действует", "")), "ended_on": ""}

    def row(self, year: int | None = None, age: int | None = None) -> Cells:
        year = year or self.chance.choice((2021, 2022, 2023, 2024, 2025, 2026))
        return self.contract(year, self.student(year, age), self.chance.choice(self.colleges))

    def again(self, before: Cells) -> Cells | None:
        """The next contract of a student whose last one is over before the next 1 September."""
        over = before["ended_on"] or before["ends_on"]
        day, month, year = (int(part) for part in over.split("."))
        if date(year, month, day) >= ON or year > 2025:
            return None
        student = {key: before[key] for key in ("iin", "name", "born_on")}
        begins = year if month < 9 else year + 1
        college = next(each for each in self.colleges if each["college_bin"] == before["college_bin"])
        return self.contract(begins, student, college)


def shown(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _checked(eleven: str) -> str | None:
    last = check_digit(eleven)
    return None if last is None else f"{eleven}{last}"


def wrong_digit(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def put(**cells: str) -> Callable[[Cells, Maker], None]:
    def spoil(row: Cells, maker: Maker) -> None:
        row.update(cells)

    return spoil


def by(change: Callable[[Cells, Maker], Cells]) -> Callable[[Cells, Maker], None]:
    def spoil(row: Cells, maker: Maker) -> None:
        row.update(change(row, maker))

    return spoil


def running(maker: Maker) -> Cells:
    """One of the good rows that is in force, with a term that was not cut short."""
    return next(
        row for row in maker.good if row["starts_on"].endswith("2025") and row["outcome"] == "действует"
    )


def of_another_specialty(row: Cells, maker: Maker) -> Cells:
    return {"qualification": next(max(QUALIFICATIONS[each]) for each in TAUGHT if each != row["specialty"])}


IMPOSSIBLE = _checked("07023065009") or ""
"""30 February 2007."""
STRANGER = {"name": "Басқа Адам"}

FAULTS = (
    Fault(
        "check digit of the IIN", "organisation.iin", "iin", by(lambda r, m: {"iin": wrong_digit(r["iin"])})
    ),
    Fault("leading zero of the IIN lost", "organisation.iin", "iin", by(lambda r, m: {"iin": r["iin"][1:]})),
    Fault("IIN with a date that does not exist", "organisation.iin", "iin", put(iin=IMPOSSIBLE)),
    Fault("IIN missing", "import.empty", "iin", put(iin="")),
    Fault("birth date not that of the IIN", "organisation.birth", "born_on", put(born_on="01.01.2005")),
    Fault("birth date that does not exist", "import.date", "born_on", put(born_on="31.02.2006")),
    Fault(
        "check digit of the college's BIN",
        "organisation.bin",
        "college_bin",
        by(lambda r, m: {"college_bin": wrong_digit(r["college_bin"])}),
    ),
    Fault(
        "a person's number as BIN", "organisation.bin", "enterprise_bin", put(enterprise_bin="790630390003")
    ),
    Fault("year of two digits", "import.date", "signed_on", put(signed_on="25.08.23")),
    Fault("signed on a day to come", "contract.not-yet", "signed_on", put(signed_on="20.12.2026")),
    Fault("signed after its end", "import.signed-late", "signed_on", put(signed_on="01.07.2030")),
    Fault(
        "ends before it starts", "import.order", "ends_on", put(starts_on="01.09.2025", ends_on="30.06.2025")
    ),
    Fault(
        "practice share under 60 %",
        "formation.practice-share",
        "enterprise_hours",
        put(total_hours="2592", enterprise_hours="1555"),
    ),
    Fault(
        "more hours at the enterprise than in all",
        "import.hours-over",
        "enterprise_hours",
        put(total_hours="1440", enterprise_hours="14400"),
    ),
    Fault("specialty that does not exist", "import.specialty", "specialty", put(specialty="07139900")),
    Fault(
        "qualification of another specialty",
        "import.qualification",
        "qualification",
        by(of_another_specialty),
    ),
    Fault(
        "outcome of a term that is over unknown",
        "formation.incomplete",
        "outcome",
        by(
            lambda r, m: {
                **m.student(2022),
                "signed_on": "20.08.2022",
                "starts_on": "01.09.2022",
                "ends_on": "30.06.2023",
                "outcome": "",
                "ended_on": "",
            }
        ),
    ),
    Fault(
        "last day outside the term",
        "import.end-outside",
        "ended_on",
        put(starts_on="01.09.2023", signed_on="20.08.2023", outcome="расторгнут", ended_on="01.08.2023"),
    ),
    Fault("outcome in an unknown word", "import.word", "outcome", put(outcome="продлён")),
    Fault(
        "ended early, day missing", "import.end-missing", "ended_on", put(outcome="расторгнут", ended_on="")
    ),
    Fault(
        "second contract in the same period",
        "formation.one-active",
        "starts_on",
        by(lambda r, m: {key: running(m)[key] for key in ("iin", "name", "born_on")}),
    ),
    Fault(
        "number of another contract",
        "formation.number",
        "number",
        by(lambda r, m: {"number": m.good[0]["number"]}),
    ),
    Fault(
        "the same contract with other values",
        "import.differs",
        "number",
        by(lambda r, m: {**m.good[1], "total_hours": "2600", "enterprise_hours": "2000"}),
    ),
    Fault("number missing", "import.empty", "number", put(number="")),
    Fault("number as the register gives it", "import.number-form", "number", put(number="75-2025-000017")),
    Fault("13 years old", "formation.age", "born_on", by(lambda r, m: m.student(2025, 13))),
    Fault("sum that can be read in two ways", "import.money", "pay", put(pay="95,000")),
    Fault(
        "IIN of somebody else",
        "import.person",
        "name",
        by(lambda r, m: {key: m.good[2][key] for key in ("iin", "born_on")} | STRANGER),
    ),
    Fault(
        "enterprise neither known nor named",
        "import.unknown-organisation",
        "enterprise_bin",
        by(lambda r, m: {"enterprise_bin": m.bin("75"), "enterprise_name": ""}),
    ),
    Fault("a separator too many", "import.width", None, put(extra=";")),
)


def rows() -> list[tuple[Cells, Fault | None]]:
    """Good ones in the order of their years, faulty ones spread among those after the first fifty."""
    maker = Maker()
    good = maker.good
    good += [maker.row(2025) for _ in range(5)]
    while len(good) < GOOD:
        before = maker.chance.choice(good)
        good.append((len(good) % 9 == 0 and maker.again(before)) or maker.row())
        if good[-1]["iin"] in {row["iin"] for row in good[:-1]} and _clashes(good[-1], good[:-1]):
            good.pop()
    listed: list[tuple[Cells, Fault | None]] = [(row, None) for row in good]
    for number, fault in enumerate(FAULTS):
        row = maker.row(2025)
        row.update(ends_on="30.06.2027", outcome="действует", ended_on="")
        fault.spoil(row, maker)
        listed.insert(300 + number * 7, (row, fault))
    return listed


def _clashes(row: Cells, others: list[Cells]) -> bool:
    """A student has two contracts one after the other, and no third."""
    same = [other for other in others if other["iin"] == row["iin"]]
    return len(same) > 1


def write(path: Path = PATH) -> None:
    keys = list(COLUMNS)
    keys.remove("name_latin")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, delimiter=";", lineterminator="\n")
        lines.writerow(header(key) for key in keys)
        for row, _ in rows():
            lines.writerow([*(row.get(key, "") for key in keys), *row.get("extra", "")])


def header(key: str) -> str:
    first, *others = COLUMNS[key].headers["ru"][0].split()
    return " ".join([first.upper() if first in {"бин", "иин"} else first.capitalize(), *others])


if __name__ == "__main__":
    write()
