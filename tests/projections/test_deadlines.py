"""What is due, by when, and what silence means."""

from datetime import date

import pytest

from contracts.deadlines import Missed, Reminded
from contracts.ending import Ended
from contracts.formation import Offer
from contracts.log import Recorder
from contracts.withdrawal import Noticed
from projections import deadlines, sight
from projections.cursors import BadCursor
from projections.positions import ready
from projections.sight import Sight
from tests import examples
from tests.examples import an_id
from tests.projections.examples import KAZAKH, MINOR, PLAIN, YO, appended

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


def test_one_says_that_somebody_was_reminded_of_it_or_that_it_was_missed(town):
    """A contract that has ended, whose certificate nobody issued."""
    end_on = date(2027, 1, 28)
    left = [
        *examples.K5_ACTIVE,
        Noticed(examples.STUDENT, "own-wish", date(2026, 12, 28), end_on, date(2026, 12, 28)),
        Ended("own-wish", end_on, date(2027, 1, 29)),
        Reminded("certificate", (examples.COLLEGE,), date(2027, 2, 4), date(2027, 2, 3)),
    ]
    missed = [Missed("certificate", (examples.COLLEGE,), date(2027, 2, 4))]
    recorder, id_ = Recorder(town.pool), an_id(700)
    for events, version, said in ((left, 0, "reminded"), (missed, len(left), "missed")):
        position = appended(recorder, id_, events, version)
        assert ready(town.pool, ["deadlines"], position, 10)
        with town.pool.connection() as connection:
            noted = {each.name: each.noted for each in deadlines.of_contract(connection, id_)}
        assert noted == {"certificate": said, "last-pay": None}
