"""Where the next page of a list begins: an opaque text that cannot be made up by accident."""

import base64
import hashlib

import msgspec

DIGEST = 6
"""Bytes that tell a cursor of ours from a mistyped one. It is no secret: a cursor gives nobody a right."""


class BadCursor(ValueError):
    """Not a cursor of this list, in this order."""


def written(name: str, *keys: object) -> str:
    """`keys`: what the last row of the page is sorted by."""
    content = msgspec.json.encode([name, *map(str, keys)])
    return base64.urlsafe_b64encode(_digest(content) + content).decode().rstrip("=")


def read(text: str, name: str, count: int) -> list[str]:
    """The keys. Raises BadCursor."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        found = msgspec.json.decode(raw[DIGEST:], type=list[str])
    except (ValueError, msgspec.MsgspecError) as error:
        raise BadCursor(name) from error
    if _digest(raw[DIGEST:]) != raw[:DIGEST] or found[:1] != [name] or len(found) != count + 1:
        raise BadCursor(name)
    return found[1:]


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(b"kelisim-cursor/1\n" + content).digest()[:DIGEST]
