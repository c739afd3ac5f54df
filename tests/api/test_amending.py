"""Changes of clauses on pages: chosen, filled in as they are, shown side by side, answered, with a raise."""

import pytest

from tests.api.forms import active, day
from tests.api.people import done

FROM_ON, LATER = day("from_on", "2027-02-01"), day("from_on", "2027-03-01")


@pytest.fixture
def contract(here):
    return f"/contracts/{active(here)}"


def terms(here, contract, on="2027-02-01"):
    return done(here.college.get(f"{contract}?in_force_on={on}"))["terms"]


def proposed(who, contract, *clauses, **typed):
    """The preview of an addendum about these clauses."""
    chosen = {f"clauses-{clause}": "yes" for clause in clauses}
    second = who.fills(f"{contract}/propose-amendment/1", chosen | FROM_ON)
    return who.sends(second.form("/propose-amendment/2"), typed)


def test_only_the_chosen_clauses_are_asked_with_what_they_say(personnel, contract):
    chosen = {"clauses-C-WORK-OFF": "yes", "clauses-C-COMPENSATION": "yes"} | FROM_ON
    second = personnel.fills(f"{contract}/propose-amendment/1", chosen)
    form = second.form("/propose-amendment/2")
    assert form.fields["changes-compensation-monthly"] == "95000"
    assert {name.split("-")[1] for name in form.known if name.startswith("changes-")} == {
        "compensation",
        "work_off",
    }
    assert "Schedule" not in [each.action for each in second.forms]


def test_nothing_chosen_is_nothing_to_propose(personnel, contract):
    shown = personnel.fills(f"{contract}/propose-amendment/1", FROM_ON)
    assert shown.status == 422
    assert "Which clauses change?" in shown.text


def test_an_addendum_is_proposed_and_agreed_on_pages(here, clerk, personnel, contract):
    less = {"changes-compensation-monthly": "90 000"}
    shown = proposed(personnel, contract, "C-COMPENSATION", **less)
    assert "95,000.00" in shown.text
    assert "90,000.00" in shown.text
    assert "Agreed by all" in shown.text
    wish = {
        "from_on": "2027-02-01",
        "changes": {"compensation": {"kind": "compensation", "monthly": 9000000}},
    }
    asked = here.enterprise.post(f"{contract}/propose-amendment?preview=true", wish)
    assert shown.form("/preview").fields["preview_digest"] == asked.headers["Kelisim-Preview"]
    recorded = personnel.confirms(shown)
    assert "An addendum was proposed" in recorded.text
    page = clerk.goes(contract)
    assert "Answer the addendum" in page.text
    assert "A change of clauses is open" in page.text
    assert page.links("/accept-amendment")
    reading = clerk.goes(f"{contract}/accept-amendment")
    assert "90,000.00" in reading.text
    assert "The proposal lapses, the clauses stay." in reading.text
    clerk.does(f"{contract}/accept-amendment")
    [amendment] = done(here.college.get(contract))["amendments"]
    assert amendment["accepted"] == ["college", "enterprise"]
    assert terms(here, contract)["compensation"]["monthly"] == 9500000


def test_what_is_in_favour_of_the_others_is_done_at_once_and_undone_by_all(here, personnel, contract):
    shown = proposed(personnel, contract, "C-EXPENSES", **{"changes-expenses-travel": "5 000"})
    assert "By one party alone, in favour of the others" in shown.text
    personnel.confirms(shown)
    assert terms(here, contract)["expenses"]["travel"] == 500000
    page = personnel.goes(f"{contract}?in_force_on=2027-02-01")
    assert "The clauses were changed by addendum No. 1" in page.text
    back = personnel.fills(f"{contract}/propose-amendment/1", {"clauses-C-EXPENSES": "yes"} | LATER)
    assert back.form("/propose-amendment/2").fields["changes-expenses-travel"] == "5000"
    without = {"changes-expenses-without": "yes"}
    shown = personnel.sends(back.form("/propose-amendment/2"), without)
    assert "Agreed by all" in shown.text
    personnel.confirms(shown)
    assert terms(here, contract, "2027-03-01")["expenses"]["travel"] == 500000


def test_a_new_clause_is_filled_in_part_by_part(here, clerk, contract):
    plan = {
        "changes-payment_plan-price": "11 250",
        "changes-payment_plan-months": "12",
        "changes-payment_plan-held_back_percent": "20",
    }
    shown = proposed(clerk, contract, "C-PAYMENT-PLAN", **plan)
    assert "Agreed by the two whom it concerns" in shown.text
    assert "Sum in all: 11,250.00" in shown.text
    clerk.confirms(shown)
    found = done(here.college.get(contract))["amendments"]
    assert found[0]["changes"] == {
        "payment_plan": {"price": 1125000, "months": 12, "held_back_percent": 20},
    }


def test_a_notice_is_given_and_objected_to_on_pages(here, clerk, personnel, contract):
    chosen = {"clauses-C-ASSESSMENT": "yes"} | FROM_ON
    second = clerk.fills(f"{contract}/give-notice-of-change/1", chosen)
    assert "clauses-C-COMPENSATION" not in clerk.goes(f"{contract}/give-notice-of-change/1").form().known
    typed = {"changes-assessment-interim_a_year": "2"}
    shown = clerk.sends(second.form("/give-notice-of-change/2"), typed)
    assert "By notice, to which others may object" in shown.text
    clerk.confirms(shown)
    reading = personnel.goes(f"{contract}/object")
    assert "The change holds from its day." in reading.text
    recorded = personnel.does(f"{contract}/object", {"reason": "too many"})
    assert "the notice became a proposal" in recorded.text
    declined = personnel.does(f"{contract}/decline-amendment")
    assert "The addendum was declined" in declined.text


def test_a_raise_is_typed_as_one_sum_from_one_day(here, personnel, contract):
    typed = day("steps-from_on", "2026-12-01") | {"steps-monthly": "110 000"}
    shown = personnel.fills(f"{contract}/raise-pay", typed)
    assert "15,000.00" in shown.text
    assert "Difference in the first month" in shown.text
    personnel.confirms(shown)
    assert terms(here, contract)["compensation"]["monthly"] == 11000000
    page = personnel.goes(contract)
    assert "110,000.00" in page.text


def test_a_raise_that_is_none_says_what_to_do(personnel, contract):
    typed = day("steps-from_on", "2026-12-01") | {"steps-monthly": "90 000"}
    shown = personnel.fills(f"{contract}/raise-pay", typed)
    assert shown.status == 409
    assert "A raise must raise" in shown.text
    assert shown.links("/propose-amendment")


def test_what_is_not_asked_of_them_is_told_to_nobody(here, contract):
    """A mentor sees neither what is proposed nor what is agreed about money."""
    wish = {"from_on": "2027-02-01", "changes": {"compensation": {"kind": "compensation", "monthly": 1}}}
    done(here.enterprise.post(f"{contract}/propose-amendment", wish))
    seen = done(here.mentor.get(contract))
    assert "amendments" not in seen
    assert "agreed" not in seen
    assert "compensation" not in str(seen)
