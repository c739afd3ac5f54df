"""What is due, by when, and what silence means."""

from datetime import date

import pytest

from contracts.formation import Offer
from projections import deadlines, sight
from projections.cursors import BadCursor
from projections.sight import Sight
from tests.examples import an_id
from tests.projections.examples import KAZAKH, MINOR, PLAIN, YO

TODAY = date(2026, 8, 12)
AUDITOR = Sight(an_id(900), TODAY, everything=True)


@pytest.fixture
def offered(town, cast):
    """Each on a day of its own."""
    town.clock(2026, 8, 12)
    by = {KAZAKH: (cast.c1, 20), YO: (cast.c1, 18), PLAIN: (cast.c2, 25), MINOR: (cast.c2, 22)}
    for name, (college, day) in by.items():
        last = town.ask(Offer(date(2026, 8, day)), cast.contracts[name], college)
    town.followed(last)
    return cast


def due(town, seen, **more):
    with town.pool.connection() as connection:
        return deadlines.of(connection, seen, **more)


def names(page):
    return [each.student_name for each in page.items]


def test_they_come_in_the_order_of_their_days(town, offered):
    page = due(town, AUDITOR)
    assert names(page) == [YO, KAZAKH, MINOR, PLAIN]
    first = page.items[0]
    assert (first.name, first.due_on, first.silence) == ("sign", date(2026, 8, 18), "offer-lapses")
    assert (first.rule, first.who) == ("formation.offer", ["college", "enterprise", "student"])


def test_each_sees_those_of_own_contracts(town, offered):
    assert names(due(town, sight.of(offered.c1, TODAY))) == [YO, KAZAKH]
    assert names(due(town, sight.of(offered.students[PLAIN], TODAY))) == [PLAIN]
    assert names(due(town, sight.of(offered.parent, TODAY))) == [MINOR]


def test_own_ones_are_those_that_one_has_to_keep(town, offered):
    assert names(due(town, sight.of(offered.mentor, TODAY))) == [KAZAKH, PLAIN]
    assert names(due(town, sight.of(offered.mentor, TODAY), own=True)) == []
    assert names(due(town, sight.of(offered.parent, TODAY), own=True)) == [MINOR]


def test_a_period_has_both_its_days(town, offered):
    page = due(town, AUDITOR, from_on=date(2026, 8, 20), to_on=date(2026, 8, 22))
    assert names(page) == [KAZAKH, MINOR]


def test_pages_follow_each_other(town, offered):
    page, seen = due(town, AUDITOR, limit=1), []
    while page.next:
        seen += names(page)
        page = due(town, AUDITOR, limit=1, after=page.next)
    assert seen + names(page) == [YO, KAZAKH, MINOR, PLAIN]
    with pytest.raises(BadCursor):
        due(town, AUDITOR, after="x")


def test_those_of_one_contract(town, offered):
    with town.pool.connection() as connection:
        [found] = deadlines.of_contract(connection, offered.contracts[MINOR])
    assert (found.name, found.due_on) == ("sign", date(2026, 8, 22))
    assert "representative" in found.who
