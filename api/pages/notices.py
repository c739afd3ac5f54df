"""What the last command did, told on the page to which it led."""

from api.formats import day, instant
from api.languages import say
from api.pages.furniture import Notice
from api.pages.look import Look


def notice_of(seen: Look) -> Notice | None:
    """By `?done=<position>`: the entry that was just recorded, if it is one of this contract."""
    asked = seen.reader.request.query_params.get("done", "")
    position = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None
    row = next((row for row in seen.found.rows if row.position == position), None)
    if row is None:
        return None
    law = seen.found.law
    text = say(
        seen.language,
        "pages.notice.done",
        number=row.position,
        instant=instant(seen.language, row.recorded_at, law.zone),
        day=day(seen.language, row.effective_on or law.day(row.recorded_at)),
    )
    return Notice(text, seen.entry(row.stream_version) if seen.may("history") else None)
