"""What all pages share, in a real Chromium and over HTTP (P1, P2, P8 to P23, P119)."""

import gzip
import re
from collections import Counter

import httpx
import pytest
from playwright.sync_api import expect

from api.languages import LANGUAGES
from tests.browser.screens import SCREENS
from tests.browser.visiting import look_at
from tests.browser.walk import walk

EVERYWHERE = pytest.mark.parametrize("name", SCREENS)
IN_EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
CONTRACT = "/contracts/{active}"


@pytest.fixture
def get(site):
    """What a screen answers, by its name, or an address for whoever has signed in."""

    def asked(name, language="en", person="college", **how):
        screen = SCREENS.get(name)
        path = screen.path if screen else name
        with site.client(screen.person if screen else person, language) as client:
            return client.get(site.url(path), **how)

    return asked


@pytest.fixture(scope="module", params=LANGUAGES)
def walked(request, browser, site):
    """A language, and what was found on a walk over all screens in it."""
    return request.param, walk(browser, site, request.param)


def wrong(found):
    return {name: each for name, each in found.items() if each}


def test_no_screen_breaks_a_rule_of_access(walked):
    assert wrong(walked[1].violations) == {}


def test_every_screen_says_in_which_language_it_is(walked):
    assert set(walked[1].languages.values()) == {walked[0]}


def test_nothing_is_cut_at_320_pixels(walked):
    assert {name for name, pixels in walked[1].sideways.items() if pixels > 0} == set()


def test_every_control_can_be_hit(walked):
    assert wrong(walked[1].small) == {}


def test_no_page_asks_another_host_or_breaks_the_content_policy(walked, site):
    assert walked[1].complaints == []
    assert [url for url in walked[1].asked if not url.startswith(site.address)] == []


def test_the_first_tab_leads_to_the_content(walked):
    led = {name: found for name, found in walked[1].first_tab.items() if found not in ([], ["#main", "main"])}
    assert led == {}


def test_after_a_failed_form_the_focus_is_on_the_errors_and_they_lead_to_the_fields(page, site):
    look_at(page, site, "history-error")
    expect(page.locator("#errors")).to_be_focused()
    page.locator("#errors a").first.click()
    expect(page.locator("#in_force_on-day")).to_be_focused()
    assert page.locator("#in_force_on-day").input_value() == "31"


@EVERYWHERE
def test_no_script_style_or_event_handler_stands_in_a_page(get, name):
    html = get(name).text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*src=)|javascript:", html)


@EVERYWHERE
def test_a_page_is_not_stored_and_names_its_language(get, name):
    answer = get(name)
    assert answer.status_code == SCREENS[name].status
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["content-language"] == "en"
    assert '<html lang="en">' in answer.text


@EVERYWHERE
def test_a_page_says_that_it_is_a_demo_and_what_it_is_true_for(get, name):
    answer = get(name)
    assert "All people, organisations and contracts here are made up." in answer.text
    assert re.search(r"As of entry \d+", answer.text)
    assert answer.headers["kelisim-request-id"] in answer.text


@EVERYWHERE
def test_the_title_begins_as_the_heading_and_there_is_one(get, name):
    html = get(name).text
    [title] = re.findall(r"<title>(.*) · Kelisim</title>", html)
    [heading] = re.findall(r"<h1>(.*?)(?: <span class=\"tag.*)?</h1>", html)
    assert title == (f"Error: {heading}" if SCREENS[name].failed else heading)


@IN_EVERY_LANGUAGE
@EVERYWHERE
def test_no_key_and_no_nothing_is_left_on_a_page(get, name, language):
    html = get(name, language).text
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<pre.*?</pre>", "", html, flags=re.S))
    assert not re.search(r"\b(pages|furniture|form|words|problems)\.[a-z]", text)
    assert "None" not in text
    assert "{" not in text
    assert ".." not in text
    assert not re.search(r"<(th|dt|label|legend|h[1-6])\b[^>]*>\s*</", html)


@IN_EVERY_LANGUAGE
def test_ids_are_unique(get, language):
    for name in SCREENS:
        ids = re.findall(r'\sid="([^"]+)"', get(name, language).text)
        assert [each for each, times in Counter(ids).items() if times > 1] == []


def test_the_language_is_kept_and_everything_else_in_the_address_stays(get):
    path = f"{CONTRACT}/history?in_force_on=2026-09-15&known_at=2026-11-24T05:15:00Z"
    answer = get(f"{path}&lang=kk&step=2")
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(
        "/history?in_force_on=2026-09-15&known_at=2026-11-24T05%3A15%3A00Z&step=2"
    )
    assert answer.headers["set-cookie"].startswith("kelisim_language=kk; HttpOnly")
    assert '<html lang="kk">' in get("/help", person="", headers={"Cookie": "kelisim_language=kk"}).text


@pytest.mark.parametrize(
    "path", ["//example.org/?lang=ru", "/%5Cexample.org?lang=ru", "/\\example.org?lang=ru"]
)
def test_no_address_leads_to_another_host_by_the_language_switch(site, path):
    answer = httpx.get(site.address + path)
    assert re.match(r"/(?![/\\])", answer.headers.get("location", "/x"))


def test_an_unknown_language_changes_nothing(get):
    assert '<html lang="en">' in get("/help?lang=de").text


def test_every_language_is_offered_by_its_own_name(get):
    html = get(f"{CONTRACT}/history?in_force_on=2026-09-15").text
    assert '<a href="?in_force_on=2026-09-15&amp;lang=kk" lang="kk" hreflang="kk">Қазақша</a>' in html
    assert '<b lang="en" aria-current="true">English</b>' in html


def test_static_files_are_named_by_their_content_and_kept_for_a_year(get):
    html = get("/help").text
    files = set(re.findall(r'"(/static/[^"]+)"', html))
    [style] = [file for file in files if file.endswith(".css")]
    files |= {f"/static/{name}" for name in re.findall(r'url\("([^"]+)"\)', get(style).text)}
    assert len(files) >= 4
    for file in files:
        answer = get(file)
        assert answer.status_code == 200
        assert re.search(r"\.[0-9a-f]{12}\.", file)
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert get("/static/page.css").status_code == 404


def test_a_first_visit_is_small(get):
    html = get(CONTRACT)
    style = get(re.search(r"/static/page\.[^\"]+", html.text)[0])
    fonts = [get(f"/static/{name}") for name in re.findall(r'url\("([^"]+)"\)', style.text)]
    assert len(fonts) == 2
    assert sum(len(gzip.compress(part.content)) for part in (html, style, *fonts)) < 150_000
    assert sum(len(font.content) for font in fonts) < 21_000
    assert len(gzip.compress(html.content)) < 30_000
