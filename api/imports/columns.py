"""Which columns a spreadsheet may have, by the headers that colleges write, and the words in their cells."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Column:
    """`headers` by language, the one that reports use first. `words`: what a cell may say, by its meaning."""

    key: str
    headers: Mapping[str, tuple[str, ...]]
    required: bool = False
    words: Mapping[str, str] = field(default_factory=dict)


def plain(header: str) -> str:
    """Without capitals, marks and needless spaces: "Дата  договора (№)" and "дата договора" are one."""
    return " ".join(re.findall(r"[^\W_]+", header.replace("№", " ").casefold()))


def recognised(headers: Iterable[str]) -> list[str | None]:
    """The key of the column under each header; None: not a column of ours, or one that came before."""
    found: list[str | None] = []
    for header in headers:
        key = KEYS.get(plain(header))
        found.append(key if key not in found else None)
    return found


def missing(found: Iterable[str | None]) -> list[Column]:
    """Required columns that are not there."""
    there = set(found)
    return [column for column in COLUMNS.values() if column.required and column.key not in there]


def _read() -> dict[str, Column]:
    text = files("api").joinpath("data", "columns.toml").read_text("utf-8")
    return {entry["key"]: _column(entry) for entry in tomllib.loads(text)["column"]}


def _column(entry: Mapping[str, Any]) -> Column:
    headers = {language: tuple(entry[language]) for language in ("kk", "ru", "en")}
    words: Mapping[str, list[str]] = entry.get("words", {})
    meanings = {plain(word): meaning for meaning, spelt in words.items() for word in (meaning, *spelt)}
    return Column(entry["key"], headers, entry.get("required", False), meanings)


COLUMNS = _read()
KEYS = {
    plain(header): column.key
    for column in COLUMNS.values()
    for header in (column.key, *(spelt for each in column.headers.values() for spelt in each))
}
