"""Where an organisation's own programs want to be told: docs/notices.md says what they get."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import ConfigDict

from api.answers import shown
from api.house import Inside
from api.languages import say
from api.problems import Problem
from api.security.acting import AskedBy
from api.sending import endpoints
from api.sending.directory import Endpoint
from api.sending.endpoints import TooMany, WithSecret
from api.sending.reach import OutOfReach
from api.sending.store import Letter

router = APIRouter(prefix="/api/v1/endpoints", tags=["endpoints"])


@dataclass(frozen=True)
class Address:
    """`url`: with https, on the public network."""

    url: str


Address.__pydantic_config__ = ConfigDict(extra="forbid", str_max_length=2000)  # type: ignore[attr-defined]


@router.get("", name="endpoints")
def own(house: Inside, asked: AskedBy) -> dict[str, Any]:
    """Those of the organisation that the caller acts for. No secret is shown again."""
    return {"items": [about(each) for each in endpoints.own(house, asked)]}


EXAMPLE = {
    "requestBody": {"content": {"application/json": {"example": {"url": "https://demo.example/kelisim"}}}}
}


@router.put("/{id}", name="take-up-endpoint", status_code=201, openapi_extra=EXAMPLE)
def take_up(id: UUID, address: Address, house: Inside, asked: AskedBy, response: Response) -> dict[str, Any]:
    """Under an id that the caller makes. 201 with the secret, this once; 200: it is there already."""
    try:
        taken = endpoints.take_up(house, asked, id, address.url)
    except OutOfReach as error:
        message = say(asked.language, f"endpoints.wrong.{error.why}")
        raise Problem(422, errors=[{"field": "/url", "message": message}]) from error
    except TooMany as error:
        message = say(asked.language, "endpoints.wrong.too-many", n=endpoints.MOST)
        raise Problem(422, errors=[{"field": "/url", "message": message}]) from error
    response.status_code = 201 if taken.secret else 200
    return with_secret(taken)


@router.post("/{id}/rotate-secret", name="rotate-secret")
def rotate(id: UUID, house: Inside, asked: AskedBy) -> dict[str, Any]:
    """A new secret, shown this once. The one before signs too for 24 hours."""
    return with_secret(endpoints.rotate(house, asked, id))


@router.post("/{id}/disable", name="disable-endpoint")
def disable(id: UUID, house: Inside, asked: AskedBy) -> dict[str, Any]:
    """Nothing goes there any more. What waits is given up, and can be sent again."""
    return about(endpoints.disable(house, asked, id))


@router.post("/{id}/enable", name="enable-endpoint")
def enable(id: UUID, house: Inside, asked: AskedBy) -> dict[str, Any]:
    """What happens from now on goes there again."""
    return about(endpoints.enable(house, asked, id))


@router.get("/{id}/deliveries", name="deliveries")
def deliveries(id: UUID, house: Inside, asked: AskedBy) -> dict[str, Any]:
    """The newest 50: what was sent, what waits, what was given up, and what went wrong the last time."""
    return {"items": [delivery(each) for each in endpoints.letters(house, asked, id)]}


@router.post("/{id}/send-again", name="send-again")
def send_again(id: UUID, house: Inside, asked: AskedBy) -> dict[str, int]:
    """All that was given up is sent once more, under the same ids. Answers how many."""
    return {"due": endpoints.send_again(house, asked, id)}


def about(found: Endpoint) -> dict[str, Any]:
    return {
        "id": str(found.endpoint_id),
        "url": found.url,
        "made_at": shown(found.made_at),
        "old_secret_until": shown(found.old_until) if found.both else None,
        "disabled_at": shown(found.disabled_at),
        "disabled_why": found.disabled_why,
    }


def with_secret(found: WithSecret) -> dict[str, Any]:
    return {**about(found.endpoint), "secret": found.secret}


def delivery(each: Letter) -> dict[str, Any]:
    return {
        "id": str(each.letter_id),
        "webhook_id": str(each.notice_id),
        "subject": str(each.stream_id),
        "version": each.version,
        "type": each.type,
        "made_at": shown(each.made_at),
        "tries": each.tries,
        "next_at": shown(each.next_at) if each.sent_at is None and each.dead_at is None else None,
        "sent_at": shown(each.sent_at),
        "given_up_at": shown(each.dead_at),
        "trouble": each.trouble,
    }
