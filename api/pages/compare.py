"""What differs between two moments of a contract, and why?"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from api.answers import instant as written
from api.formats import day, instant
from api.languages import say
from api.pages import moment_form, render
from api.pages.contract_terms import clause_words
from api.pages.entries import rule_of
from api.pages.furniture import Page
from api.pages.look import Look, look
from api.pages.moment_form import before_last_change, typed_instant
from api.pages.parts import Lines, Link, Row, Words
from api.pages.reader import Reading
from api.pages.text import wording
from api.pages.typed_day import typed_day
from api.pages.views.compare import Compare, Difference, Side, Word
from api.queries.history import moment_in
from api.queries.moments import Moment, seen_by
from contracts.contract import Contract
from contracts.materiality import class_of
from contracts.terms import REGISTER, Clause
from contracts.two_clocks import Entry, because
from contracts.two_clocks import seen as holding

router = APIRouter(include_in_schema=False)

SIDES = ("from", "to")


@router.get("/contracts/{id}/diff")
def compare_page(id: UUID, reader: Reading) -> Response:
    query = dict(reader.request.query_params)
    path, language = f"/contracts/{id}/diff", reader.language
    typed = {
        side: moment_form.read(language, query, reader.now, reader.law.zone, f"{side}_")
        for side in SIDES
        if moment_form.typed(query, f"{side}_")
    }
    wrong = {side: read for side, read in typed.items() if read.wrong or not read.in_force_on.on}
    if typed and not wrong:
        moments = {side: ",".join(read.dates.values()) for side, read in typed.items()}
        return RedirectResponse(f"{path}?{urlencode(moments)}", 303)
    seen = look(reader, id, "diff")
    first, second = (_moment(seen, query, side) for side in SIDES)
    pair = Pair(seen, first, second)
    page = Page(
        say(language, "pages.compare.title"),
        section="contracts",
        lead=pair.lead(),
        caption=seen.about(),
        crumbs=[*seen.crumbs()[:1], Link(seen.title, seen.href()), say(language, "pages.compare.title")],
        sections=seen.sections("compare"),
        failed=bool(wrong),
        read_up_to=seen.read_up_to,
    )
    view = Compare(
        path,
        [_side(pair, side, wrong.get(side)) for side in SIDES],
        [Link(_error(language, side, read), f"#{side}_in_force_on-day") for side, read in wrong.items()],
        Link(
            say(language, "pages.compare.swap"),
            f"{path}?{urlencode({'from': _said(second), 'to': _said(first)})}",
        ),
        pair.differences(),
        pair.between(),
        pair.same(),
    )
    return render(reader.request, "compare.html", page, status=422 if wrong else 200, view=view)


def _moment(seen: Look, query: Mapping[str, str], side: str) -> Moment:
    """From the address; without one, what was before the last change and what is now."""
    if query.get(side):
        return moment_in(query[side], side)
    if side == "to":
        return Moment(seen.found.today, None)
    return Moment(before_last_change(seen) or seen.found.law.day(seen.found.rows[0].recorded_at), None)


def _said(at: Moment) -> str:
    known = [written(at.known_at)] if at.known_at else []
    return ",".join([at.in_force_on.isoformat(), *known])


def _side(pair: "Pair", side: str, wrong: moment_form.Read | None) -> Side:
    at = pair.first if side == "from" else pair.second
    language, zone = pair.seen.language, pair.seen.found.law.zone
    return Side(
        side,
        say(language, f"pages.compare.{side}"),
        wrong.in_force_on.typed if wrong else typed_day(at.in_force_on),
        wrong.known_at.typed if wrong else typed_instant(at.known_at, zone),
        pair.shown(at),
        _error(language, side, wrong) if wrong else None,
    )


def _error(language: str, side: str, read: moment_form.Read) -> str:
    error = read.in_force_on.error or read.known_at.error or say(language, "form.needed")
    return f"{say(language, f'pages.compare.{side}')}: {error}"


@dataclass(frozen=True)
class Pair:
    seen: Look
    first: Moment
    second: Moment

    @cached_property
    def was(self) -> Contract:
        return self.seen.found.at(self.first)

    @cached_property
    def now(self) -> Contract:
        return self.seen.found.at(self.second)

    def shown(self, at: Moment) -> str:
        language, zone = self.seen.language, self.seen.found.law.zone
        known = instant(language, at.known_at or self.seen.found.now, zone)
        return say(language, "furniture.moment", day=day(language, at.in_force_on), instant=known)

    def clauses(self) -> list[Clause]:
        """Those of the register that the one who looks may see."""
        visible = seen_by(self.seen.found.roles, {clause.field: clause for clause in REGISTER})
        return [*visible.values()]

    def differing(self) -> list[Clause]:
        was, now = self.was.terms, self.now.terms
        return [c for c in self.clauses() if getattr(was, c.field) != getattr(now, c.field)]

    def same(self) -> list[str]:
        differing, now = self.differing(), self.now.terms
        return [
            say(self.seen.language, f"clauses.{c.id}")
            for c in self.clauses()
            if c not in differing and getattr(now, c.field) is not None
        ]

    def lead(self) -> str:
        """How many differ; and whether it is the facts that differ, or only what was known of them."""
        language = self.seen.language
        changed = len(self.differing()) + (
            self.state(self.was, self.first) != self.state(self.now, self.second)
        )
        if not changed:
            return say(language, "pages.compare.none")
        sentence = say(language, "pages.compare.differ", n=changed)
        if self.first.in_force_on == self.second.in_force_on:
            return f"{sentence} {say(language, 'pages.compare.knowledge')}"
        return sentence

    @staticmethod
    def state(contract: Contract, at: Moment) -> str | None:
        return contract.state_on(at.in_force_on)

    def differences(self) -> list[Difference]:
        found = [self._difference(clause) for clause in self.differing()]
        states = [self.state(self.was, self.first), self.state(self.now, self.second)]
        if states[0] != states[1]:
            language = self.seen.language
            was, now = (say(language, f"states.{state}") if state else None for state in states)
            because = self._because(self._last())
            found.insert(0, Difference(say(language, "pages.compare.state"), was, now, because))
        return found

    @cached_property
    def _texts(self) -> tuple[dict[str, str], dict[str, str]]:
        """Both contracts clause by clause, as they are worded."""
        seen, language = self.seen, self.seen.language
        return wording(seen, self.was, self.first, language), wording(seen, self.now, self.second, language)

    def _difference(self, clause: Clause) -> Difference:
        was, now = (getattr(contract.terms, clause.field) for contract in (self.was, self.now))
        text_was, text_now = (text.get(clause.id) for text in self._texts)
        return Difference(
            say(self.seen.language, f"clauses.{clause.id}"),
            *clause_words(self.seen).was_and_now(was, now),
            self._because(self._set_by(clause), clause),
            words_that_differ(text_was, text_now) if text_was and text_now else (),
        )

    def _counted(self, at: Moment) -> list[Entry]:
        return holding(self.seen.found.entries, self.seen.found.law, at.in_force_on, at.known_at)

    def _set_by(self, clause: Clause) -> Entry | None:
        return because(clause, self.seen.found.entries, self.seen.found.law, self.first, self.second)

    def _last(self) -> Entry | None:
        apart = self._apart()
        return apart[-1] if apart else None

    def _apart(self) -> list[Entry]:
        """Entries that count at one of the two moments only."""
        versions = [{entry.version for entry in self._counted(at)} for at in (self.first, self.second)]
        apart = versions[0] ^ versions[1]
        return [entry for entry in self.seen.found.entries if entry.version in apart]

    def _because(self, by: Entry | None, clause: Clause | None = None) -> Words:
        """Which entry, under which rule; of a clause also how it changes."""
        if by is None:
            return say(self.seen.language, "pages.compare.by-day")
        language, law = self.seen.language, self.seen.found.law
        sentence = f"{self.seen.reader.speaker.event(by.event)}."
        notes: list[Words] = [instant(language, by.recorded_at, law.zone)]
        if rule := rule_of(self.seen, by.event, law.day(by.recorded_at)):
            notes.append(rule)
        if clause:
            was, now = (getattr(each.terms, clause.field) for each in (self.was, self.now))
            notes.append(say(language, f"pages.compare.class.{class_of(clause, was, now)}"))
        return Lines(Row([sentence, self.seen.entry_or_words(by.version)]), notes)

    def between(self) -> list[Words]:
        return [self._because(entry) for entry in self._apart()]


def words_that_differ(was: str, now: str) -> list[Word]:
    """A text with the words that went and those that came, in their order."""
    old, new = was.split(), now.split()
    found: list[Word] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Word("same", " ".join(old[a:b])))
            continue
        if a < b:
            found.append(Word("gone", " ".join(old[a:b])))
        if c < d:
            found.append(Word("come", " ".join(new[c:d])))
    return found
