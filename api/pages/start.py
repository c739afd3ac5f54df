"""What is this, and where do I go from here? And for whom do I act?"""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.house import House, house_of
from api.languages import say
from api.pages import language_of, render
from api.pages.furniture import SCREENS, Page
from api.pages.names import official
from api.pages.parts import Link, Name
from api.pages.reader import Elsewhere
from api.pages.views.form import Field, Form, Option
from api.security.acting import organisations
from api.security.sign_in import inside
from api.security.signed_in import SignedIn, csrf, whoever
from contracts.parties import Organisation

router = APIRouter(include_in_schema=False)


@router.get("/")
def start_page(request: Request) -> Response:
    """Whoever is signed in goes on to the first thing that there is to do."""
    visitor = request.app.state.pages.visitor(request)
    if visitor:
        paths = request.app.state.page_paths
        first = next(name for name in SCREENS if name in visitor.screens and SCREENS[name] in paths)
        return RedirectResponse(SCREENS[first], 303)
    language = language_of(request)
    page = Page(say(language, "pages.sign-in.title"), lead=say(language, "pages.sign-in.lead"))
    return render(
        request,
        "start.html",
        page,
        does=[say(language, f"pages.start.{name}") for name in ("sign", "change", "end", "prove")],
        help=[
            Link(say(language, "furniture.foot.glossary"), "/help/glossary"),
            Link(say(language, "furniture.foot.law"), "/law"),
            Link(say(language, "furniture.nav.help"), "/help"),
        ],
    )


@router.get("/act-for")
def act_for_page(request: Request, back: str = "/") -> Response:
    """The one for whom this session acts: an organisation, a child, or oneself."""
    who = whoever(request)
    if who is None:
        raise Elsewhere("/sign-in")
    language = language_of(request)
    field = Field(
        "on_behalf_of",
        say(language, "pages.act-for.label"),
        "choice",
        who.on_behalf_of or f"person:{who.person}",
        options=_choices(house_of(request), who, language),
    )
    hidden = {"csrf": csrf(request), "back": inside(back)}
    form = Form("/act-for", [field], say(language, "pages.act-for.submit"), hidden)
    page = Page(say(language, "pages.act-for.title"), lead=say(language, "pages.act-for.lead"))
    return render(request, "form.html", page, form=form)


def _choices(house: House, who: SignedIn, language: str) -> list[Option]:
    found = organisations(house, who.person, house.today())
    return [
        *(
            Option(f"org:{each.bin}", _named(each, language), say(language, f"kinds.{each.kind}"))
            for each in found
        ),
        Option(f"person:{who.person}", say(language, "pages.act-for.oneself")),
    ]


def _named(organisation: Organisation, language: str) -> Name | str:
    return official(language, organisation.name) if organisation.name else organisation.bin or ""
