"""The words in three languages: the same keys and values, none missing, none unused, Kazakh in its own
letters (P3 to P6)."""

import re
from pathlib import Path
from string import Formatter

import pytest

import api
from api.formats import ALPHABET
from api.languages import FORMS, LANGUAGES, WORDS, choose, say
from api.pages.help import terms

FORMS_OF = {"kk": {"one"}, "ru": {"one", "few", "many"}, "en": {"one", "many"}}
OWN = ("furniture", "form", "words", "pages")
"""Sections whose keys stand in code and templates; the others are named by the domain."""

ROOT = Path(api.__file__).parent
SOURCES = [*ROOT.rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
NAMED = re.compile(rf"""["']((?:{"|".join(OWN)})\.[a-z0-9.-]*)(\{{)?""")
"""A key written out, or the beginning of one that goes on in braces."""


def texts(language, key):
    text = WORDS[language][key]
    return [text] if isinstance(text, str) else list(text.values())


def placeholders(text):
    return {field for _, field, _, _ in Formatter().parse(text) if field}


def named():
    read = (NAMED.finditer(path.read_text("utf-8")) for path in SOURCES)
    found = [match for matches in read for match in matches if not match[1].endswith(".html")]
    begun = {match[1] for match in found if match[2] or match[1].endswith(".")}
    return {match[1] for match in found} - begun, begun


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language):
    assert set(WORDS[language]) == set(WORDS["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_the_same_placeholders(language):
    for key in WORDS[language]:
        asked = {frozenset(placeholders(text)) for other in LANGUAGES for text in texts(other, key)}
        assert len(asked) == 1, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_texts_have_the_forms_of_the_language(language):
    for key, text in WORDS[language].items():
        if not isinstance(text, str):
            assert set(text) == FORMS_OF[language], key
            assert set(text) <= FORMS


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_has_loose_spaces(language):
    for key in WORDS[language]:
        for text in texts(language, key):
            assert text == " ".join(text.split()), key
            assert text, key


def test_every_key_that_is_named_exists():
    whole, begun = named()
    assert whole - set(WORDS["en"]) == set()
    assert [start for start in begun if not any(key.startswith(start) for key in WORDS["en"])] == []


def test_every_key_is_used():
    whole, begun = named()
    unused = [
        key
        for key in WORDS["en"]
        if key.startswith(tuple(f"{section}." for section in OWN))
        and key not in whole
        and not key.startswith(tuple(begun))
    ]
    assert unused == []


def words_of(text):
    return re.findall(r"[^\W\d_]+", text)


def kazakh():
    yield from (text for key in WORDS["kk"] for text in texts("kk", key))
    yield from (term.words["kk"] for term in terms())


def test_kazakh_uses_its_42_letters():
    letters = set(ALPHABET + ALPHABET.lower())
    assert len(ALPHABET) == 42
    for text in kazakh():
        for word in words_of(Formatter().vformat(text, (), Anything())):
            assert word.isascii() or set(word) <= letters, (word, text)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_word_mixes_two_alphabets(language):
    for key in WORDS[language]:
        for text in texts(language, key):
            for word in words_of(text):
                assert word.isascii() or not re.search("[A-Za-z]", word), (key, word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_suffix_is_glued_to_a_value(language):
    for key in WORDS[language]:
        for text in texts(language, key):
            assert not re.search(r"\}[-\u2010\u2011]?\w|\w[-\u2010\u2011]?\{", text), key


def test_a_value_that_is_missing_or_no_words_is_refused():
    with pytest.raises(LookupError, match="needs 'number'"):
        say("en", "pages.history.entry")
    with pytest.raises(LookupError, match=r"no words for pages\.nothing"):
        say("en", "pages.nothing")
    with pytest.raises(LookupError, match="needs a number"):
        say("en", "words.months")
    for value in (None, True, 1.5):
        with pytest.raises(TypeError, match="not words"):
            say("en", "pages.history.entry", number=value)


def test_a_number_chooses_its_plural_and_is_written_as_the_language_does():
    assert [say("ru", "words.months", n=n) for n in (1, 3, 11, 1000)] == [
        "1 месяц",
        "3 месяца",
        "11 месяцев",
        "1\u00a0000 месяцев",
    ]
    assert [say("en", "words.months", n=n) for n in (0, 1, 1000)] == ["0 months", "1 month", "1,000 months"]
    assert [say("kk", "words.months", n=n) for n in (1, 5)] == ["1 ай", "5 ай"]


def test_a_date_at_the_end_of_a_sentence_brings_its_own_full_stop():
    assert say("ru", "pages.refusal.kept-until", day="24 декабря 2026 г.").endswith("2026 г.")
    assert say("en", "pages.refusal.kept-until", day="24 December 2026").endswith("2026.")


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "chosen"),
    [
        ("ru", "en", "kk", "ru"),
        ("de", "en", "kk", "en"),
        (None, None, "de-DE, ru;q=0.3, en-GB;q=0.8", "en"),
        (None, None, "ru-RU,ru;q=0.9", "ru"),
        (None, None, "en;q=0, de", "kk"),
        (None, None, "en;q=x", "kk"),
        (None, "../etc", "", "kk"),
        (None, None, None, "kk"),
    ],
)
def test_the_language_is_the_one_asked_for_then_kept_then_accepted_then_set(asked, kept, accepted, chosen):
    assert choose(asked, kept, accepted, "kk") == chosen


def test_the_glossary_has_every_term_in_three_languages():
    assert len(terms()) == 121
    assert all(term.words[language] for term in terms() for language in LANGUAGES)


class Anything(dict):
    """Answers nothing for every name: what is left of a text is what it says itself."""

    def __missing__(self, key):
        return ""
