"""Who studies where, which mentor has places left, what was agreed between whom, who acts for whom."""

from datetime import date

import pytest

from contracts.formation import Offer
from contracts.log.facts import organisation_id
from contracts.memorandum import EndMemorandum
from contracts.organisation import ChangeSignatory
from contracts.parties import Kind
from contracts.roster import RemoveStudent
from projections import memoranda, organisations, roster
from projections.cursors import BadCursor
from tests.projections.examples import C1, C2, E1, E2, KAZAKH, MINOR, PLAIN, R1, YO

TODAY = date(2026, 9, 15)


def students(town, college, today=TODAY, **more):
    with town.pool.connection() as connection:
        return roster.students(connection, college, today, **more)


def test_students_of_a_college_in_the_order_of_their_names(town, cast):
    assert [each.name for each in students(town, C1).items] == [KAZAKH, YO]
    assert [each.name for each in students(town, C2).items] == [MINOR, PLAIN]
    first = students(town, C1).items[0]
    assert (first.specialty, first.from_on, first.until) == ("07130700", date(2026, 8, 7), None)


def test_a_student_counts_from_the_first_day_to_the_one_before_the_removal(town, cast):
    wish = RemoveStudent(cast.students[YO].person, date(2026, 10, 1))
    town.followed(town.ask(wish, organisation_id(C1), cast.c1))
    assert [each.name for each in students(town, C1, date(2026, 8, 6)).items] == []
    assert [each.name for each in students(town, C1, date(2026, 9, 30)).items] == [KAZAKH, YO]
    assert [each.name for each in students(town, C1, date(2026, 10, 1)).items] == [KAZAKH]


def test_students_are_found_in_either_spelling_and_page_by_page(town, cast):
    assert [each.name for each in students(town, C1, q="Семенова").items] == [YO]
    first = students(town, C1, limit=1)
    second = students(town, C1, limit=1, after=first.next)
    assert [each.name for each in (*first.items, *second.items)] == [KAZAKH, YO]
    assert second.next is None
    with pytest.raises(BadCursor):
        students(town, C1, after="x")


def test_a_mentor_s_places_are_taken_from_the_offer_on(town, cast):
    def used(on):
        with town.pool.connection() as connection:
            [found] = roster.mentors(connection, E1, on)
        assert (found.name, found.capacity) == ("Askar Demo", 5)
        return found.used

    assert used(TODAY) == 0
    town.clock(2026, 8, 12)
    town.followed(town.ask(Offer(), cast.contracts[KAZAKH], cast.c1))
    assert (used(date(2026, 8, 31)), used(date(2026, 9, 1)), used(date(2027, 6, 30))) == (0, 1, 1)
    assert used(date(2027, 7, 1)) == 0


def test_places_of_a_memorandum_are_reserved_and_then_used(town, cast):
    def taken(**which):
        with town.pool.connection() as connection:
            return [
                (each.places, each.used, each.reserved) for each in memoranda.of(connection, TODAY, **which)
            ]

    assert taken(college=C1) == [(3, 0, 0)]
    town.clock(2026, 8, 12)
    town.followed(town.ask(Offer(), cast.contracts[KAZAKH], cast.c1))
    assert taken(college=C1, enterprise=E1) == taken(memorandum_id=cast.memorandum) == [(3, 0, 1)]
    assert taken(college=C2) == taken(enterprise=E2) == []


def test_a_memorandum_that_ended_is_no_longer_running(town, cast):
    town.followed(town.ask(EndMemorandum(date(2026, 9, 20)), cast.memorandum, cast.c1))
    with town.pool.connection() as connection:
        [found] = memoranda.of(connection, TODAY, college=C1)
        assert found.last_day == date(2026, 9, 20)
        assert found.college_ru == "Костанайский колледж"
        assert memoranda.of(connection, date(2026, 9, 20), college=C1, running=True)
        assert memoranda.of(connection, date(2026, 9, 21), college=C1, running=True) == []


def test_representatives_stand_for_a_student_until_the_18th_birthday(town, cast):
    with town.pool.connection() as connection:
        minor = cast.students[MINOR].person
        [found] = roster.representatives(connection, minor, date(2028, 3, 14))
        assert (found.name, found.role, found.until) == ("Roza Demo", "parent", date(2028, 3, 15))
        assert roster.representatives(connection, minor, date(2028, 3, 15)) == []


def test_names_are_those_of_the_personal_store(town, cast):
    with town.pool.connection() as connection:
        people = {cast.students[name].person: name for name in (KAZAKH, PLAIN)}
        assert roster.names(connection, [*people]) == people


# Organisations


def test_organisations_are_found_by_number_kind_and_words_in_both_languages(town, cast):
    def found(kind=None, q=""):
        with town.pool.connection() as connection:
            return [each.bin for each in organisations.search(connection, kind, q)]

    assert found(Kind.COLLEGE) == [C2, C1]  # Алматы, Қостанай
    assert found(Kind.ENTERPRISE, "энерго") == [E2]
    assert found(q="костанай колледжи") == [C1]
    assert found(q=R1) == [R1]
    assert found(q="nothing") == []


def test_an_organisation_says_what_it_is(town, cast):
    with town.pool.connection() as connection:
        known = organisations.by_bin(connection, [C1, E1, "000000000000"])
    assert set(known) == {C1, E1}
    assert (known[C1].kind, known[C1].chamber, known[C1].specialties) == (Kind.COLLEGE, R1, ["07130700"])
    assert known[E1].specialties == []


def test_who_acts_for_an_organisation_with_the_last_days(town, cast):
    wish = ChangeSignatory(cast.parent.person, "clerk", "order 1", until=date(2026, 12, 31))
    town.followed(town.ask(wish, organisation_id(C1), cast.c1))
    with town.pool.connection() as connection:
        acting = organisations.acting(connection, bin=C1)
        mine = organisations.acting(connection, person=cast.parent.person)
        assert organisations.acting(connection) == []
    assert {(each.name, each.post, each.signs) for each in acting} == {
        ("Head 101", "director", True),
        ("Roza Demo", "clerk", False),
    }
    assert [(each.bin, each.until) for each in mine] == [(C1, date(2026, 12, 31))]
