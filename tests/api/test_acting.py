"""Forms of commands over HTTP: what is asked, shown, refused, and done once (P32 to P39, P43 to P53, P87 to
P91)."""

import re
from datetime import datetime

import psycopg
import pytest

from api.languages import LANGUAGES, say
from api.pages.acting.plans import plans
from contracts.log import set_test_clock
from tests.api.forms import ALMATY, active, day, visitor
from tests.api.people import ENTERPRISE, RECORDS, done, terms

WITHDRAW = {"initiator": "student", "ground": "own-wish"}
REQUEST = WITHDRAW | day("received_on", "2026-12-28") | day("end_on", "2027-01-28")
TOO_EARLY = REQUEST | day("end_on", "2027-01-14")


@pytest.fixture
def contract(here):
    return f"/contracts/{active(here)}"


def events(place, contract):
    with psycopg.connect(place.url) as connection:
        found = connection.execute(
            "SELECT type FROM log.events WHERE stream_id = %s ORDER BY stream_version",
            [contract.rpartition("/")[2]],
        )
        return [type_ for [type_] in found]


# The form


@pytest.mark.parametrize("command", sorted(plans()))
def test_every_command_has_a_page_in_words(here, clerk, personnel, contract, command):
    who = personnel if command in {"record-pay", "record-briefing"} else clerk
    for who.language in LANGUAGES:
        shown = who.goes(f"{contract}/{command}")
        assert shown.status in (200, 409)
        assert not re.search(r"\b(pages|fields|commands|words|form|cures)\.[a-z]", shown.text)
        assert "None" not in shown.text
        assert say(who.language, f"commands.{command}") in shown.text
        failed = shown.title.startswith(say(who.language, "furniture.error-title"))
        assert failed is (shown.status == 409)


def test_all_that_is_wrong_is_said_at_once_and_what_was_typed_stays(clerk, contract):
    wrong = day("received_on", "2026-02-31") | {"initiator": "student", "end_on-day": "5"}
    shown = clerk.fills(f"{contract}/withdraw?all=1", wrong)
    assert shown.status == 422
    assert shown.title.startswith("Error:")
    assert "There are 3 things to put right" in shown.text
    for field in ("ground-1", "received_on-day", "end_on-day"):
        assert shown.links(f"#{field}")
    kept = shown.form("/withdraw").fields
    assert (kept["initiator"], kept["received_on-day"], kept["end_on-day"]) == ("student", "31", "5")
    clerk.language = "ru"
    other = clerk.goes(shown.path)
    assert (other.status, other.form("/withdraw").fields["received_on-day"]) == (422, "31")


@pytest.mark.parametrize("month", ["12", "желтоқсан", "декабря", "Dec", "декабрь"])
def test_a_month_may_be_typed_in_any_language(clerk, contract, month):
    shown = clerk.fills(f"{contract}/withdraw?all=1", REQUEST | {"received_on-month": month})
    assert (shown.status, "28 December 2026" in shown.text) == (200, True)


def test_a_step_shows_only_its_own_errors_and_an_early_answer_can_be_changed(clerk, contract):
    first = clerk.fills(f"{contract}/withdraw")
    assert (first.status, first.path) == (422, f"{contract}/withdraw/1?wrong=1")
    second = clerk.sends(first.form("/withdraw/1"), WITHDRAW)
    third = clerk.sends(second.form("/withdraw/2"), day("end_on", "2027-02-15"))
    assert third.path == f"{contract}/withdraw/3"
    again = clerk.fills(f"{contract}/withdraw/1", {"ground": "health"})
    assert again.form("/withdraw/2").fields["end_on-month"] == "2"
    assert "needs no notice" in again.text


def test_the_earliest_lawful_day_is_counted_and_taken_with_one_click(clerk, contract):
    second = clerk.fills(f"{contract}/withdraw/1", WITHDRAW)
    assert "Least notice 1 month" in second.text
    assert "Earliest lawful last day 28 January 2027" in second.text
    take = re.search(r'name="take" value="([^"]+)"', second.answer.text)
    third = clerk.sends(second.form("/withdraw/2"), {"take": take[1].replace("&amp;", "&")})
    assert third.path == f"{contract}/withdraw/3"
    shown = clerk.goes(f"{contract}/withdraw/2")
    assert shown.form("/withdraw/2").fields["end_on-day"] == "28"


def test_a_count_says_which_days_off_moved_it(clerk, contract):
    second = clerk.fills(f"{contract}/withdraw/1", WITHDRAW)
    later = day("received_on", "2026-12-30") | {"stay": "end_on-day"}
    shown = clerk.sends(second.form("/withdraw/2"), later)
    assert "It would end on a day off 30 January 2027" in shown.text
    assert "30 January 2027 (weekend); 31 January 2027 (weekend)" in shown.text
    assert "Earliest lawful last day 1 February 2027" in shown.text


def test_all_steps_on_one_page_come_to_the_same(clerk, contract):
    by_steps = clerk.fills(f"{contract}/withdraw/1", WITHDRAW)
    for at in (2, 3, 4, 5):
        by_steps = clerk.sends(by_steps.form(f"/withdraw/{at}"), REQUEST if at == 2 else {})
    whole = clerk.fills(f"{contract}/withdraw?all=1", REQUEST)
    one, other = (shown.form("/preview").fields["preview_digest"] for shown in (by_steps, whole))
    assert one == other


# The preview


def test_the_preview_is_the_consequences_of_the_api(here, clerk, contract):
    shown = clerk.fills(f"{contract}/withdraw?all=1", REQUEST)
    wish = {"initiator": "student", "ground": "own-wish", "received_on": "2026-12-28", "end_on": "2027-01-28"}
    asked = here.college.post(f"{contract}/withdraw?preview=true", wish)
    assert shown.form("/preview").fields["preview_digest"] == asked.headers["Kelisim-Preview"]
    assert events(here, contract) == ["contract.imported"]


def test_an_empty_part_says_nothing(clerk, contract):
    shown = clerk.fills(f"{contract}/propose-mutual-end", day("end_on", "2027-03-01"))
    assert shown.status == 200
    assert "Money Nothing." in shown.text


def test_without_the_tick_nothing_is_recorded(here, clerk, contract):
    preview = clerk.fills(f"{contract}/withdraw?all=1", REQUEST)
    shown = clerk.sends(preview.form("/preview"))
    assert (shown.status, "Tick this to confirm." in shown.text) == (422, True)
    assert events(here, contract) == ["contract.imported"]
    assert "/done?" in clerk.confirms(shown).path


def test_confirmed_twice_it_is_recorded_once(here, clerk, contract):
    preview = clerk.fills(f"{contract}/withdraw?all=1", REQUEST)
    first, second = clerk.confirms(preview), clerk.confirms(preview)
    assert (first.status, first.path) == (200, second.path)
    assert events(here, contract) == ["contract.imported", "withdrawal.noticed"]
    assert clerk.goes(first.path).text.startswith(first.text[:60])


def test_what_is_so_already_is_no_error(clerk, contract):
    clerk.does(f"{contract}/propose-mutual-end", day("end_on", "2027-03-01"))
    again = clerk.does(f"{contract}/propose-mutual-end", day("end_on", "2027-03-01"))
    assert "There was nothing to record" in again.text


def test_if_somebody_was_first_it_is_shown_what_differs_and_nothing_is_done(here, clerk, personnel, contract):
    preview = clerk.fills(f"{contract}/withdraw?all=1", REQUEST)
    personnel.does(f"{contract}/propose-mutual-end", day("end_on", "2027-03-01"))
    shown = clerk.confirms(preview)
    assert (shown.status, shown.path.partition("?")[0]) == (200, f"{contract}/withdraw/preview")
    assert "Somebody recorded a change while you were working. New entries: 1." in shown.text
    assert "now: Stops: Answer on the end by agreement" in shown.text
    assert "withdrawal.noticed" not in events(here, contract)
    done_ = clerk.confirms(shown)
    assert "/done?" in done_.path
    assert events(here, contract)[-2:] == ["withdrawal.noticed", "withdrawal.mutual_closed"]


def test_if_the_day_has_changed_it_is_said_and_nothing_is_done(here, clerk, contract):
    preview = clerk.fills(f"{contract}/withdraw?all=1", REQUEST | day("end_on", "2027-02-26"))
    with psycopg.connect(here.url, autocommit=True) as connection:
        set_test_clock(connection, datetime(2026, 12, 29, 9, 0, tzinfo=ALMATY))
    shown = clerk.confirms(preview)
    assert (shown.status, shown.path) == (200, f"{contract}/withdraw/preview?all=1")
    assert "The legal day has changed" in shown.text
    assert "Known on: 29 December 2026" in shown.text
    assert events(here, contract) == ["contract.imported"]


def test_a_lost_answer_is_asked_for_again_with_the_same_key(here, clerk, contract):
    preview = clerk.fills(f"{contract}/withdraw?all=1", REQUEST)
    with psycopg.connect(here.url, autocommit=True) as connection:
        connection.execute(
            """CREATE FUNCTION log.die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
               $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
               CREATE TRIGGER die BEFORE UPDATE ON log.streams FOR EACH ROW EXECUTE FUNCTION log.die()"""
        )
        try:
            shown = clerk.confirms(preview)
        finally:
            connection.execute("DROP TRIGGER die ON log.streams; DROP FUNCTION log.die")
    assert shown.status == 503
    assert 'Do not fill in the form again: press "Check". It cannot be recorded twice.' in shown.text
    key = shown.form("/preview").fields["idempotency_key"]
    assert key == preview.form("/preview").fields["idempotency_key"]
    found = clerk.sends(shown.form("/preview"))
    assert "/done?" in found.path
    assert events(here, contract) == ["contract.imported", "withdrawal.noticed"]


# Refusals


def test_a_refusal_says_all_and_its_number_is_among_the_attempts(here, clerk, contract):
    shown = clerk.fills(f"{contract}/withdraw?all=1", TOO_EARLY)
    assert (shown.status, shown.path) == (409, f"{contract}/withdraw/preview?all=1")
    assert "The notice is too short" in shown.text
    assert "Nothing has been recorded, and your answers are kept on this page." in shown.text
    assert "Days too early: 14" in shown.text
    assert re.search(
        r"<blockquote><span lang=\"kk\">.*<blockquote><span lang=\"ru\">", shown.answer.text, re.S
    )
    assert "/law/withdrawal.notice?on=2027-01-14" in shown.links("/law/withdrawal.notice")
    [attempt] = set(re.findall(r"Attempt: ([0-9a-f-]{36})", shown.text))
    with psycopg.connect(here.url) as connection:
        [row] = connection.execute(
            "SELECT command, rules FROM log.attempts WHERE attempt_id = %s", [attempt]
        ).fetchall()
    assert row == ("withdraw", ["withdrawal.notice"])
    said = re.search(rf"Attempt: {attempt}[^<]*", shown.answer.text)[0]
    assert said in clerk.goes(shown.path).answer.text


def test_a_refusal_offers_the_day_that_would_do(here, clerk, contract):
    refused = clerk.fills(f"{contract}/withdraw", WITHDRAW)
    for at in (2, 3, 4, 5):
        refused = clerk.sends(refused.form(f"/withdraw/{at}"), TOO_EARLY if at == 2 else {})
    assert refused.status == 409
    preview = clerk.sends(refused.form("/withdraw/take"))
    assert preview.status == 200
    assert "Last day of the contract 28 January 2027" in preview.text
    assert events(here, contract) == ["contract.imported"]


def test_all_rules_are_shown_at_once(clerk, contract):
    typed = {"ground": "absence", "order_no": "", **day("end_on", "2027-09-01")}
    assert "This is needed." in clerk.fills(f"{contract}/expel", typed).text
    shown = clerk.fills(f"{contract}/expel", typed | {"order_no": "12"})
    assert (shown.status, "2 rules stand in the way" in shown.text) == (409, True)
    history = clerk.goes(f"{contract}/history?attempts=1")
    attempts = clerk.goes(f"/audit/attempts?contract={contract.rpartition('/')[2]}")
    for page in (shown, history, attempts):
        rules = {link.partition("?")[0] for link in page.links("/law/")}
        assert {"/law/contract.state", "/law/withdrawal.heard"} <= rules


def test_what_stands_in_the_way_from_the_start_is_told_before_anything_is_typed(clerk, contract):
    shown = clerk.goes(f"{contract}/offer")
    assert (shown.status, "The contract is not in a state for this" in shown.text) == (409, True)
    assert "Your answers" not in shown.text


def test_a_cure_of_others_has_a_message_and_one_s_own_leads_back(here, clerk):
    pupil = here.enrolled(RECORDS["pupil"])
    contract = f"/contracts/{active(here, pupil)}"
    shown = clerk.fills(f"{contract}/withdraw?all=1", REQUEST)
    assert (shown.status, "WIT-MINOR" in shown.text) == (409, True)
    assert "Legal representative" in shown.text
    assert "A message that you can send" in shown.text
    early = clerk.fills(f"{contract}/withdraw?all=1", TOO_EARLY)
    [link] = early.links("/propose-mutual-end?then=")
    done_ = clerk.does(link, day("end_on", "2027-01-14"))
    [back] = done_.links("/withdraw/preview")
    assert clerk.goes(back).status == 409


def test_a_form_that_is_not_for_the_asker_says_no_clause(here, contract):
    mentor = visitor(here, here.mentor)
    for path in ("revise", "revise/preview"):
        shown = mentor.goes(f"{contract}/{path}")
        assert (shown.status, "Work-off period" in shown.text, "95,000" in shown.text) == (409, False, False)


def test_whom_else_an_enterprise_has_as_mentors_it_alone_knows(here, clerk, personnel):
    other = here.person(RECORDS["parent"])
    body = {"mentor": RECORDS["parent"], "capacity": 3, "cleared_on": "2026-01-10"}
    done(here.enterprise.post(f"/organisations/{ENTERPRISE}/register-mentor", body))
    here.caught_up()
    contract = f"/contracts/{here.draft(terms=terms(here.mentor.person))}"
    assert other.person in personnel.goes(f"{contract}/revise").answer.text
    shown = clerk.goes(f"{contract}/revise").answer.text
    assert (here.mentor.person in shown, other.person in shown) == (True, False)


def test_who_may_not_know_of_it_finds_nothing(here, contract):
    stranger = visitor(here, here.new_student())
    for path in ("withdraw", "withdraw/preview", "letter.pdf", "withdraw/done?entry=1"):
        assert stranger.goes(f"{contract}/{path}").status == 404
    csrf = {"csrf": "0" * 64}
    assert stranger.posts(f"{contract}/withdraw", csrf).status == 403


# What was typed


def test_a_form_of_an_old_session_comes_back_filled_in(here, clerk, contract):
    form = clerk.goes(f"{contract}/withdraw?all=1").form("/withdraw")
    typed = form.fields | REQUEST | {"csrf": "0" * 64}
    shown = clerk.posts(form.action, typed)
    assert (shown.status, "nothing that you typed is lost" in shown.text) == (403, True)
    preview = clerk.sends(shown.form("/withdraw"))
    assert preview.form("/preview")
    clerk.secret = ""
    shown = clerk.posts(form.action, typed)
    assert (shown.status, "Your session has ended" in shown.text) == (403, True)
    assert shown.form("/withdraw").fields["end_on-day"] == "28"
    foreign = clerk.posts(form.action, typed, Origin="https://example.org")
    assert (foreign.status, foreign.forms) == (403, [])


def test_what_is_put_aside_stands_on_the_work_list_until_it_is_done(clerk, contract):
    form = clerk.goes(f"{contract}/withdraw/1").form("/withdraw/1")
    kept = clerk.sends(form, WITHDRAW | {"later": "yes"})
    assert "Your answers are kept" in kept.text
    assert f"{contract}/withdraw" in clerk.goes("/worklist").links("/withdraw")
    assert clerk.goes(f"{contract}/withdraw").form("/withdraw/1").fields["ground"] == "own-wish"
    clerk.does(f"{contract}/withdraw?all=1", REQUEST)
    assert f"{contract}/withdraw" not in clerk.goes("/worklist").links("/withdraw")


def test_a_number_of_a_person_is_refused_where_it_does_not_belong(clerk, contract):
    shown = clerk.fills(f"{contract}/withdraw?all=1", REQUEST | {"proof": RECORDS["pupil"]["iin"]})
    assert shown.status == 422
    assert "A personal number (IIN) must not stand here." in shown.text
    assert RECORDS["pupil"]["iin"] not in shown.path + shown.title


# A new contract


def test_a_student_is_found_by_number_and_day_of_birth_which_are_not_said_back(here, personnel):
    student = here.new_student()
    with psycopg.connect(here.url) as connection:
        known = connection.execute(
            "SELECT count(*) FROM personal.lookup WHERE person_id = %s", [student.person]
        ).fetchone()
    assert known == (1,)
    iin = RECORDS["student"]["iin"]
    form = personnel.goes("/contracts/new").form("/new/1")
    wrong = personnel.sends(
        form, {"student_number": iin, **day("student_born_on", "2007-09-02"), "stay": "student"}
    )
    assert "student" not in wrong.form("/new/1").known
    assert iin not in wrong.answer.text
    found = personnel.sends(
        form, {"student_number": iin, **day("student_born_on", "2007-09-01"), "stay": "student"}
    )
    assert found.form("/new/1").fields["student"] == here.student.person
    assert iin not in found.answer.text + found.path


def test_nobody_is_named_by_an_id_that_was_not_found(here, personnel):
    form = personnel.goes("/contracts/new").form("/new/1")
    shown = personnel.sends(form, {"student": here.mentor.person, "student_mark": "0" * 64})
    assert shown.status == 422
    assert RECORDS["mentor"]["name"] not in shown.text


def test_a_contract_is_drafted_step_by_step(here, clerk):
    student = here.new_student()
    here.caught_up()
    shown = clerk.fills("/contracts/new", {"student": student.person})
    shown = clerk.sends(shown.form("/2"), {"partner": ENTERPRISE})
    shown = clerk.sends(shown.form("/3"), {"memorandum": "none"})
    shown = clerk.sends(shown.form("/4"), {"terms-form": "full_time"})
    hours = {"terms-practice_share-total_hours": "2592", "terms-practice_share-enterprise_hours": "1555"}
    worked_out = clerk.sends(shown.form("/5"), hours | {"stay": "shares"})
    assert "At the enterprise: 1,555 of 2,592 hours, 59.9 %" in worked_out.text
    assert "That is too little" in worked_out.text
    shown = clerk.sends(worked_out.form("/5"))
    for at in (6, 7, 8):
        shown = clerk.sends(shown.form(f"/{at}"))
    assert shown.status == 200
    done_ = clerk.confirms(shown)
    contract = re.match(r"(/contracts/[0-9a-f-]{36})/draft/done", done_.path)[1]
    assert events(here, contract) == ["contract.drafted"]
    missing = clerk.goes(contract)
    assert missing.links("/revise#C-MENTOR")
    assert clerk.goes("/contracts/new").form("/new/1").fields.get("student") is None


def test_a_new_contract_may_be_made_like_another(here, clerk, contract):
    shown = clerk.goes(f"/contracts/new?like={contract.rpartition('/')[2]}")
    assert shown.path == "/contracts/new/1"
    assert clerk.goes("/contracts/new/7").form("/new/7").fields["terms-compensation-monthly"] == "95000"


def test_who_stands_for_no_organisation_drafts_nothing(here):
    assert visitor(here, here.student).goes("/contracts/new").status == 403


def test_a_clause_that_was_agreed_can_be_taken_out_again(here, personnel):
    contract = f"/contracts/{here.draft(terms=terms(here.mentor.person, work_off={'months': 12}))}"
    shown = personnel.fills(f"{contract}/revise", {"terms-work_off-without": "yes"})
    assert (shown.status, "Work-off period" in shown.text) == (200, True)
    personnel.confirms(shown)
    after = done(here.enterprise.get(contract))
    assert "work_off" not in str(after["terms"]) or after["terms"].get("work_off") is None


def test_who_signs_a_text_that_has_become_another_sees_what_has_changed(here, clerk):
    id_ = here.draft()
    contract = f"/contracts/{id_}"
    done(here.college.post(f"{contract}/offer"))
    open_since = clerk.goes(f"{contract}/sign")
    more = {"compensation": {"kind": "compensation", "monthly": 9550000}}
    done(here.college.post(f"{contract}/revise", {"terms": more}))
    done(here.college.post(f"{contract}/offer"))
    refused = clerk.sends(open_since.form())
    assert (refused.status, "FOR-HASH" in refused.text) == (409, True)
    [comparison] = refused.links(f"{contract}/diff")
    assert "95,500" in clerk.goes(comparison).text
