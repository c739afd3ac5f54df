"""What people are told, in Kazakh, Russian and English: which language, and which words."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from api.formats import number

LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
"""Each by its own name, in the order of the switch."""

COOKIE = "kelisim_language"

FORMS = frozenset({"one", "few", "many"})
"""Plural forms, chosen by the value `n` of a text. Kazakh nouns stay singular after a number."""

Text = str | Mapping[str, str]


def plural(language: str, n: int) -> str:
    """The form that this language uses after `n`."""
    n = abs(n)
    if language == "kk":
        return "one"
    if language == "en":
        return {1: "one"}.get(n, "many")
    if 11 <= n % 100 <= 14:
        return "many"
    return {1: "one", 2: "few", 3: "few", 4: "few"}.get(n % 10, "many")


def say(language: str, key: str, **values: str | int) -> str:
    """The words under `key`, e.g. "events.contract.signed". A number is written as this language writes it;
    a date, a sum or a name comes as ready words. Raises LookupError for an unknown key or a missing value,
    TypeError for a value that is not words: a page with `None` on it helps nobody."""
    try:
        text = WORDS[language][key]
    except KeyError:
        raise LookupError(f"no words for {key} in {language}") from None
    if not isinstance(text, str):
        n = values.get("n")
        if not isinstance(n, int):
            raise LookupError(f"{key} needs a number n")
        text = text[plural(language, n)]
    for name, value in values.items():
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise TypeError(f"{key}: {name} is {type(value).__name__}, not words")
    words = {name: _written(language, value) for name, value in values.items()}
    for name, value in words.items():
        if value.endswith("."):  # 24 ноября 2026 г. at the end of a sentence: one full stop is enough
            text = text.replace(f"{{{name}}}.", f"{{{name}}}")
    try:
        return text.format_map(words)
    except KeyError as missing:
        raise LookupError(f"{key} needs {missing}") from None


def choose(asked: str | None, kept: str | None, accepted: str | None, default: str) -> str:
    """The language of an answer: asked for in the address, else kept in the cookie, else the best of
    Accept-Language, else the setting's."""
    for language in (asked, kept, *_by_preference(accepted or "")):
        if language in LANGUAGES:
            return language
    return default


def _written(language: str, value: str | int) -> str:
    return value if isinstance(value, str) else number(language, value)


def _by_preference(accepted: str) -> list[str]:
    """The languages of an Accept-Language, best first; a weight that cannot be read counts as none."""
    weighed: list[tuple[float, str]] = []
    for part in accepted.split(","):
        tag, _, weight = part.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            quality = 0.0
        weighed.append((quality, tag.strip().lower().split("-")[0]))
    return [tag for quality, tag in sorted(weighed, key=lambda one: -one[0]) if quality > 0]


def _read(language: str) -> Mapping[str, Text]:
    """All files of a language as one table: `[pages.history] was` is "pages.history.was"."""
    words: dict[str, Text] = {}
    for file in sorted(_files(language), key=lambda file: file.name):
        for key, text in _flat("", tomllib.loads(file.read_text("utf-8"))):
            if key in words:
                raise ValueError(f"{key} stands twice in {language}, again in {file.name}")
            words[key] = text
    return words


def _files(language: str) -> Iterator[Traversable]:
    folder = files(__package__) / "translations" / language
    return (file for file in folder.iterdir() if file.name.endswith(".toml"))


def _flat(above: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    for name, value in table.items():
        key = f"{above}.{name}" if above else name
        if isinstance(value, str) or set(value) <= FORMS:
            yield key, value
        else:
            yield from _flat(key, value)


WORDS = {language: _read(language) for language in LANGUAGES}
