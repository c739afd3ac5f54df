"""What comes page by page from indexes is what a look at every row would find, for whoever asks."""

from datetime import date, timedelta
from itertools import product
from random import Random

import psycopg
import pytest

from contracts.consequences import Task
from contracts.contract import State
from contracts.log import connect
from contracts.log.ids import uuid7
from contracts.parties import Role
from projections import deadlines, register, worklist
from projections.deadlines import DEADLINES
from projections.every import PROJECTIONS
from projections.follower import install
from projections.organisations import MANDATES, ORGANISATIONS
from projections.register import Filters, Order
from projections.register_rows import NUMBERS, REGISTER, grams
from projections.roster import GUARDIANSHIPS
from projections.sight import Sight
from projections.worklist import TASKS, Group
from tests.conftest import fresh
from tests.examples import an_id
from tests.projections.examples import LAW

TODAY = date(2026, 9, 15)
BINS = ["080440900104", "080440900203", "120440900005", "130940900302"]
"""Each of them is met as college, as enterprise and as chamber, and as two or three of them at once."""
NAMES = dict(zip(BINS, ["колледж алма", "колледж бета", "завод алма", "палата"], strict=True))
PEOPLE = [an_id(700 + n) for n in range(6)]
CLERK, CHILD, MENTOR, PARENT = an_id(800), PEOPLE[0], PEOPLE[1], an_id(801)
ROLES = [Role.COLLEGE, Role.ENTERPRISE, Role.CHAMBER, Role.STUDENT, Role.MENTOR, Role.REPRESENTATIVE]

SIGHTS = [
    *(Sight(CLERK, TODAY, bin_) for bin_ in BINS),
    *(Sight(person, TODAY) for person in (CHILD, MENTOR, PARENT)),
    Sight(an_id(900), TODAY, everything=True),
    Sight(PARENT, TODAY, BINS[0]),
]
"""The last one does not act for whom it names."""


def made_up(random, number):
    """Who is in a contract, and its row in the register."""
    enrolled = {
        "student": random.choice(PEOPLE),
        "mentor": random.choice([None, *PEOPLE]),
        "college": random.choice(BINS),
        "enterprise": random.choice(BINS),
        "chamber": random.choice([None, *BINS]),
    }
    row = dict.fromkeys(REGISTER.columns) | {
        "contract_id": uuid7(),
        "version": 1,
        "position": number,
        "changed_at": "2026-09-01T00:00:00Z",
        "began_at": "2026-09-01T00:00:00Z",
        "number": random.choice([None, f"75-{random.choice([2025, 2026])}-{number:06d}"]),
        **enrolled,
        "minor": False,
        "state": random.choice([State.DRAFT, State.ACTIVE]),
        "starts_on": random.choice([None, *(date(2026, month, 1) for month in (7, 8, 9, 10))]),
    }
    return enrolled, row


def to_do(random, enrolled, row, n):
    who = tuple(random.sample(ROLES, random.choice([1, 1, 2])))
    day = random.choice([None, *(TODAY + timedelta(days) for days in (-3, -1, 0, 6, 7, 30))])
    task = Task("offer", who, "offer", day)
    return dict.fromkeys(TASKS.columns) | {
        "stream_id": row["contract_id"],
        "kind": "contract",
        "contract_id": row["contract_id"],
        "n": n,
        "number": row["number"],
        **enrolled,
        "name": task.name,
        "who": who,
        **worklist._by(enrolled, task),
        "command": task.command,
        "due_on": day,
        "day": day or "infinity",
    }


def runs_out(random, enrolled, row, n):
    return dict.fromkeys(DEADLINES.columns, "x") | {
        "stream_id": row["contract_id"],
        "kind": "contract",
        "days_left": None,
        "contract_id": row["contract_id"],
        "n": n,
        "number": row["number"],
        **enrolled,
        "ref": None,
        "who": tuple(random.sample(ROLES, random.choice([1, 2]))),
        "due_on": TODAY + timedelta(random.choice([-1, 0, 1, 7])),
    }


@pytest.fixture(scope="module")
def crowd(server, template):
    """A service's connection to it, the rows of its register, its tasks and its deadlines."""
    random = Random(2026)
    made = [made_up(random, number) for number in range(60)]
    rows = [row for _, row in made]
    tasks = [to_do(random, *each, n) for each in made for n in range(random.choice([0, 1, 3]))]
    running = [runs_out(random, *each, n) for each in made for n in range(random.choice([0, 1, 3]))]
    organisations = [
        dict.fromkeys(ORGANISATIONS.columns, "x")
        | {"stream_id": uuid7(), "version": 1, "bin": bin_, "nearest": NAMES[bin_], "sort_key": "\\x00"}
        | {"licence_until": None, "specialties": []}
        for bin_ in BINS
    ]
    mandates = [
        {"stream_id": uuid7(), "person": CLERK, "bin": bin_, "post": "clerk", "signs": False, "until": None}
        for bin_ in BINS
    ]
    guardianship = {"student": CHILD, "representative": PARENT, "role": "parent", "until": date(2027, 1, 1)}
    numbers = [{"contract_id": row["contract_id"], "parts": grams(row["number"] or "")} for row in rows]
    with fresh(server, f"TEMPLATE {template} STRATEGY file_copy") as (_, url):
        install(url, LAW, PROJECTIONS)
        with psycopg.connect(url) as connection:
            for name, table, given in [
                ("register", REGISTER, rows),
                ("register", NUMBERS, numbers),
                ("worklist", TASKS, tasks),
                ("deadlines", DEADLINES, running),
                ("organisations", ORGANISATIONS, organisations),
                ("organisations", MANDATES, mandates),
                ("roster", GUARDIANSHIPS, [guardianship]),
            ]:
                connection.execute(f"SET search_path = p_{name}_v1")
                table.add(connection, given)
        with connect(url) as pool, pool.connection() as connection:
            yield connection, rows, tasks, running


def sees(sight, row):
    if sight.everything:
        return True
    if sight.bin:
        return sight.person == CLERK and sight.bin in (row["college"], row["enterprise"], row["chamber"])
    return sight.person in (row["student"], row["mentor"]) or (
        sight.person == PARENT and row["student"] == CHILD
    )


def concerned(sight, row):
    """Whether it is the caller's own to do."""
    if sight.bin:
        own = [role for role in ROLES[:3] if row[role] == sight.bin]
    else:
        own = [role for role in ROLES[3:5] if row[role] == sight.person]
        own += [Role.REPRESENTATIVE] * (sight.person == PARENT and row["student"] == CHILD)
    return any(role in row["who"] for role in own)


def to_the_end(question, *about, **asked):
    pages = [question(*about, **asked)]
    while pages[-1].next and len(pages) < 500:
        pages.append(question(*about, **asked, after=pages[-1].next))
    return pages


FILTERS = {
    Filters(): lambda row: True,
    Filters(college=BINS[0]): lambda row: row["college"] == BINS[0],
    Filters(status=(State.DRAFT,)): lambda row: row["state"] == State.DRAFT,
    Filters(q="75-2025"): lambda row: "75-2025" in (row["number"] or ""),
    Filters(q="03"): lambda row: "03" in (row["number"] or ""),
    Filters(q=BINS[2]): lambda row: BINS[2] in (row["college"], row["enterprise"]),
    Filters(q="Алма"): lambda row: {BINS[0], BINS[2]} & {row["college"], row["enterprise"]},
    Filters(q="алма завод", enterprise=BINS[1]): lambda row: (
        row["college"] == BINS[2] and row["enterprise"] == BINS[1]
    ),
    Filters(q="nobody"): lambda row: False,
}

SORTED = {
    Order.NEWEST: lambda row: -row["contract_id"].int,
    Order.NUMBER: lambda row: (row["number"] or "", row["contract_id"]),
    Order.STUDENT: lambda row: row["contract_id"],
    Order.STARTS: lambda row: (row["starts_on"] or date.max, row["contract_id"]),
}


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("limit", [3, 100])
def test_the_register_shows_each_contract_once_in_its_place(crowd, order, limit):
    connection, rows, *_ = crowd
    for sight, (filters, wanted) in product(SIGHTS, FILTERS.items()):
        expected = [row for row in rows if sees(sight, row) and wanted(row)]
        if order is Order.NUMBER:  # what has none cannot be sorted by it, and comes after the last page
            expected = [row for row in expected if row["number"]]
        pages = to_the_end(register.search, connection, sight, filters, order=order, limit=limit)
        shown = [
            row.contract_id for page in pages for row in page.items if order is not Order.NUMBER or row.number
        ]
        assert shown == [row["contract_id"] for row in sorted(expected, key=SORTED[order])], (sight, filters)


def test_the_register_counts_each_contract_once(crowd):
    connection, rows, *_ = crowd
    for sight, (filters, wanted) in product(SIGHTS, FILTERS.items()):
        expected = [row for row in rows if sees(sight, row) and wanted(row)]
        assert register.number_of(connection, sight, filters) == len(expected)


def group_of(sight, task):
    if not concerned(sight, task):
        return Group.WAITING
    day = task["due_on"] or date.max
    if day < TODAY:
        return Group.OVERDUE
    return Group.THIS_WEEK if day <= TODAY + timedelta(days=6) else Group.LATER


@pytest.mark.parametrize("groups", [tuple(Group), (Group.OVERDUE, Group.LATER), (Group.WAITING,), ()])
@pytest.mark.parametrize("limit", [1, 7, 100])
def test_the_worklist_shows_each_task_once_in_its_place_and_counts_all(crowd, groups, limit):
    connection, _, tasks, _ = crowd
    order = [*Group]
    for sight in SIGHTS:
        own = Sight(sight.person, sight.today, sight.bin)
        seen = {(task["contract_id"], task["n"]): task for task in tasks if sees(own, task)}
        grouped = {key: group_of(own, task) for key, task in seen.items()}
        expected = sorted(
            (key for key in seen if grouped[key] in groups),
            key=lambda key: (order.index(grouped[key]), seen[key]["due_on"] or date.max, key),
        )
        pages = to_the_end(worklist.tasks, connection, sight, groups=groups, limit=limit)
        found = [task for page in pages for task in page.items]
        assert [(task.contract_id, task.n) for task in found] == expected
        assert [task.group for task in found] == [grouped[key] for key in expected]
        days = [
            task["due_on"] for key, task in seen.items() if grouped[key] != Group.WAITING and task["due_on"]
        ]
        counts = {group: [*grouped.values()].count(group) for group in Group}
        for page in pages:
            assert (page.counts, page.next_on) == (counts, min(days, default=None))


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, lambda day: True),
        ({"from_on": TODAY}, lambda day: day >= TODAY),
        ({"to_on": TODAY}, lambda day: day <= TODAY),
        ({"from_on": TODAY, "to_on": TODAY}, lambda day: day == TODAY),
    ],
)
@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("limit", [3, 100])
def test_each_deadline_is_shown_once_in_its_place(crowd, asked, wanted, own, limit):
    connection, *_, running = crowd
    for sight in SIGHTS:
        expected = sorted(
            (row["due_on"], row["contract_id"], row["n"])
            for row in running
            if sees(sight, row) and wanted(row["due_on"]) and (not own or concerned(sight, row))
        )
        pages = to_the_end(deadlines.of, connection, sight, own=own, limit=limit, **asked)
        found = [(due.due_on, due.contract_id, due.n) for page in pages for due in page.items]
        assert found == expected
