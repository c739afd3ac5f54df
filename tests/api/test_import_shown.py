"""What was imported, and what the demo holds, as the service shows it: register, contract, history."""

from urllib.parse import quote

import psycopg

from api import demo
from api.app import create_app
from api.house import opened
from tests.api.importing import hand_in, importing_house
from tests.api.live import live
from tests.api.people import somebody
from tests.api.sample_contracts import GOOD, rows

__all__ = ["hand_in", "importing_house"]

PURPOSE = {"Kelisim-Purpose": quote("Тексеру")}


def last_position(database):
    with psycopg.connect(database) as connection:
        [position] = connection.execute("SELECT max(position) FROM log.events").fetchone()
    return str(position)


def test_the_register_a_contract_and_its_history_show_what_was_imported(importing_house, hand_in, database):
    hand_in()
    row = rows()[7][0]
    with live(create_app(importing_house.settings)) as client:
        lawyer = somebody(client, "lawyer").saying(**PURPOSE, Kelisim_Min_Position=last_position(database))
        assert lawyer.get("/contracts?count=true&limit=1").json()["total"] == GOOD
        [found] = lawyer.get(f"/contracts?q={quote(row['number'])}").json()["items"]
        assert found["number"] == row["number"]
        [by_number] = lawyer.get(f"/contracts?q={row['iin']}").json()["items"]
        assert by_number == found
        contract = lawyer.get(f"/contracts/{found['contract_id']}").json()
        assert row["enterprise_name"] in str(contract) or row["enterprise_bin"] in str(contract)
        [entry] = lawyer.get(f"/contracts/{found['contract_id']}/history").json()["items"]
        assert entry["type"] == "contract.imported"


def test_the_demo_s_people_find_their_contracts(settings, database):
    with opened(settings) as house:
        demo.load(house)
    with live(create_app(settings)) as client:
        position = last_position(database)
        seen = {
            name: len(
                somebody(client, name)
                .saying(**PURPOSE, Kelisim_Min_Position=position)
                .get("/contracts")
                .json()["items"]
            )
            for name in ("college", "enterprise", "student", "parent", "chamber", "lawyer")
        }
    assert seen == {"college": 14, "enterprise": 11, "student": 1, "parent": 1, "chamber": 14, "lawyer": 14}
