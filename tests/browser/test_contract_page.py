"""A contract's page: its first sentence, its blocks, who may see what, never stale (P52 to P65, P102)."""

import re

import pytest

from api.languages import LANGUAGES, say
from tests.browser.cast import RECORDS
from tests.browser.reading import headings, text_of
from tests.browser.story import schedule
from tests.browser.visiting import visit

ACTIVE = "/contracts/{active}"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "The contract is in force. Last day: 30 June 2027. Next: Answer the schedule proposal. "
            "Who: College, Legal representative, Student. By: 6 December 2026.",
        ),
        (
            "ru",
            "Договор действует. Последний день: 30 июня 2027 г. Дальше: Ответить на предложение о графике. "
            "Кто: Колледж, Законный представитель, Студент. Срок: 6 декабря 2026 г.",
        ),
        (
            "kk",
            "Шарт қолданыста. Соңғы күні: 2027 ж. 30 маусым. Келесі қадам: Кесте туралы ұсынысқа жауап беру. "
            "Кім: Колледж, Заңды өкіл, Студент. Мерзімі: 2026 ж. 6 желтоқсан.",
        ),
    ],
)
def test_the_first_sentence_says_the_state_what_is_next_who_and_by_when(read, language, sentence):
    assert sentence in text_of(read(ACTIVE, language=language))


@pytest.mark.parametrize(
    ("contract", "sentence"),
    [
        ("draft", "This is a draft. It binds nobody. Next: Offer the contract for signing."),
        ("signing", "Waiting for signatures. Signed: Enterprise. Not yet: College, Student."),
        ("lapsed", "The offer lapsed: not all had signed in time. No contract was made."),
        ("withdrawn", "The contract is ending. Last day: 23 December 2026. Asked by: Student."),
    ],
)
def test_every_state_has_a_sentence_of_its_own(read, contract, sentence):
    assert sentence in text_of(read(f"/contracts/{{{contract}}}"))


def test_the_blocks_stand_in_one_order(read):
    found = headings(read(ACTIVE))
    order = [
        *("Next steps and deadlines", "People", "Clauses in force on: 24 November 2026"),
        *("Schedule, this week", "Money", "History", "What you can do now", "Proof"),
    ]
    assert [each for each in found if each in order] == order
    kept = [each for each in headings(read(ACTIVE, "student")) if each in order]
    assert kept == order


def test_a_clause_leads_to_the_entry_that_set_it(page, site):
    visit(page, site, ACTIVE)
    row = page.locator(".clauses tr").filter(has_text="The schedule change was agreed by all")
    text = row.inner_text().replace("\u00a0", " ")
    assert "Since: 2 November 2026" in text
    assert "Was: College: Monday, Tuesday." in text
    row.get_by_role("link", name="Entry").click()
    assert "The schedule change was agreed by all" in page.locator(":target").inner_text()
    assert page.locator(":target pre").first.is_visible()


def test_a_draft_says_what_it_lacks(read):
    answer = read("/contracts/{draft}", "enterprise")
    missing = answer.text.partition("What is still missing")[2].partition("</div>")[0]
    assert re.findall(r">([^<]+)</a>", missing) == ["Schedule", "Workplace", "Mentor"]
    assert re.findall(r'href="([^"]+)"', missing)[0].endswith("/revise#C-SCHEDULE")


def test_a_minor_has_a_parent_who_acts_too(read):
    answer = text_of(read(ACTIVE))
    assert "Under 18: a legal representative acts too" in answer
    assert f"Legal representative {RECORDS['parent'][1]} Mother" in answer


def test_what_cannot_be_done_has_the_reason_that_the_refusal_would_give(read, site):
    told = site.story.get("college", f"/contracts/{site.story.contracts['active']}/allowed")
    answer = text_of(read(ACTIVE))
    refused = [each for each in told["commands"] if not each["allowed"]]
    assert refused
    for each in refused:
        for refusal in each["refusals"]:
            assert re.sub(r"\s+", " ", refusal["detail"].replace("\u00a0", " ")) in answer
    allowed = [each["command"] for each in told["commands"] if each["allowed"]]
    html_ = read(ACTIVE).text
    assert all(f'/{site.story.contracts["active"]}/{command}"' in html_ for command in allowed)


def test_contacts_are_masked_and_showing_them_is_written_down(read, site):
    phone = f"+7700555{RECORDS['student'][0][-4:]}"
    assert phone not in read(ACTIVE).text
    assert "+7********08" in read(ACTIVE).text
    before = contacts_read(site)
    assert phone in read(f"{ACTIVE}?contacts=1").text
    assert contacts_read(site) == before + 1
    assert phone not in read(f"{ACTIVE}?contacts=1", "chamber").text


def contacts_read(site):
    [count] = site.story.database.execute(
        "SELECT count(*) FROM edge.reads WHERE question = 'contacts'"
    ).fetchone()
    return count


def test_a_command_shows_at_once_and_is_news_to_others_only(site):
    story = site.story
    story.draft("news", "timur", term={"starts_on": "2027-02-01", "ends_on": "2027-12-30"})
    with site.client("college") as clerk, site.client("enterprise") as officer:
        path = site.url("/contracts/{news}")
        assert "New since you last looked" not in clerk.get(path).text
        officer.get(path)
        story.on("news", "enterprise", "revise", terms={"schedule": schedule("mon", "tue wed thu fri")})
        seen = clerk.get(path)
        assert "Enterprise: Tuesday, Wednesday, Thursday, Friday." in text_of(seen)
        assert re.search(r"New</span> <b>The draft was revised", seen.text)
        assert "Nothing new." in text_of(officer.get(path))
        assert "Nothing new." in text_of(clerk.get(path))


def test_a_preview_is_no_look(site):
    story = site.story
    story.draft("looked", "timur", term={"starts_on": "2028-02-01", "ends_on": "2028-12-30"})
    contract = site.url("/contracts/{looked}")
    with site.client("college") as clerk:
        clerk.get(contract)
        story.on("looked", "enterprise", "revise", terms={"funding": "paid"})
        path = f"/contracts/{story.contracts['looked']}/revise?preview=true"
        story.ask("college", path, {"terms": {"funding": "state_order"}})
        assert re.search(r"New</span> <b>The draft was revised", clerk.get(contract).text)


@pytest.mark.parametrize("part", ["", "/history", "/text", "/schedule", "/training", "/diff", "/revise"])
def test_who_has_nothing_to_do_with_it_finds_nothing(site, part):
    unknown = "/contracts/01990000-0000-7000-8000-000000000001"
    for name in ("other", "timur", "operator"):
        with site.bearer(name) as client:
            mine = client.get(site.url(f"/contracts/{{active}}{part}"))
            none = client.get(f"{unknown}{part}")
            assert (mine.status_code, none.status_code) == (404, 404)
            assert "75-2026" not in mine.text


def test_whoever_is_not_signed_in_comes_back_after_signing_in(page, site):
    visit(page, site, f"{ACTIVE}/history?order=effective", "")
    assert "/sign-in?back=" in page.url
    page.locator("form:has(input[value='college']) button").click()
    assert page.url.endswith("/history?order=effective")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_auditor_says_why_once_and_the_parties_see_it(browser, site, language):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    contract = {"kk": "withdrawn", "ru": "signing", "en": "lapsed"}[language]
    why = f"annual audit 2026, {language}"
    visit(page, site, f"/contracts/{{{contract}}}/history", "lawyer", language)
    assert page.locator("h1").inner_text() == say(language, "pages.purpose.title-one")
    page.locator("button.button").click()
    assert page.locator("#errors").is_visible()
    page.locator("#purpose").fill(why)
    page.locator("button.button").click()
    assert page.locator("h1").inner_text() == say(language, "pages.sections.history")
    page.goto(site.url(f"/contracts/{{{contract}}}"))
    assert page.locator("h1").inner_text().startswith("75-2026")
    assert page.goto(site.url(f"/contracts/{{{contract}}}/history?attempts=1")).ok
    context.close()
    with site.client("college", language) as clerk:
        assert why in clerk.get(site.url(f"/audit/reads?subject={{{contract}}}")).text


def test_the_past_has_no_action_and_says_so(read):
    answer = read(f"{ACTIVE}?in_force_on=2026-09-15")
    assert "You are looking at an earlier state. Nothing can be changed here." in answer.text
    assert "What you can do now" not in answer.text
    assert "/propose-schedule-change" not in answer.text
    assert "College: Monday, Tuesday. Enterprise: Wednesday, Thursday, Friday." in text_of(answer)


def test_every_sum_opens_its_computation(page, site):
    visit(page, site, "/contracts/{withdrawn}")
    line = page.locator(".money > div").filter(has_text="Pay for the last month")
    line.locator("summary").click()
    assert line.locator(".computation li").count() == 4
    assert line.locator(".computation").is_visible()
