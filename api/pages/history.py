"""What happened to a contract, when was it recorded, from when does it hold, by which rule?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from api.formats import month
from api.languages import say
from api.pages import correction_words, entries, moment_form, render
from api.pages.entries import Teller, Told, told
from api.pages.furniture import Page
from api.pages.look import ENTRIES, Look, last_look, look
from api.pages.parts import Link
from api.pages.reader import Reading
from api.pages.refused import Refusing, attempts_at
from api.pages.views.form import Field, Option
from api.pages.views.history import History, TwoClocks
from api.problems import Problem
from api.queries.telling import telling
from contracts.contract import EVERYBODY
from contracts.log.chain import preimage
from contracts.parties import Role
from contracts.two_clocks import holds_from
from projections.attempts import Attempt

router = APIRouter(include_in_schema=False)

KINDS = ("change", "correction", "agreement", "refusal", "automatic")


@dataclass(frozen=True)
class Asked:
    """What stands in the address besides the two dates."""

    order: str = "recorded"
    kind: str = ""
    clause: str = ""
    who: str = ""
    month: str = ""
    attempts: bool = False
    all: bool = False
    page: int = 1
    entry: int | None = None
    new_since: int | None = None

    def keeps(self, each: Told, recorded_on: date) -> bool:
        return (
            self.kind in ("", each.kind)
            and (not self.clause or self.clause in each.clauses)
            and self.who in ("", each.by.get("role"))
            and self.month in ("", f"{recorded_on:%Y-%m}")
        )


@router.get("/contracts/{id}/history")
def history_page(
    id: UUID, reader: Reading, in_force_on: str = "", known_at: str = "", order: str = "recorded"
) -> Response:
    query = dict(reader.request.query_params)
    path = f"/contracts/{id}/history"
    typed = moment_form.typed(query)
    read = moment_form.read(reader.language, query, reader.now, reader.law.zone) if typed else None
    if read and not read.wrong:
        rest = read.dates | moment_form.kept(query)
        return RedirectResponse(f"{path}?{urlencode(rest)}" if rest else path, 303)
    before = last_look(reader, id, "history", "contract")
    seen = look(reader, id, "history", in_force_on, known_at)
    asked = _asked(query)
    if asked.new_since is None and before:
        asked = replace(asked, new_since=before.position)
    page = Page(
        say(reader.language, "pages.sections.history"),
        section="contracts",
        lead=seen.about(),
        crumbs=seen.crumbs("history"),
        sections=seen.sections("history"),
        moment=seen.bar("history"),
        failed=read is not None,
        read_up_to=seen.read_up_to,
    )
    clocks = moment_form.two_clocks(seen, path, read, moment_form.kept(query))
    view = history(seen, asked, path, clocks)
    return render(reader.request, "history.html", page, status=422 if read else 200, view=view)


def _asked(query: dict[str, str]) -> Asked:
    """What cannot be read is left out: an address that was cut still opens."""

    def whole(name: str) -> int | None:
        text = query.get(name, "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None

    return Asked(
        order="effective" if query.get("order") == "effective" else "recorded",
        kind=query.get("kind", "") if query.get("kind") in KINDS else "",
        clause=query.get("clause", ""),
        who=query.get("who", ""),
        month=query.get("month", ""),
        attempts=query.get("attempts") == "1",
        all=query.get("all") == "1",
        page=max(1, whole("page") or 1),
        entry=whole("entry"),
        new_since=whole("new_since"),
    )


def history(seen: Look, asked: Asked, path: str, clocks: TwoClocks) -> History:
    language, law = seen.language, seen.found.law
    known = told(seen)
    kept = [each for each in known if asked.keeps(each, law.day(each.row.recorded_at))]
    tried = attempts_at(seen) if asked.attempts and seen.may("attempts") else ()
    ordered = _ordered(seen, [*kept, *tried], asked.order)
    page = _page_of(ordered, asked)
    shown = ordered if asked.all else ordered[(page - 1) * ENTRIES : page * ENTRIES]
    reading = correction_words.reading(seen, [each.row for each in known])
    words = telling(seen.reader.house, seen.found, language)
    teller = Teller(seen, words, reading, asked.new_since, asked.entry)
    refusing = Refusing(seen, [each for each in shown if isinstance(each, Attempt)])
    count = say(language, "words.entries", n=len(known))
    order = say(language, f"pages.history.order-{asked.order}")
    summary = say(language, "pages.history.summary", entries=count, shown=len(kept), order=order)
    addresses = Addresses(seen, asked, path)
    more = not asked.all and page * ENTRIES < len(ordered)
    return History(
        clocks=clocks,
        summary=summary,
        links=addresses.links(),
        filters=filters(seen, asked, known),
        kept=addresses.kept(),
        entries=[refusing.entry(e) if isinstance(e, Attempt) else teller.entry(e) for e in shown],
        earlier=addresses.to_page(page + 1, "pages.history.earlier") if more else None,
        newer=addresses.to_page(page - 1, "pages.history.newer") if page > 1 and not asked.all else None,
    )


def _ordered(seen: Look, found: Sequence[Told | Attempt], order: str) -> list[Told | Attempt]:
    """Newest first. A refused attempt never came into force: by force it stands at the end."""

    def recorded(each: Told | Attempt) -> tuple[datetime, int]:
        return (each.at, 0) if isinstance(each, Attempt) else (each.row.recorded_at, each.row.stream_version)

    def effective(each: Told | Attempt) -> date:
        if isinstance(each, Attempt):
            return date.min
        return holds_from(seen.found.entries[each.row.stream_version - 1], seen.found.law)

    newest_first = sorted(found, key=recorded, reverse=True)
    return newest_first if order == "recorded" else sorted(newest_first, key=effective, reverse=True)


def _page_of(ordered: Sequence[Told | Attempt], asked: Asked) -> int:
    """The page that holds the entry that is asked for."""
    positions = (each.row.position if isinstance(each, Told) else None for each in ordered)
    at = next((at for at, position in enumerate(positions) if position and position == asked.entry), None)
    return asked.page if at is None else at // ENTRIES + 1


def filters(seen: Look, asked: Asked, known: Sequence[Told]) -> list[Field]:
    language = seen.language
    every = Option("", say(language, "pages.history.any"))

    def choice(name: str, value: str, options: list[Option]) -> Field:
        return Field(name, say(language, f"pages.history.{name}"), "list", value, options=[every, *options])

    months = dict.fromkeys(f"{seen.found.law.day(each.row.recorded_at):%Y-%m}" for each in reversed(known))
    roles = [
        role for role in (*sorted(EVERYBODY), Role.DEADLINE) if any(e.by.get("role") == role for e in known)
    ]
    return [
        choice("kind", asked.kind, [Option(k, say(language, f"pages.entry-kinds.{k}")) for k in KINDS]),
        choice(
            "clause",
            asked.clause,
            [Option(id_, say(language, f"clauses.{id_}")) for id_ in entries.clause_options(known)],
        ),
        choice("who", asked.who, [Option(role, say(language, f"roles.{role}")) for role in roles]),
        choice(
            "month", asked.month, [Option(m, month(language, date.fromisoformat(f"{m}-01"))) for m in months]
        ),
    ]


@dataclass(frozen=True)
class Addresses:
    """Other ways to look at the same history."""

    seen: Look
    asked: Asked
    path: str

    def kept(self) -> dict[str, str]:
        """What a filter leaves as it is: the moment, the order, refused attempts."""
        found = self.seen.dates()
        if self.asked.order != "recorded":
            found["order"] = self.asked.order
        return found | ({"attempts": "1"} if self.asked.attempts else {})

    def to(self, **changed: str) -> str:
        chosen = {name: getattr(self.asked, name) for name in ("kind", "clause", "who", "month")}
        query = {name: value for name, value in (self.kept() | chosen | changed).items() if value}
        return f"{self.path}?{urlencode(query)}" if query else self.path

    def to_page(self, page: int, words: str) -> Link:
        return Link(say(self.seen.language, words), self.to(page=str(page)))

    def links(self) -> list[Link]:
        language, seen = self.seen.language, self.seen
        by_force = self.asked.order == "recorded"
        order = "effective" if by_force else ""
        found = [
            Link(
                say(language, f"pages.history.{'by-force' if by_force else 'by-recording'}"),
                self.to(order=order),
            )
        ]
        if seen.may("attempts"):
            words = "without-attempts" if self.asked.attempts else "with-attempts"
            found.append(
                Link(
                    say(language, f"pages.history.{words}"),
                    self.to(attempts="" if self.asked.attempts else "1"),
                )
            )
        if len(seen.found.rows) > ENTRIES:
            found.append(Link(say(language, "pages.history.all"), self.to(all="1")))
        if seen.may("diff"):
            found.append(Link(say(language, "pages.history.compare"), f"/contracts/{seen.id}/diff"))
        found.append(Link(say(language, "pages.history.csv"), seen.href("history.csv")))
        return found


# The exact bytes


@router.get("/contracts/{id}/history/{position}/{part}")
def bytes_page(id: UUID, position: int, part: str, reader: Reading) -> Response:
    """`entry`: what the fingerprint is the SHA-256 of; `data` and `metadata`: what it names by their own."""
    seen = look(reader, id, "events")
    row = next((row for row in seen.found.rows if row.position == position), None)
    if row is None or part not in ("entry", "data", "metadata"):
        raise Problem(404)
    content = {
        "entry": preimage(row, row.prev_hash),
        "data": row.data.encode(),
        "metadata": row.metadata.encode(),
    }
    return Response(
        content[part], media_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
