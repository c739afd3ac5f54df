"""Arrays as PostgreSQL reads them: the driver's own way with lists costs more than the rest of a call."""

from collections.abc import Iterable


def array(elements: Iterable[str]) -> str:
    return "{" + ",".join(elements) + "}"


def quoted(text: str | None) -> str:
    return "NULL" if text is None else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
