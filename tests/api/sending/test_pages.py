"""The pages for letters: an organisation's own addresses, and what became of each message."""

import re

import pytest

from api.languages import LANGUAGES, say
from tests.api.forms import Visitor
from tests.api.people import COLLEGE, ENTERPRISE, done
from tests.api.sending.test_sending import came, offered, settled, with_mail
from tests.api.sending.test_webhooks import verified
from tests.terminal import kelisim

SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{44}")


@pytest.fixture
def personnel(town) -> Visitor:
    return Visitor(town.client, town.url, town.enterprise, f"org:{ENTERPRISE}")


def test_an_address_is_taken_up_its_secret_shown_once_and_used(town, personnel, calls, owner):
    shown = personnel.fills("/endpoints", {"url": calls.url()})
    [secret] = SECRET.findall(shown.text)
    assert not SECRET.search(personnel.goes("/endpoints").text)
    offered(town)
    came(1, calls.came)
    settled(owner)
    assert verified(secret, calls.came[0].headers, calls.came[0].body)
    assert "Sent: 1. Waiting: 0. Given up: 0." in personnel.goes("/endpoints").text


def test_a_wrong_address_is_kept_in_the_form_with_a_sentence(personnel):
    shown = personnel.fills("/endpoints", {"url": "ftp://demo.example/"})
    assert say("en", "endpoints.wrong.https") in shown.text
    assert shown.status == 422
    assert shown.form("/endpoints").fields["url"] == "ftp://demo.example/"
    assert done(personnel_api(personnel))["items"] == []


def personnel_api(personnel):
    return personnel.http.get(
        "/api/v1/endpoints", headers={**personnel.headers, "Accept": "application/json"}
    )


def test_buttons_shut_open_and_make_a_new_secret(town, personnel, calls, owner, quick):
    personnel.fills("/endpoints", {"url": calls.url()})
    shown = personnel.goes("/endpoints")
    [rotate] = [form for form in shown.forms if form.action.endswith("/rotate-secret")]
    assert SECRET.search(personnel.sends(rotate).text)
    assert "still signs until" in personnel.goes("/endpoints").text
    calls.answer = lambda call: (500, {})
    offered(town)
    settled(owner)
    [again] = [form for form in personnel.goes("/endpoints").forms if form.action.endswith("/send-again")]
    calls.answer = lambda call: (200, {})
    personnel.sends(again)
    settled(owner)
    assert "Sent: 1. Waiting: 0. Given up: 0." in personnel.goes("/endpoints").text
    [shut] = [form for form in personnel.goes("/endpoints").forms if form.action.endswith("/disable")]
    personnel.sends(shut)
    assert "Shut by you" in personnel.goes("/endpoints").text
    [open_] = [form for form in personnel.goes("/endpoints").forms if form.action.endswith("/enable")]
    personnel.sends(open_)
    assert "In use" in personnel.goes("/endpoints").text


def test_a_form_of_another_page_does_nothing(personnel, calls):
    fields = {"url": calls.url(), "csrf": "x"}
    assert personnel.posts("/endpoints", fields).status == 403
    assert personnel.posts("/endpoints", fields, Origin="https://other.example").status == 403
    assert done(personnel_api(personnel))["items"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_three_languages(town, calls, language):
    visitor = Visitor(town.client, town.url, town.college, f"org:{COLLEGE}", language)
    assert say(language, "pages.endpoints.none") in visitor.goes("/endpoints").text
    shown = visitor.fills("/endpoints", {"url": calls.url()})
    assert say(language, "pages.endpoints.made") in shown.text
    assert say(language, "pages.endpoints.title") in visitor.goes(f"/organisations/{COLLEGE}").text


def test_each_message_says_what_became_of_it(town, mails, owner):
    student, _ = with_mail(town, "en")
    answers = iter(["550 no such mailbox"])
    mails.answer_rcpt = lambda address: next(answers, "250 ok")
    offered(town, student)
    settled(owner)
    visitor = Visitor(town.client, town.url, student)
    assert say("en", "pages.messages.given-up") in visitor.goes("/messages?own=1").text
    owner.execute("UPDATE edge.letters SET dead_at = NULL, next_at = now()")
    came(1, mails.came)
    settled(owner)
    assert "Sent: " in visitor.goes("/messages?own=1").text
    clerk = Visitor(town.client, town.url, town.enterprise, f"org:{ENTERPRISE}")
    assert say("en", "pages.messages.here") in clerk.goes("/messages?own=1").text


def test_at_a_terminal_what_was_given_up_is_shown_and_sent_again(town, settings, mails, owner):
    student, address = with_mail(town)
    answers = iter(["550 no such mailbox"])
    mails.answer_rcpt = lambda address: next(answers, "250 ok")
    offered(town, student)
    settled(owner)
    given = {
        "KELISIM_MODE": "test",
        "KELISIM_DATABASE_URL": settings.database_url,
        "KELISIM_DATA": str(settings.data),
    }
    shown = kelisim("letters", **given)
    [line] = shown.stdout.splitlines()
    assert line.endswith(f"mail contract.offered person:{student.person} 1 mailbox-refused")
    assert shown.stderr == "0 wait, 0 of them again; 1 were given up\n"
    assert address not in shown.stdout
    assert kelisim("letters", "--again", **given).stdout == "1 are sent again\n"
    came(1, mails.came)
    settled(owner)
    assert kelisim("letters", **given).stdout == ""
