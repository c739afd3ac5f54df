"""One route a command. The body is the command's fields and nothing else; what it brings is answered."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from pydantic import ConfigDict, TypeAdapter, ValidationError

from api.answers import instant
from api.house import House, house_of
from api.limits import is_json
from api.lines import note, request_id
from api.pages import language_of
from api.problems import Problem
from api.security.acting import caller_of
from api.security.rights import may_know
from api.security.signed_in import sure
from api.wrong_fields import wrong_values
from contracts.canonical import canonical
from contracts.decision import Command
from contracts.lifecycle import COMMANDS
from contracts.log.facts import organisation_id
from contracts.log.wishes import Granted, Wish
from contracts.parties import Role
from contracts.relations import Caller

PLACES = {
    "contract": "contracts",
    "dispute": "disputes",
    "claim": "claims",
    "preliminary": "preliminaries",
    "memorandum": "memoranda",
    "organisation": "organisations",
    "person": "people",
}
"""Where the commands for each kind of stream stand."""

NOT_THE_FIRST = {"record-signed": "/record-signed"}
"""Of two ways to begin a contract, the other one."""

BINDING = frozenset(
    {"sign", "consent", "accept-amendment", "accept-mutual-end", "consent-to-withdrawal", "settle"}
)
"""Commands that are a signature."""

LONGEST = 10_000
"""Characters of one text."""

Command.__pydantic_config__ = ConfigDict(  # type: ignore[attr-defined]
    extra="forbid", str_max_length=LONGEST, defer_build=True
)

VERSION = re.compile(r'(?:W/)?"(\d{1,9})"', re.ASCII)
DIGEST = re.compile("[0-9a-f]{64}")

LONGEST_KEY = 128
"""Characters."""

BOOLEAN = TypeAdapter(bool)


def routes() -> APIRouter:
    router = APIRouter(prefix="/api/v1")
    for command in COMMANDS.values():
        if command.by != {Role.DEADLINE}:
            router.add_api_route(
                path(command),
                endpoint(command),
                methods=["POST"],
                name=command.type,
                response_class=Response,
            )
    return router


def path(command: type[Command]) -> str:
    place = PLACES[command.stream]
    if command.begins:
        return f"/{place}{NOT_THE_FIRST.get(command.type, '')}"
    if command.stream == "organisation":
        return f"/{place}/{{bin}}/{command.type}"
    return f"/{place}/{{id}}/{command.type}"


def endpoint(command: type[Command]) -> Callable[..., Response]:
    Asking = Annotated[Handing, Depends(handing(command))]

    def begin(asking: Asking) -> Response:
        bin_ = getattr(asking.command, "bin", None) if command.stream == "organisation" else None
        return asking.answer(organisation_id(bin_) if bin_ else None, bin_)

    def of_organisation(bin: str, asking: Asking) -> Response:
        return asking.answer(organisation_id(bin), bin)

    def of_stream(id: UUID, asking: Asking) -> Response:
        return asking.answer(id)

    if command.begins:
        return begin
    return of_organisation if command.stream == "organisation" else of_stream


def handing(command: type[Command]) -> Callable[[Request], Awaitable["Handing"]]:
    """Reads by itself what a command brings: body and headers one by one cost the framework nearly as much as
    deciding. On the loop, so that a command wakes one thread."""
    adapter = TypeAdapter(command)

    async def read(request: Request) -> Handing:
        raw = await request.body()
        if raw and not is_json(request.scope):
            raise Problem(415)
        headers = request.headers
        return Handing(
            request,
            house_of(request),
            adapter.validate_json(raw or b"{}", strict=True),
            _preview(request),
            _key(headers.get("idempotency-key")),
            _version(headers.get("if-match")),
            _digest(headers.get("kelisim-preview")),
        )

    return read


@dataclass(frozen=True)
class Handing:
    """A wish on its way in: with what its headers say."""

    request: Request
    house: House
    command: Command
    preview: bool
    key: str | None
    expected: int | None
    previewed: str | None

    def answer(self, stream_id: UUID | None, id_: str | None = None) -> Response:
        """`id_`: under which the stream is known outside, where that is not its own."""
        note(self.request, command=self.command.type)
        caller = caller_of(self.request)
        may_know(self.house, caller, type(self.command), stream_id)
        self._sure()
        self._check()
        wish = Wish(
            self.command,
            stream_id,
            caller,
            f"{caller.person}:{self.key}" if self.key and not self.preview else None,
            self._hash(caller),
            self.expected,
            self.previewed,
            request_id(self.request),
        )
        granted = self.house.desk.preview(wish) if self.preview else self.house.desk.execute(wish)
        outcome = "previewed" if self.preview else "replayed" if granted.replayed else "granted"
        note(self.request, outcome=outcome, position=granted.position)
        return respond(granted, id_, 201 if granted.begun and not self.preview else 200)

    def _sure(self) -> None:
        if self.command.type in BINDING and not self.preview:
            sure(self.request)

    def _check(self) -> None:
        """The form of every number of a person or an organisation. Raises Problem 422."""
        if wrong := wrong_values(language_of(self.request), self.command, self.house.settings.check_digit):
            raise Problem(422, errors=wrong)

    def _hash(self, caller: Caller) -> bytes:
        """Of all that makes two requests the same: method, path, for whom, fields."""
        fields = msgspec.json.encode(self.command, order="deterministic")
        whole = (self.request.method, self.request.url.path, caller.on_behalf_of or "")
        return hashlib.sha256("\n".join(whole).encode() + b"\n" + fields).digest()


def respond(granted: Granted, id_: str | None, status: int) -> Response:
    """`consequences` stands there as the bytes that were hashed; `events` in canonical form too, so that a
    repeated key is answered with the same bytes."""
    body = {
        "id": id_ or str(granted.stream_id),
        "version": granted.version,
        "position": granted.position,
        "recorded_at": instant(granted.recorded_at) if granted.recorded_at else None,
        "events": msgspec.Raw(canonical(granted.events).encode()),
        "consequences": msgspec.Raw(canonical(granted.consequences).encode()),
    }
    headers = {"ETag": f'"{granted.version}"', "Kelisim-Preview": granted.digest}
    if granted.position is not None:
        headers["Kelisim-Position"] = str(granted.position)
    return Response(msgspec.json.encode(body), status, headers, "application/json")


def _preview(request: Request) -> bool:
    try:
        return BOOLEAN.validate_python(request.query_params.get("preview", False))
    except ValidationError as error:
        raise Problem(400, errors=[{"field": "preview"}]) from error


def _key(key: str | None) -> str | None:
    if key is None or 0 < len(key) <= LONGEST_KEY:
        return key
    raise Problem(400, header="Idempotency-Key")


def _version(if_match: str | None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    if found := VERSION.fullmatch(if_match.strip()):
        return int(found[1])
    raise Problem(400, header="If-Match")


def _digest(previewed: str | None) -> str | None:
    if previewed is None or DIGEST.fullmatch(previewed):
        return previewed
    raise Problem(400, header="Kelisim-Preview")


def mount(app: FastAPI) -> None:
    app.include_router(routes())
