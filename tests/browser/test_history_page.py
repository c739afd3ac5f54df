"""The history of a contract under both clocks, and what differs between two moments (P66 to P82)."""

import csv
import hashlib
import html
import io
import re
import time
from uuid import UUID

import pytest

from api.languages import LANGUAGES
from contracts.formation import Revised
from contracts.lifecycle import EVENTS
from contracts.log import APP, Recorder, connect
from contracts.log.appending import Append, Head, NewEvent
from contracts.log.ids import uuid7
from contracts.log.mapper import Mapper
from contracts.parties import Role
from contracts.terms import Funding, Terms, WorkOff
from tests.browser.reading import text_of
from tests.browser.visiting import visit

HISTORY = "/contracts/{active}/history"


def entries(answer):
    """Position and text of each, as they stand."""
    found = re.findall(r'<li id="e-(\d+)"[^>]*>(.*?)</li>\n', answer.text, re.S)
    return [
        (int(position), re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body))))
        for position, body in found
    ]


def test_an_entry_says_what_was_now_because_who_both_dates_rule_and_proof(read):
    told = dict(entries(read(HISTORY)))
    [agreed] = [text.replace("\u00a0", " ") for text in told.values() if "agreed by all" in text]
    for part in (
        *("Agreement", "The schedule change was agreed by all"),
        *("was College: Monday, Tuesday. Enterprise: Wednesday, Thursday, Friday.",),
        *("now College: Thursday, Friday. Enterprise: Monday, Tuesday, Wednesday.",),
        *("because The fact itself changed", "Recorded 8 October 2026, 17:40 (UTC+5)"),
        *("In force from 2 November 2026", "By Сәуле Мысалова Legal representative"),
        *("Takes effect 25 days after it was recorded.", "Rule: Civil Code"),
    ):
        assert part in agreed


def test_own_words_are_shown_to_the_parties(read):
    assert "Цехтың ауысым жоспары" in read(HISTORY).text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Recorded 3 days late: the service was not running."),
        ("ru", "Записано с опозданием на 3 дня: система не работала."),
        ("kk", "3 күн кеш жазылды: жүйе жұмыс істемеген."),
    ],
)
def test_what_came_by_itself_too_late_says_why(read, language, sentence):
    answer = text_of(read("/contracts/{lapsed}/history", language=language))
    assert sentence in answer


def test_what_waited_for_others_is_not_called_late(read):
    [activated] = [text for _, text in entries(read(HISTORY)) if "came into force" in text]
    assert "the service was not running" not in activated


def test_dates_as_they_are_typed_become_an_address_that_keeps_them(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    visit(page, site, HISTORY)
    for part, value in (("day", "15"), ("month", "қыркүйек"), ("year", "2026")):
        page.locator(f"#in_force_on-{part}").fill(value)
    for part, value in (("day", "24"), ("month", "Nov"), ("year", "2026"), ("time", "10:15")):
        page.locator(f"#known_at-{part}").fill(value)
    page.get_by_role("button", name="Show").click()
    assert page.url.endswith("/history?in_force_on=2026-09-15&known_at=2026-11-24T05%3A15%3A00.000000Z")
    values = [page.locator(f"#known_at-{part}").input_value() for part in ("day", "month", "year", "time")]
    assert values == ["24", "11", "2026", "10:15"]
    bar = page.get_by_role("region", name="Moment shown").inner_text().replace("\u00a0", " ")
    assert "In force on: 15 September 2026. Known at: 24 November 2026, 10:15 (UTC+5)." in bar
    assert "You are looking at an earlier state. Nothing can be changed here." in bar
    page.get_by_role("link", name="Overview").click()
    assert page.url.endswith("?in_force_on=2026-09-15&known_at=2026-11-24T05%3A15%3A00.000000Z")
    context.close()


def test_a_day_that_does_not_exist_is_named_and_stays(read):
    answer = read(f"{HISTORY}?in_force_on-day=31&in_force_on-month=2&in_force_on-year=2026")
    assert answer.status_code == 422
    assert "In force on: There is no such date. Example: 27 3 2026." in text_of(answer)
    assert 'value="31"' in answer.text


def test_a_moment_to_come_is_not_known_yet(read):
    typed = "known_at-day=1&known_at-month=1&known_at-year=2031&known_at-time=10:00"
    assert "This moment has not come yet." in read(f"{HISTORY}?{typed}").text


def test_the_future_shows_what_is_agreed_and_says_that_it_may_change(read):
    answer = read("/contracts/{active}?in_force_on=2027-03-01")
    assert "You are looking at a coming state. It may still change." in answer.text


def test_before_the_first_entry_nothing_was_known(read):
    answer = read(f"{HISTORY}?known_at=2026-01-01T00:00:00Z")
    assert "Nothing was known yet. First entry: 10 August 2026, 09:00 (UTC+5)." in text_of(answer)
    assert entries(answer) == []


def test_known_at_a_moment_are_only_entries_recorded_by_then(read, site):
    answer = read(f"{HISTORY}?in_force_on=2026-11-05&known_at=2026-10-06T00:00:00Z")
    assert "agreed by all" not in answer.text
    now = read("/contracts/{active}?in_force_on=2026-11-05&known_at=2026-10-06T00:00:00Z")
    assert "College: Monday, Tuesday. Enterprise: Wednesday" in text_of(now)
    told = site.story.get(
        "college",
        f"/contracts/{site.story.contracts['active']}",
        in_force_on="2026-11-05",
        known_at="2026-10-06T00:00:00Z",
    )
    assert told["terms"]["schedule"]["weeks"][0]["college"] == ["mon", "tue"]


def test_entries_stand_by_recording_or_by_force_and_say_so(read):
    by_recording, by_force = read(HISTORY), read(f"{HISTORY}?order=effective")
    assert "newest recorded first" in by_recording.text
    assert "by force, latest first" in by_force.text
    positions = [position for position, _ in entries(by_recording)]
    assert positions == sorted(positions, reverse=True)
    first = [text for _, text in entries(by_force)][:2]
    assert any("agreed by all" in text for text in first) or "was proposed" in first[0]


def test_filters_say_how_many_they_leave(read):
    assert "24 entries; shown: 1; newest" in text_of(read(f"{HISTORY}?kind=automatic"))
    assert "24 entries; shown: 0; newest" in text_of(read(f"{HISTORY}?kind=correction"))
    changed = entries(read(f"{HISTORY}?clause=C-COMPENSATION"))
    assert ["The draft was revised" in text for _, text in changed] == [True, False]
    assert len(entries(read(f"{HISTORY}?who=representative"))) == 3
    assert len(entries(read(f"{HISTORY}?month=2026-09"))) == 3


def test_what_was_refused_stands_among_the_entries_on_demand(read):
    assert "Refused: Propose a schedule change" not in read(HISTORY).text
    answer = text_of(read(f"{HISTORY}?attempts=1"))
    assert "Refused: Propose a schedule change" in answer
    assert "The week has too few hours at the enterprise: 16 of 40." in answer
    assert "Refused: Sign" in answer


def test_the_raw_entry_is_what_its_fingerprint_is_made_of(read, site):
    answer = read(HISTORY)
    pres = [html.unescape(each) for each in re.findall(r"<pre[^>]*>(.*?)</pre>", answer.text, re.S)]
    codes = re.findall(r'<p class="small">[^<]*<span class="code">([0-9a-f]{64})</span>', answer.text)
    assert len(pres) == len(codes) == 48
    assert [hashlib.sha256(each.encode()).hexdigest() for each in pres] == codes
    links = re.findall(
        rf'href="(/contracts/{site.story.contracts["active"]}/history/\d+/(?:entry|data))"', answer.text
    )
    assert [read(link).text for link in links[:4]] == pres[:4]


def test_an_address_with_an_entry_opens_at_it_unfolded(browser, site, read):
    position = entries(read(HISTORY))[5][0]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    visit(page, site, f"{HISTORY}#e-{position}")
    assert page.locator(":target").get_attribute("id") == f"e-{position}"
    assert page.locator(":target pre").first.is_visible()
    context.close()


def test_what_set_a_clause_leads_back_to_what_set_it_before(page, site):
    visit(page, site, f"{HISTORY}?clause=C-SCHEDULE")
    assert page.locator(".timeline > li").count() == 2
    page.locator(".timeline > li").first.locator(".changes a").click()
    assert "The draft was revised" in page.locator(":target").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_of_a_history_holds_the_same_entries(read, language):
    shown = [position for position, _ in entries(read(HISTORY, language=language))]
    answer = read("/contracts/{active}/history.csv", language=language)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = [*csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))]
    assert [int(row[0]) for row in rows[1:]] == shown


def revised(story, contract, times):
    """Written past the decisions, since nobody revises a draft so often."""
    stream, mapper = UUID(story.contracts[contract]), Mapper(EVENTS)
    kinds = (Funding.PAID, Funding.STATE_ORDER)
    made = [Revised(Role.ENTERPRISE, Terms(funding=kinds[n % 2], work_off=WorkOff(n))) for n in range(times)]
    events = [NewEvent(stream, uuid7(), event.type, 1, mapper.encode(event)) for event in made]
    by = {"actor": f"person:{story.people['enterprise']}", "role": "enterprise", "law": "kz"}
    with connect(story.url, APP) as pool:
        Recorder(pool).append(Append([Head(stream, "contract", 1)], events, by))


def test_a_thousand_entries_open_in_a_second_page_by_page(site):
    """On a machine that does other things too, twice as long is let through."""
    site.story.draft("long", "timur", term={"starts_on": "2029-02-01", "ends_on": "2029-12-30"})
    revised(site.story, "long", 999)
    history = site.url("/contracts/{long}/history")
    with site.client("college") as client:
        client.get(history)
        began = time.perf_counter()
        answer = client.get(history)
        took = time.perf_counter() - began
        assert "1,000 entries" in text_of(answer)
        assert len(entries(answer)) == 50
        assert took < 2
        assert "The contract was drafted" in entries(client.get(f"{history}?page=20"))[-1][1]
        assert len(entries(client.get(f"{history}?all=1"))) == 1000
        contract = client.get(site.url("/contracts/{long}")).text
        [address, position] = re.findall(r'href="([^"]*entry=(\d+)#e-\d+)"', contract)[0]
        assert int(position) in dict(entries(client.get(address)))


# Compare


def test_a_comparison_tells_each_clause_and_the_api_the_same(read, site):
    answer = text_of(read("/contracts/{active}/diff?from=2026-11-01&to=2026-11-02"))
    assert "1 thing differs." in answer
    path = f"/contracts/{site.story.contracts['active']}/diff"
    told = site.story.get("college", path, **{"from": "2026-11-01", "to": "2026-11-02"})
    assert [each["clause"] for each in told["clauses"]] == ["C-SCHEDULE"]
    assert told["clauses"][0]["by"]["text"] in answer
    assert "deleted: Monday, Tuesday; inserted: Thursday, Friday;" in answer


def test_swapping_the_sides_swaps_was_and_now(page, site):
    visit(page, site, "/contracts/{active}/diff?from=2026-11-01&to=2026-11-02")
    cells = page.locator("table.compare tbody tr td")
    was, now = cells.nth(0).inner_text(), cells.nth(1).inner_text()
    page.get_by_role("link", name="Swap the sides").click()
    assert (cells.nth(0).inner_text(), cells.nth(1).inner_text()) == (now, was)


def test_a_moment_does_not_differ_from_itself(read):
    answer = read("/contracts/{active}/diff?from=2026-11-02&to=2026-11-02")
    assert "Nothing differs." in answer.text
    assert "<table" not in answer.text


def test_when_only_knowledge_differs_the_page_says_so(read):
    answer = read("/contracts/{active}/diff?from=2026-11-10,2026-10-01T00:00:00Z&to=2026-11-10")
    assert "Nothing changed in fact; our knowledge did." in answer.text
    russian = read(
        "/contracts/{active}/diff?from=2026-11-10,2026-10-01T00:00:00Z&to=2026-11-10", language="ru"
    )
    assert "Фактически ничего не изменилось; изменилось то, что нам известно." in russian.text


def test_two_moments_are_typed_without_script(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    visit(page, site, "/contracts/{active}/diff")
    for side, day in (("from", "1"), ("to", "2")):
        for part, value in (("day", day), ("month", "ноября"), ("year", "2026")):
            page.locator(f"#{side}_in_force_on-{part}").fill(value)
    page.get_by_role("button", name="Compare").click()
    assert page.url.endswith("/diff?from=2026-11-01&to=2026-11-02")
    context.close()
