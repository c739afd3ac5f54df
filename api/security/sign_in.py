"""How people sign in and out: by name in a demo, else at the identity provider; and for whom they act."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api import store
from api.house import House, Inside, house_of
from api.languages import WORDS, say
from api.lines import note
from api.pages import language_of
from api.pages.sign_in import DemoPerson, sign_in_page
from api.problems import Problem
from api.security import sessions
from api.security.acting import for_whom
from api.security.bearer import OfProvider
from api.security.forms import check_form, csrf_before, from_this_machine
from api.security.oidc import Proven, Provider, SignInRefused
from api.security.signed_in import signed_in
from api.store import Account

STATE = "kelisim_state"
"""Cookie that ties a sign-in under way to the browser that began it."""

IN_WORDS = {"parent": "representative"}
"""Demo people whose name is not that of their role."""

router = APIRouter(include_in_schema=False)

Demo = Callable[[House], Mapping[str, Account]]


@router.get("/sign-in")
def sign_in(request: Request, back: str = "/") -> Response:
    return _page(request, back)


@router.post("/sign-in")
def sign_in_as(
    request: Request,
    house: Inside,
    person: Annotated[str, Form()],
    csrf: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/",
) -> Response:
    """Of a demo only: elsewhere nobody signs in by a name."""
    demo = _demo(request)
    if demo is None:
        raise Problem(404)
    check_form(request, csrf)
    account = demo(house).get(person)
    if account is None:
        return _page(request, back, failed=True)
    return _signed_in(house, account, back=back)


@router.get("/sign-in/provider")
def to_provider(request: Request, house: Inside, back: str = "/") -> Response:
    state, begun, address = _provider(request).begin(inside(back))
    with house.pool.connection() as connection:
        store.begin_sign_in(connection, _digest(state), begun)
    answer = RedirectResponse(address, 303)
    sessions.set_cookie(house, answer, STATE, state, int(store.SIGNING_IN.total_seconds()))
    return answer


@router.get("/sign-in/done")
def from_provider(request: Request, house: Inside, code: str = "", state: str = "") -> Response:
    """Where the provider sends the browser back to."""
    with house.pool.connection() as connection:
        begun = store.take_sign_in(connection, _digest(state)) if state else None
    if begun is None or request.cookies.get(STATE) != state:
        raise Problem(403, "sign-in-refused")
    provider = _provider(request)
    try:
        account = _account(house, provider, provider.redeem(code, begun))
    except SignInRefused as error:
        note(request, reason=str(error))
        raise Problem(403, "sign-in-refused") from error
    return _signed_in(house, *account, back=begun.back)


@router.post("/sign-out")
def sign_out(request: Request, csrf: Annotated[str, Form()] = "") -> Response:
    check_form(request, csrf)
    answer = RedirectResponse("/", 303)
    sessions.end(request, answer)
    return answer


@router.post("/act-for")
def act_for(
    request: Request,
    house: Inside,
    on_behalf_of: Annotated[str, Form()],
    csrf: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/",
) -> Response:
    """Chooses for whom this session acts from now on."""
    check_form(request, csrf)
    chosen, _ = for_whom(house, signed_in(request), on_behalf_of)
    if secret := sessions.secret_of(request):
        with house.pool.connection() as connection:
            store.act_for(connection, sessions.digest_of(secret), chosen)
    return RedirectResponse(inside(back), 303)


def inside(back: str) -> str:
    """A path of this service; anything else becomes the first page."""
    parts = urlsplit(back)
    plain = back.startswith("/") and not back.startswith(("//", "/\\")) and "\\" not in back
    return back if plain and not parts.scheme and not parts.netloc else "/"


def _page(request: Request, back: str, failed: bool = False) -> Response:
    house, language, demo = house_of(request), language_of(request), _demo(request)
    people = [
        DemoPerson(name, say(language, f"roles.{IN_WORDS.get(name, name)}"), say(language, f"demo.{name}"))
        for name in (_offered(demo(house)) if demo else ())
    ]
    cookies = Response()
    page = sign_in_page(
        request,
        csrf=csrf_before(request, cookies),
        people=people,
        provider=f"/sign-in/provider?back={quote(inside(back))}" if _has_provider(request) else None,
        back=inside(back),
        failed=say(language, "problems.sign-in-refused.meaning") if failed else None,
    )
    page.raw_headers.extend(pair for pair in cookies.raw_headers if pair[0] == b"set-cookie")
    return page


def _offered(people: Mapping[str, Account]) -> list[str]:
    """Those who have words, in the order of their words."""
    known = [key.partition(".")[2] for key in WORDS["en"] if key.startswith("demo.")]
    return [name for name in known if name in people]


def _account(house: House, provider: Provider, proven: Proven) -> tuple[Account, str | None]:
    """Whom the proven subject is here. Raises Problem 403 where nobody has let that subject in."""
    with house.pool.connection() as connection:
        account = store.identity(connection, provider.issuer, proven.subject)
    if account is None:
        raise Problem(403, "not-allowed")
    return account, proven.acr


def _signed_in(house: House, account: Account, acr: str | None = None, back: str = "/") -> Response:
    answer = RedirectResponse(inside(back), 303)
    sessions.begin(house, answer, account, acr)
    sessions.drop_cookie(house, answer, STATE)
    return answer


def _demo(request: Request) -> Demo | None:
    demo: Demo | None = request.app.state.demo_people
    return demo if from_this_machine(request) else None


def _provider(request: Request) -> Provider:
    if not _has_provider(request):
        raise Problem(404)
    found: Provider = request.app.state.bearers.provider
    return found


def _has_provider(request: Request) -> bool:
    return isinstance(request.app.state.bearers, OfProvider)


def _digest(state: str) -> bytes:
    return hashlib.sha256(state.encode()).digest()
