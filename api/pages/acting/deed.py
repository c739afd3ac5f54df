"""A wish handed in from a page: shown what it would do, or done as it was shown, once."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

import msgspec

from api.commands import BINDING
from api.lines import note
from api.pages.reader import Elsewhere, Reader
from api.problems import Problem
from api.security.rights import may_know
from api.security.signed_in import sure
from contracts.decision import Command, Refused
from contracts.log.wishes import Granted, Wish


@dataclass(frozen=True)
class Confirmed:
    """What the preview sent back: the version that was seen, the key minted for it, and the digest of the
    consequences that were shown."""

    version: int | None
    key: str
    digest: str


@dataclass(frozen=True)
class Deed:
    """`path`: of the form it came from."""

    reader: Reader
    command: Command
    stream_id: UUID | None
    path: str

    def preview(self) -> Granted:
        """As `ahead`, of all that was answered."""
        self._noted("previewed")
        return self.ahead()

    def ahead(self) -> Granted:
        """Decides and writes nothing. Raises Refused, NotFound."""
        may_know(self.reader.house, self.reader.asked.caller, type(self.command), self.stream_id)
        return self.reader.house.desk.preview(self._wish())

    def attempt(self) -> Granted:
        """As `preview`, and a refusal is written down and gets its number."""
        try:
            return self.preview()
        except Refused as refused:
            note(self.reader.request, outcome="refused", code=",".join(r.type for r in refused.refusals))
            self.reader.house.desk.note(self._wish(), refused)
            raise

    def execute(self, confirmed: Confirmed) -> Granted:
        """Raises Refused, StaleVersion and what else the desk raises; Elsewhere, to sign in again first."""
        self._noted("granted")
        self._sure()
        may_know(self.reader.house, self.reader.asked.caller, type(self.command), self.stream_id)
        granted = self.reader.house.desk.execute(self._wish(confirmed))
        note(self.reader.request, position=granted.position)
        return granted

    def _sure(self) -> None:
        if self.command.type not in BINDING:
            return
        try:
            sure(self.reader.request)
        except Problem as problem:
            raise Elsewhere(f"/sign-in?back={self.path}/preview") from problem

    def _noted(self, outcome: str) -> None:
        note(self.reader.request, command=self.command.type, outcome=outcome)

    def _wish(self, confirmed: Confirmed | None = None) -> Wish:
        asked = self.reader.asked
        if confirmed is None:
            return Wish(self.command, self.stream_id, asked.caller, request_id=asked.request_id)
        return Wish(
            self.command,
            self.stream_id,
            asked.caller,
            f"{asked.caller.person}:{confirmed.key}",
            self._hash(),
            confirmed.version,
            confirmed.digest,
            asked.request_id,
        )

    def _hash(self) -> bytes:
        """Of all that makes two confirmations the same: the form, for whom, and every answer."""
        whole = ("page", self.path, self.reader.asked.caller.on_behalf_of or "")
        wish = msgspec.json.encode(self.command, order="deterministic")
        return hashlib.sha256("\n".join(whole).encode() + b"\n" + wish).digest()
