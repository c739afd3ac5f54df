"""What is answered instead: problem details (RFC 9457), in the caller's language, nothing of it said back."""

from collections.abc import Mapping
from time import perf_counter, sleep
from typing import Any
from uuid import UUID

import msgspec
import psycopg
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from api.house import house_of
from api.languages import say
from api.lines import began, note, request_id
from api.pages import language_of
from api.pages.errors import STATUSES, error_page, wants_page
from api.refusals import refusal, see
from api.security.oidc import ProviderAway
from api.wrong_fields import unreadable, wrong_fields
from contracts.decision import Refused
from contracts.log.errors import (
    BoundaryMoved,
    DayMoved,
    KeyReused,
    OutcomeUnknown,
    Unavailable,
    Unstorable,
    VersionMoved,
)
from contracts.log.failures import Failure, failure
from contracts.log.sealing import NobodyToKeepIt
from contracts.log.wishes import NotForThem, NotFound, StaleVersion
from projections.cursors import BadCursor

MEDIA_TYPE = "application/problem+json"

EVEN = 0.05
"""Seconds."""

ON_BEHALF_OF = "Kelisim-On-Behalf-Of"
"""The header that says for whom somebody asks."""

log = structlog.get_logger("kelisim.edge")


class Problem(Exception):
    """`name` as in /problems/{name}; `members` stand in the answer beside the usual ones."""

    def __init__(
        self, status: int, name: str | None = None, headers: Mapping[str, str] | None = None, **members: Any
    ) -> None:
        self.status = status
        self.name = name or STATUSES[status]
        self.headers = dict(headers or {})
        self.members = members
        super().__init__(self.name)


def answer(request: Request, problem: Problem) -> Response:
    note(request, outcome=problem.name)
    if problem.status == 404:
        even(request)
    if wants_page(request):
        page = error_page(request, problem.status, problem.name)
        page.headers.update(problem.headers)
        return page
    language = language_of(request)
    body = {
        "type": f"/problems/{problem.name}",
        "title": say(language, f"problems.{problem.name}.title"),
        "status": problem.status,
        "detail": say(language, f"problems.{problem.name}.meaning"),
        "instance": f"urn:uuid:{request_id(request)}",
        "request_id": request_id(request),
        **problem.members,
    }
    headers = {"Content-Language": language, **problem.headers}
    return Response(msgspec.json.encode(body), problem.status, headers, MEDIA_TYPE)


def even(request: Request) -> None:
    """Waits for the next full EVEN: the time of an answer tells nobody what is not there from what may not
    be known of."""
    if request.url.path.startswith("/api/"):
        sleep(EVEN - (perf_counter() - began(request)) % EVEN)


def meaning(request: Request, error: Exception) -> Problem:
    """What an exception is to the caller."""
    match error:
        case Problem():
            return error
        case HTTPException():
            return Problem(error.status_code, STATUSES.get(error.status_code, "failed"), error.headers)
        case Refused():
            return _refused(request, error)
        case NotForThem():
            return Problem(403, "not-for-them", right="act-for", header=ON_BEHALF_OF)
        case NotFound():
            return Problem(404)
        case StaleVersion():
            return Problem(412, version=error.version, headers={"ETag": f'"{error.version}"'})
        case VersionMoved():
            return _conflict(request, error.stream_id)
        case BoundaryMoved() | DayMoved():
            return Problem(409, "conflict")
        case BadCursor():
            return Problem(400, errors=[{"field": "after"}])
        case KeyReused():
            return Problem(422, "key-reused")
        case OutcomeUnknown():
            return Problem(503, "outcome-unknown", {"Retry-After": "1"})
        case ProviderAway():
            return Problem(503, headers={"Retry-After": "1"})
        case Unavailable():
            return Problem(503, headers={"Retry-After": str(error.retry_after)})
        case NobodyToKeepIt():
            return Problem(409, "words-not-kept")
        case Unstorable():
            return Problem(422)
        case ValidationError() | RequestValidationError():
            return _wrong(request, error)
        case psycopg.Error() if failure(error) is not Failure.REFUSED:
            return Problem(503, headers={"Retry-After": "1"})
        case _:
            log.error("failed", exc_info=error, request_id=request_id(request))
            return Problem(500)


KINDS: tuple[type[Exception], ...] = (
    *(Problem, HTTPException, ValidationError, RequestValidationError, BadCursor),
    *(Refused, NotFound, StaleVersion, VersionMoved, BoundaryMoved, DayMoved, KeyReused),
    *(Unstorable, NobodyToKeepIt, NotForThem),
    *(Unavailable, OutcomeUnknown, ProviderAway, psycopg.Error, Exception),
)


def install(app: FastAPI) -> None:
    def handled(request: Request, error: Exception) -> Response:
        return answer(request, meaning(request, error))

    for kind in KINDS:
        app.add_exception_handler(kind, handled)


def _refused(request: Request, refused: Refused) -> Problem:
    house, language = house_of(request), language_of(request)
    note(request, code=",".join(each.type for each in refused.refusals))
    on, id_ = house.today(), request.path_params.get("id")
    told = [refusal(language, house.law, each, on) for each in refused.refusals]
    for shown, each in zip(told, refused.refusals, strict=True):
        if id_ and (page := see(each, UUID(id_), house.desk.stored, on)):
            shown["see"] = page
    found: dict[str, Any] = {"attempt": str(refused.attempt)} if refused.attempt else {}
    return Problem(409, "refused", refusals=told, **found)


def _wrong(request: Request, error: ValidationError | RequestValidationError) -> Problem:
    if unreadable(error):
        return Problem(400)
    found = error.errors()
    if isinstance(error, ValidationError):
        return Problem(422, errors=wrong_fields(language_of(request), found))
    if any(each["loc"][0] == "path" for each in found):
        return Problem(404)
    return Problem(400, errors=[{"field": str(each["loc"][1])} for each in found])


def _conflict(request: Request, stream_id: UUID | None) -> Problem:
    """With the version that the other one made."""
    if stream_id is None:
        return Problem(409, "conflict")
    version = len(house_of(request).desk.stored(stream_id))
    return Problem(409, "conflict", {"ETag": f'"{version}"'}, version=version)
