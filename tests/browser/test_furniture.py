"""What all pages share, in a real Chromium and over HTTP (P1, P2, P8 to P23, P119)."""

import gzip
import re
from collections import Counter

import httpx
import pytest

from api.languages import COOKIE, LANGUAGES
from tests.browser.chromium import sideways, too_small, violations
from tests.browser.samples import PATH, SCREENS

EVERYWHERE = pytest.mark.parametrize("path", SCREENS.values(), ids=SCREENS)
IN_EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def get(site):
    with httpx.Client(base_url=site, headers={"Accept": "text/html", "Accept-Language": "en"}) as client:
        yield client.get


@pytest.fixture
def page(browser):
    """A page that remembers what its console and its requests complained about."""
    context = browser.new_context(locale="en", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.complaints = []
    page.asked = []
    page.on("console", lambda said: page.complaints.append(said.text) if "Policy" in said.text else None)
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    context.close()


def speak(page, site, language):
    page.context.add_cookies([{"name": COOKIE, "value": language, "url": site}])


@IN_EVERY_LANGUAGE
def test_no_screen_breaks_a_rule_of_access(page, site, language):
    speak(page, site, language)
    found = []
    for name, path in SCREENS.items():
        page.goto(site + path)
        assert page.locator("html").get_attribute("lang") == language
        found += [f"{name}: {violation}" for violation in violations(page)]
    assert found == []


@IN_EVERY_LANGUAGE
def test_nothing_is_cut_at_320_pixels(page, site, language):
    speak(page, site, language)
    page.set_viewport_size({"width": 320, "height": 640})
    wide = {}
    for name, path in SCREENS.items():
        page.goto(site + path)
        wide[name] = sideways(page)
    assert {name for name, pixels in wide.items() if pixels > 0} == set()


def test_every_control_can_be_hit(page, site):
    small = {}
    for name, path in SCREENS.items():
        page.goto(site + path)
        small[name] = too_small(page)
    assert {name: found for name, found in small.items() if found} == {}


def test_no_page_asks_another_host_or_breaks_the_content_policy(page, site):
    for path in SCREENS.values():
        page.goto(site + path)
    assert page.complaints == []
    assert [url for url in page.asked if not url.startswith(site)] == []


def test_the_first_tab_leads_to_the_content(page, site):
    for path in SCREENS.values():
        page.goto(site + path)
        if page.locator("#errors").count():
            continue  # there the focus is on what went wrong
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_after_a_failed_form_the_focus_is_on_the_errors_and_they_lead_to_the_fields(page, site):
    page.goto(site + SCREENS["form-error"])
    assert page.evaluate("document.activeElement.id") == "errors"
    page.locator("#errors a").first.click()
    assert page.evaluate("document.activeElement.id") == "end_on-day"
    assert page.locator("#end_on-day").input_value() == "31"


def test_an_address_with_an_entry_opens_at_it(page, site):
    page.goto(f"{site}{SCREENS['history']}#e-31877")
    assert page.locator(":target").get_attribute("id") == "e-31877"
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top < innerHeight")


@EVERYWHERE
def test_no_script_style_or_event_handler_stands_in_a_page(get, path):
    html = get(path).text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*src=)|javascript:", html)


@EVERYWHERE
def test_a_page_is_not_stored_and_names_its_language(get, path):
    answer = get(path)
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["content-language"] == "en"
    assert '<html lang="en">' in answer.text


@EVERYWHERE
def test_a_page_says_that_it_is_a_demo_and_what_it_is_true_for(get, path):
    html = get(path).text
    assert "All people, organisations and contracts here are made up." in html
    assert "As of entry 48,219" in html
    assert "7f3c-19ab" in html


@EVERYWHERE
def test_the_title_begins_as_the_heading_and_there_is_one(get, path):
    html = get(path).text
    [title] = re.findall(r"<title>(.*) · Kelisim</title>", html)
    [heading] = re.findall(r"<h1>(.*?)(?: <span class=\"tag.*)?</h1>", html)
    failed = "error" in path or "refused" in path or "wrong" in path or "31" in path or path == "/nowhere"
    assert title == (f"Error: {heading}" if failed and not path.startswith("/problems") else heading)


@IN_EVERY_LANGUAGE
@EVERYWHERE
def test_no_key_and_no_nothing_is_left_on_a_page(get, path, language):
    html = get(path, headers={"Accept-Language": language}).text
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<pre.*?</pre>", "", html, flags=re.S))
    assert not re.search(r"\b(pages|furniture|form|words|problems)\.[a-z]", text)
    assert "None" not in text
    assert "{" not in text
    assert ".." not in text
    assert not re.search(r"<(th|dt|label|legend|h[1-6])\b[^>]*>\s*</", html)


@IN_EVERY_LANGUAGE
def test_ids_are_unique(get, language):
    for path in SCREENS.values():
        ids = re.findall(r'\sid="([^"]+)"', get(path, headers={"Accept-Language": language}).text)
        assert [each for each, times in Counter(ids).items() if times > 1] == []


def test_the_language_is_kept_and_everything_else_in_the_address_stays(get):
    answer = get(f"{PATH}/history?in_force_on=2026-09-15&known_at=2026-11-24T05:15:00Z&lang=kk&step=2")
    assert answer.status_code == 303
    assert answer.headers["location"] == (
        f"{PATH}/history?in_force_on=2026-09-15&known_at=2026-11-24T05%3A15%3A00Z&step=2"
    )
    assert answer.headers["set-cookie"].startswith("kelisim_language=kk; HttpOnly")
    again = get(PATH, headers={"Cookie": "kelisim_language=kk"})
    assert '<html lang="kk">' in again.text


@pytest.mark.parametrize(
    "path", ["//example.org/?lang=ru", "/%5Cexample.org?lang=ru", "/\\example.org?lang=ru"]
)
def test_no_address_leads_to_another_host_by_the_language_switch(site, path):
    answer = httpx.get(site + path)
    assert re.match(r"/(?![/\\])", answer.headers.get("location", "/x"))


def test_an_unknown_language_changes_nothing(get):
    assert '<html lang="en">' in get("/help?lang=de").text


def test_every_language_is_offered_by_its_own_name(get):
    html = get(f"{PATH}/history?in_force_on=2026-09-15").text
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
    html = get(PATH)
    style = get(re.search(r"/static/page\.[^\"]+", html.text)[0])
    fonts = [get(f"/static/{name}") for name in re.findall(r'url\("([^"]+)"\)', style.text)]
    assert len(fonts) == 2
    assert sum(len(gzip.compress(part.content)) for part in (html, style, *fonts)) < 150_000
    assert sum(len(font.content) for font in fonts) < 21_000
    assert len(gzip.compress(html.content)) < 30_000
