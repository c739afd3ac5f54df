"""A call to an organisation's program: signed after Standard Webhooks, with a CloudEvent in it."""

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import time
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.house import APPLICATION, House
from api.sending.reach import OutOfReach, found

PREFIX = "whsec_"
SECRET = 32
"""Bytes."""

NONCE = 12
"""Bytes."""

PATIENCE = 10.0
"""Seconds for one call, in all its parts."""

LONGEST = 16_384
"""Bytes of an answer that are read. Nothing of it is kept."""


@dataclass(frozen=True)
class Answer:
    """`trouble` None: it was taken. `wait`: seconds that it asked for. `gone`: it wants no more."""

    trouble: str | None = None
    wait: float | None = None
    gone: bool = False


# Secrets


def new_secret() -> str:
    return PREFIX + b64encode(os.urandom(SECRET)).decode()


def sealed(house: House, endpoint: UUID, secret: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + _cipher(house).encrypt(nonce, secret.encode(), endpoint.bytes)


def opened(house: House, endpoint: UUID, kept: bytes) -> str:
    return _cipher(house).decrypt(kept[:NONCE], kept[NONCE:], endpoint.bytes).decode()


def _cipher(house: House) -> AESGCM:
    """With a key of its own that follows from the one for people."""
    return AESGCM(hashlib.sha256(b"kelisim-endpoints/1\n" + house.keys.person).digest())


# Calling


def signature(secret: str, id_: str, timestamp: int, body: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    signed = f"{id_}.{timestamp}.".encode() + body
    return "v1," + b64encode(hmac.digest(key, signed, "sha256")).decode()


def headers(secrets: Sequence[str], id_: str, timestamp: int, body: bytes) -> dict[str, str]:
    """With a signature by each secret that is good just now."""
    return {
        "Content-Type": "application/cloudevents+json",
        "User-Agent": APPLICATION.replace(" ", "/"),
        "webhook-id": id_,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(each, id_, timestamp, body) for each in secrets),
    }


def call(url: str, secrets: Sequence[str], id_: str, body: bytes, open_house: bool) -> Answer:
    """Once. Follows nobody elsewhere, uses no proxy, and never says what was answered."""
    try:
        place = found(url, open_house)
        wanted = {**headers(secrets, id_, int(time()), body), "Host": place.host}
        with (
            httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST", place.url, content=body, headers=wanted, extensions={"sni_hostname": place.name}
            ) as answer,
        ):
            _read(answer)
            return _judged(answer)
    except OutOfReach as error:
        return Answer(error.why)
    except httpx.TimeoutException:
        return Answer("timeout")
    except httpx.HTTPError as error:
        return Answer("tls" if "CERTIFICATE" in str(error) or "SSL" in str(error) else "no-connection")


def _read(answer: httpx.Response) -> None:
    """As much as lets the connection end in order."""
    read = 0
    for part in answer.iter_raw():
        read += len(part)
        if read > LONGEST:
            return


def _judged(answer: httpx.Response) -> Answer:
    if answer.is_success:
        return Answer()
    wait = _wait(answer.headers.get("Retry-After")) if answer.status_code in (429, 503) else None
    return Answer(f"http-{answer.status_code}", wait, answer.status_code == 410)


def _wait(text: str | None) -> float | None:
    """Seconds, or a date."""
    if text is None:
        return None
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time())
    except ValueError:
        return None
