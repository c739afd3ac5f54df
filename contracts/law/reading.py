"""Reading a pack: its tables with the place where each stands, and whether they are what they should be."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any

LANGUAGES = ("en", "ru", "kk")
ABROAD = ("de", "fr")
"""Languages of acts of other countries: a text may be quoted in them too."""


class PackRefused(Exception):
    """A pack cannot be used. The message names file, line and entry."""


@dataclass(frozen=True)
class Entry:
    """One table of a pack, and where it stands."""

    place: str
    data: Mapping[str, Any]

    def refused(self, why: str) -> PackRefused:
        return PackRefused(f"{self.place}: {why}")

    def only(self, required: Mapping[str, type], optional: Mapping[str, type] | None = None) -> None:
        """Raises PackRefused unless the table has these keys, of these types, and no other.

        Types are compared exactly: an instant is no date, true is no number.
        """
        known = {**required, **(optional or {})}
        if unknown := sorted(self.data.keys() - known.keys()):
            raise self.refused(f"unknown key {', '.join(unknown)}")
        if missing := sorted(required.keys() - self.data.keys()):
            raise self.refused(f"{', '.join(missing)} is missing")
        for key, value in self.data.items():
            if type(value) is not known[key]:
                raise self.refused(f"{key} must be {known[key].__name__}, not {value!r}")
            if value in ("", [], {}):
                raise self.refused(f"{key} is empty")

    def one_of(self, key: str, allowed: frozenset[str]) -> str:
        value: str = self.data[key]
        if value not in allowed:
            raise self.refused(f"{key} is {value!r}, not one of {', '.join(sorted(allowed))}")
        return value

    def part(self, key: str) -> "Entry":
        return Entry(f"{self.place}, {key}", self.data.get(key, {}))

    def parts(self, key: str) -> "list[Entry]":
        return [
            Entry(f"{self.place}, {key} {n}", part) for n, part in enumerate(self.data.get(key, []), start=1)
        ]

    def languages(self, key: str) -> Mapping[str, str]:
        """A text in every language, perhaps in that of the act too."""
        text = self.part(key)
        text.only(dict.fromkeys(LANGUAGES, str), dict.fromkeys(ABROAD, str))
        return dict(text.data)

    def period(self) -> tuple[date, date | None]:
        """[in_force_from, in_force_to)."""
        start, end = self.data["in_force_from"], self.data.get("in_force_to")
        if end and end <= start:
            raise self.refused(f"in_force_to {end} is not after in_force_from {start}")
        return start, end


def file(path: Traversable, place: str) -> Entry:
    """A whole file. `place` is its name in messages."""
    try:
        return Entry(place, tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise PackRefused(f"{place}: {error}") from error


def tables(path: Traversable, place: str, key: str) -> Iterator[Entry]:
    """The `[[key]]` tables of a file that holds no other, each with the line of its header."""
    whole = file(path, place)
    whole.only({key: list})
    lines = path.read_text(encoding="utf-8").splitlines()
    headers = [number for number, line in enumerate(lines, start=1) if line.strip() == f"[[{key}]]"]
    for line, data in zip(headers, whole.data[key], strict=True):
        yield Entry(f"{place}:{line} ({data.get('id', 'no id')})", data)


def packaged(folder: Traversable) -> list[Traversable]:
    """The files of a pack's folder, by name."""
    return sorted(
        (path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name
    )
