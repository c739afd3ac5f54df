"""Letters: what was recorded, as a paper in one language, with what is owed and how it can be checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files

import msgspec
import typst

TOLD = frozenset(
    {
        "withdrawal.noticed",
        "withdrawal.revoked",
        "withdrawal.mutual_agreed",
        "withdrawal.expelled",
        "withdrawal.liquidation_reported",
        "contract.ended",
    }
)
"""Entries that a letter is written about."""

STANDARD = "ua-1"
"""PDF/UA: tagged, so that it can be read out."""


@dataclass(frozen=True)
class Pair:
    label: str
    value: str


@dataclass(frozen=True)
class Part:
    """Below a heading: pairs, or a table with a head, or sentences."""

    heading: str
    pairs: Sequence[Pair] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    sentences: Sequence[str] = ()


@dataclass(frozen=True)
class Letter:
    """`demo` stands on every page where all is made up. `code` is what the foot of every page names."""

    language: str
    title: str
    demo: str | None
    service: str
    date: str
    pairs: Sequence[Pair]
    parts: Sequence[Part]
    code: str
    page: str
    """Before the number of the page."""


def pdf(letter: Letter, at: datetime) -> bytes:
    """`at`: of the entry. The same letter is the same bytes."""
    folder = files(__package__)
    with as_file(folder / "fonts") as fonts:
        made: bytes = typst.compile(
            (folder / "letter.typ").read_bytes(),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"letter": msgspec.json.encode(letter).decode()},
            pdf_standards=STANDARD,
            timestamp=int(at.timestamp()),
        )
    return made
