"""A spreadsheet as rows, one after the other, however large it is: CSV or JSON, in UTF-8."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from api.imports.columns import COLUMNS, missing, recognised

SEPARATORS = ";,\t"
HEADER_WITHIN = 20
"""Lines: titles may stand above the header."""
LONGEST = 1 << 20
"""Characters of one line or one object: what is longer is no row."""
WIDEST = 500
"""Cells."""


class NotASpreadsheet(Exception):
    """One sentence that says what is wrong with the file, and what to do."""


@dataclass(frozen=True)
class Row:
    """`cells` by column key, blank ones left out. `fault`: why the row cannot be used at all."""

    line: int
    cells: Mapping[str, str]
    fault: str | None = None


@dataclass(frozen=True)
class Spreadsheet:
    """`headers`: as the file writes them, by column key. `unread`: headers that are no columns of ours."""

    rows: Iterator[Row]
    headers: Mapping[str, str]
    unread: Sequence[str]
    size: int
    read: Callable[[], int]
    """Bytes so far."""


@contextmanager
def opened(path: Path, college: str | None = None) -> Iterator[Spreadsheet]:
    """`college`: the file is about this one alone and need not say so. Raises NotASpreadsheet, OSError."""
    with path.open("rb") as file, _text(file) as text:
        if file.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise NotASpreadsheet(f"{path} is in UTF-16: save it as CSV in UTF-8")
        read = _json if path.suffix.lower() in {".json", ".jsonl"} else _csv
        rows, headers, unread = read(text, path, {"college_bin"} if college else set())
        yield Spreadsheet(rows, headers, unread, path.stat().st_size, file.tell)


def _text(file: BinaryIO) -> io.TextIOWrapper:
    """What is not UTF-8 comes as lone surrogates, so that one bad row does not stop the others."""
    return io.TextIOWrapper(file, "utf-8-sig", errors="surrogateescape", newline="")


Found = tuple[Iterator[Row], Mapping[str, str], Sequence[str]]

# CSV


def _csv(text: io.TextIOWrapper, path: Path, given: set[str]) -> Found:
    for number in range(1, HEADER_WITHIN + 1):
        line = text.readline(LONGEST)
        cells, separator = _header(line)
        keys = recognised(cells)
        if len(set(keys) - {None}) >= 3:
            _complete(path, keys, given)
            headers = {key: cell.strip() for key, cell in zip(keys, cells, strict=True) if key}
            unread = [cell.strip() for key, cell in zip(keys, cells, strict=True) if not key and cell.strip()]
            return _lines(text, separator, keys, number), headers, unread
    raise NotASpreadsheet(f"{path} has no header in its first {HEADER_WITHIN} lines: see docs/import.md")


def _header(line: str) -> tuple[list[str], str]:
    """Cells and the separator that finds the most columns."""
    split = [(next(csv.reader([line], delimiter=separator), []), separator) for separator in SEPARATORS]
    return max(split, key=lambda found: sum(key is not None for key in recognised(found[0])))


def _complete(path: Path, keys: Sequence[str | None], given: set[str]) -> None:
    if lacking := [column for column in missing(keys) if column.key not in given]:
        names = ", ".join(" / ".join(each[0] for each in column.headers.values()) for column in lacking)
        raise NotASpreadsheet(f"{path} lacks columns: {names}")


def _lines(text: io.TextIOWrapper, separator: str, keys: Sequence[str | None], above: int) -> Iterator[Row]:
    """`above`: how many lines stand before."""
    reader = csv.reader(iter(lambda: text.readline(LONGEST), ""), delimiter=separator)
    while True:
        line = above + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # an opening quote without its end, most likely
            yield Row(line, {}, "quotes")
            continue
        if any(cell.strip() for cell in cells):
            yield _row(line, keys, cells)


def _row(line: int, keys: Sequence[str | None], cells: Sequence[str]) -> Row:
    while len(cells) > len(keys) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != len(keys):
        return Row(line, {}, "width")
    return _of({key: cell for key, cell in zip(keys, cells, strict=True) if key}, line)


def _of(cells: Mapping[str, str], line: int) -> Row:
    if any("\ud800" <= sign <= "\udfff" for cell in cells.values() for sign in cell):
        return Row(line, {}, "encoding")
    return Row(line, {key: cell.strip() for key, cell in cells.items() if cell.strip()})


# JSON: one array of objects, or one object a line


def _json(text: io.TextIOWrapper, path: Path, given: set[str]) -> Found:
    objects = _objects(text)
    first = next(objects, None)
    if first is None or first[1] is None:
        raise NotASpreadsheet(f"{path} holds no objects: see docs/import.md")
    keys = recognised(first[1])
    _complete(path, keys, given)
    headers = {key: name for key, name in zip(keys, first[1], strict=True) if key}
    unread = [name for key, name in zip(keys, first[1], strict=True) if not key]

    def rows() -> Iterator[Row]:
        yield _object(*first)
        for line, found in objects:
            yield _object(line, found)

    return rows(), headers, unread


def _object(line: int, found: dict[str, Any] | None) -> Row:
    if found is None:
        return Row(line, {}, "json")
    if len(found) > WIDEST or any(isinstance(value, dict | list) for value in found.values()):
        return Row(line, {}, "width")
    said = {name: value for name, value in found.items() if value is not None}
    keys = recognised(said)
    return _of({key: str(value) for key, value in zip(keys, said.values(), strict=True) if key}, line)


def _objects(text: io.TextIOWrapper) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """Line and object, as they come; None, and the end, where it is no JSON any more."""
    decoder = json.JSONDecoder(parse_int=str, parse_float=str)
    held, line = "", 1
    while True:
        skipped = len(held) - len(held.lstrip("[], \t\r\n"))
        line += held.count("\n", 0, skipped)
        held = held[skipped:]
        try:
            found, end = decoder.raw_decode(held)
        except json.JSONDecodeError:
            more = text.read(1 << 16)
            if not more or len(held) > LONGEST:
                if held:
                    yield line, None
                return
            held += more
            continue
        if not isinstance(found, dict):
            yield line, None
            return
        yield line, found
        line += held.count("\n", 0, end)
        held = held[end:]


def column_name(headers: Mapping[str, str], key: str | None, language: str) -> str:
    """As the file writes it, else as we do."""
    if key is None:
        return ""
    return headers.get(key) or COLUMNS[key].headers[language][0]
