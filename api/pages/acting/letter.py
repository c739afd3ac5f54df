"""The letter about an end: to whom, on what ground, until which day, what is owed, and how to check it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query, Response

from api.formats import day, instant, money, number
from api.house import House
from api.languages import LANGUAGES, say
from api.letters import TOLD, Letter, Pair, Part, pdf
from api.pages import HEADERS
from api.pages.law import cited_source
from api.pages.look import Look, look
from api.pages.names import Names, names, roles
from api.pages.parts import Name
from api.pages.reader import Reading
from api.sentences import Speaker
from api.settings import Mode
from contracts.ahead import outlook
from contracts.consequences import Outlook, Step, Sum
from contracts.contract import Contract, Parties
from contracts.corrected import whole
from contracts.log.recorder import StoredEvent
from contracts.two_clocks import holds_from

router = APIRouter(include_in_schema=False)

GROUP = 8
"""Digits of a fingerprint that stand together, so that it can be read out."""


@router.get("/contracts/{id}/letter.pdf")
def letter_pdf(
    id: UUID,
    reader: Reading,
    entry: int | None = None,
    language: Annotated[str, Query(alias="in")] = "",
) -> Response:
    """`entry`: of which entry; without it, of the last that a letter is written about. `in`: in which
    language; without it, in the reader's."""
    seen = look(reader, id, "text")
    told = [row for row in seen.found.rows if row.type in TOLD and entry in {None, row.position}]
    if not told or (language and language not in LANGUAGES):
        raise HTTPException(404)
    row, spoken = told[-1], language or reader.language
    made = pdf(Writing(seen, row, spoken).letter(), row.recorded_at)
    name = f"{seen.newest.number or id}-{row.position}-{spoken}.pdf"
    headers = HEADERS | {
        "Content-Disposition": f'attachment; filename="{ascii_name(name)}"',
        "Content-Language": spoken,
    }
    return Response(made, media_type="application/pdf", headers=headers)


def ascii_name(name: str) -> str:
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-.") else "-" for sign in name)


class Writing:
    """One letter about one entry, with the contract as it was then."""

    def __init__(self, seen: Look, row: StoredEvent, language: str) -> None:
        self.seen, self.row, self.language = seen, row, language
        self.law = seen.found.law
        self.house: House = seen.reader.house
        entries = seen.found.entries[: row.stream_version]
        self.then: Contract = whole((each.event for each in entries), Contract(id=seen.id))
        self.entry = entries[-1]
        self.on = self.law.day(row.recorded_at)
        self.speaker = Speaker(language, self.law, self.on)
        if self.then.parties is None:
            raise LookupError("a contract begins with its parties")
        self.parties: Parties = self.then.parties

    def letter(self) -> Letter:
        number_ = self.then.number or ""
        demo = self.house.settings.mode is not Mode.PRODUCTION
        fingerprint = self.row.hash.hex()
        return Letter(
            language=self.language,
            title=self.speaker.event(self.entry.event),
            demo=f"{self.say('furniture.demo')} {self.say('furniture.demo-note')}" if demo else None,
            service=f"Kelisim · {self.say('furniture.purpose')}",
            date=day(self.language, self.on),
            pairs=[self.pair("letters.number", number_), *self._parties()],
            parts=[self._what(), *self._owed(), self._check()],
            code=self.say("letters.code", number=number_, entry=self.row.position, code=fingerprint[:GROUP]),
            page=self.say("letters.page"),
        )

    def say(self, key: str, **values: str | int) -> str:
        return say(self.language, key, **values)

    def pair(self, key: str, value: str) -> Pair:
        return Pair(self.say(key), value)

    def _parties(self) -> list[Pair]:
        college, enterprise, student = self.parties.college, self.parties.enterprise, self.parties.student
        found = names(self.house, self.language, [student], [college, enterprise])
        name = found.people.get(student) or self.say("words.erased")
        return [
            self.pair("roles.student", name),
            self.pair("roles.college", self._organisation(found, college)),
            self.pair("roles.enterprise", self._organisation(found, enterprise)),
        ]

    def _organisation(self, known: Names, bin_: str) -> str:
        name = known.organisation(bin_)
        return self.say("letters.organisation", name=name.text, bin=bin_) if isinstance(name, Name) else bin_

    def _what(self) -> Part:
        """What was recorded, with the ground and the law that it rests on."""
        told = self.speaker.facts(self.entry.event, without=[*self.entry.event.apart, "known_on", "by"])
        pairs = [Pair(label, str(value)) for label, value in told]
        end = self.then.end
        if end and (ground := self.law.ground(end.ground, end.received_on)):
            pairs.append(self.pair("letters.by-law", cited_source(self.language, ground.source)))
        holds = holds_from(self.entry, self.law)
        pairs.append(self.pair("pages.history.in-force-from", day(self.language, holds)))
        return Part(self.say("letters.what"), pairs)

    def _owed(self) -> list[Part]:
        ahead = outlook(self.then, self.law)
        return [*self._money(ahead), *self._deadlines(ahead)]

    def _money(self, ahead: Outlook) -> list[Part]:
        if not ahead.sums:
            return []
        head = [self.say(f"letters.{name}") for name in ("sum", "from", "to", "amount")]
        rows = [self._sum(each) for each in ahead.sums]
        steps = [
            Part(self.say(f"sums.{each.name}"), [self._step(step) for step in each.steps])
            for each in ahead.sums
            if each.steps
        ]
        return [Part(self.say("letters.owed"), head=head, rows=rows), *steps]

    def _sum(self, each: Sum) -> list[str]:
        parties = [self.say(f"roles.{role}") for role in (each.by, each.to)]
        return [self.say(f"sums.{each.name}"), *parties, money(self.language, each.amount)]

    def _step(self, step: Step) -> Pair:
        words = money if step.unit == "tiyn" else number
        return self.pair(f"steps.{step.name}", words(self.language, step.value))

    def _deadlines(self, ahead: Outlook) -> list[Part]:
        if not ahead.deadlines:
            return []
        head = [self.say(f"pages.preview.{name}") for name in ("deadline", "who", "last-day", "silence")]
        rows = [
            [
                self.say(f"deadlines.{each.name}"),
                roles(self.language, each.who) or self.say("roles.deadline"),
                day(self.language, each.on),
                self.say(f"silence.{each.silence}"),
            ]
            for each in sorted(ahead.deadlines, key=lambda one: (one.on, one.name))
        ]
        return [Part(self.say("letters.deadlines"), head=head, rows=rows)]

    def _check(self) -> Part:
        """How anybody finds out whether this paper says what is recorded."""
        hex_ = self.row.hash.hex()
        groups = " ".join(hex_[at : at + GROUP] for at in range(0, len(hex_), GROUP))
        pairs = [
            self.pair("letters.entry", str(self.row.position)),
            self.pair("letters.recorded", instant(self.language, self.row.recorded_at, self.law.zone)),
            self.pair("letters.fingerprint", groups),
            self.pair("letters.address", f"/contracts/{self.seen.id}/history#e-{self.row.position}"),
        ]
        return Part(self.say("letters.check"), pairs, sentences=[self.say("letters.check-how")])
