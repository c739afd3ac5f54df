"""Signatures, and which addresses are called: what needs no service."""

import base64
import hashlib
import hmac
import json
import re
from ipaddress import ip_address
from pathlib import Path
from time import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.sending import webhooks
from api.sending.reach import OutOfReach, checked, found, outside
from api.sending.sender import BACKOFF, LONGEST_WAIT, after
from tests.api.sending.post_office import receiver

ROOT = Path(__file__).parents[3]
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
"""Of the published example of Standard Webhooks, with what it signs and the signature that it gives."""
ID, TIMESTAMP = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_example_is_signed_as_published():
    assert webhooks.signature(SECRET, ID, TIMESTAMP, BODY) == SIGNATURE


def verified(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As docs/notices.md tells whoever receives a call."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = [each.partition(",")[2] for each in headers["webhook-signature"].split()]
    return any(hmac.compare_digest(wanted, each) for each in given)


def test_the_documented_check_takes_ours_and_no_other():
    page = (ROOT / "docs" / "notices.md").read_text()
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    documented: dict[str, Any] = {}
    exec(code, documented)
    genuine = documented["genuine"]
    headers = webhooks.headers([SECRET], "n1", int(time()), BODY)
    assert genuine(SECRET, headers, BODY)
    assert not genuine(SECRET, headers, BODY + b" ")
    assert not genuine(webhooks.new_secret(), headers, BODY)
    old = webhooks.headers([SECRET], "n1", int(time()) - 301, BODY)
    assert not genuine(SECRET, old, BODY)


@given(st.binary(max_size=200), st.integers(0, 2**40))
def test_either_of_two_secrets_verifies_and_no_other_does(body, at):
    old, new, other = (webhooks.new_secret() for _ in range(3))
    headers = webhooks.headers([new, old], "n1", at, body)
    assert verified(new, headers, body)
    assert verified(old, headers, body)
    assert not verified(other, headers, body)
    assert not verified(new, headers, body + b" ")
    assert not verified(new, {**headers, "webhook-id": "n2"}, body)
    assert not verified(new, {**headers, "webhook-timestamp": str(at + 1)}, body)


def test_a_secret_has_32_bytes_and_is_never_the_same():
    assert len(base64.b64decode(webhooks.new_secret().removeprefix("whsec_"))) == 32
    assert webhooks.new_secret() != webhooks.new_secret()


# Addresses


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://demo.example/", "https"),
        ("ftp://demo.example/", "https"),
        ("https://user:word@demo.example/", "malformed"),
        ("https://user@demo.example/", "malformed"),
        ("https://demo.example/#part", "malformed"),
        ("https:///path", "malformed"),
        ("https://demo.example:99999/", "malformed"),
        ("https://demo.example/a b", "malformed"),
        ("https://demo.example/\nHost: other", "malformed"),
        ("https://демо.example/", "malformed"),
        ("https://demo.example/" + "a" * 500, "malformed"),
        ("nothing", "https"),
    ],
)
def test_what_is_no_address_of_a_program(url, why):
    with pytest.raises(OutOfReach) as refused:
        checked(url, open_house=False)
    assert refused.value.why == why


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://172.16.5.4/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://[::1]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[2002:a00:1::]/",
        "https://2130706433/",
        "https://0x7f.1/",
    ],
)
def test_nothing_inside_is_called(url):
    with pytest.raises(OutOfReach) as refused:
        found(url, open_house=False)
    assert refused.value.why in {"private", "no-such-host"}
    assert webhooks.call(url, [SECRET], "n", b"{}", open_house=False).trouble in {"private", "no-such-host"}


def test_public_numbers_are_outside():
    for number in ("8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"):
        assert outside(ip_address(number))
    for number in ("224.0.0.1", "240.0.0.1", "255.255.255.255", "ff02::1", "::"):
        assert not outside(ip_address(number))


def test_a_demo_may_call_itself_and_the_number_stands_in_place_of_the_name():
    place = found("http://localhost:8080/a?b=c", open_house=True)
    assert (place.name, place.host) == ("localhost", "localhost:8080")
    assert place.url in {"http://127.0.0.1:8080/a?b=c", "http://[::1]:8080/a?b=c"}


# Calls


def call(calls, path="/"):
    return webhooks.call(calls.url(path), [SECRET], "n1", BODY, open_house=True)


def test_a_call_as_it_arrives():
    with receiver() as calls:
        assert call(calls, "/take?it=yes").trouble is None
    [came] = calls.came
    assert came.path == "/take?it=yes"
    assert came.headers["content-type"] == "application/cloudevents+json"
    assert came.headers["webhook-id"] == "n1"
    assert came.headers["host"] == f"127.0.0.1:{calls.port}"
    assert verified(SECRET, came.headers, came.body)
    assert json.loads(came.body) == json.loads(BODY)


@pytest.mark.parametrize(
    ("status", "headers", "trouble", "wait", "gone"),
    [
        (200, {}, None, None, False),
        (302, {"Location": "http://127.0.0.1:1/"}, "http-302", None, False),
        (400, {}, "http-400", None, False),
        (410, {}, "http-410", None, True),
        (429, {"Retry-After": "120"}, "http-429", 120.0, False),
        (503, {"Retry-After": "nonsense"}, "http-503", None, False),
        (503, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, "http-503", 0.0, False),
        (500, {"Retry-After": "120"}, "http-500", None, False),
    ],
)
def test_what_an_answer_means(status, headers, trouble, wait, gone):
    with receiver() as calls:
        calls.answer = lambda call: (status, headers)
        answer = call(calls)
    assert (answer.trouble, answer.wait, answer.gone) == (trouble, wait, gone)
    assert len(calls.came) == 1


def test_nobody_there():
    with receiver() as calls:
        pass
    assert call(calls).trouble == "no-connection"


# Trying again


def test_tries_are_spread_over_three_days_and_then_it_is_given_up():
    assert 2.5 * 86_400 < sum(BACKOFF) < 3.5 * 86_400
    for tries, seconds in enumerate(BACKOFF):
        assert 0.9 * seconds <= after(tries) <= 1.1 * seconds
    assert after(len(BACKOFF)) is None
    assert after(len(BACKOFF), wait=5.0) is None


@given(st.integers(0, len(BACKOFF) - 1), st.floats(0, 1e9))
def test_a_wish_to_wait_counts_up_to_a_day(tries, wait):
    assert min(wait, LONGEST_WAIT) <= after(tries, wait) <= max(LONGEST_WAIT, 1.1 * BACKOFF[tries])
