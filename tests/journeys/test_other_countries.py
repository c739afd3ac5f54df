"""A contract is made and left under the law of another country: J1 and J6 with packs de and fr."""

import pytest

from tests.journeys.cast import C1, E1, G1, S1
from tests.journeys.house import patiently
from tests.journeys.start import Town

REQUEST = {"ground": "own-wish", "received_on": "2026-12-28"}


@pytest.fixture(scope="module", params=["de", "fr"])
def town(opened, request):
    town = Town(opened(request.param, "2026-08-07 08:00"))
    town.pack = request.param
    return town


EARLIEST = {"de": ("2027-01-24", "2027-01-25", "BBiG"), "fr": ("2027-01-03", "2027-01-04", "CT")}


def test_a_contract_is_formed_by_all_its_parties(town):
    town.enrol(S1)
    town.represent(S1, G1)
    town.at("2026-08-24 09:00")
    town.k1 = town.conclude(S1, G1)
    town.at("2026-09-01 09:00")
    town.ready(town.k1, "2026-09-01")
    patiently(lambda: "contract.activated" in town.events(town.k1))


def test_a_notice_is_too_short_by_the_country_s_own_law(town):
    if town.pack == "fr":
        town.at("2026-12-23 09:00")
        wish = {**REQUEST, "received_on": "2026-12-23", "end_on": "2026-12-30"}
        first = town[S1].refused(f"{town.k1}/withdraw", wish)
        assert "WIT-MEDIATION" in first.codes
        assert first.facts("WIT-MEDIATION") == {"earliest": "2026-12-28"}
        town[S1].does(f"{town.k1}/ask-mediator", {"on": "2026-12-23"})
    town.at("2026-12-28 11:00")
    early, earliest, act = EARLIEST[town.pack]
    refused = town[S1].refused(f"{town.k1}/withdraw", {**REQUEST, "end_on": early})
    assert set(refused.codes) == {"WIT-NOTICE", "WIT-MINOR"}
    assert refused.facts("WIT-NOTICE")["earliest"] == earliest
    assert refused["WIT-NOTICE"]["source"]["act"] == act


def test_with_consent_and_in_time_it_ends_on_its_day(town):
    _, last, _ = EARLIEST[town.pack]
    town[G1].does(f"{town.k1}/consent-to-withdrawal", {"ground": "own-wish", "end_on": last})
    wish = {**REQUEST, "end_on": last}
    shown = town[S1].preview(f"{town.k1}/withdraw", wish)
    done = town[S1].does(f"{town.k1}/withdraw", wish)
    assert shown.bytes_of_consequences == done.bytes_of_consequences
    town.at("2027-01-27 09:00")
    patiently(lambda: "contract.ended" in town.events(town.k1))


def test_each_entry_names_the_law_that_it_was_decided_under(town):
    laws = town.house.rows("SELECT DISTINCT metadata ->> 'law' FROM log.events")
    assert [name for [name] in laws] == [f"{town.pack}/2026-11"]
    assert {C1.bin, E1.bin} <= {ref.removeprefix("org:") for ref in town.told(town.k1, "withdrawal.noticed")}
