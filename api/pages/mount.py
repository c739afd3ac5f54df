"""The pages as part of the service: their routes, and what stands around them."""

from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse, Response

from api.pages import (
    attempts,
    carrying_out,
    claim,
    compare,
    contract,
    contracts,
    deadlines,
    dispute,
    endpoints,
    errors,
    help,
    history,
    history_file,
    law,
    memorandum,
    messages,
    organisation,
    person,
    posted,
    purpose,
    reads,
    schedule,
    start,
    static,
    text,
    training,
    worklist,
)
from api.pages.acting import done, letter, new_contract, register_routes, routes
from api.pages.furniture import Service
from api.pages.language_switch import LanguageSwitch
from api.pages.reader import Elsewhere, PurposeWanted

PAGES = (
    *(new_contract, routes, register_routes, letter, done),
    *(static, start, help, law, purpose),
    *(worklist, deadlines, messages, endpoints, claim),
    *(contracts, contract, history_file, history, compare, text, schedule, training),
    *(carrying_out, organisation, memorandum, person, dispute),
    *(attempts, reads, errors),
)


def mount(app: FastAPI, service: Service) -> None:
    app.state.pages = service
    app.state.page_paths = {route.path for page in PAGES for route in page.router.routes}
    app.add_middleware(LanguageSwitch)
    app.add_exception_handler(Elsewhere, elsewhere)
    app.add_exception_handler(PurposeWanted, purpose_wanted)
    app.add_exception_handler(posted.ComesBack, comes_back)
    for page in PAGES:
        app.include_router(page.router)


def elsewhere(request: Request, error: Exception) -> Response:
    return RedirectResponse(str(error), 303, {"Cache-Control": "no-store"})


def purpose_wanted(request: Request, error: Exception) -> Response:
    if not isinstance(error, PurposeWanted):
        raise error
    return purpose.purpose_page(request, error)


def comes_back(request: Request, error: Exception) -> Response:
    if not isinstance(error, posted.ComesBack):
        raise error
    return posted.comes_back(request, error)
