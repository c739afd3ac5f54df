"""Made-up views in three languages behind the real templates: to look at what all pages share."""

from datetime import date
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from api.formats import day, instant, money, percent, short_day, span
from api.languages import say
from api.pages import language_of, render
from api.pages.errors import error_page
from api.pages.furniture import Moment, Notice, Page, ReadUpTo, Service, Visitor
from api.pages.mount import mount
from api.pages.parts import Button, Column, Fact, Lines, Link, Name, Row, Table, Tag
from api.pages.sign_in import DemoPerson, sign_in_page
from api.pages.views.contract import ClauseNow, Contract, Impossible, News, NextStep
from api.pages.views.form import Field, Form, Option, Step, Typed
from api.pages.views.history import Change, Entry, History, TwoClocks
from api.pages.views.preview import Confirm, DeadlineMoved, Line, Money, OtherTask, Preview, Recorded, Told
from api.pages.views.refusal import Check, Cure, Reason, Refusal, Rule
from api.pages.views.register import Chosen, Register
from api.pages.views.worklist import Group, Task, WorkList
from contracts import law

WORDS = {
    key: {"en": en, "ru": ru, "kk": kk}
    for key, en, ru, kk in (
        line.split("|")
        for line in Path(__file__).with_name("sample_words.txt").read_text("utf-8").splitlines()
    )
}
NUMBER = "75-2025-000417"
PATH = f"/contracts/{NUMBER}"
TODAY = date(2026, 11, 24)
LAW = law.load("kz")
AT = LAW.start_of(TODAY).replace(hour=5, minute=15)
SCREENS = {
    "contract": PATH,
    "draft": "/contracts/draft",
    "history": f"{PATH}/history",
    "history-error": f"{PATH}/history?in_force_on-day=31",
    "refusal": f"{PATH}/refused",
    "refusal-many": f"{PATH}/refused?many=1",
    "preview": f"{PATH}/withdraw/preview",
    "form": f"{PATH}/withdraw/date",
    "form-error": f"{PATH}/withdraw/date?wrong=1",
    "register": "/contracts",
    "register-empty": "/contracts?q=x",
    "worklist": "/worklist",
    "worklist-empty": "/worklist?empty=1",
    "sign-in": "/sign-in",
    "help": "/help",
    "glossary": "/help/glossary",
    "accessibility": "/help/accessibility",
    "law": "/law",
    "rule": "/law/formation.practice-share",
    "problem": "/problems/refused",
    "not-found": "/nowhere",
}


def sample_app() -> FastAPI:
    app = FastAPI()
    service = Service(
        mode="demo",
        language="kk",
        version="0.1",
        visitor=lambda request: None if request.url.path == "/sign-in" else visitor(language_of(request)),
        request_id=lambda request: "7f3c-19ab",
        read_up_to=lambda: ReadUpTo(48_219),
        today=lambda: TODAY,
        law=LAW,
    )
    mount(app, service)
    app.get("/contracts")(register)
    app.get("/contracts/draft")(draft)
    app.get(PATH)(contract)
    app.get(f"{PATH}/history")(history)
    app.get(f"{PATH}/refused")(refusal)
    app.get(f"{PATH}/withdraw/preview")(preview)
    app.get(f"{PATH}/withdraw/date")(form)
    app.get("/worklist")(worklist)
    app.get("/sign-in")(sign_in)
    app.state.page_paths |= {"/contracts", "/worklist"}
    app.exception_handler(404)(lambda request, error: error_page(request, 404))
    return app


def visitor(language: str) -> Visitor:
    screens = {"worklist", "contracts", "claims", "audit", "statistics", "help"}
    return Visitor(words(language)["clerk"], Name(COLLEGE), screens, "csrf", tasks=3)


COLLEGE = "Үлгі политехникалық колледжі"
ENTERPRISE = "«Мысал Вагон» ЖШС"
STUDENT = "Айару Мысалқызы"


def words(language: str) -> dict[str, str]:
    return {key: texts[language] for key, texts in WORDS.items()}


def put(sentence: str, *days: str) -> str:
    return sentence.format(*days).replace("..", ".")


def entry_link(language: str, n: int) -> Link:
    return Link(
        say(language, "pages.history.entry", number=f"{n // 1000}\u00a0{n % 1000:03}"),
        f"{PATH}/history#e-{n}",
    )


def sections(language: str, here: str) -> list[Link]:
    names = ("overview", "history", "text", "schedule", "money", "documents", "proof")
    w = words(language)
    return [
        Link(w[name], PATH if name == "overview" else f"{PATH}/{name}", current=name == here)
        for name in names
    ]


def contract(request: Request) -> HTMLResponse:
    language = language_of(request)
    w = words(language)
    page = Page(
        NUMBER,
        section="contracts",
        lead=put(w["lead"], day(language, date(2026, 11, 23)), day(language, date(2026, 11, 27))),
        caption=say(language, "pages.contract.kind"),
        tags=[Tag(w["in-force"], "good"), Tag(w["withdrawal-asked"], "warn")],
        crumbs=[Link(w["contracts"], "/contracts"), NUMBER],
        sections=sections(language, "overview"),
        notice=Notice(put(w["notice"], day(language, date(2026, 11, 23))), entry_link(language, 48_213)),
    )
    return render(request, "contract.html", page, view=contract_view(language))


def draft(request: Request) -> HTMLResponse:
    language = language_of(request)
    w = words(language)
    view = Contract(
        facts=[Fact(w["student"], Name(STUDENT))],
        more_facts=[Fact(w["college"], Name(COLLEGE))],
        steps=(),
        can=(),
        cannot=(),
        looked=None,
        news=(),
        people=None,
        clauses_heading=w["clauses"],
        clauses=(),
        week=None,
        week_notes=(),
        money=(),
        history=say(language, "words.entries", n=1),
        last=(),
        documents=None,
        proof=w["proof-note"],
        keep=(),
        missing=[Link(w["mentor"], "#"), Link(w["wage"], "#")],
    )
    page = Page(
        w["draft"],
        section="contracts",
        tags=[Tag(w["draft"])],
        crumbs=[Link(w["contracts"], "/contracts"), w["draft"]],
    )
    return render(request, "contract.html", page, view=view)


def contract_view(language: str) -> Contract:
    w = words(language)

    def due(on: date) -> Lines:
        return Lines(day(language, on), [say(language, "words.days-ahead", n=(on - TODAY).days)], whole=True)

    set_this = Link(w["what-set"], f"{PATH}/history#e-45102")
    return Contract(
        facts=[
            Fact(w["student"], Lines(Name(STUDENT), [w["minor"]])),
            Fact(w["college"], Name(COLLEGE)),
            Fact(w["enterprise"], Name(ENTERPRISE)),
            Fact(w["mentor"], Lines(Name("Ерлан Үлгібаев"), [w["shop"]])),
        ],
        more_facts=[
            Fact(w["specialty"], w["specialty-name"]),
            Fact(w["qualification"], w["qualification-name"]),
            Fact(w["runs"], span(language, date(2025, 9, 1), date(2027, 8, 31))),
            Fact(w["practice"], Lines(percent(language, 636, 1000), [w["least"]])),
        ],
        steps=[
            NextStep(
                w["step-1"],
                w["you"],
                due(date(2026, 12, 7)),
                w["goes-on"],
                Button(w["continue"], "#", "little"),
            ),
            NextStep(
                w["step-2"], w["parent"], due(date(2026, 11, 30)), w["not-recorded"], Link(w["remind"], "#")
            ),
            NextStep(
                w["step-3"],
                w["enterprise"],
                due(date(2026, 11, 27)),
                w["from-schedule"],
                Link(w["remind"], "#"),
            ),
        ],
        can=[Link(w[name], "#") for name in ("withdraw", "transfer", "propose", "correct")],
        cannot=[Impossible(w["complete"], w["why-not-complete"]), Impossible(w["pause"], w["why-not-pause"])],
        looked=day(language, date(2026, 11, 20)),
        news=[News(w["asked"], w["ground"], entry_link(language, 48_213))],
        people=Table(
            w["people"],
            [Column(w["party"]), Column(w["authority"]), Column(w["signed-on"])],
            [
                (Lines(w["student"], [Name(STUDENT)]), w["in-person"], day(language, date(2025, 8, 20))),
                (Lines(w["college"], [Name(COLLEGE)]), w["by-charter"], day(language, date(2025, 8, 21))),
            ],
        ),
        clauses_heading=f"{w['clauses']}: {day(language, TODAY)}",
        clauses=[
            ClauseNow(w["days"], w["days-now"], Lines(Row([w["days-why"], set_this]), [w["days-was"]])),
            ClauseNow(
                w["wage"],
                money(language, 9_000_000),
                Lines(Row([w["wage-why"], set_this]), [money(language, 8_500_000)]),
            ),
        ],
        week=Table(
            w["week"],
            [Column(short_day(language, date(2026, 11, at))) for at in range(23, 28)],
            [
                tuple(
                    Lines(w[place], [say(language, "words.hours", n=n)])
                    for place, n in (
                        ("college", 6),
                        ("enterprise", 7),
                        ("college", 6),
                        ("enterprise", 7),
                        ("enterprise", 7),
                    )
                )
            ],
            named=False,
        ),
        week_notes=[w["least"]],
        money=[
            Fact(w["paid"], w["paid-when"], money(language, 120_000_000), sum=True),
            Fact(w["claimable"], Link(w["computation"], "#"), money(language, 16_200_000), sum=True),
        ],
        history=Row([say(language, "words.entries", n=14), Link(w["whole-history"], f"{PATH}/history")]),
        last=[News(w["asked"], instant(language, AT, LAW.zone), entry_link(language, 48_213))],
        documents=None,
        proof=Row([w["proof-note"], Link(w["details"], "#")]),
        keep=[Link(w["pdf"], "#"), Link(w["calendar"], "#")],
    )


def history(request: Request) -> HTMLResponse:
    language = language_of(request)
    w = words(language)
    wrong = "in_force_on-day" in request.query_params
    view = History(
        TwoClocks(
            f"{PATH}/history",
            Typed("31" if wrong else "15", "2" if wrong else "9", "2026"),
            Typed("24", "11", "2026", "10:15"),
            quick=[Link(w["today"], "#"), Link(w["on-signing"], "#"), Link(w["before-change"], "#")],
            errors=[Link(say(language, "form.no-such-day"), "#in_force_on-day")] if wrong else (),
            in_force_error=say(language, "form.no-such-day") if wrong else None,
        ),
        put(w["order"], say(language, "words.entries", n=14)),
        [Link(w["order-by-force"], "#"), Link(w["only-corrections"], "#"), Link(w["export"], "#")],
        entries(language),
        earlier=Link(w["earlier"], "#"),
        earlier_note=span(language, date(2025, 8, 18), date(2025, 9, 1)),
    )
    page = Page(
        w["history"],
        section="contracts",
        lead=Row([NUMBER, "·", Name(STUDENT), "·", Name(ENTERPRISE)]),
        crumbs=[Link(w["contracts"], "/contracts"), Link(NUMBER, PATH), w["history"]],
        sections=sections(language, "history"),
        moment=Moment(
            day(language, date(2026, 9, 15)),
            instant(language, AT, LAW.zone),
            PATH + "/history",
            Link(w["compare"], "#"),
        ),
        failed=wrong,
    )
    return render(request, "history.html", page, view=view)


def entries(language: str) -> list[Entry]:
    w = words(language)
    rule = Link(w["rule-notice"], "/law/withdrawal.notice?on=2026-11-23")

    def entry(position: int, **said: object) -> Entry:
        number = f"{position // 1000}\u00a0{position % 1000:03}"
        return Entry(position, number, proof="#", fingerprint="5b1e07c4", raw_href="#", rule=rule, **said)  # type: ignore[arg-type]

    return [
        entry(
            48_213,
            sentence=w["asked"],
            recorded=instant(language, AT, LAW.zone),
            in_force_from=day(language, TODAY),
            by=w["student-signed"],
            tags=[Tag(w["new"], "strong"), Tag(w["request"])],
            mark="later",
            facts=[Fact(w["last-day"], day(language, date(2026, 12, 7)))],
            because=w["ground"],
        ),
        entry(
            45_102,
            sentence=w["wage-wrong"],
            recorded=instant(language, AT, LAW.zone),
            in_force_from=day(language, date(2026, 9, 1)),
            by=w["hr"],
            tags=[Tag(w["correction"], "warn")],
            mark="correction",
            changes=[Change(money(language, 8_500_000), money(language, 9_000_000))],
            because=w["record-wrong"],
            gap=w["gap"],
            sealed=True,
            raw='{"type": "correction.made",\n "effective_on": "2026-09-01",\n "data": {"field": "pay"}}',
            unfolded=True,
        ),
        entry(
            31_877,
            sentence=w["days-changed"],
            recorded=instant(language, AT, LAW.zone),
            in_force_from=day(language, date(2026, 4, 1)),
            by=w["all-signed"],
            tags=[Tag(w["agreement"])],
            changes=[Change(w["days-was"], w["days-now"], w["days"]), Change(None, w["shop"], w["mentor"])],
            because=w["fact-changed"],
            sealed=True,
        ),
        entry(
            31_800,
            sentence=w["attempt-refused"],
            recorded=instant(language, AT, LAW.zone),
            in_force_from=day(language, TODAY),
            by=w["hr"],
            tags=[Tag(w["refused"], "bad")],
            mark="refused",
            because=w["why-not-complete"],
        ),
    ]


def refusal(request: Request) -> HTMLResponse:
    language = language_of(request)
    w = words(language)
    reasons = [
        Reason(
            w["consent-missing"],
            [
                Cure(w["you"], w["cure-attach"], w["cure-attach-note"], Button(w["attach"], "#", "little")),
                Cure(
                    w["parent"], w["cure-sign"], w["cure-sign-note"], Button(w["ask"], "#", "second little")
                ),
                Cure(w["student"], w["cure-wait"], day(language, date(2027, 3, 3))),
            ],
            Rule(
                [
                    Fact(w["name"], Row([w["rule-consent"], Link(w["about-rule"], "/law/withdrawal.minor")])),
                    Fact(w["source"], Row([w["civil-code"], Link(w["open-text"], "#")])),
                ],
                [
                    Name("14 жастан 18 жасқа дейінгілер мәмілелерді ата-анасының келісімімен жасайды.", "kk"),
                    Name("С 14 до 18 лет сделки совершаются с согласия родителей.", "ru"),
                ],
            ),
        )
    ]
    many = "many" in request.query_params
    if many:
        reasons.append(
            Reason(
                w["notice-short"],
                [Cure(w["you"], w["cure-later"], day(language, date(2026, 12, 24)))],
                reasons[0].rule,
            )
        )
    view = Refusal(
        reasons,
        [
            Check(w["rule-consent"], w["consent-found"], False),
            Check(w["rule-notice"], day(language, date(2026, 11, 23)), True),
            Check(w["no-dispute"], "0", True),
        ],
        day(language, date(2026, 12, 24)),
        [
            Fact(w["ground-label"], w["ground"], Link(w["change"], "#")),
            Fact(w["last-day"], day(language, date(2026, 12, 7)), Link(w["change"], "#")),
        ],
        Link(w["again"], "#"),
        Link(w["later"], "#"),
        f"№ 48217 · {instant(language, AT, LAW.zone)}",
        [Link(w["copy"], "#")],
    )
    page = Page(
        say(language, "pages.refusal.title"),
        section="contracts",
        lead=None if many else w["consent-missing"],
        caption=f"{NUMBER} · {w['withdraw']}",
        back="#",
        failed=True,
    )
    return render(request, "refusal.html", page, status=409, view=view)


def steps(language: str, current: int) -> list[Step]:
    w = words(language)
    names = ("step-reason", "step-date", "step-people", "step-studies", "step-money", "step-preview")
    return [Step(w[name], None if at >= current else "#", at == current) for at, name in enumerate(names, 1)]


def preview(request: Request) -> HTMLResponse:
    language = language_of(request)
    w = words(language)
    view = Preview(
        [Fact(w["student"], Name(STUDENT)), Fact(w["last-day"], day(language, date(2026, 12, 7)))],
        [
            Recorded(w["ended"], day(language, date(2026, 12, 7))),
            Recorded(w["days-void"], day(language, date(2026, 12, 8))),
        ],
        [
            DeadlineMoved(
                True,
                w["settlement"],
                w["enterprise"],
                day(language, date(2026, 12, 10)),
                w["may-complain"],
                say(language, "words.working-days", n=3),
            ),
            DeadlineMoved(
                False, w["assessment"], w["mentor"], day(language, date(2026, 12, 25)), w["not-needed"]
            ),
        ],
        [
            Money(
                money(language, 16_200_000),
                w["at-most"],
                [
                    Line(w["costs"], money(language, 48_600_000), entry_link(language, 31_877)),
                    Line(w["term"], say(language, "words.months", n=24)),
                    Line(w["left"], say(language, "words.months", n=8)),
                    Line(f"{money(language, 48_600_000)} × 8 ÷ 24", money(language, 16_200_000)),
                ],
                w["basis"],
            )
        ],
        [
            Told(w["student"], "SMS", w["in-kazakh"], "Шарт бұзылады.", "kk"),
            Told(w["enterprise"], w["email"], w["in-russian"], "Договор расторгается.", "ru"),
        ],
        [OtherTask(w["enterprise"], w["settlement"]), OtherTask(w["college"], w["order-task"])],
        [w["place-stays"], w["hours-stay"]],
        [w["ended"]],
        Confirm(
            "#",
            {"csrf": "x", "version": "14"},
            w["promise"],
            w["confirm"],
            others=[Button(w["later"], "#", "second")],
        ),
        steps(language, 6),
        [w["rule-consent"], w["rule-notice"]],
        Link(w["all-rules"], "#"),
    )
    page = Page(
        say(language, "pages.preview.title"),
        section="contracts",
        lead=w["preview-lead"],
        caption=f"{NUMBER} · {w['withdraw']} · 6 / 6",
        back="#",
    )
    return render(request, "preview.html", page, view=view)


def form(request: Request) -> HTMLResponse:
    language = language_of(request)
    w = words(language)
    wrong = "wrong" in request.query_params
    asked = Form(
        "#",
        [
            Field(
                "ground",
                w["ground-label"],
                "choice",
                "move",
                options=[Option("move", w["ground"], w["least"]), Option("other", w["other-ground"])],
            ),
            Field(
                "end_on",
                w["last-day"],
                "date",
                day=Typed("31", "2", "2026") if wrong else Typed("7", "12", "2026"),
                hint="27 3 2026",
                error=say(language, "form.no-such-day") if wrong else None,
            ),
            Field("reason", w["own-words"], "long", required=False),
            Field(
                "language",
                w["language"],
                "list",
                "kk",
                options=[Option("kk", "Қазақша"), Option("ru", "Русский")],
                short=True,
            ),
            Field(
                "order",
                w["order-no"],
                "text",
                error=say(language, "form.needed") if wrong else None,
                short=True,
            ),
            Field("paper", w["paper"], "file", hint="PDF, 20 MB", required=False),
            Field("heard", w["heard"], "tick"),
        ],
        w["continue"],
        hidden={"csrf": "x"},
        about=[w["about-time"], w["about-need"]],
        others=[Button(w["later"], "#", "second")],
    )
    page = Page(
        w["step-date"],
        section="contracts",
        caption=f"{NUMBER} · {w['withdraw']} · 2 / 6",
        back="#",
        failed=wrong,
    )
    return render(
        request, "form.html", page, status=422 if wrong else 200, form=asked, steps=steps(language, 2)
    )


def register(request: Request) -> HTMLResponse:
    language = language_of(request)
    w = words(language)
    q = request.query_params.get("q", "")
    rows = [
        (
            Link(f"75-2025-{417 + at:06}", PATH),
            Name(f"{STUDENT} {at + 1}"),
            Name(ENTERPRISE),
            Tag(w["in-force"], "good"),
            Lines(day(language, date(2026, 12, 7)), [w["step-1"]], whole=True),
        )
        for at in range(12)
    ]
    view = Register(
        [
            Field("q", w["search"], value=q),
            Field(
                "status", w["state"], "list", options=[Option("", w["any"]), Option("active", w["in-force"])]
            ),
            Field("enterprise", w["enterprise"]),
        ],
        "/contracts",
        [Chosen(f"{w['search']}: {q}", "/contracts")] if q else (),
        None
        if q
        else Table(
            w["contracts"],
            [
                Column(Link(w["number"], "?sort=number"), sorted="ascending"),
                Column(w["student"]),
                Column(w["enterprise"]),
                Column(w["state"]),
                Column(w["next-deadline"]),
            ],
            rows,
        ),
        [w["none-match"], Link(w["drop-all"], "/contracts")],
        [Button(w["new-contract"], "#"), Link(w["export"], "#")],
        None,
        "/contracts?after=abc",
    )
    page = Page(w["contracts"], section="contracts", lead=w["shown"].format(0 if q else 12))
    return render(request, "register.html", page, view=view)


def worklist(request: Request) -> HTMLResponse:
    language = language_of(request)
    w = words(language)

    def task(what: str, on: date, tag: Tag) -> Task:
        return Task(
            Link(w[what], PATH),
            [Fact(w["contract"], NUMBER), Fact(w["student"], Name(STUDENT))],
            Row([day(language, on), tag]),
            w["goes-on"],
            Button(w["continue"], "#", "little"),
        )

    empty = "empty" in request.query_params
    groups = [
        Group(w["overdue"], [task("step-3", date(2026, 11, 20), Tag(say(language, "words.overdue"), "bad"))]),
        Group(
            w["this-week"],
            [task("step-2", date(2026, 11, 27), Tag(say(language, "words.days-ahead", n=3), "warn"))],
        ),
        Group(
            w["waiting"], [task("step-1", date(2026, 12, 7), Tag(say(language, "words.days-ahead", n=13)))]
        ),
    ]
    view = WorkList(
        () if empty else groups,
        () if empty else [Link(w["withdraw"], "#")],
        put(w["no-task"], day(language, date(2026, 12, 7))) if empty else None,
    )
    return render(request, "worklist.html", Page(w["tasks"], section="worklist", lead=w["counts"]), view=view)


def sign_in(request: Request) -> HTMLResponse:
    w = words(language_of(request))
    people = [
        DemoPerson(name, w[role], w[f"{role}-does"])
        for name, role in (("college", "clerk"), ("student", "student"), ("lawyer", "lawyer"))
    ]
    return sign_in_page(request, csrf="x", people=people)
