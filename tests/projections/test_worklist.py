"""The work list: each task once, in its group, and only one's own."""

from datetime import date

import pytest

from contracts.formation import Offer
from contracts.relations import Caller
from contracts.signing import Sign
from projections import sight, worklist
from projections.cursors import BadCursor
from projections.sight import Sight
from projections.worklist import Group
from tests.examples import an_id
from tests.projections.examples import KAZAKH, MINOR, PLAIN, YO

TODAY = date(2026, 8, 12)


@pytest.fixture
def offered(town, cast):
    """By the college for KAZAKH (sign by 20 August) and MINOR (by 27 August); the others stay drafts."""
    town.clock(2026, 8, 12)
    town.ask(Offer(date(2026, 8, 20)), cast.contracts[KAZAKH], cast.c1)
    town.followed(town.ask(Offer(date(2026, 8, 27)), cast.contracts[MINOR], cast.c2))
    return cast


def tasks(town, caller, today=TODAY, **more):
    with town.pool.connection() as connection:
        return worklist.tasks(connection, sight.of(caller, today), **more)


def named(found):
    return [(task.group.value, task.name, task.student_name, task.due_on) for task in found.items]


def test_each_sees_what_is_to_be_done_and_what_others_have_to_do(town, offered):
    sign_by = date(2026, 8, 20)
    assert named(tasks(town, offered.c1)) == [
        ("later", "sign-college", KAZAKH, sign_by),
        ("later", "offer", YO, None),
        ("waiting", "sign-enterprise", KAZAKH, sign_by),
        ("waiting", "sign-student", KAZAKH, sign_by),
    ]
    assert named(tasks(town, offered.students[KAZAKH]))[0] == ("later", "sign-student", KAZAKH, sign_by)


@pytest.mark.parametrize(
    ("today", "group"),
    [
        (date(2026, 8, 13), Group.LATER),
        (date(2026, 8, 14), Group.THIS_WEEK),
        (date(2026, 8, 20), Group.THIS_WEEK),
        (date(2026, 8, 21), Group.OVERDUE),
    ],
)
def test_a_task_is_in_the_group_of_its_day(town, offered, today, group):
    found = tasks(town, offered.students[KAZAKH], today)
    assert [task.group for task in found.items if task.name == "sign-student"] == [group]


def test_a_task_says_what_it_is_about_and_what_silence_means(town, offered):
    [task] = [task for task in tasks(town, offered.e1).items if task.name == "sign-enterprise"]
    assert (task.command, task.number, task.who) == ("sign", "75-2026-000001", ["enterprise"])
    assert (task.silence, task.rule) == ("offer-lapses", "formation.offer")
    assert task.contract_id == offered.contracts[KAZAKH]


def test_the_counts_add_up_to_the_total_whatever_page_is_shown(town, offered):
    """P84."""
    whole = tasks(town, offered.c1)
    assert whole.counts == {Group.OVERDUE: 0, Group.THIS_WEEK: 0, Group.LATER: 2, Group.WAITING: 2}
    assert whole.total == len(whole.items) == 4
    page, seen = tasks(town, offered.c1, limit=1), []
    while True:
        assert page.counts == whole.counts
        seen += page.items
        if page.next is None:
            break
        page = tasks(town, offered.c1, limit=1, after=page.next)
    assert tuple(seen) == whole.items


def test_one_group_can_be_asked_for(town, offered):
    found = tasks(town, offered.c1, groups=[Group.WAITING])
    assert {task.group for task in found.items} == {Group.WAITING}
    assert found.counts[Group.LATER] == 2


def test_a_representative_has_the_consent_and_sees_what_the_child_has_to_do(town, offered):
    found = {task.name: task.group for task in tasks(town, offered.parent).items}
    assert found.pop("consent") is Group.LATER
    assert found == {f"sign-{party}": Group.WAITING for party in ("student", "college", "enterprise")}


def test_the_next_day_is_told_to_who_has_nothing_else(town, offered):
    """M14."""
    assert tasks(town, offered.c1).next_on == date(2026, 8, 20)
    assert tasks(town, offered.students[PLAIN]).next_on is None


def test_who_may_read_everything_has_no_tasks_by_that(town, offered):
    with town.pool.connection() as connection:
        found = worklist.tasks(connection, Sight(an_id(900), TODAY, everything=True))
    assert (found.items, found.total) == ((), 0)


def test_who_does_not_act_for_the_organisation_has_none_of_its_tasks(town, offered):
    stranger = Caller(offered.parent.person, offered.c1.on_behalf_of)
    assert tasks(town, stranger).total == 0


def test_a_task_that_is_done_is_gone(town, offered):
    text = {"text_hash": town.desk.see(offered.contracts[KAZAKH], offered.c1).state.text_hash}
    town.followed(town.ask(Sign(**text), offered.contracts[KAZAKH], offered.e1))
    found = [task.name for task in tasks(town, offered.e1).items if task.student_name == KAZAKH]
    assert found == ["sign-college", "sign-student"]


def test_a_cursor_of_another_list_is_told(town, offered):
    with pytest.raises(BadCursor):
        tasks(town, offered.c1, after="nonsense")
