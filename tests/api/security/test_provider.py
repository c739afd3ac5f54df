"""Sign-in with an identity provider, as in production; and what one who plays it cannot do."""

import secrets
from uuid import uuid4

import psycopg
import pytest

from api import store
from api.app import create_app
from api.languages import say
from api.security.demo import issuer
from api.settings import Mode, Settings
from api.store import Account
from tests.api.live import live
from tests.api.people import CHAMBER, new_record
from tests.api.security.provider import CLIENT, SECRET, provider
from tests.terminal import kelisim

SUBJECT, PERSON = "subject-1", uuid4()
WRONG_NUMBER = say("en", "refusals.organisation.iin", fault=say("en", "faults.checksum"))


@pytest.fixture
def idp():
    with provider() as found:
        yield found


@pytest.fixture
def service(database, tmp_path, idp):
    files = {}
    for name, content in (
        ("person", secrets.token_hex(32)),
        ("lookup", secrets.token_hex(32)),
        ("log", secrets.token_hex(32)),
        ("client", SECRET),
    ):
        files[name] = tmp_path / name
        files[name].write_text(content)
        files[name].chmod(0o600)
    settings = Settings(
        mode=Mode.PRODUCTION,
        language="en",
        data=tmp_path,
        database_url=database,
        person_key=files["person"],
        lookup_key=files["lookup"],
        oidc_issuer=idp.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=files["client"],
        oidc_acr="two-factors",
        url="https://kelisim.example",
    )
    app = create_app(settings)
    with live(app) as client:
        client.provider = app.state.bearers.provider
        with psycopg.connect(database, autocommit=True) as connection:
            store.admit(connection, idp.issuer, SUBJECT, Account(PERSON, ["lawyer"]))
        yield client


def sign_in(service, idp, subject=SUBJECT, **changed):
    """Goes there and comes back. Cookies are handed on by hand: over http a browser would not keep them."""
    begun = service.get("/sign-in/provider?back=/help")
    assert begun.status_code == 303, begun.text
    state = begun.cookies["kelisim_state"]
    back = {**idp.authorise(begun.headers["Location"], subject), **changed}
    service.cookies.clear()
    return service.get("/sign-in/done", params=back, headers={"Cookie": f"kelisim_state={state}"})


def session_of(answer):
    [cookie] = [c for c in answer.headers.get_list("set-cookie") if c.startswith("__Host-kelisim=")]
    return cookie, {"Cookie": cookie.partition(";")[0]}


def test_somebody_who_was_let_in_signs_in_and_comes_back(service, idp):
    answer = sign_in(service, idp)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/help")
    cookie, session = session_of(answer)
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    purpose = {"Kelisim-Purpose": "test"}
    assert service.get("/api/v1/contracts", headers=session | purpose).status_code == 200
    assert service.get("/help").headers["Strict-Transport-Security"]


def test_who_was_not_let_in_is_nobody_here(service, idp):
    assert sign_in(service, idp, subject="somebody-else").status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "http://127.0.0.1:1"},
        {"exp": 1_000_000_000},
    ],
)
def test_a_token_for_another_occasion_is_refused(service, idp, claims):
    idp.claims = claims
    answer = sign_in(service, idp)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/sign-in-refused")


def test_a_token_signed_with_a_key_that_is_not_shown_is_refused(service, idp):
    idp.other_key("second", published=False)
    assert sign_in(service, idp).status_code == 403


def test_a_token_signed_with_a_shared_secret_is_refused(service, idp):
    idp.shared_secret()
    assert sign_in(service, idp).status_code == 403


def test_an_unsigned_token_is_refused(service, idp):
    unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJzdWJqZWN0LTEifQ."
    idp.token = lambda form, authorization: {"id_token": unsigned}
    assert sign_in(service, idp).status_code == 403


def test_a_new_key_of_the_provider_is_fetched_but_not_for_every_stranger(service, idp):
    assert sign_in(service, idp).status_code == 303
    assert idp.fetched == 1
    token = {"Authorization": f"Bearer {idp.access_token(SUBJECT, kid='x')}"}
    for _ in range(3):
        strange = idp.sign({"sub": SUBJECT}, typ="at+jwt", kid="unknown")
        assert (
            service.get("/api/v1/organisations", headers={"Authorization": f"Bearer {strange}"}).status_code
            == 401
        )
    assert idp.fetched == 1
    service.provider.keys_at_most_every = 0.0
    idp.other_key("second", published=True)
    assert sign_in(service, idp).status_code == 303
    assert idp.fetched == 2
    assert service.get("/api/v1/organisations", headers=token).status_code == 401


def test_a_state_serves_once_and_only_the_browser_that_began(service, idp):
    begun = service.get("/sign-in/provider")
    back = idp.authorise(begun.headers["Location"], SUBJECT)
    service.cookies.clear()
    assert service.get("/sign-in/done", params=back).status_code == 403
    mine = {"Cookie": f"kelisim_state={back['state']}"}
    assert service.get("/sign-in/done", params=back, headers=mine).status_code == 403
    assert service.get("/sign-in/done", params={"code": "x", "state": "x"}, headers=mine).status_code == 403


def test_a_code_that_is_worth_nothing_there_is_a_provider_that_is_away(service, idp):
    assert sign_in(service, idp, code="made-up").status_code == 503


def test_an_access_token_is_taken_only_if_it_is_one_and_ours(service, idp):
    def asks(token):
        return service.get("/api/v1/organisations", headers={"Authorization": f"Bearer {token}"}).status_code

    assert asks(idp.access_token(SUBJECT)) == 200
    assert asks(idp.access_token("somebody-else")) == 401
    assert asks(idp.access_token(SUBJECT, aud="another")) == 401
    assert asks(idp.access_token(SUBJECT, exp=1_000_000_000)) == 401
    assert asks(idp.sign({"iss": idp.issuer, "aud": CLIENT, "sub": SUBJECT, "exp": 9_999_999_999})) == 401


def test_the_first_account_is_made_at_the_terminal(service, idp, database, tmp_path):
    settings = {
        "KELISIM_MODE": "production",
        "KELISIM_LANGUAGE": "en",
        "KELISIM_DATA": str(tmp_path),
        "KELISIM_DATABASE_URL": database,
        "KELISIM_PERSON_KEY": str(tmp_path / "person"),
        "KELISIM_LOOKUP_KEY": str(tmp_path / "lookup"),
        "KELISIM_LOG_KEY": str(tmp_path / "log"),
        "KELISIM_EXPORT_KEY": str(tmp_path / "log"),
        "KELISIM_OIDC_ISSUER": idp.issuer,
        "KELISIM_OIDC_CLIENT_ID": CLIENT,
        "KELISIM_OIDC_CLIENT_SECRET": str(tmp_path / "client"),
        "KELISIM_URL": "https://kelisim.example",
    }
    operator = ("admit", "first", "--duty", "operator")
    wrong = kelisim(*operator, given="880614300000\nДемо\n1988-06-15\n", **settings)
    assert (wrong.returncode, wrong.stdout.strip()) == (1, "")
    assert wrong.stderr.endswith(f"kelisim: {WRONG_NUMBER}\n")
    assert "880614300000" not in wrong.stderr
    told = f"{(record := new_record())['iin']}\n{record['name']}\n{record['born_on']}\n"
    done = kelisim(*operator, given=told, **settings)
    assert done.returncode == 0
    person = done.stdout.strip()
    assert kelisim(*operator, "--person", person, **settings).stdout.strip() == person
    _, session = session_of(sign_in(service, idp, "first"))
    chamber = {"bin": CHAMBER, "kind": "chamber", "name": {"kk": "Демо", "ru": "Демо"}, "region": "75"}
    ours = {**session, "Origin": "https://kelisim.example"}
    assert service.post("/api/v1/organisations", json=chamber, headers=ours).status_code == 201
    stranger = kelisim("admit", "second", "--person", str(uuid4()), **settings)
    assert (stranger.returncode, stranger.stderr) == (
        1,
        "kelisim: --person is nobody who is registered here\n",
    )


def test_there_is_no_demo_sign_in(service, tmp_path):
    demo = issuer(tmp_path / "demo").token(PERSON)
    token = {"Authorization": f"Bearer {demo}"}
    assert service.get("/api/v1/organisations", headers=token).status_code == 401
    assert service.post("/demo/tokens", params={"name": "operator"}).status_code == 404
    page = service.get("/sign-in", headers={"Accept": "text/html"})
    assert "/sign-in/provider" in page.text
    assert 'name="person"' not in page.text


def test_a_signature_needs_a_fresh_sign_in_with_a_second_factor(service, idp, database):
    _, session = session_of(sign_in(service, idp))
    ours = {**session, "Origin": "https://kelisim.example"}
    address, body = f"/api/v1/contracts/{uuid4()}/sign", {"text_hash": "0" * 64}
    assert service.post(address, json=body, headers=ours).status_code == 404
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("UPDATE edge.sessions SET signed_in_at = now() - interval '16 minutes'")
    late = service.post(address, json=body, headers=ours)
    assert (late.status_code, late.json()["type"]) == (403, "/problems/sign-in-again")
    idp.claims = {"acr": "one-factor"}
    _, session = session_of(sign_in(service, idp))
    ours = {**session, "Origin": "https://kelisim.example"}
    assert service.post(address, json=body, headers=ours).status_code == 403


def test_without_the_provider_nobody_gets_in_and_the_answer_says_when_to_try_again(database, tmp_path):
    with provider() as gone:
        issuer = gone.issuer
    for name in ("person", "lookup", "client"):
        (tmp_path / name).write_text(secrets.token_hex(32))
        (tmp_path / name).chmod(0o600)
    settings = Settings(
        mode=Mode.PRODUCTION,
        data=tmp_path,
        database_url=database,
        person_key=tmp_path / "person",
        lookup_key=tmp_path / "lookup",
        oidc_issuer=issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=tmp_path / "client",
    )
    with live(create_app(settings)) as client:
        answer = client.get("/sign-in/provider")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
        token = {"Authorization": f"Bearer {gone.access_token(SUBJECT)}"}
        assert client.get("/api/v1/organisations", headers=token).status_code == 503
