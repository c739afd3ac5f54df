"""The pages as part of the service: their routes, and what stands around them."""

from fastapi import FastAPI

from api.pages import errors, help, law, static
from api.pages.furniture import Service
from api.pages.language_switch import LanguageSwitch

PAGES = (static, help, law, errors)


def mount(app: FastAPI, service: Service) -> None:
    app.state.pages = service
    app.state.page_paths = {route.path for page in PAGES for route in page.router.routes}
    app.add_middleware(LanguageSwitch)
    for page in PAGES:
        app.include_router(page.router)
