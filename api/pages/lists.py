"""What all lists share: how far they have come, ways to their pages, rows as a table for other programs."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import Response

from api.languages import say
from api.pages.furniture import ReadUpTo
from api.pages.names import official
from api.pages.parts import Link, Name, Words
from api.pages.reader import Reader
from contracts import parties
from projections.positions import AsOf, ready
from projections.sight import LEANS_ON

PATIENCE = 0.5
"""Seconds in which a list gets to what was recorded before it was asked for."""

ROWS = 50
EXPORTED = 5_000
"""Rows of one page, and of a file."""


def caught_up(reader: Reader, *projections: str) -> None:
    """A list shows what one has just recorded oneself, if that takes no longer than a moment."""
    house = reader.house
    ready(house.pool, [*projections, *LEANS_ON], house.recorder.mark(), PATIENCE, house.watch)


def read_up_to(as_of: AsOf) -> ReadUpTo:
    return ReadUpTo(as_of.position, ceil(as_of.lag_seconds))


def address(path: str, query: Mapping[str, str]) -> str:
    """With what is chosen, and nothing that is empty."""
    chosen = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(chosen)}" if chosen else path


def chosen(request: Request, *names: str) -> dict[str, str]:
    """Filters as the address has them."""
    return {name: value.strip() for name in names if (value := request.query_params.get(name, "")).strip()}


def organisation_name(reader: Reader, kk: str | None, ru: str | None, bin_: str) -> Words:
    if kk is None or ru is None:
        return bin_
    return official(reader.language, parties.Name(kk, ru))


def person_name(reader: Reader, name: str | None) -> Words:
    return Name(name) if name else say(reader.language, "words.erased")


def csv_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """For a spreadsheet: with a mark of UTF-8, and no cell that a program would run."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name)
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}.csv\"; filename*=UTF-8''{quote(name)}.csv",
        "Cache-Control": "no-store",
    }
    return Response("\ufeff" + text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _safe(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def csv_link(reader: Reader, path: str, query: Mapping[str, str]) -> Link:
    return Link(say(reader.language, "pages.history.csv"), address(f"{path}.csv", query))
