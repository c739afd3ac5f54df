"""Forms, previews and refusals in a real Chromium: focus, one entry for two clicks, nothing cut (P14, P18,
P23, P31, P34, P41)."""

import pytest
from playwright.sync_api import expect

from api.languages import LANGUAGES
from tests.browser.chromium import sideways, too_small, violations
from tests.browser.visiting import visit

ON = "form .buttons .button:not(.second)"
MUTUAL = "/contracts/{active}/propose-mutual-end"


def typed(page, name, on):
    for part, value in zip(("year", "month", "day"), on.split("-"), strict=True):
        page.locator(f"#{name}-{part}").fill(value.lstrip("0"))


def fit(page):
    """Nothing is wrong with the page, wide or narrow."""
    assert violations(page) == []
    assert too_small(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways(page) == 0
    page.set_viewport_size({"width": 1280, "height": 800})


def entries(site, contract):
    [count] = site.story.database.execute(
        "SELECT count(*) FROM log.events WHERE stream_id = %s", [site.story.contracts[contract]]
    ).fetchone()
    return count


def test_after_a_failed_form_the_focus_is_on_the_errors_and_each_leads_to_its_field(page, site):
    visit(page, site, "/contracts/{active}/withdraw?all=1")
    page.locator("#received_on-day").fill("31")
    page.locator("#received_on-month").fill("2")
    page.locator(ON).first.click()
    expect(page.locator("#errors")).to_be_focused()
    page.locator('#errors a[href="#received_on-day"]').click()
    expect(page.locator("#received_on-day")).to_be_focused()
    assert page.locator("#received_on-day").input_value() == "31"
    page.locator('#errors a[href="#ground-1"]').click()
    expect(page.locator("#ground-1")).to_be_focused()


def test_no_form_has_a_native_picker_or_a_label_that_goes_away(page, site):
    for path in ("/contracts/{active}/withdraw?all=1", "/contracts/new?all=1", "/contracts/{draft}/revise"):
        visit(page, site, path, "enterprise")
        assert page.locator('input[type="date"], input[type="time"], [placeholder]').count() == 0
        unlabelled = page.evaluate(
            """() => [...document.querySelectorAll("main :is(input:not([type=hidden]), textarea, select)")]
               .filter(one => !one.labels.length).map(one => one.name)"""
        )
        assert unlabelled == []


def test_two_clicks_on_confirm_make_one_entry(page, site):
    visit(page, site, MUTUAL)
    typed(page, "end_on", "2027-03-01")
    page.locator(ON).first.click()
    before = entries(site, "active")
    page.locator("#promise").check()
    page.locator(ON).first.dblclick()
    page.wait_for_url("**/done?**")
    assert entries(site, "active") == before + 1
    page.go_back()
    page.reload()
    assert entries(site, "active") == before + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_preview_refusal_and_end_are_fit_for_everybody(page, site, language):
    """A day that is too early is refused, the one that is offered is taken."""
    path = "/contracts/{active}/withdraw?all=1"
    visit(page, site, path, language=language)
    page.locator('[name="initiator"][value="student"]').check()
    page.locator('[name="ground"][value="own-wish"]').check()
    typed(page, "received_on", "2026-11-24")
    typed(page, "end_on", "2026-11-30")
    with page.expect_navigation() as refused:
        page.locator(ON).first.click()
    assert refused.value.status == 409
    assert page.locator("html").get_attribute("lang") == language
    fit(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_preview_is_fit_for_everybody_and_keeps_its_answers_in_another_language(page, site, language):
    visit(page, site, "/contracts/{signing}/refuse-to-sign", "enterprise", language)
    page.locator("#reason").fill("Басқа мамандық")
    page.locator(ON).first.click()
    fit(page)
    other = next(each for each in LANGUAGES if each != language)
    page.locator(f'.side a[hreflang="{other}"]').click()
    assert page.url.endswith("/refuse-to-sign/preview")
    assert page.locator("html").get_attribute("lang") == other
    assert "Басқа мамандық" in page.locator("main").inner_text()


def test_a_week_that_takes_turns_is_asked_without_a_script(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    visit(page, site, "/contracts/{active}/propose-schedule-change")
    assert page.locator(".week table").count() == 1
    page.locator('button[name="set"]').click()
    assert page.locator(".week table").count() == 2
    assert page.locator("#schedule-weeks-1-mon-college").is_checked() in (True, False)
    page.locator('button[name="set"]').click()
    assert page.locator(".week table").count() == 1
    context.close()


def test_choosing_among_many_is_a_search_with_enter_and_a_list(page, site):
    visit(page, site, "/contracts/new")
    page.locator("#find").fill("Тимур")
    page.locator("button[name=stay]").click()
    names = page.locator("[name=student] + div label").all_inner_texts()
    assert len(names) == 1
    assert "Тимур" in names[0]
