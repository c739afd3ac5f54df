"""Where the forms of commands stand: /contracts/{id}/{command}, each with its preview and its end."""

from functools import partial

from fastapi import APIRouter

from api.pages.acting import form_routes
from api.pages.acting.asking import Asking, Plan, about_contract
from api.pages.acting.form_routes import id_of
from api.pages.acting.plans import plans
from api.pages.reader import Reader

router = APIRouter(include_in_schema=False)


def asking(plan: Plan, reader: Reader, id: str) -> Asking:
    return about_contract(reader, plan, id_of(id))


for each in plans().values():
    form_routes.add(router, f"/contracts/{{id}}/{each.command.type}", partial(asking, each))
