"""The small pieces that any page is made of. Each knows how it is written in HTML, so that a cell of a table
may hold a plain text or any of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True)
class Name:
    """A text in a language of its own: a name, a quoted clause. Never inflected, never inside a sentence."""

    text: str
    lang: str = "kk"

    def __html__(self) -> Markup:
        return Markup('<span lang="{}">{}</span>').format(self.lang, self.text)


@dataclass(frozen=True)
class Link:
    text: "Words"
    href: str
    current: bool = False

    def __html__(self) -> Markup:
        current = Markup(' aria-current="page"') if self.current else ""
        return Markup('<a href="{}"{}>{}</a>').format(self.href, current, self.text)


@dataclass(frozen=True)
class Button:
    """A link that looks like a button: the one thing to do here."""

    text: str
    href: str
    looks: str = ""
    """Any of second, danger, little."""

    def __html__(self) -> Markup:
        return Markup('<a class="{}" href="{}">{}</a>').format(
            f"button {self.looks}".strip(), self.href, self.text
        )


@dataclass(frozen=True)
class Tag:
    text: str
    colour: str = ""
    """good, warn, bad, strong, or none; it says again what the text says."""

    def __html__(self) -> Markup:
        return Markup('<span class="{}">{}</span>').format(f"tag {self.colour}".strip(), self.text)


@dataclass(frozen=True)
class Lines:
    """A text with quieter lines below it."""

    first: "Words"
    notes: Sequence["Words"]
    whole: bool = False
    """The first line is not broken: a date, a sum."""

    def __html__(self) -> Markup:
        first = (
            Markup('<span class="whole">{}</span>').format(self.first) if self.whole else escape(self.first)
        )
        return first + Markup("").join(
            Markup('<span class="note">{}</span>').format(note) for note in self.notes
        )


@dataclass(frozen=True)
class Row:
    """Several pieces one after the other, parted by spaces."""

    pieces: Sequence["Words"]

    def __html__(self) -> Markup:
        return Markup(" ").join(escape(piece) for piece in self.pieces)


Words = str | Name | Link | Button | Tag | Lines | Row
"""What may stand where a page says something."""


@dataclass(frozen=True)
class Fact:
    """A line of a summary list: label, value, and at the right a link."""

    label: str
    value: Words
    aside: Words | None = None


@dataclass(frozen=True)
class Column:
    head: Words
    number: bool = False
    hidden: bool = False
    """The head is read out, not shown."""
    sorted: str | None = None
    """"ascending" or "descending" if the table is ordered by it."""


@dataclass(frozen=True)
class Table:
    """`rows` start with the cell that names the row. A wide table scrolls in a region called `label`."""

    label: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Words]]
    named: bool = True
    """The first cell of each row is its head."""
