"""What happens by itself: at the right instant, exactly once, also after nothing was running for long."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from contracts.activation import RecordBriefing, RecordFitness
from contracts.formation import Offer
from contracts.log import FOLLOW, direct
from contracts.log.check import check
from contracts.log.derivation import ByEvents
from contracts.log.facts import organisation_id
from contracts.log.timers import Timers
from contracts.log.wishes import Wish
from contracts.mutual_end import ProposeMutualEnd
from contracts.parties import Record
from contracts.relations import Caller
from contracts.roster import EnrolStudent
from contracts.termination import DemandCure
from contracts.withdrawal import Withdraw
from tests.contracts.log.town import COLLEGE, concluded, drafted


class Service:
    """Fires what is due whenever it is told to, and remembers what it wrote into its log."""

    def __init__(self, url, desk):
        self.lines = []
        self.timers = Timers(url, desk, note=lambda event, **fields: self.lines.append((event, fields)))
        self.connection = direct(url, FOLLOW)

    def fire(self):
        return self.timers.fire(self.connection)

    def all(self):
        """Until nothing is due."""
        fired = 0
        while count := self.fire():
            fired += count
            assert fired < 100, "the same is fired again and again"
        return fired


@pytest.fixture
def service(database, desk):
    found = Service(database, desk)
    with found.connection:
        yield found


def recorded(desk, contract):
    """Type, legal day of what happened, and legal day of its record."""
    return [
        (event.type, event.effective_on, desk.law.day(event.recorded_at)) for event in desk.stored(contract)
    ]


def in_order(desk, database):
    """The heads of the streams say what the events say."""
    derivation = ByEvents(desk.mapper, desk.law, adult_on=lambda student: None)
    with psycopg.connect(database) as connection:
        return check(connection, derivation).findings == []


def test_an_offer_is_reminded_of_and_lapses_by_itself_once(desk, house, clock, service, database):
    _, enterprise, student, _ = house
    clock(2026, 8, 21, 4)
    contract = drafted(desk, house)
    desk.execute(Wish(Offer(), contract, enterprise))
    clock(2026, 9, 2, 18, 59, 58)
    assert service.all() == 0
    clock(2026, 9, 2, 19)
    assert service.all() == 1
    assert in_order(desk, database)
    clock(2026, 9, 4, 18, 59, 58)
    assert service.all() == 0
    clock(2026, 9, 4, 19)
    assert service.all() == 1
    assert service.all() == 0
    assert recorded(desk, contract)[2:] == [
        ("deadline.reminded", date(2026, 9, 3), date(2026, 9, 3)),
        ("contract.lapsed", date(2026, 9, 5), date(2026, 9, 5)),
    ]
    assert not desk.sources.recorder.ask({}, [("student", str(student.person))]).places
    assert in_order(desk, database)


def test_after_a_week_away_all_that_was_due_has_happened_once_and_says_when(desk, house, clock, service):
    """The reminder of an offer that has lapsed meanwhile is left out: it would help nobody."""
    _, enterprise, _, _ = house
    clock(2026, 8, 21, 4)
    contract = drafted(desk, house)
    desk.execute(Wish(Offer(), contract, enterprise))
    clock(2026, 9, 9, 3)
    service.all()
    assert recorded(desk, contract)[2:] == [("contract.lapsed", date(2026, 9, 5), date(2026, 9, 9))]
    assert service.all() == 0


def test_a_reminder_that_comes_late_still_comes_before_the_last_day_is_over(desk, house, clock, service):
    _, enterprise, _, _ = house
    clock(2026, 8, 21, 4)
    contract = drafted(desk, house)
    desk.execute(Wish(Offer(), contract, enterprise))
    clock(2026, 9, 4, 18, 30)
    assert service.all() == 1
    assert recorded(desk, contract)[-1] == ("deadline.reminded", date(2026, 9, 3), date(2026, 9, 4))


def active(desk, house, clock):
    _, enterprise, _, _ = house
    clock(2026, 8, 24, 4)
    contract = concluded(desk, house)
    clock(2026, 9, 1, 4)
    for ready in (RecordBriefing(date(2026, 9, 1)), RecordFitness(date(2026, 9, 1))):
        desk.execute(Wish(ready, contract, enterprise))
    return contract


def test_working_days_leave_out_holidays_and_the_end_is_at_midnight(desk, house, clock, service):
    """Asked on Monday 14 December: 15, 17 and 18 count, 16 is Independence Day."""
    _, _, student, _ = house
    contract = active(desk, house, clock)
    service.all()
    clock(2026, 12, 14, 5)
    asked = desk.execute(Wish(ProposeMutualEnd(date(2027, 1, 15)), contract, student))
    assert asked.events[0]["data"]["answer_by"] == "2026-12-18"
    clock(2026, 12, 18, 18, 59, 58)
    service.all()
    assert recorded(desk, contract)[-1] == ("deadline.reminded", date(2026, 12, 17), date(2026, 12, 18))
    clock(2026, 12, 18, 19)
    assert service.all() == 1
    assert recorded(desk, contract)[-1] == (
        "withdrawal.mutual_lapsed",
        date(2026, 12, 19),
        date(2026, 12, 19),
    )


def test_what_is_refused_is_tried_again_after_the_next_entry_and_holds_nobody_up(desk, house, clock, service):
    college, enterprise, _, mentor = house
    clock(2026, 8, 24, 4)
    waits = concluded(desk, house)
    record = Record("070901690005", "Kamila Demo", date(2007, 9, 1))
    enrolled = desk.execute(Wish(EnrolStudent(record, "07130700"), organisation_id(COLLEGE), college))
    other = Caller(UUID(enrolled.events[0]["data"]["person"]))
    offered = drafted(desk, (college, enterprise, other, mentor))
    desk.execute(Wish(Offer(date(2026, 8, 31)), offered, enterprise))
    clock(2026, 8, 31, 19)
    assert service.all() == 3
    assert ("timer.refused", {"timer": "activate", "rules": "formation.briefing"}) in service.lines
    assert recorded(desk, offered)[-1][0] == "contract.lapsed"
    assert service.all() == 0
    desk.execute(Wish(RecordFitness(date(2026, 9, 1)), waits, enterprise))
    assert service.all() == 1
    assert service.all() == 0
    desk.execute(Wish(RecordBriefing(date(2026, 9, 1)), waits, enterprise))
    assert service.all() == 1
    assert recorded(desk, waits)[-1][0] == "contract.activated"


def test_two_services_at_once_do_it_once(desk, house, clock, database):
    _, enterprise, _, _ = house
    clock(2026, 8, 21, 4)
    contract = drafted(desk, house)
    desk.execute(Wish(Offer(), contract, enterprise))
    clock(2026, 9, 9, 3)
    services = [Service(database, desk) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        [*threads.map(Service.all, services)]
    for each in services:
        each.connection.close()
    assert [type_ for type_, *_ in recorded(desk, contract)].count("contract.lapsed") == 1


def test_an_open_duty_is_missed_when_its_last_day_is_over_and_only_once(
    desk, house, clock, service, database
):
    college, _, _, _ = house
    contract = active(desk, house, clock)
    service.all()
    clock(2026, 12, 28, 5)
    leave = Withdraw("own-wish", date(2026, 12, 28), date(2027, 1, 28), "student")
    desk.execute(Wish(leave, contract, college))
    for day in range(29, 29 + 60):
        clock(*(date(2026, 12, 1) + timedelta(day - 1)).timetuple()[:3], 3)
        service.all()
    happened = [entry for entry in recorded(desk, contract) if (entry[1] or date.min) > date(2026, 12, 28)]
    assert happened == [
        ("contract.ended", date(2027, 1, 29), date(2027, 1, 29)),
        ("deadline.reminded", date(2027, 2, 3), date(2027, 2, 3)),
        ("deadline.missed", date(2027, 2, 5), date(2027, 2, 5)),
        ("deadline.reminded", date(2027, 2, 9), date(2027, 2, 9)),
        ("deadline.missed", date(2027, 2, 11), date(2027, 2, 11)),
    ]
    assert in_order(desk, database)


def test_what_is_asked_twice_for_one_day_is_missed_once(desk, house, clock, service):
    contract = active(desk, house, clock)
    _, _, student, _ = house
    service.all()
    clock(2026, 12, 1, 5)
    for what in ("No clothing", "No tools"):
        desk.execute(Wish(DemandCure("enterprise", what, date(2026, 12, 15)), contract, student))
    clock(2026, 12, 16, 5)
    service.all()
    assert [type_ for type_, *_ in recorded(desk, contract)].count("deadline.missed") == 1


def test_what_is_refused_holds_up_nothing_else_of_its_contract(desk, house, clock, service, database):
    """Nobody was briefed, so it is not activated; the proposal to end it lapses in its time all the same."""
    _, _, student, _ = house
    clock(2026, 8, 24, 4)
    contract = concluded(desk, house)
    clock(2026, 8, 31, 4)
    asked = desk.execute(Wish(ProposeMutualEnd(date(2026, 9, 30)), contract, student))
    assert asked.events[0]["data"]["answer_by"] == "2026-09-03"
    clock(2026, 8, 31, 19)
    assert service.all() == 1
    assert service.lines[-1][0] == "timer.refused"
    assert in_order(desk, database)
    clock(2026, 9, 1, 19)
    service.all()
    assert recorded(desk, contract)[-1][0] == "deadline.reminded"
    clock(2026, 9, 3, 19)
    service.all()
    assert recorded(desk, contract)[-1][0] == "withdrawal.mutual_lapsed"
    assert in_order(desk, database)


def test_a_timer_that_nobody_understands_holds_nobody_up(desk, house, clock, service, database):
    """As after a step back to an older program."""
    _, enterprise, _, _ = house
    clock(2026, 8, 21, 4)
    contract = drafted(desk, house)
    desk.execute(Wish(Offer(), contract, enterprise))
    with psycopg.connect(database) as owner:
        owner.execute(
            """UPDATE log.streams SET due_at = '2026-08-01T00:00Z',
                 timers = (timers::jsonb || '{"fly-to-the-moon": "2026-08-01T00:00:00Z"}')::json
               WHERE stream_id = %s""",
            [contract],
        )
    assert service.all() == 1
    assert service.lines[-1] == ("timer.broken", {"timer": "fly-to-the-moon", "error": "KeyError"})
    clock(2026, 9, 4, 19)
    service.all()
    assert recorded(desk, contract)[-1][0] == "contract.lapsed"
