"""The pages of a form: its questions, what the answers would bring, the confirmation, the form put aside."""

from collections.abc import Callable
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.acting import done, flow
from api.pages.acting.asking import Asking
from api.pages.posted import Sender, Typed
from api.pages.reader import Reader, Reading
from contracts.log.wishes import NotFound


def add(router: APIRouter, path: str, asking: Callable[[Reader, str], Asking]) -> None:
    """`asking`: by the `id` of the path, which is empty where the path has none."""

    def form(reader: Reading, id: str = "") -> Response:
        return flow.show_form(asking(reader, id))

    def step(at: int, reader: Reading, id: str = "") -> Response:
        return flow.show_form(asking(reader, id), at)

    def take(sent: Typed, reader: Sender, id: str = "") -> Response:
        return flow.take_form(asking(reader, id), 1, sent)

    def take_step(at: int, sent: Typed, reader: Sender, id: str = "") -> Response:
        return flow.take_form(asking(reader, id), at, sent)

    def take_over(sent: Typed, reader: Sender, id: str = "") -> Response:
        return flow.take_over(asking(reader, id), sent)

    def preview(reader: Reading, id: str = "") -> Response:
        return flow.show_preview(asking(reader, id))

    def confirm(sent: Typed, reader: Sender, id: str = "") -> Response:
        return flow.confirm(asking(reader, id), sent)

    def later(reader: Reading, id: str = "") -> Response:
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
        router.add_api_route(path + part, page, methods=[method], response_class=Response)


def id_of(text: str) -> UUID:
    """Raises NotFound: what is no id is the id of nothing."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(text) from None
