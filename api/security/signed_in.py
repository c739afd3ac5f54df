"""Who is asking: by a bearer token, or by a session's cookie."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from fastapi import Request

from api import store
from api.house import house_of
from api.lines import note
from api.problems import Problem
from api.security import sessions
from api.security.bearer import Bearers
from api.security.forms import from_us
from api.settings import Mode
from contracts.parties import Role

SURE_FOR = timedelta(minutes=15)

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class SignedIn:
    """`on_behalf_of`: chosen at sign-in. `session_since` None: by a token."""

    person: UUID
    duties: frozenset[Role]
    on_behalf_of: str | None = None
    session_since: datetime | None = None
    acr: str | None = None


def whoever(request: Request) -> SignedIn | None:
    """Found once a request. None: nobody, or somebody whose token or session is over."""
    kept: dict[str, SignedIn | None] = request.scope["state"].setdefault("signed_in", {})
    if "found" not in kept:
        kept["found"] = found = _by_token(request) or _by_session(request)
        if found:
            note(request, actor=str(found.person))
    return kept["found"]


def signed_in(request: Request) -> SignedIn:
    """Raises Problem 401, and 403 for a change that was asked for with a cookie from a foreign page."""
    found = whoever(request)
    if found is None:
        raise Problem(401, headers={"WWW-Authenticate": 'Bearer realm="Kelisim"'})
    if found.session_since and request.method not in SAFE and not from_us(request):
        raise Problem(403, "foreign-form")
    return found


def sure(request: Request) -> None:
    """For what binds somebody: a session that began a while ago has to be begun again, in the way that the
    provider calls `acr`. Raises Problem 403."""
    house, who = house_of(request), signed_in(request)
    if house.settings.mode is not Mode.PRODUCTION or who.session_since is None:
        return
    wanted = house.settings.oidc_acr
    if datetime.now(UTC) - who.session_since > SURE_FOR or (wanted and who.acr != wanted):
        raise Problem(403, "sign-in-again", right="sign")


def _by_token(request: Request) -> SignedIn | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    bearers: Bearers = request.app.state.bearers
    account = bearers.account(house_of(request), token.strip())
    return SignedIn(account.person_id, _roles(account.duties)) if account else None


def _by_session(request: Request) -> SignedIn | None:
    secret = sessions.secret_of(request)
    if secret is None or "authorization" in request.headers:
        return None
    with house_of(request).pool.connection() as connection:
        found = store.session(connection, sessions.digest_of(secret))
    if found is None:
        return None
    duties = _roles(found.duties)
    return SignedIn(found.person_id, duties, found.on_behalf_of, found.signed_in_at, found.acr)


def _roles(names: list[str]) -> frozenset[Role]:
    return frozenset(Role(name) for name in names)


def csrf(request: Request) -> str:
    """For the forms of this session; nothing where there is none."""
    secret = sessions.secret_of(request)
    return sessions.csrf_of(secret) if secret else ""
