"""Lists of all kinds; organisations and people; text and schedule."""

import csv
import io
import re

import pytest

from tests.browser.cast import COLLEGE, ENTERPRISE, RECORDS
from tests.browser.reading import headings, text_of
from tests.browser.visiting import visit


def numbers(answer):
    return re.findall(r">(75-2026-\d{6})</a>", answer.text)


# Work list


def test_each_task_is_in_one_group_and_the_counts_add_up(read):
    answer = read("/worklist")
    counts = [int(n) for n in re.findall(r": (\d+)\.", text_of(answer).partition("Overdue")[2][:80])]
    groups = [int(n) for n in re.findall(r'<span class="quiet">\((\d+)\)</span>', answer.text)]
    assert sum(counts) == sum(groups) == len(re.findall(r"<li><div><p><b>", answer.text))
    assert f"Work list ({sum(counts[:3])})" in answer.text


def test_a_task_says_what_which_contract_for_whom_by_when_and_what_silence_means(read):
    answer = text_of(read("/worklist"))
    for part in (
        *("Answer the schedule proposal Contract: 75-2026-000001", f"Student: {RECORDS['student'][1]}"),
        *("If nothing happens: The proposal lapses, the schedule stays.", "6 December 2026 in 12 days"),
    ):
        assert part in answer


def test_whoever_has_nothing_to_do_is_told_so_with_the_next_day(read):
    assert "You have nothing to do. Next deadline: 6 December 2026." in text_of(read("/worklist", "chamber"))


# Register


@pytest.mark.parametrize("q", ["000001", "75-2026-000001", "Айсұлу", "айсулу", "мысалкызы"])
def test_a_contract_is_found_by_number_and_by_name_in_either_spelling(read, q):
    assert numbers(read(f"/contracts?q={q}")) == ["75-2026-000001"]


def test_an_organisation_is_found_by_name_and_by_number(read):
    assert len(numbers(read(f"/contracts?enterprise={ENTERPRISE}"))) >= 5
    assert len(numbers(read("/contracts?enterprise=Мысал электр"))) >= 5
    assert numbers(read("/contracts?enterprise=130940900302")) == []


def test_a_filter_can_be_taken_away_and_stays_in_the_form(page, site):
    visit(page, site, "/contracts?status=ending&q=000")
    assert page.locator("#status").input_value() == "ending"
    page.locator(".chosen a").filter(has_text="Ending").click()
    assert page.url.endswith("/contracts?q=000")


def test_an_empty_list_names_the_filter_that_leaves_most_out(read):
    answer = text_of(read("/contracts?status=ending&q=000001"))
    assert "No contract matches." in answer
    assert 'Without the filter "Number, student or organisation": 1' in answer
    assert 'Without the filter "State": 1' in answer or "Take all filters away" in answer


def test_a_personal_number_never_stands_in_an_address(page, site):
    iin = RECORDS["student"][0]
    visit(page, site, f"/contracts?q={iin}")
    assert page.url.endswith("/contracts?iin=1")
    assert 'Look for it with the form "Find by personal number"' in page.content()
    page.locator(".filter-fold summary").click()
    page.locator("#iin").fill(iin)
    page.get_by_role("button", name="Find").click()
    assert page.url.endswith("/contracts/by-iin")
    assert page.locator("tbody tr").count() == 1
    assert iin not in page.content()


def test_a_wrong_personal_number_is_not_said_back(site):
    with site.client("college") as client:
        token = re.search('name="csrf" value="([0-9a-f]+)"', client.get("/contracts").text)[1]
        answer = client.post("/contracts/by-iin", data={"iin": "100315690", "csrf": token})
        assert answer.status_code == 422
        assert "100315690" not in answer.text
        assert client.post("/contracts/by-iin", data={"iin": RECORDS["student"][0]}).status_code == 403


def test_a_heading_sorts_and_says_so(page, site):
    visit(page, site, "/contracts")
    page.get_by_role("link", name="Student", exact=True).click()
    assert page.locator("th[aria-sort=ascending]").inner_text() == "Student"
    names = page.locator("tbody td:nth-child(2)").all_inner_texts()
    assert names[0] == "Айсұлу Мысалқызы"
    assert (
        names.index("Зарина Мысалбекқызы") < names.index("Камила Үлгіқызы") < names.index("Мәдина Үлгібекова")
    )


def test_nobody_sees_contracts_of_others_not_even_their_number(site, read):
    assert numbers(read("/contracts", "student")) == ["75-2026-000001"]
    with site.bearer("other") as client:
        answer = client.get("/contracts?count=1")
        assert "0 contracts in all." in answer.text
        assert "There is no contract yet that you may see." in answer.text


def test_the_file_has_the_rows_of_the_list(read):
    answer = read("/contracts.csv?status=ending")
    rows = [*csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))]
    assert [row[0] for row in rows] == ["Number", "75-2026-000002"]


# Deadlines and messages


def test_a_deadline_says_how_it_was_counted(read):
    answer = text_of(read("/deadlines"))
    assert "From: 20 November 2026, this day not counted. Length: 15 calendar days." in answer
    assert "The end fell on days off and moved over them: 5 December 2026, 6 December 2026." in answer
    assert "From: 23 November 2026, this day not counted. Length: 1 month." in answer


def test_a_calendar_address_is_shown_once_and_can_be_ended(page, site):
    visit(page, site, "/deadlines", "enterprise")
    page.get_by_role("button", name="Make an address").click()
    address = page.locator(".panel .code").inner_text()
    shown = site.story.http.get(address.partition("/deadlines")[1] + address.partition("/deadlines")[2])
    assert "BEGIN:VCALENDAR" in shown.text
    page.goto(site.url("/deadlines"))
    assert address not in page.content()
    page.get_by_role("button", name="End all my addresses").click()
    assert site.story.http.get("/deadlines" + address.partition("/deadlines")[2]).status_code == 404


def test_messages_say_what_was_sent_to_whom(read):
    answer = text_of(read("/messages"))
    assert "Notice of withdrawal was given. 75-2026-000002 Enterprise ТОО «Мысал Электр»" in answer


# Attempts and reads


def test_attempts_say_who_what_and_every_rule(read):
    answer = text_of(read("/audit/attempts?contract={active}"))
    assert "Propose a schedule change 75-2026-000001 The week has too few hours at the enterprise" in answer
    assert "FOR-ORDER: 1" in answer
    narrowed = text_of(read("/audit/attempts?contract={active}&rule=schedule.practice-share"))
    assert "SCH-SHARE: 1" in narrowed
    assert "FOR-ORDER: 1" not in narrowed


def test_a_party_sees_who_read_the_contract(read):
    read("/contracts/{signing}/text", "enterprise")
    answer = text_of(read("/audit/reads?subject={signing}"))
    assert f"{RECORDS['enterprise'][1]} ТОО «Мысал Электр» Text of the contract" in answer


def test_a_stranger_sees_no_readers(site):
    with site.bearer("other") as client:
        assert client.get(site.url("/audit/reads?subject={active}")).status_code == 404
        assert client.get(site.url("/audit/attempts?contract={active}")).status_code == 404


# Organisations, memoranda, people


def test_an_organisation_shows_itself_whole_and_to_others_what_is_public(read):
    own, others = read(f"/organisations/{ENTERPRISE}", "enterprise"), read(f"/organisations/{ENTERPRISE}")
    assert headings(own) == ["Who acts for it", "Mentors", "Memoranda", "Contracts", "What you can do now"]
    assert headings(others) == []
    assert RECORDS["mentor"][1] in own.text
    assert read("/organisations/990140900999").status_code == 404
    assert "Licence" in text_of(read(f"/organisations/{COLLEGE}"))


def test_a_memorandum_says_how_many_places_are_free(read):
    assert re.search(
        r"Places: 6\. In contracts: \d+\. Reserved by offers: \d+\. Free: \d+\.",
        text_of(read("/memoranda/{memorandum}")),
    )


def test_a_person_is_shown_as_far_as_one_may_know(read, site):
    own, others = read("/people/<student>", "student"), read("/people/<student>", "enterprise")
    iin = RECORDS["student"][0]
    assert iin in own.text
    assert iin not in others.text
    assert f"********{iin[-4:]}" in others.text
    assert "What you may not see is left out" in others.text
    with site.bearer("other") as client:
        assert client.get(site.url("/people/<student>")).status_code == 404


# Text and schedule


def test_the_text_stands_in_both_languages_with_names(read):
    answer = read("/contracts/{active}/text", language="ru")
    kazakh = re.findall(r'<p lang="kk">(.*?)</p>', answer.text)
    russian = re.findall(r'<p lang="ru">(.*?)</p>', answer.text)
    assert len(kazakh) == len(russian) > 15
    assert RECORDS["student"][1] in kazakh[0]
    assert any(RECORDS["mentor"][1] in text for text in russian)
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-7", " ".join(kazakh + russian))


def test_a_changed_clause_leads_to_its_earlier_reading(page, site):
    visit(page, site, "/contracts/{active}/text")
    section = page.locator("section.reading").filter(has=page.locator("#C-SCHEDULE"))
    assert "Reads so since: 2 November 2026." in section.inner_text().replace("\u00a0", " ")
    section.get_by_role("link", name="Earlier reading").click()
    assert page.url.endswith("/text?in_force_on=2026-11-01#C-SCHEDULE")
    assert (
        "колледж – дүйсенбі, сейсенбі"
        in page.locator("section.reading").filter(has=page.locator("#C-SCHEDULE")).inner_text()
    )


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-10-29", "29 October 2026: Enterprise"),
        ("2026-11-05", "5 November 2026: College"),
        ("2026-10-26", "26 October 2026: Republic Day"),
    ],
)
def test_the_schedule_says_where_the_student_is_that_day(read, day, sentence):
    assert sentence in text_of(read(f"/contracts/{{active}}/schedule?in_force_on={day}"))


def test_the_schedule_is_a_table_of_words_with_the_share_below(read):
    answer = read("/contracts/{active}/schedule")
    assert "At the enterprise: 24 of 40 hours, 60.0 %. Least: 60 %, in hours: 24." in text_of(answer)
    assert answer.text.count("<table>") == 4
    assert "Waits for answers" in answer.text
    assert "Agreed" in answer.text


def test_a_month_can_be_turned(page, site):
    visit(page, site, "/contracts/{active}/schedule")
    page.get_by_role("link", name="Later: December 2026").click()
    assert "Independence Day" in page.locator("main").inner_text()


@pytest.mark.parametrize("path", ["/", "/worklist"])
def test_the_first_page_is_what_there_is_to_do(page, site, path):
    visit(page, site, path, "college")
    assert page.url.endswith("/worklist")


def test_signing_out_ends_the_session(page, site):
    visit(page, site, "/sign-in", "")
    page.locator("form:has(input[value='parent']) button").click()
    assert page.locator("h1").inner_text() == "Work list"
    page.get_by_role("button", name="Sign out").click()
    page.goto(site.url("/worklist"))
    assert "/sign-in" in page.url


def test_whoever_acts_for_several_chooses_for_whom_and_can_choose_again(page, site):
    visit(page, site, "/contracts", "several")
    assert page.locator("h1").inner_text() == "For whom do you act?"
    page.get_by_label("ТОО «Мысал Электр»").check()
    page.get_by_role("button", name="Continue").click()
    assert page.url.endswith("/contracts")
    assert page.locator("tbody tr").count() >= 5
    page.get_by_role("link", name="ТОО «Мысал Электр»").first.click()
    page.get_by_label("ТОО «Алатау Куат Мысал»").check()
    page.get_by_role("button", name="Continue").click()
    page.goto(site.url("/contracts"))
    assert page.locator("tbody tr").count() == 0


def test_whoever_is_here_for_themselves_is_called_by_name(page, site):
    visit(page, site, "/worklist", "student")
    assert RECORDS["student"][1] in page.locator(".header").inner_text()


def test_whoever_reads_by_duty_has_no_tasks_and_whoever_runs_the_service_no_contracts(page, site):
    visit(page, site, "/help", "lawyer")
    assert page.locator(".nav").first.locator("a").all_inner_texts() == [
        *("Contracts", "Claims and disputes", "Audit", "Help")
    ]
    visit(page, site, "/", "operator")
    assert page.locator(".nav").first.locator("a").all_inner_texts() == ["Help"]
