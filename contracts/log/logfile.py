"""A log in a file: parts of PostgreSQL's binary COPY, each behind a line of JSON that says what it is.

    kelisim-log/1
    {"part":"log","events":200024,"position":200031}
    {"part":"events","rows":5000,"size":3021874,"sha256":"...","after":0,"upto":5000}
    ... so many bytes
    {"part":"keys","rows":812,"size":402113,"sha256":"..."}
    ... so many bytes
    {"part":"end","sha256":"..."}

The last digest is of all before its line."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Annotated, BinaryIO

import msgspec
from msgspec import Meta, Struct

MAGIC = b"kelisim-log/1\n"

LARGEST = 2**30
"""Bytes of a part, which is in memory as a whole. Five thousand events have about four million."""

LONGEST = 1000
"""Bytes of a line."""

Natural = Annotated[int, Meta(ge=0)]


class NotWhole(Exception):
    """The file is cut, changed, or something else."""


class Log(Struct, tag="log", tag_field="part", frozen=True):
    """`position`: the mark of the log that it was; all its events lie at or below."""

    events: Natural
    position: Natural


class Rows(Struct, tag_field="part", frozen=True):
    rows: Natural
    size: Annotated[int, Meta(ge=0, le=LARGEST)]
    sha256: str


class Events(Rows, tag="events", frozen=True):
    """All at the places above `after` and up to `upto`."""

    after: Natural
    upto: Natural


class Keys(Rows, tag="keys", frozen=True):
    """Idempotency keys that answer for these events."""


class End(Struct, tag="end", tag_field="part", frozen=True):
    sha256: str


class Writer:
    def __init__(self, file: BinaryIO, log: Log) -> None:
        self._file = file
        self._digest = sha256()
        self._add(MAGIC)
        self._add(_line(log))

    def events(self, rows: int, copied: bytes, after: int, upto: int) -> None:
        self._add(_line(Events(rows, len(copied), sha256(copied).hexdigest(), after, upto)))
        self._add(copied)

    def keys(self, rows: int, copied: bytes) -> None:
        self._add(_line(Keys(rows, len(copied), sha256(copied).hexdigest())))
        self._add(copied)

    def end(self) -> None:
        self._file.write(_line(End(self._digest.hexdigest())))

    def _add(self, written: bytes) -> None:
        self._digest.update(written)
        self._file.write(written)


class Reader:
    """Raises NotWhole, at the latest behind the last part."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = sha256()
        if self._taken(len(MAGIC)) != MAGIC:
            raise NotWhole("it does not begin as a log of this format does")
        if not isinstance(log := self._next(), Log):
            raise NotWhole("it does not say what it holds")
        self.log = log

    def parts(self) -> Iterator[tuple[Events | Keys, bytes]]:
        """Each unchanged and as long as it says."""
        while isinstance(part := self._next(), Events | Keys):
            copied = self._taken(part.size)
            if sha256(copied).hexdigest() != part.sha256:
                raise NotWhole(f"it is cut or was changed before byte {self._file.tell()}")
            yield part, copied

    def _next(self) -> Log | Events | Keys | End:
        so_far = self._digest.hexdigest()
        line = self._file.readline(LONGEST)
        self._digest.update(line)
        try:
            part: Log | Events | Keys | End = _decoder.decode(line)
        except msgspec.MsgspecError as error:
            raise NotWhole(f"it is cut or was changed before byte {self._file.tell()}") from error
        if isinstance(part, End) and (part.sha256 != so_far or line != _line(part) or self._file.read(1)):
            raise NotWhole("its parts are not those of one log")
        return part

    def _taken(self, size: int) -> bytes:
        taken = self._file.read(size)
        self._digest.update(taken)
        return taken


_decoder = msgspec.json.Decoder(Log | Events | Keys | End)


def _line(part: Struct) -> bytes:
    return msgspec.json.encode(part) + b"\n"
