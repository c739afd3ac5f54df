"""The pages as part of the service: their routes, and what stands around them."""

from fastapi import FastAPI

from api.pages import errors, help, law, static
from api.pages.furniture import Service
from api.pages.language_switch import LanguageSwitch


def mount(app: FastAPI, service: Service) -> None:
    app.state.pages = service
    app.add_middleware(LanguageSwitch)
    for page in (static, help, law, errors):
        app.include_router(page.router)
