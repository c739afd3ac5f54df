"""The letter about an end: a tagged PDF in each language, the same bytes each time, with what can be checked
(P11, P91)."""

import re
import zlib
from datetime import UTC, datetime

import pytest

from api.languages import LANGUAGES
from api.letters import TOLD, Letter, Pair, Part, pdf
from contracts.lifecycle import EVENTS
from tests.api.forms import active, visitor
from tests.api.people import COLLEGE
from tests.api.test_acting import REQUEST


@pytest.fixture
def told(here, clerk):
    """A contract of which notice was given; the page after it was recorded."""
    contract = f"/contracts/{active(here)}"
    return contract, clerk.does(f"{contract}/withdraw?all=1", REQUEST)


def test_every_letter_is_about_an_entry_that_there_is():
    assert EVENTS.keys() >= TOLD
    assert "contract.signed" not in TOLD


def test_the_letter_comes_in_both_official_languages_and_in_the_reader_s(clerk, told):
    contract, done = told
    links = done.links("letter.pdf")
    assert [re.search("in=(..)", link)[1] for link in links] == ["en", "kk", "ru"]
    for link, language in zip(links, ("en", "kk", "ru"), strict=True):
        letter = clerk.goes(link).answer
        assert (letter.status_code, letter.headers["Content-Type"]) == (200, "application/pdf")
        assert letter.headers["Content-Language"] == language
        assert letter.headers["Content-Disposition"].endswith(f'-{language}.pdf"')
        assert b"/MarkInfo" in readable(letter.content)
        assert f"({language}" in readable(letter.content).decode("latin-1")
    assert clerk.goes(f"{contract}/letter.pdf").answer.headers["Content-Language"] == "en"


def test_the_same_letter_is_the_same_bytes(clerk, told):
    contract, _ = told
    one, other = (clerk.goes(f"{contract}/letter.pdf?in=kk").answer.content for _ in range(2))
    assert one == other


def test_there_is_no_letter_where_nothing_ended_or_for_a_stranger(here, clerk, told):
    assert clerk.goes(f"/contracts/{active(here)}/letter.pdf").status == 404
    contract, _ = told
    assert clerk.goes(f"{contract}/letter.pdf?in=de").status == 404
    assert clerk.goes(f"{contract}/letter.pdf?entry=1").status == 404
    assert visitor(here, here.new_student()).goes(f"{contract}/letter.pdf").status == 404
    assert visitor(here, here.college, f"org:{COLLEGE}", "kk").goes(f"{contract}/letter.pdf").status == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_has_its_own_letters(language):
    """Fonts are embedded: each has a file in the document, and no sign is missing."""
    words = "ӘәҒғҚқҢңӨөҰұҮүҺһІі Ёё № «» – ₸ × ÷"
    letter = Letter(language, words, None, "Kelisim", words, [Pair(words, words)], [Part(words)], "1", "1")
    made = readable(pdf(letter, datetime(2026, 12, 28, tzinfo=UTC)))
    assert made.count(b"/FontFile") >= 2
    assert b"NotoSans" in made


def readable(document: bytes) -> bytes:
    """With its streams unpacked, as far as they are packed."""
    found = [document]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.S):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(found)
