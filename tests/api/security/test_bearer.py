"""A token that was found good is not looked at again for a while, and never after its end."""

from contextlib import contextmanager

import pytest

from api.security import bearer
from api.security.bearer import TRUSTED_FOR, GoodTokens


@pytest.fixture
def clock(monkeypatch):
    at = [1_000.0]
    monkeypatch.setattr(bearer, "time", lambda: at[0])
    return at


@contextmanager
def looks(asked, count):
    before = len(asked)
    yield
    assert len(asked) - before == count


def proven(answers, remembered=10):
    """And which tokens were looked at."""
    asked = []

    def look(token):
        asked.append(token)
        return answers.get(token)

    return GoodTokens(look, remembered), asked


def test_a_good_one_is_looked_at_once_a_while(clock):
    found, asked = proven({"good": ("somebody", 5_000)})
    with looks(asked, 1):
        assert [found.subject("good") for _ in range(3)] == ["somebody"] * 3
    clock[0] += TRUSTED_FOR
    with looks(asked, 1):
        assert found.subject("good") == "somebody"


def test_none_is_good_after_its_end(clock):
    answers = {"short": ("somebody", 1_010)}
    found, asked = proven(answers)
    assert found.subject("short") == "somebody"
    del answers["short"]
    clock[0] = 1_010
    with looks(asked, 1):
        assert found.subject("short") is None


def test_a_bad_one_is_looked_at_each_time(clock):
    found, asked = proven({})
    with looks(asked, 2):
        assert found.subject("bad") is found.subject("bad") is None


def test_only_so_many_are_remembered(clock):
    found, asked = proven({name: (name, 5_000) for name in "abc"}, remembered=2)
    for name in "abc":
        found.subject(name)
    with looks(asked, 0):
        assert (found.subject("b"), found.subject("c")) == ("b", "c")
    with looks(asked, 1):
        assert found.subject("a") == "a"
