"""Where the forms of commands stand: /contracts/{id}/{command}, each with its preview and its end."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.acting import done, flow
from api.pages.acting.asking import Asking, Plan, about_contract
from api.pages.acting.plans import plans
from api.pages.posted import Sender, Typed
from api.pages.reader import Reading

router = APIRouter(include_in_schema=False)


def add(plan: Plan) -> None:
    path, name = f"/contracts/{{id}}/{plan.command.type}", plan.command.type

    def asking(reader: Any, id: UUID) -> Asking:
        return about_contract(reader, plan, id)

    def form(id: UUID, reader: Reading) -> Response:
        return flow.show_form(asking(reader, id))

    def step(id: UUID, at: int, reader: Reading) -> Response:
        return flow.show_form(asking(reader, id), at)

    def take(id: UUID, sent: Typed, reader: Sender) -> Response:
        return flow.take_form(asking(reader, id), 1, sent)

    def take_step(id: UUID, at: int, sent: Typed, reader: Sender) -> Response:
        return flow.take_form(asking(reader, id), at, sent)

    def take_over(id: UUID, sent: Typed, reader: Sender) -> Response:
        return flow.take_over(asking(reader, id), sent)

    def preview(id: UUID, reader: Reading) -> Response:
        return flow.show_preview(asking(reader, id))

    def confirm(id: UUID, sent: Typed, reader: Sender) -> Response:
        return flow.confirm(asking(reader, id), sent)

    def later(id: UUID, reader: Reading) -> Response:
        return done.later_page(asking(reader, id))

    pages: list[tuple[str, str, Callable[..., Response]]] = [
        ("", "GET", form),
        ("", "POST", take),
        ("/preview", "GET", preview),
        ("/preview", "POST", confirm),
        ("/take", "POST", take_over),
        ("/later", "GET", later),
        ("/{at:int}", "GET", step),
        ("/{at:int}", "POST", take_step),
    ]
    for part, method, page in pages:
        router.add_api_route(
            path + part, page, methods=[method], name=f"{name}{part}", response_class=Response
        )


for each in plans().values():
    add(each)
