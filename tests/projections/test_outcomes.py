"""What has become of graduates: counted from the log, and nobody is told of by a figure."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.contract import Parties
from contracts.hiring import HiringMissed
from contracts.log.ids import uuid7
from contracts.outcome import EmploymentRecorded
from contracts.results import Occupation
from projections import outcomes
from projections.outcomes import Figures
from projections.positions import ready
from projections.sight import Sight
from tests.contracts.test_completion import DONE, QUALIFIED
from tests.examples import C1, SUBJECT, an_id
from tests.projections.examples import appended

AUDITOR = Sight(an_id(900), date(2028, 7, 1), everything=True)
OTHER_COLLEGE = "090740900305"


def life(number, *after, college=C1.bin, done=True):
    """A whole contract, to its end if `done`."""
    drafted, *rest = DONE if done else QUALIFIED
    parties = Parties(an_id(8000 + number), college, drafted.parties.enterprise, drafted.parties.chamber)
    return [replace(drafted, number=f"75-2026-{number:06}", parties=parties), *rest, *after]


def works(occupation):
    return EmploymentRecorded(occupation, date(2027, 9, 1))


@pytest.fixture
def graduates(recorder, pool, followed):
    """Six of C1 and one in training; one of another college."""
    known = [
        [works(Occupation.AT_THE_ENTERPRISE)],
        [works(Occupation.NOT_EMPLOYED), works(Occupation.ELSEWHERE)],
        [works(Occupation.OWN_BUSINESS)],
        [works(Occupation.STUDIES), HiringMissed(date(2027, 7, 30))],
        [works(Occupation.NOT_EMPLOYED)],
        [],
    ]
    lives = [life(n, *after) for n, after in enumerate(known)]
    lives += [life(20, done=False), life(21, works(Occupation.ELSEWHERE), college=OTHER_COLLEGE)]
    position = max(appended(recorder, uuid7(), events) for events in lives)
    assert ready(pool, ["outcomes"], position, 10)
    return pool


def found(pool, seen, **more):
    with pool.connection() as connection:
        return outcomes.figures(connection, seen, **more).items


def test_the_last_that_is_known_counts(graduates):
    first, second = found(graduates, AUDITOR)
    assert first == Figures(2027, SUBJECT.specialty, C1.bin, 6, 5, 3, 1, 1)
    assert second == Figures(2027, SUBJECT.specialty, OTHER_COLLEGE, *[None] * 5, withheld=True)


def test_a_year_is_asked_for(graduates):
    assert len(found(graduates, AUDITOR, year=2027)) == 2
    assert found(graduates, AUDITOR, year=2026) == ()


def test_whoever_sees_no_contract_sees_no_figure(graduates):
    assert found(graduates, Sight(an_id(901), date(2028, 7, 1))) == ()
    student = Sight(an_id(8000), date(2028, 7, 1))
    [own] = found(graduates, student)
    assert own.withheld, "one graduate is no figure"


def test_five_are_a_group_and_four_are_not():
    row = {"year": 2027, "specialty": "07130700", "college": C1.bin, "graduates": 5, "known": 5}
    row |= {"employed": 4, "at_the_enterprise": 2, "promises_broken": 0}
    assert not outcomes._told(row).withheld
    assert outcomes._told({**row, "graduates": 4}).withheld
