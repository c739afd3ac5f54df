"""The keys of the personal store, each in a file of its own: who may read them, and which a demo may use."""

import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

LENGTH = 32
"""Bytes: AES-256 and HMAC-SHA-256."""

DEMO = "# demo key: not for production"


class KeyRefused(Exception):
    """A key file that must not be used. Says which, why, and what to do; never what it holds."""


@dataclass(frozen=True)
class Keys:
    person: bytes = field(repr=False)
    """Wraps the data key of each person."""
    lookup: bytes = field(repr=False)
    """Keys the digest under which an IIN is found."""


def demo_keys(folder: Path) -> Keys:
    """The keys in `folder`, made there on the first start. Several processes may start at once."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Keys(*(_read(_made(folder / name)) for name in ("person.key", "lookup.key")))


def production_keys(person: Path, lookup: Path) -> Keys:
    """Raises KeyRefused: missing, readable by others, made for a demo, malformed, one key for both uses."""
    keys = Keys(*(_read(_closed(path)) for path in (person, lookup)))
    if secrets.compare_digest(keys.person, keys.lookup):
        raise KeyRefused(f"{person} and {lookup} hold the same key: each use needs a key of its own")
    return keys


def _made(path: Path) -> Path:
    """Linked into place when it is whole: of two processes the second finds the first one's key."""
    if path.exists():
        return path
    handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
    with os.fdopen(handle, "w") as file:
        file.write(f"{DEMO}\n{secrets.token_hex(LENGTH)}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
    return path


def _closed(path: Path) -> Path:
    try:
        mode = path.stat().st_mode
        text = path.read_text()
    except (OSError, ValueError) as error:
        raise KeyRefused(f"{path} cannot be read: give the path of a key file") from error
    if mode & 0o077:
        raise KeyRefused(f"{path} can be read by others than its owner: chmod 600 {path}")
    if DEMO in text:
        raise KeyRefused(f"{path} was made for a demo: make another, openssl rand -hex {LENGTH} > {path}")
    return path


def _read(path: Path) -> bytes:
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    try:
        key = bytes.fromhex("".join(lines))
    except ValueError:
        key = b""  # what stands there must not get into a message
    if len(key) != LENGTH:
        raise KeyRefused(f"{path} does not hold {LENGTH} bytes in hexadecimal")
    return key
