"""Why not, and what now: all rules that stand in the way, at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.pages.parts import Fact, Link, Name, Words


@dataclass(frozen=True)
class Take:
    """A button that takes over the answer which the refusal names. `answers`: as a form would send them."""

    action: str
    csrf: str
    answers: str
    text: str

    def __html__(self) -> Markup:
        return Markup(
            '<form method="post" action="{}"><input type="hidden" name="csrf" value="{}">'
            '<input type="hidden" name="answers" value="{}"><button class="button little">{}</button></form>'
        ).format(self.action, self.csrf, self.answers, self.text)


@dataclass(frozen=True)
class Cure:
    who: Words
    what: str
    act: Words | Take | None = None
    """For this person a button that comes back here."""
    message: str | None = None
    """For others: what to send them."""


@dataclass(frozen=True)
class Check:
    needs: str
    found: Words
    met: bool


@dataclass(frozen=True)
class Rule:
    """`facts`: name, act and article, in force from. `quotes` in both official languages."""

    facts: Sequence[Fact]
    quotes: Sequence[Name] = ()


@dataclass(frozen=True)
class Reason:
    sentence: str
    cures: Sequence[Cure]
    rule: Rule


@dataclass(frozen=True)
class Refusal:
    """Most basic reason first; with one reason its sentence is the lead of the page."""

    reasons: Sequence[Reason]
    checks: Sequence[Check]
    kept_until: str | None
    answers: Sequence[Fact]
    again: Link
    later: Link | None
    attempt: str
    """Number and time."""
    links: Sequence[Link] = ()
    plain: Sequence[str] = ()
    """All of it as lines that can be copied."""
    kept: bool = True
    """Whether there are answers to be kept."""
