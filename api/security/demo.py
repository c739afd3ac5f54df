"""Demo sign-in: an issuer of our own, for people who do not exist. Never there in production."""

import os
from pathlib import Path
from time import time
from uuid import UUID

from fastapi import APIRouter, Request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from api import store
from api.accounts import DUTIES
from api.house import House, Inside
from api.problems import Problem
from api.security.bearer import GoodTokens
from api.security.forms import from_this_machine
from api.store import Account
from contracts.log.ids import uuid7

if os.environ.get("KELISIM_MODE") == "production":
    raise ImportError("there is no demo sign-in in production")

ISSUER = "kelisim-demo"
AUDIENCE = "kelisim"
ALGORITHM = "Ed25519"
LASTS = 12 * 60 * 60
"""Seconds."""

NAMES = (
    *("college", "enterprise", "student", "parent", "lawyer"),
    *("reviewer", "chamber", "ministry", "operator", "privacy"),
)
"""The demo people, in the order in which the sign-in page offers them."""

CLAIMS = jwt.JWTClaimsRegistry(
    leeway=30,
    iss={"essential": True, "value": ISSUER},
    aud={"essential": True, "value": AUDIENCE},
    exp={"essential": True},
    sub={"essential": True},
)


class DemoIssuer:
    def __init__(self, key: OKPKey) -> None:
        self.key = key
        self.tokens = GoodTokens(self.read)

    def token(self, person: UUID) -> str:
        now = int(time())
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": str(person), "iat": now, "exp": now + LASTS}
        return jwt.encode({"alg": ALGORITHM, "typ": "at+jwt"}, claims, self.key, algorithms=[ALGORITHM])

    def read(self, token: str) -> tuple[str, int] | None:
        """Whom the token was given to, and when it is over (seconds since 1970); None where it was not given
        by us, or is over."""
        try:
            read = jwt.decode(token, self.key, algorithms=[ALGORITHM])
            CLAIMS.validate(read.claims)
            if read.header.get("typ") != "at+jwt":
                return None
            return str(UUID(read.claims["sub"])), int(read.claims["exp"])
        except (JoseError, ValueError):
            return None

    def account(self, house: House, token: str) -> Account | None:
        """Anybody in the demo's streams has an account; duties have the demo people alone."""
        subject = self.tokens.subject(token)
        if subject is None:
            return None
        with house.pool.connection() as connection:
            duties = store.demo_duties(connection, UUID(subject))
        return Account(UUID(subject), duties)


def issuer(folder: Path) -> DemoIssuer:
    """With the key that stands in `folder`, made there on the first start."""
    path = folder / "demo-issuer.pem"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(OKPKey.generate_key("Ed25519").as_pem(private=True))
        draft.chmod(0o600)
        try:
            os.link(draft, path)  # of two processes the second finds the first one's key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return DemoIssuer(OKPKey.import_key(path.read_bytes()))


def people(house: House) -> dict[str, Account]:
    with house.pool.connection() as connection:
        return store.demo_people(connection)


def settle(house: House) -> None:
    """Names the demo people with duties, who are there without any organisation or contract."""
    with house.pool.connection() as connection:
        for duty in DUTIES:
            store.name_if_free(connection, duty.value, Account(uuid7(), [duty.value]))


router = APIRouter(include_in_schema=False)


@router.post("/demo/tokens")
def token(request: Request, house: Inside, name: str) -> dict[str, str]:
    """For `kelisim token NAME`: a demo person by name, or anybody as `person:<uuid>`."""
    if not from_this_machine(request):
        raise Problem(404)
    return {"token": request.app.state.bearers.token(_person(house, name))}


def _person(house: House, name: str) -> UUID:
    if name.startswith("person:"):
        try:
            return UUID(name.removeprefix("person:"))
        except ValueError:
            raise Problem(404) from None
    if found := people(house).get(name):
        return found.person_id
    raise Problem(404)
