"""A history as a table for other programs: the same entries, with both moments."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from api.answers import instant
from api.languages import say
from api.pages.entries import told
from api.pages.lists import csv_file
from api.pages.look import look
from api.pages.reader import Reading
from contracts.two_clocks import holds_from

router = APIRouter(include_in_schema=False)

HEADS = ("number", "what", "recorded", "in-force-from", "who", "on-behalf-of", "role", "fingerprint")


@router.get("/contracts/{id}/history.csv")
def history_file(id: UUID, reader: Reading, in_force_on: str = "", known_at: str = "") -> Response:
    """Newest first, as it is recorded; days and instants as programs write them."""
    seen = look(reader, id, "history", in_force_on, known_at)
    rows = []
    for each in reversed(told(seen)):
        entry = seen.found.entries[each.row.stream_version - 1]
        rows.append(
            [
                each.row.position,
                reader.speaker.event(entry.event),
                instant(each.row.recorded_at),
                holds_from(entry, seen.found.law),
                each.by.get("actor"),
                each.by.get("on_behalf_of"),
                each.by.get("role"),
                each.row.hash.hex(),
            ]
        )
    moment = "" if not seen.moved else f"-{'-'.join(seen.dates().values())}".replace(":", "")
    heads = [say(reader.language, f"pages.history-file.{head}") for head in HEADS]
    return csv_file(f"{seen.title}{moment}", heads, rows)
