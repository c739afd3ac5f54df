"""The register: search in every spelling, pages that stay put, and nothing that one may not know."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count, product

import pytest

from contracts.contract import State
from contracts.dossier import Suspension
from contracts.formation import Offer
from contracts.log.facts import organisation_id
from contracts.log.ids import uuid7
from contracts.organisation import ChangeSignatory
from contracts.parties import Role
from contracts.relations import Caller
from contracts.terms import Term
from contracts.withdrawal import Noticed
from projections import register, sight
from projections.cursors import BadCursor
from projections.every import PROJECTIONS
from projections.positions import ready
from projections.register import Filters, Order
from projections.sight import Sight
from tests import examples
from tests.examples import K1_ACTIVE, an_id
from tests.projections.examples import C1, E2, KAZAKH, LIVES, MINOR, PLAIN, R1, STORE, YO, appended, numbered

ALL = [projection.name for projection in PROJECTIONS]
TODAY = date(2026, 9, 15)
AUDITOR = Sight(an_id(900), TODAY, everything=True)


def found(town, cast, seen=AUDITOR, **filters):
    """The students' names, as they are sorted."""
    with town.pool.connection() as connection:
        page = register.search(connection, seen, Filters(**filters), order=Order.STUDENT, count=True)
    assert page.total == len(page.items)
    return [row.student_name for row in page.items]


# Searching


def test_a_name_is_found_with_kazakh_letters_or_the_nearest_russian_ones(town, cast):
    for q in ["қайрат", "Кайрат", "ҚАЙРАТ ҒАНИ", "гани кайрат", "айра"]:
        assert found(town, cast, q=q) == [KAZAKH]


def test_a_name_is_found_with_or_without_the_dots(town, cast):
    for q in ["Семёнова", "Семенова", "алена сем"]:
        assert found(town, cast, q=q) == [YO]


def test_each_word_has_to_be_found(town, cast):
    assert found(town, cast, q="Кайрат Семенова") == []


def test_a_number_is_found_by_a_part_of_it(town, cast):
    numbers = ["75-2026-000001", "75-2026-000002", "75-2026-000003", "75-2026-000004"]
    for q in ["75-2026-000003", "000003", "6-00000", "75-2026", "03"]:
        with town.pool.connection() as connection:
            rows = register.search(connection, AUDITOR, Filters(q=q)).items
        assert sorted(row.number for row in rows) == [number for number in numbers if q in number]


def test_signs_that_mean_something_to_a_database_mean_nothing_here(town, cast):
    for q in ["%", "_", "75_2026", "' OR true --", "\\", "()", "%", "%(x)z"]:
        assert found(town, cast, q=q) == []


def test_an_organisation_is_found_by_its_number_and_in_either_language(town, cast):
    assert found(town, cast, q=C1) == [KAZAKH, YO] or found(town, cast, q=C1) == [YO, KAZAKH]
    assert sorted(found(town, cast, q="костанай")) == sorted([KAZAKH, YO])
    assert sorted(found(town, cast, q="Қостанай колледжі")) == sorted([KAZAKH, YO])
    assert sorted(found(town, cast, q="алатау энерго")) == sorted([YO, MINOR])


def test_a_persons_number_finds_by_its_digest_alone(town, cast):
    assert found(town, cast, iin_digest=STORE.digest("080706690811")) == [KAZAKH]
    assert found(town, cast, iin_digest=STORE.digest("080706690999")) == []
    assert found(town, cast, q="080706690811") == []


def test_filters_narrow_together(town, cast):
    assert sorted(found(town, cast, college=C1)) == sorted([KAZAKH, YO])
    assert found(town, cast, college=C1, enterprise=E2) == [YO]
    assert len(found(town, cast, specialty="07130700")) == 4
    assert found(town, cast, specialty="07130799") == []
    assert len(found(town, cast, sector="07")) == 4
    assert len(found(town, cast, starts_from=date(2026, 9, 1), starts_to=date(2026, 9, 1))) == 4
    assert found(town, cast, starts_from=date(2026, 9, 2)) == []
    assert found(town, cast, starts_to=date(2026, 8, 31)) == []
    assert len(found(town, cast, status=[State.DRAFT, State.ACTIVE])) == 4
    assert found(town, cast, status=[State.SIGNED]) == []


def test_what_changed_since_is_found_by_when_it_was_recorded(town, cast):
    with town.pool.connection() as connection:
        last = max(row.changed_at for row in register.search(connection, AUDITOR).items)
    assert len(found(town, cast, changed_since=last)) == 1
    assert found(town, cast, changed_since=last + timedelta(microseconds=1)) == []


def test_a_row_says_who_and_what(town, cast):
    with town.pool.connection() as connection:
        [row] = register.search(connection, AUDITOR, Filters(q="Кайрат")).items
    assert (row.number, row.state, row.version) == ("75-2026-000001", State.DRAFT, 1)
    assert (row.college, row.college_kk, row.college_ru) == (C1, "Қостанай колледжі", "Костанайский колледж")
    assert (row.enterprise_kk, row.enterprise_ru) == ("Жетісу электр", "Жетысу электро")
    assert (row.chamber, row.mentor) == (R1, cast.mentor.person)
    assert (row.starts_on, row.last_day) == (examples.STARTS_ON, examples.ENDS_ON)
    assert row.next_deadline is None


def test_the_next_deadline_is_the_earliest_that_is_open(town, cast):
    answer = town.ask(Offer(date(2026, 8, 20)), cast.contracts[KAZAKH], cast.c1)
    assert ready(town.pool, ["register"], answer.position)
    with town.pool.connection() as connection:
        [row] = register.search(connection, AUDITOR, Filters(q="Кайрат")).items
    assert (row.next_deadline, row.next_deadline_name) == (date(2026, 8, 20), "sign")


# Who may see what


def seen_by(town, caller, today=TODAY):
    with town.pool.connection() as connection:
        page = register.search(connection, sight.of(caller, today), count=True)
    assert page.total == len(page.items)
    return {row.student_name for row in page.items}


def test_each_sees_own_contracts_only(town, cast):
    assert seen_by(town, cast.c1) == {KAZAKH, YO}
    assert seen_by(town, cast.c2) == {PLAIN, MINOR}
    assert seen_by(town, cast.e1) == {KAZAKH, PLAIN}
    assert seen_by(town, cast.e2) == {YO, MINOR}
    assert seen_by(town, cast.chamber) == {KAZAKH, YO}
    assert seen_by(town, cast.mentor) == {KAZAKH, PLAIN}
    assert seen_by(town, cast.students[PLAIN]) == {PLAIN}


def test_a_representative_sees_the_childs_contracts_until_the_18th_birthday(town, cast):
    assert seen_by(town, cast.parent) == {MINOR}
    assert seen_by(town, cast.parent, date(2028, 3, 14)) == {MINOR}
    assert seen_by(town, cast.parent, date(2028, 3, 15)) == set()


def test_who_claims_to_act_for_an_organisation_and_does_not_sees_nothing(town, cast):
    stranger = Caller(cast.parent.person, f"org:{C1}")
    assert seen_by(town, stranger) == set()
    assert seen_by(town, Caller(cast.c1.person)) == set()


def test_a_mandate_that_is_over_shows_nothing(town, cast):
    clerk = cast.parent.person
    wish = ChangeSignatory(clerk, "clerk", "order 1", until=date(2026, 9, 30))
    answer = town.ask(wish, organisation_id(C1), cast.c1)
    assert ready(town.pool, ["organisations", "organisations"], answer.position)
    assert seen_by(town, Caller(clerk, f"org:{C1}"), date(2026, 9, 30)) == {KAZAKH, YO}
    assert seen_by(town, Caller(clerk, f"org:{C1}"), date(2026, 10, 1)) == set()


def test_duties_to_audit_see_everything_and_to_operate_nothing(town, cast):
    lawyer = Caller(uuid7(), duties=frozenset({Role.LAWYER}))
    operator = Caller(uuid7(), duties=frozenset({Role.OPERATOR}))
    assert seen_by(town, lawyer) == {KAZAKH, YO, PLAIN, MINOR}
    assert seen_by(town, operator) == set()


def test_no_search_tells_of_a_contract_that_one_may_not_know(town, cast):
    """P105."""
    own = sight.of(cast.c2, TODAY)
    with town.pool.connection() as connection:
        for filters in [Filters(q="Кайрат"), Filters(q="000001"), Filters(q=C1), Filters(college=C1)]:
            page = register.search(connection, own, filters, count=True)
            assert (page.items, page.next, page.total) == ((), None, 0)


# Pages


@pytest.fixture
def many(database, recorder, pool, followed):
    """Forty contracts, the number of each."""
    for number in range(40):
        position = appended(recorder, uuid7(), numbered(LIVES[number % 5], number + 1))
    assert ready(pool, ALL, position, 10)
    return [f"75-2026-{number + 1:06d}" for number in range(40)]


@pytest.mark.parametrize("order", list(Order))
def test_pages_show_each_contract_once_while_others_come(recorder, pool, many, order):
    numbers, after, later = [], None, count(1001)
    with pool.connection() as connection:
        while True:
            page = register.search(connection, AUDITOR, after=after, limit=7, order=order)
            numbers += [row.number for row in page.items]
            for _ in range(3):
                position = appended(recorder, uuid7(), numbered(LIVES[1], next(later)))
            assert ready(pool, ["register"], position)
            if (after := page.next) is None or len(numbers) > 200:
                break
    assert len(set(numbers)) == len(numbers)
    assert set(many) <= set(numbers)


def test_the_newest_come_first_unless_another_order_is_asked_for(pool, many):
    with pool.connection() as connection:
        newest = [row.contract_id for row in register.search(connection, AUDITOR).items]
        by_number = [row.number for row in register.search(connection, AUDITOR, order=Order.NUMBER).items]
    assert newest == sorted(newest, reverse=True)
    assert by_number == many


def test_the_last_page_has_no_next_one(pool, many):
    with pool.connection() as connection:
        assert register.search(connection, AUDITOR, limit=40).next is None
        assert register.search(connection, AUDITOR, limit=39).next is not None


def test_what_is_no_cursor_is_told(pool, many):
    with pool.connection() as connection:
        for cursor in ["x", "=", "äöü", "AAAA", "bm90LWEtY3Vyc29y" * 3, "🙂"]:
            with pytest.raises(BadCursor):
                register.search(connection, AUDITOR, after=cursor)
    assert issubclass(BadCursor, ValueError)


def test_a_cursor_that_was_changed_or_is_of_another_order_is_told(pool, many):
    with pool.connection() as connection:
        cursor = register.search(connection, AUDITOR, limit=5).next
        changed = cursor[:-1] + ("A" if cursor[-1] != "A" else "B")
        with pytest.raises(BadCursor):
            register.search(connection, AUDITOR, after=changed)
        with pytest.raises(BadCursor):
            register.search(connection, AUDITOR, after=cursor, order=Order.NUMBER)


def test_an_answer_says_what_it_is_true_for(pool, recorder, many):
    with pool.connection() as connection:
        page = register.search(connection, AUDITOR)
        [[mark]] = connection.execute("SELECT position FROM log.mark")
    assert page.as_of.position == mark
    assert page.as_of.lag_seconds == 0
    assert page.total is None


# The state on a day

TERM = Term(date(2026, 9, 1), date(2027, 6, 30))
REST = Suspension(
    "illness",
    date(2026, 10, 1),
    date(2026, 10, 1),
    date(2026, 10, 8),
    None,
    frozenset(),
    frozenset(),
    True,
)
RESTS = (None, REST, replace(REST, back_on=date(2026, 10, 2)))


def test_the_state_on_a_day_is_the_contracts_own(pool):
    """The same words in SQL as in Contract.state_on."""
    terms = replace(examples.TERMS, term=TERM)
    days = [date(2026, 8, 31), TERM.starts_on, date(2026, 10, 1), date(2026, 10, 2), date(2027, 7, 1)]
    with pool.connection() as connection:
        for state, end_on, day, rest in product(State, [None, date(2026, 10, 1)], days, RESTS):
            rests = () if rest is None else (rest,)
            contract = replace(
                examples.state(K1_ACTIVE), state=state, end_on=end_on, terms=terms, suspensions=rests
            )
            [[seen]] = connection.execute(
                f"""SELECT {register.STATE_ON} FROM (VALUES
                        (%(state)s::text, %(end)s::date, %(start)s::date, %(rests)s::date, %(back)s::date))
                    AS r (state, end_on, starts_on, rests_from, back_on)""",
                {
                    "state": state,
                    "end": end_on,
                    "start": TERM.starts_on,
                    "today": day,
                    "rests": rest and rest.from_on,
                    "back": rest and rest.back_on,
                },
            )
            assert seen == contract.state_on(day)


def test_a_contract_is_ended_on_the_day_after_its_last_without_an_entry(recorder, pool, followed):
    noticed = Noticed(Role.STUDENT, "other-work", date(2026, 9, 10), date(2026, 10, 10), date(2026, 9, 10))
    position = appended(recorder, uuid7(), [*numbered(examples.K5_ACTIVE, 1), noticed])
    assert ready(pool, ["register"], position)
    with pool.connection() as connection:
        for day, expected in [(date(2026, 10, 10), State.ENDING), (date(2026, 10, 11), State.ENDED)]:
            seen = Sight(an_id(900), day, everything=True)
            assert [row.state for row in register.search(connection, seen).items] == [expected]
            assert register.number_of(connection, seen, Filters(status=[expected])) == 1
