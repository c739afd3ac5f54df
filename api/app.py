"""The service: the log, the API and the pages, in one application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from fastapi import FastAPI

from api import carrying_out, commands, openapi, problems, visitors
from api.following import following
from api.house import VERSION, House, opened
from api.limits import Limits
from api.lines import Lines
from api.pages import docs
from api.queries import (
    audit,
    calendar,
    claims,
    contract,
    disputes,
    endpoints,
    health,
    history,
    lists,
    organisations,
    people,
    training,
)
from api.rate import Buckets, Rate, buckets
from api.security import installation, sign_in
from api.security.bearer import OfProvider
from api.security.oidc import Provider
from api.settings import Mode, Settings
from contracts.log.connections import SIZE

QUESTIONS = (
    *(lists, contract, claims, disputes, training, history, audit),
    *(organisations, people, calendar, endpoints, health),
)


def create_app(settings: Settings, connections: int = SIZE, asked: Buckets | None = None) -> FastAPI:
    """Opens nothing yet: that comes with the start of the server.

    connections   that its pool may open
    asked         what every caller has asked of all processes that answer; None: this is the only one
    """
    inside = settings.follow == "inside"

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        installation.agree(settings)
        with opened(settings, connections) as house, following(house) if inside else nullcontext():
            app.state.house = house
            app.state.welcome(house)
            yield

    app = FastAPI(
        title="Kelisim",
        version=VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    problems.install(app)
    commands.mount(app)
    for questions in QUESTIONS:
        app.include_router(questions.router)
    app.include_router(carrying_out.router)
    app.include_router(sign_in.router)
    app.include_router(docs.router)
    openapi.mount(app)
    (sign_in_at_provider if settings.mode is Mode.PRODUCTION else sign_in_by_name)(app, settings)
    visitors.mount(app, settings)
    app.add_middleware(Limits)
    app.add_middleware(Rate, a_minute=settings.rate, full_at=asked or buckets())
    app.add_middleware(Lines, secure=settings.mode is Mode.PRODUCTION)
    return app


def sign_in_at_provider(app: FastAPI, settings: Settings) -> None:
    if not (settings.oidc_issuer and settings.oidc_client_id and settings.oidc_client_secret):
        raise LookupError("production has been read without its provider")
    secret = settings.oidc_client_secret.read_text().strip()
    done = f"{settings.address}/sign-in/done"
    app.state.bearers = OfProvider(Provider(settings.oidc_issuer, settings.oidc_client_id, secret, done))
    app.state.demo_people = None
    app.state.welcome = lambda house: None


def sign_in_by_name(app: FastAPI, settings: Settings) -> None:
    from api.security import demo  # here: the module refuses to be imported in production

    def welcome(house: House) -> None:
        app.state.bearers = demo.issuer(settings.data / "keys")
        demo.settle(house)

    app.state.demo_people = demo.people
    app.state.welcome = welcome
    app.include_router(demo.router)
