"""Notices leave: who gets which letter, in which language, and what happens when it is not taken."""

import json
from typing import Any
from uuid import uuid4

import pytest

from api.server_process import patiently
from tests.api.people import COLLEGE, ENTERPRISE, RECORDS, Town, done, new_record
from tests.api.sending.test_webhooks import verified


def came(count: int, whatever: list[Any]) -> None:
    assert patiently(lambda: len(whatever) >= count, 15), f"{len(whatever)} of {count} came"


def settled(owner) -> None:
    """All letters are made, and none waits."""
    waiting = """SELECT (SELECT count(*) FROM edge.letters WHERE sent_at IS NULL AND dead_at IS NULL)
                   + (SELECT m.position - p.position FROM log.mark m, edge.posted p)
                   + (SELECT max(position) FROM log.events) - (SELECT position FROM log.mark)"""
    assert patiently(lambda: owner.execute(waiting).fetchone() == (0,), 15)


def endpoint(town: Town, url: str, party=None) -> tuple[str, str]:
    """Id and secret."""
    id_ = str(uuid4())
    somebody = party or town.enterprise
    answer = somebody.client.put(f"/api/v1/endpoints/{id_}", json={"url": url}, headers=somebody.headers)
    assert answer.status_code == 201, answer.text
    return id_, answer.json()["secret"]


def offered(town: Town, student=None) -> tuple[str, str]:
    """Id and number of a contract that the college offers."""
    id_ = town.draft(student)
    done(town.college.post(f"/contracts/{id_}/offer"))
    return id_, done(town.college.get(f"/contracts/{id_}"))["number"]


def with_mail(town: Town, language: str = "kk"):
    """A student who can be written to."""
    student = town.new_student()
    contacts = {"email": f"s{student.person[-6:]}@demo.example", "language": language}
    done(student.post(f"/people/{student.person}/change-contacts", {"contacts": contacts}))
    return student, contacts["email"]


def office(town: Town, party, bin_: str, language: str = "en") -> str:
    contacts = {"email": f"office-{bin_}@demo.example", "language": language}
    done(party.post(f"/organisations/{bin_}/change-organisation-contacts", {"contacts": contacts}))
    return contacts["email"]


def sent(owner, contract: str) -> dict[str, bool]:
    """Whether each notice of a contract has left, by who it is for."""
    rows = owner.execute(
        """SELECT m.to_ref, s.sent_at IS NOT NULL FROM projections.messages m LEFT JOIN log.sent s
             USING (notice_id) WHERE m.stream_id = %s""",
        [contract],
    )
    return dict(rows.fetchall())


# Who gets what


def test_a_letter_says_what_by_when_and_where_in_the_reader_s_language(town, mails, owner):
    student, address = with_mail(town)
    at_enterprise = office(town, town.enterprise, ENTERPRISE)
    id_, number = offered(town, student)
    came(2, mails.came)
    settled(owner)
    letters = {str(each["To"]): each for each in mails.came}
    assert letters.keys() == {address, at_enterprise}
    [own, theirs] = letters[address], letters[at_enterprise]
    assert own["Subject"].startswith(f"Шарт: {number}.")
    assert own["Content-Language"] == "kk"
    assert theirs["Subject"] == f"Contract: {number}. The contract was offered for signing."
    text = theirs.get_content()
    assert "Signing, by " in text
    assert f"/contracts/{id_}" in text
    assert "Enterprise" in text
    assert own["From"] == "Kelisim <kelisim@demo.example>"
    assert own["Auto-Submitted"] == "auto-generated"
    assert sent(owner, id_)[f"person:{student.person}"]


def test_no_letter_names_anybody(town, mails, owner):
    student, _ = with_mail(town, "ru")
    office(town, town.enterprise, ENTERPRISE, "ru")
    office(town, town.college, COLLEGE, "kk")
    offered(town, student)
    came(2, mails.came)
    for letter in mails.came:
        whole = letter.as_string() + letter.get_content()
        for record in (*RECORDS.values(), new_record()):
            assert record["iin"] not in whole
            assert record["name"] not in whole
        assert "Демо" not in whole


def test_an_organisation_without_a_mailbox_is_told_through_who_acts_for_it(town, mails, owner):
    contacts = {"email": "clerk@demo.example", "language": "kk"}
    clerk = town.enterprise.person
    oneself = {"Kelisim_On_Behalf_Of": f"person:{clerk}"}
    done(town.enterprise.post(f"/people/{clerk}/change-contacts", {"contacts": contacts}, **oneself))
    id_, _ = offered(town)
    came(1, mails.came)
    settled(owner)
    assert [str(each["To"]) for each in mails.came] == ["clerk@demo.example"]
    assert sent(owner, id_) == {
        **dict.fromkeys(sent(owner, id_), False),
        f"org:{ENTERPRISE}": True,
    }


def test_nobody_is_written_to_without_an_address(town, mails, owner):
    id_, _ = offered(town)
    settled(owner)
    assert mails.came == []
    assert owner.execute("SELECT count(*) FROM edge.letters").fetchone() == (0,)
    assert set(sent(owner, id_).values()) == {False}


# Calls


def test_a_call_is_a_signed_cloud_event(town, calls, owner):
    _, secret = endpoint(town, calls.url())
    id_, number = offered(town)
    came(1, calls.came)
    settled(owner)
    [call] = calls.came
    assert verified(secret, call.headers, call.body)
    event = json.loads(call.body)
    assert (event["specversion"], event["type"]) == ("1.0", "kelisim.contract.offered.v1")
    assert event["id"] == call.headers["webhook-id"]
    assert event["subject"] == f"contracts/{id_}"
    data = event["data"]
    assert (data["number"], data["state"], data["role"]) == (number, "offered", "enterprise")
    assert data["entry"]["version"] == 2
    assert [each["name"] for each in data["due"]] == ["sign"]
    notices = owner.execute("SELECT notice_id::text FROM projections.messages WHERE contract_id = %s", [id_])
    assert (event["id"],) in notices.fetchall()
    assert sent(owner, id_)[f"org:{ENTERPRISE}"]


def test_in_order_and_each_once(town, calls, owner):
    endpoint(town, calls.url())
    contract = town.concluded()
    settled(owner)
    versions = [json.loads(each.body)["data"]["entry"]["version"] for each in calls.came]
    assert versions == sorted(versions)
    assert len(calls.ids()) == len(set(calls.ids())) > 1
    assert {json.loads(each.body)["data"]["id"] for each in calls.came} == {contract}


def test_what_is_not_taken_is_sent_again_under_the_same_id(town, calls, owner, quick):
    endpoint(town, calls.url())
    answers = iter([(500, {}), (503, {})])
    calls.answer = lambda call: next(answers, (200, {}))
    offered(town)
    came(3, calls.came)
    settled(owner)
    assert len(set(calls.ids())) == 1
    assert len(calls.came) == 3
    assert owner.execute("SELECT tries, trouble FROM edge.letters").fetchall() == [(3, None)]


def test_what_is_never_taken_is_given_up_shown_and_can_be_sent_again(town, calls, owner, quick):
    id_, _ = endpoint(town, calls.url())
    calls.answer = lambda call: (500, {})
    contract, _ = offered(town)
    came(3, calls.came)
    settled(owner)
    [delivery] = done(town.enterprise.get(f"/endpoints/{id_}/deliveries"))["items"]
    assert (delivery["tries"], delivery["trouble"]) == (3, "http-500")
    assert delivery["given_up_at"]
    assert not sent(owner, contract)[f"org:{ENTERPRISE}"]
    calls.answer = lambda call: (200, {})
    assert done(town.enterprise.post(f"/endpoints/{id_}/send-again")) == {"due": 1}
    came(4, calls.came)
    settled(owner)
    assert len(set(calls.ids())) == 1
    assert sent(owner, contract)[f"org:{ENTERPRISE}"]


def test_one_that_fails_holds_up_no_other(town, calls, owner, quick):
    endpoint(town, "http://127.0.0.1:9/")
    endpoint(town, calls.url("/well"))
    offered(town)
    came(1, calls.came)
    settled(owner)
    states = owner.execute("SELECT trouble, sent_at IS NOT NULL FROM edge.letters ORDER BY 2").fetchall()
    assert states == [("no-connection", False), (None, True)]


def test_a_program_that_is_gone_is_called_no_more(town, calls, owner):
    id_, _ = endpoint(town, calls.url())
    calls.answer = lambda call: (410, {})
    offered(town)
    came(1, calls.came)
    settled(owner)
    [found] = done(town.enterprise.get("/endpoints"))["items"]
    assert (found["id"], found["disabled_why"]) == (id_, "gone")
    offered(town)
    settled(owner)
    assert len(calls.came) == 1


def test_two_secrets_sign_for_a_day(town, calls, owner):
    id_, old = endpoint(town, calls.url())
    new = done(town.enterprise.post(f"/endpoints/{id_}/rotate-secret"))["secret"]
    assert new != old
    offered(town)
    came(1, calls.came)
    assert verified(old, calls.came[0].headers, calls.came[0].body)
    assert verified(new, calls.came[0].headers, calls.came[0].body)
    owner.execute("UPDATE edge.endpoints SET old_until = now()")
    offered(town)
    came(2, calls.came)
    assert not verified(old, calls.came[1].headers, calls.came[1].body)
    assert verified(new, calls.came[1].headers, calls.came[1].body)


# Endpoints


def test_whoever_asks_twice_makes_one_and_sees_the_secret_once(town, calls):
    id_, secret = endpoint(town, calls.url())
    again = town.enterprise.client.put(
        f"/api/v1/endpoints/{id_}", json={"url": calls.url()}, headers=town.enterprise.headers
    )
    assert (again.status_code, again.json()["secret"]) == (200, None)
    assert secret not in town.enterprise.get("/endpoints").text


def test_nobody_sees_or_changes_the_address_of_another(town, calls):
    id_, _ = endpoint(town, calls.url())
    for path in ("rotate-secret", "disable", "enable", "send-again"):
        assert town.college.post(f"/endpoints/{id_}/{path}").status_code == 404
    assert town.college.get(f"/endpoints/{id_}/deliveries").status_code == 404
    assert done(town.college.get("/endpoints"))["items"] == []
    taken = town.college.client.put(
        f"/api/v1/endpoints/{id_}", json={"url": calls.url()}, headers=town.college.headers
    )
    assert taken.status_code == 404
    assert town.student.get("/endpoints").status_code == 403


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/", "http://user:word@127.0.0.1/", "http://nowhere.invalid/"]
)
def test_an_address_that_is_none_is_named_and_not_kept(town, url):
    answer = town.enterprise.client.put(
        f"/api/v1/endpoints/{uuid4()}", json={"url": url}, headers=town.enterprise.headers
    )
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["/url"]
    assert url not in answer.text
    assert done(town.enterprise.get("/endpoints"))["items"] == []


def test_an_organisation_has_ten_at_most(town, calls):
    for _ in range(10):
        endpoint(town, calls.url())
    answer = town.enterprise.client.put(
        f"/api/v1/endpoints/{uuid4()}", json={"url": calls.url()}, headers=town.enterprise.headers
    )
    assert answer.status_code == 422


def test_what_is_shut_is_left_alone_until_it_is_opened(town, calls, owner):
    id_, _ = endpoint(town, calls.url())
    assert done(town.enterprise.post(f"/endpoints/{id_}/disable"))["disabled_why"] == "owner"
    offered(town)
    settled(owner)
    assert calls.came == []
    assert done(town.enterprise.post(f"/endpoints/{id_}/enable"))["disabled_at"] is None
    offered(town)
    came(1, calls.came)


def test_a_secret_is_kept_sealed(town, calls, owner):
    _, secret = endpoint(town, calls.url())
    [[kept]] = owner.execute("SELECT secret FROM edge.endpoints").fetchall()
    assert secret.encode() not in kept


# Mail that is not taken


def test_a_mailbox_that_is_refused_for_good_is_given_up_at_once(town, mails, owner):
    student, _ = with_mail(town)
    mails.answer_rcpt = lambda address: "550 no such mailbox"
    offered(town, student)
    settled(owner)
    assert owner.execute("SELECT tries, trouble FROM edge.letters").fetchall() == [(1, "mailbox-refused")]


def test_a_mailbox_that_is_busy_is_tried_again(town, mails, owner, quick):
    student, _ = with_mail(town)
    answers = iter(["450 later"])
    mails.answer_rcpt = lambda address: next(answers, "250 ok")
    offered(town, student)
    came(1, mails.came)
    settled(owner)
    assert owner.execute("SELECT tries, trouble FROM edge.letters").fetchall() == [(2, None)]


def test_metrics_tell_what_waits_and_what_was_given_up(town, calls, owner, quick):
    endpoint(town, calls.url())
    calls.answer = lambda call: (500, {})
    offered(town)
    settled(owner)
    told = town.client.get("/metrics").text
    assert "kelisim_post_dead 1.0" in told
    assert "kelisim_post_waiting 0.0" in told
    assert "kelisim_post_oldest_seconds 0.0" in told
