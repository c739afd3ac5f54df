"""A wrong record and its correction on the pages: asked for, answered, marked in the history."""

import re

import psycopg
import pytest

from api.languages import LANGUAGES, say
from tests.api.forms import active, day, visitor
from tests.api.people import COLLEGE, new_record

REQUEST = {"initiator": "student", "ground": "own-wish"}
REQUEST |= day("received_on", "2026-12-28") | day("end_on", "2027-01-28")
BY_COURT = {"ground": "court", "proof": "2-114"}
WRONG = {"proof": "Request No. 31", "reason": "Another man of nearly that name", "found_by": "student"}
OTHER_DAY = WRONG | {"field": "end_on", "right": "2027-02-10"}


@pytest.fixture
def contract(here):
    return f"/contracts/{active(here)}"


@pytest.fixture
def second(here):
    """Another clerk of the college."""
    return visitor(here, here.clerk(COLLEGE), f"org:{COLLEGE}")


@pytest.fixture
def left(clerk, contract):
    """A contract of which a withdrawal was recorded."""
    clerk.does(f"{contract}/withdraw?all=1", REQUEST)
    return contract


def entry(place, contract, type_):
    """The version of its last entry of that type."""
    with psycopg.connect(place.url) as connection:
        [version] = connection.execute(
            "SELECT max(stream_version) FROM log.events WHERE (stream_id, type) = (%s, %s)",
            [contract.rpartition("/")[2], type_],
        ).fetchone()
    return version


def proposed(clerk, place, contract, **typed):
    noticed = entry(place, contract, "withdrawal.noticed")
    return clerk.does(f"{contract}/correct?entry={noticed}", WRONG | {"field": "whole"} | typed)


def test_from_an_entry_one_comes_to_its_correction(clerk, here, left):
    noticed = entry(here, left, "withdrawal.noticed")
    history = clerk.goes(f"{left}/history")
    assert f"{left}/correct?entry={noticed}" in history.links("/correct")
    shown = clerk.goes(f"{left}/correct?entry={noticed}")
    assert "What happened?" in shown.text
    assert "The fact itself changed." in shown.text
    assert "Our record was wrong" in shown.text
    assert "Notice of withdrawal was given" in shown.text
    assert shown.form("/correct").fields["entry"] == str(noticed)
    assert {"field", "right", "proof", "reason", "found_by"} <= shown.form("/correct").known


def test_without_an_entry_one_of_the_own_is_chosen_first(clerk, here, left):
    shown = clerk.goes(f"{left}/correct")
    assert "Notice of withdrawal was given" in shown.text
    noticed = entry(here, left, "withdrawal.noticed")
    again = clerk.sends(shown.form("/correct"), {"entry": str(noticed)} | WRONG)
    assert again.status == 422
    assert "Last day" in again.text


@pytest.mark.parametrize("missing", ["proof", "reason", "found_by", "field"])
def test_nothing_is_left_out(clerk, here, left, missing):
    typed = {name: text for name, text in OTHER_DAY.items() if name != missing}
    noticed = entry(here, left, "withdrawal.noticed")
    shown = clerk.fills(f"{left}/correct?entry={noticed}", typed)
    assert shown.status == 422
    assert shown.title.startswith("Error:")


def test_a_field_is_put_right_by_two(clerk, second, here, left):
    proposed(clerk, here, left, **OTHER_DAY)
    asked = second.goes(f"{left}/approve-correction")
    assert "2027-02-10" in asked.text
    assert "Last day" in asked.text
    assert "Notice of withdrawal was given" in asked.text
    preview = second.sends(asked.form("/approve-correction"))
    assert "10 February 2027" in preview.text.replace("\xa0", " ")
    second.confirms(preview)
    page = second.goes(left).text.replace("\xa0", " ")
    assert "10 February 2027" in page


def test_the_history_says_what_was_and_what_should_have_been(clerk, second, here, left):
    proposed(clerk, here, left, **OTHER_DAY)
    second.does(f"{left}/approve-correction")
    text = clerk.goes(f"{left}/history").text.replace("\xa0", " ")
    assert "Corrected on 28 December 2026 by:" in text
    assert "This is about:" in text
    assert "Our record was wrong" in text
    assert re.search(r"28 January 2027.{0,200}10 February 2027", text)
    noticed = entry(here, left, "withdrawal.noticed")
    links = clerk.goes(f"{left}/history").links("/correct?entry=")
    assert f"{left}/correct?entry={noticed}" not in links, "what is corrected already is not offered again"


def test_a_wrong_person_s_contract_goes_on(clerk, second, here, left):
    proposed(clerk, here, left)
    second.does(f"{left}/approve-correction")
    assert say("en", "states.active") in clerk.goes(left).text
    assert "Should not stand in this contract" in clerk.goes(f"{left}/history").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_proposed_is_told_that_another_answers(clerk, here, left, language):
    proposed(clerk, here, left)
    clerk.language = language
    shown = clerk.fills(f"{left}/approve-correction")
    assert shown.status == 409
    assert "COR-FOUR-EYES" in shown.text
    assert say(language, "cures.another-person") in shown.text


def test_what_is_corrected_leads_to_the_entry_that_corrects_it(clerk, second, here, left):
    noticed = entry(here, left, "withdrawal.noticed")
    proposed(clerk, here, left)
    second.does(f"{left}/approve-correction")
    shown = clerk.fills(f"{left}/correct?entry={noticed}", WRONG | {"field": "whole"})
    assert shown.status == 409
    assert "See the entry that corrects it" in shown.text
    assert any("/history?entry=" in link for link in shown.links("/history"))


def test_a_correction_can_be_rejected(clerk, second, here, left):
    proposed(clerk, here, left)
    second.does(f"{left}/reject-correction", {"reason": "The paper says so"})
    assert say("en", "states.ending") in clerk.goes(left).text
    text = clerk.goes(f"{left}/history").text
    assert "A correction was rejected: the record stands" in text
    assert "The paper says so" in text


def test_before_a_notice_is_revoked_it_is_asked_what_happened(here, contract):
    """By the one who gave it: the college that left by its own wish."""
    college = visitor(here, here.college, f"org:{COLLEGE}")
    college.does(
        f"{contract}/withdraw?all=1", REQUEST | {"initiator": "college", "ground": "court", "proof": "2-114"}
    )
    shown = college.goes(f"{contract}/revoke-notice")
    assert "What happened?" in shown.text
    noticed = entry(here, contract, "withdrawal.noticed")
    assert f"{contract}/correct?entry={noticed}" in shown.links("/correct")


def test_a_clerk_is_not_offered_to_revoke_another_s_notice(clerk, left):
    shown = clerk.goes(f"{left}/revoke-notice")
    assert shown.status == 409
    assert "WIT-GROUND" in shown.text


# Whom it is about


def named(here, name):
    return here.enrolled(new_record() | {"name": name})


def test_a_warning_where_another_is_called_nearly_so(clerk, here):
    named(here, "Нурлан Демоев")
    contract = f"/contracts/{active(here, named(here, 'Нұрлан Демоёв'))}"
    shown = clerk.fills(f"{contract}/withdraw?all=1", REQUEST)
    assert "A person with nearly the same name is at this college too." in shown.text
    assert "Нұрлан Демоёв" in shown.text
    assert "Born in" in shown.text
    alone = f"/contracts/{active(here, named(here, 'Серік Әбілқасымов'))}"
    shown = clerk.fills(f"{alone}/withdraw?all=1", REQUEST)
    assert "nearly the same name" not in shown.text
    assert "Серік Әбілқасымов" in shown.text


def test_only_the_college_is_warned_of_its_own_students(personnel, here):
    named(here, "Гүлнар Тестова")
    contract = f"/contracts/{active(here, named(here, 'Гүлнар Тестовa'))}"
    typed = {name: text for name, text in REQUEST.items() if name != "initiator"} | {
        "ground": "court",
        "proof": "2-114",
    }
    shown = personnel.fills(f"{contract}/withdraw?all=1", typed)
    assert "nearly the same name" not in shown.text
