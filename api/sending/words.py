"""What a letter says: which contract, what happened, what is to be done by when, and where all of it stands.
No name, no number and no words of a person."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from api.answers import instant
from api.commands import PLACES
from api.formats import day
from api.house import House
from api.languages import say
from api.sending.store import Letter
from api.sentences import Speaker
from contracts.ahead import outlook
from contracts.canonical import plain
from contracts.consequences import Deadline
from contracts.contract import Contract
from contracts.corrected import whole
from contracts.deadlines import Missed, Reminded
from contracts.decision import Event
from contracts.lifecycle import EVENTS, empty
from contracts.log.recorder import StoredEvent


@dataclass(frozen=True)
class Told:
    """A letter with the entry that it is about, and its stream as of that entry."""

    house: House
    letter: Letter
    row: StoredEvent
    event: Event
    state: Any

    @property
    def link(self) -> str:
        return f"{self.house.settings.address}/{PLACES[self.event.stream]}/{self.letter.stream_id}"

    @cached_property
    def number(self) -> str | None:
        """Of the contract: this one, or the one that it is about."""
        if about := getattr(self.state, "contract", None):
            return getattr(self.house.folded("contract", about), "number", None)
        return getattr(self.state, "number", None)

    @cached_property
    def due(self) -> tuple[Deadline, ...]:
        """What whoever gets it has to do by a day, as of the entry."""
        found = outlook(self.state, self.house.law).deadlines
        return tuple(each for each in found if self.letter.role in each.who)

    @property
    def recorded_on(self) -> date:
        return self.house.law.day(self.row.recorded_at)


def told(house: House, letter: Letter) -> Told:
    """Raises LookupError where the entry is not there."""
    rows = house.recorder.streams([letter.stream_id])[letter.stream_id][: letter.version]
    if len(rows) < letter.version:
        raise LookupError("no such entry")
    said = [house.mapper.decode(row.type, row.schema_version, row.data) for row in rows]
    state = whole(said, empty(EVENTS[letter.type].stream, letter.stream_id))
    return Told(house, letter, rows[-1], said[-1], state)


# By mail


def subject(of: Told, language: str) -> str:
    about = say(language, "notices.subject", number=of.number or say(language, "pages.contract.draft"))
    return f"{about} {_happened(of, language)}"


def text(of: Told, language: str) -> str:
    lines = [
        say(language, "notices.contract", number=of.number or say(language, "pages.contract.draft")),
        say(language, "notices.happened", what=_happened(of, language), day=day(language, of.recorded_on)),
    ]
    if of.due:
        lines += ["", say(language, "notices.to-do"), *(_to_do(each, language) for each in of.due)]
    lines += ["", say(language, "notices.link", address=of.link)]
    why = say(language, "notices.why", role=say(language, f"roles.{of.letter.role}"))
    return "\n".join([*lines, "", "--", why, ""])


def _happened(of: Told, language: str) -> str:
    sentence = Speaker(language, of.house.law, of.recorded_on).event(of.event)
    if isinstance(of.event, Reminded | Missed):
        what = say(language, f"deadlines.{of.event.deadline}")
        due = say(language, "notices.due", what=what, day=day(language, of.event.on))
        return f"{sentence}. {due}"
    return f"{sentence}."


def _to_do(due: Deadline, language: str) -> str:
    what = say(language, f"deadlines.{due.name}")
    silence = say(language, f"silence.{due.silence}")
    return f"- {say(language, 'notices.due', what=what, day=day(language, due.on))} {silence}"


# For programs


def cloud_event(of: Told) -> dict[str, Any]:
    """CloudEvents 1.0, structured. `id` is that of the notice, the same each time it is sent."""
    entry = {
        "type": of.row.type,
        "version": of.row.stream_version,
        "position": of.row.position,
        "effective_on": plain(of.row.effective_on),
        "recorded_at": instant(of.row.recorded_at),
    }
    if isinstance(of.event, Reminded | Missed):
        entry["deadline"] = {"name": of.event.deadline, "on": plain(of.event.on), "who": plain(of.event.who)}
    due = [
        {"name": each.name, "on": plain(each.on), "silence": each.silence, "rule": each.rule}
        for each in of.due
    ]
    data = {
        "id": str(of.letter.stream_id),
        "kind": of.event.stream,
        "number": of.number,
        "state": plain(of.state.state) if isinstance(of.state, Contract) else None,
        "entry": entry,
        "role": of.letter.role,
        "due": due,
        "href": f"{of.house.settings.address}/api/v1/{PLACES[of.event.stream]}/{of.letter.stream_id}",
        "page": of.link,
    }
    return {
        "specversion": "1.0",
        "id": str(of.letter.notice_id),
        "source": f"{of.house.settings.address}/api/v1",
        "type": f"kelisim.{of.row.type}.v{of.row.schema_version}",
        "subject": f"{PLACES[of.event.stream]}/{of.letter.stream_id}",
        "time": instant(of.row.recorded_at),
        "datacontenttype": "application/json",
        "data": data,
    }
