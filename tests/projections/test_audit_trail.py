"""Every entry can be found, by whom it concerns; so can what was refused, and what was sent."""

from datetime import date

import psycopg
import pytest

from contracts.decision import Refused
from contracts.formation import Offer, Revise
from contracts.terms import Compensation, PayKind, Terms
from projections import attempts, audit_trail, messages, sight
from projections.cursors import BadCursor
from projections.sight import Sight
from tests.examples import an_id
from tests.projections.examples import C1, E1, KAZAKH, LAW, PLAIN, YO

TODAY = date(2026, 8, 12)
AUDITOR = Sight(an_id(900), TODAY, everything=True)


@pytest.fixture
def lived(town, cast):
    """KAZAKH's contract is revised and offered, PLAIN's offer is refused."""
    town.clock(2026, 8, 12)
    contract = cast.contracts[KAZAKH]
    more = Terms(compensation=Compensation(PayKind.COMPENSATION, 10_000_000))
    town.ask(Revise(more, remove=("C-HIRING",)), contract, cast.c1)
    with pytest.raises(Refused):
        town.ask(Offer(date(2026, 8, 1)), cast.contracts[PLAIN], cast.e1)
    town.followed(town.ask(Offer(), contract, cast.c1))
    return cast


def entries(town, seen=AUDITOR, **filters):
    with town.pool.connection() as connection:
        return audit_trail.search(connection, seen, audit_trail.Filters(**filters)).items


def test_an_entry_is_shown_as_it_is_stored(town, lived):
    contract = lived.contracts[KAZAKH]
    offered, revised, drafted = entries(town, stream_id=contract)
    assert [each.type for each in (drafted, revised, offered)] == [
        "contract.drafted",
        "contract.revised",
        "contract.offered",
    ]
    assert (offered.version, offered.number, offered.kind) == (3, "75-2026-000001", "contract")
    assert (offered.actor, offered.on_behalf_of) == (f"person:{lived.c1.person}", f"org:{C1}")
    assert (offered.role, offered.command) == ("college", "offer")
    stored = town.desk.stored(contract)
    assert [each.hash for each in (drafted, revised, offered)] == [row.hash.hex() for row in stored]
    assert [each.position for each in (drafted, revised, offered)] == [row.position for row in stored]
    assert offered.data["sign_by"] == "2026-08-26"
    assert offered.law == LAW.version


def test_entries_are_found_by_kind_who_command_clause_and_time(town, lived):
    contract = lived.contracts[KAZAKH]
    assert {e.stream_id for e in entries(town, types=("contract.offered",))} == {contract}
    assert {e.command for e in entries(town, who=f"org:{E1}")} == {"register-mentor"}
    assert {e.stream_id for e in entries(town, command="offer")} == {contract}
    assert [e.type for e in entries(town, clause="C-COMPENSATION", stream_id=contract)] == [
        "contract.revised",
        "contract.drafted",
    ]
    assert [e.type for e in entries(town, clause="C-HIRING", stream_id=contract)] == [
        "contract.revised",
        "contract.drafted",
    ]
    assert [e.type for e in entries(town, clause="C-TERM", stream_id=contract)] == ["contract.drafted"]
    first, *_, last = entries(town)[::-1]
    assert entries(town, recorded_to=first.recorded_at, recorded_from=first.recorded_at)[-1] == first
    assert last in entries(town, recorded_from=last.recorded_at)
    assert {e.kind for e in entries(town, kind="memorandum")} == {"memorandum"}
    assert {
        e.type for e in entries(town, effective_from=date(2026, 8, 7), effective_to=date(2026, 8, 7))
    } == {
        "organisation.student_enrolled",
        "organisation.mentor_registered",
    }


def test_each_finds_entries_of_own_contracts_and_streams_only(town, lived):
    own = {e.stream_id for e in entries(town, sight.of(lived.students[PLAIN], TODAY))}
    assert own == {lived.contracts[PLAIN], lived.students[PLAIN].person}
    of_college = {e.stream_id for e in entries(town, sight.of(lived.c1, TODAY))}
    assert {lived.contracts[KAZAKH], lived.contracts[YO]} < of_college
    assert len(of_college) == 3  # and its own
    stranger = sight.Sight(lived.parent.person, TODAY, bin=C1)
    assert entries(town, stranger) == ()


def test_pages_of_the_history_follow_each_other(town, lived):
    with town.pool.connection() as connection:
        whole = audit_trail.search(connection, AUDITOR, limit=200).items
        page, seen = audit_trail.search(connection, AUDITOR, limit=5), []
        while page.next:
            seen += page.items
            page = audit_trail.search(connection, AUDITOR, limit=5, after=page.next)
        assert (*seen, *page.items) == whole
        positions = [entry.position for entry in whole]
        assert positions == sorted(positions, reverse=True)
        with pytest.raises(BadCursor):
            audit_trail.search(connection, AUDITOR, after="x")


@pytest.mark.parametrize("who", ["c1", "e2", "chamber", "mentor", "parent"])
def test_pages_of_ones_own_history_are_those_of_all_without_the_others(town, lived, who):
    own = sight.of(getattr(lived, who), TODAY)
    with town.pool.connection() as connection:
        whole = audit_trail.search(connection, own, limit=200).items
        streams = {entry.stream_id for entry in whole}
        every = audit_trail.search(connection, AUDITOR, limit=200).items
        assert whole == tuple(entry for entry in every if entry.stream_id in streams)
        page, seen = audit_trail.search(connection, own, limit=3), []
        while page.next and len(seen) <= len(whole):
            seen += page.items
            page = audit_trail.search(connection, own, limit=3, after=page.next)
        assert (*seen, *page.items) == whole


def test_a_cursor_from_before_the_log_was_restored_is_told(town, lived):
    with town.pool.connection() as connection:
        cursor = audit_trail.search(connection, AUDITOR, limit=5).next
    with psycopg.connect(town.database, autocommit=True) as owner:
        owner.execute("UPDATE log.mark SET epoch = epoch + 1")
    with town.pool.connection() as connection, pytest.raises(BadCursor):
        audit_trail.search(connection, AUDITOR, after=cursor)


# What was refused


def test_a_refused_attempt_is_found_with_its_rules_and_facts(town, lived):
    with town.pool.connection() as connection:
        [found] = attempts.search(connection, AUDITOR).items
        assert attempts.by_rule(connection, AUDITOR)["formation.past"] == 1
        assert attempts.search(connection, AUDITOR, attempts.Filters(rule="formation.past")).items == (found,)
        assert attempts.search(connection, AUDITOR, attempts.Filters(rule="formation.age")).items == ()
    assert "formation.past" in found.rules
    assert (found.command, found.on_behalf_of) == ("offer", f"org:{E1}")
    assert (found.subject, found.number) == (lived.contracts[PLAIN], "75-2026-000003")
    [facts] = [f for rule, f in zip(found.rules, found.facts, strict=True) if rule == "formation.past"]
    assert facts["sign_by"] == "2026-08-01"


def test_an_attempt_is_seen_by_who_may_see_the_contract(town, lived):
    with town.pool.connection() as connection:
        assert attempts.search(connection, sight.of(lived.students[PLAIN], TODAY)).items
        assert attempts.search(connection, sight.of(lived.e1, TODAY)).items
        assert attempts.search(connection, sight.of(lived.students[KAZAKH], TODAY)).items == ()
        assert attempts.by_rule(connection, sight.of(lived.students[KAZAKH], TODAY)) == {}


# What was sent


def test_messages_are_those_of_own_contracts_and_ones_own_are_told_apart(town, lived):
    with town.pool.connection() as connection:
        page = messages.messages(connection, sight.of(lived.c1, TODAY))
        own = messages.messages(connection, sight.of(lived.students[KAZAKH], TODAY), own=True)
        none = messages.messages(connection, sight.of(lived.students[PLAIN], TODAY))
        first = messages.messages(connection, AUDITOR, limit=1)
        second = messages.messages(connection, AUDITOR, limit=1, after=first.next)
    assert {(each.name, each.to_role) for each in page.items} == {
        ("contract.offered", "enterprise"),
        ("contract.offered", "student"),
    }
    [mine] = own.items
    assert (mine.to_name, mine.number, mine.version) == (KAZAKH, "75-2026-000001", 3)
    assert mine.sent_at is None
    assert none.items == ()
    assert first.items + second.items == page.items
