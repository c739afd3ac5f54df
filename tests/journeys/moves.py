"""A student on the way from E1 to E2: what the journeys of a transfer prepare."""

from datetime import date

from tests.journeys import never
from tests.journeys.cast import C1, E2, M3, S2, S7
from tests.journeys.house import patiently
from tests.journeys.many import whole
from tests.journeys.start import QUALIFICATION, id_of

END_ON, START_ON, ANSWER_BY = "2027-01-10", "2027-01-11", "2026-12-18"
TO_E2 = {"kind": "enterprise", "receiver": E2.bin, "end_on": END_ON, "start_on": START_ON}


def at_e2(town, capacity=2):
    """A mentor, with one student already, and a framework with C1 for one more."""
    town.k = {}
    wish = {"mentor": M3.record, "capacity": capacity, "cleared_on": "2026-07-20"}
    done = town[E2].does(f"/organisations/{E2.bin}/register-mentor", wish)
    town._met(M3, done.data("person.registered")["person"])
    wish = {"college": C1.bin, "enterprise": E2.bin, "places": 1, "qualifications": [QUALIFICATION]}
    town.places = town[C1].does("/memoranda", wish).id
    town.house.watched = False
    town.enrol(S7)
    town.at("2026-08-24 09:00")
    other = draft_at_e2(town, S7, "2026-09-01", None)
    concluded(town, other, S7)


def active(town, student, parent=None, **clauses):
    """With E1, from the first of September on."""
    if town.house.one("SELECT log.now_v1() < '2026-08-24T04:00:00Z'"):
        town.at("2026-08-24 09:00")
    contract = town.conclude(student, parent, **clauses)
    town.not_before("2026-09-01 09:00")
    town.ready(contract, "2026-09-01")
    patiently(lambda: "contract.activated" in town.events(contract))
    return contract


def draft_at_e2(town, student, starts_on, memorandum, successor_of=None):
    """By C1."""
    terms = town.terms(term={"starts_on": starts_on, "ends_on": "2027-06-30"}, mentor={"person": town.id(M3)})
    wish = {
        "student": town.id(student),
        "college": C1.bin,
        "enterprise": E2.bin,
        "route": "college_first",
        "memorandum": memorandum,
        "terms": terms,
        **({"successor_of": id_of(successor_of)} if successor_of else {}),
    }
    return f"/contracts/{town[C1].does('/contracts', wish).id}"


def concluded(town, contract, student, parent=None):
    """Offered by C1 and signed by all."""
    text = {"text_hash": town[C1].does(f"{contract}/offer").data("contract.offered")["text_hash"]}
    for who in (E2, student):
        town[who].does(f"{contract}/sign", text)
    if parent:
        town[parent].does(f"{contract}/consent", text)
    town[C1].does(f"{contract}/sign", text)
    return contract


def nothing_wrong(town):
    """Told from the stored events alone."""
    assert never.concluded_without_all_signatures_to_one_text(town.house) == []
    assert never.two_contracts_at_once(town.house) == []
    assert never.half_a_transfer(town.house) == []
    assert never.personal_words(town.house) == []
    whole(town.house, date.fromisoformat(S2.born_on).replace(year=2027))
