"""Commands over HTTP: what they answer, once and however often they come."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
import rfc8785
from pydantic import TypeAdapter

from api.app import create_app
from api.commands import path
from api.examples import EXAMPLES
from api.settings import Settings
from api.wrong_fields import wrong_values
from contracts.lifecycle import COMMANDS
from contracts.parties import Role
from tests.api.people import COLLEGE, ENTERPRISE, done, new_record, somebody

ASKED_FOR = [command for command in COMMANDS.values() if command.by != {Role.DEADLINE}]
TABLES = """SELECT table_schema || '.' || table_name FROM information_schema.tables
            WHERE table_schema IN ('log', 'personal', 'edge') AND table_type = 'BASE TABLE'"""


def consequences(answer):
    """The bytes as they were sent."""
    _, _, rest = answer.content.partition(b'"consequences":')
    return rest.removesuffix(b"}")


def everything(url):
    """Number and digest of the rows of every table, but for who read what, which a reader writes."""
    with psycopg.connect(url) as connection:
        names = sorted(name for (name,) in connection.execute(TABLES) if name != "edge.reads")
        return {
            name: connection.execute(
                f"SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {name} t"
            ).fetchone()
            for name in names
            if name not in {"log.mark", "log.projections", "edge.posted"}  # who follows may be a moment late
        }


def test_a_contract_begins_with_201_its_version_and_its_place_in_the_log(place):
    answer = place.college.post("/contracts", place.drafting())
    assert answer.status_code == 201
    body = answer.json()
    assert list(body) == ["id", "version", "position", "recorded_at", "events", "consequences"]
    assert body["version"] == 1
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Kelisim-Position"] == str(body["position"])
    assert len(body["recorded_at"]) == len("2026-08-10T04:00:00.000000Z")
    assert [event["type"] for event in body["events"]] == ["contract.drafted"]
    assert body["events"][0]["version"] == 1


def test_what_is_true_already_is_200_without_events(place):
    id = place.draft()
    done(place.college.post(f"/contracts/{id}/offer"))
    again = place.enterprise.post(f"/contracts/{id}/offer")
    assert (again.status_code, again.json()["events"], again.json()["version"]) == (200, [], 2)


def test_a_preview_writes_nothing_and_says_byte_for_byte_what_is_then_done(place):
    id = place.draft()
    before = everything(place.url)
    preview = place.college.post(f"/contracts/{id}/offer?preview=true", Idempotency_Key="offer")
    assert preview.status_code == 200
    assert preview.headers["ETag"] == '"1"'
    assert (preview.json()["position"], preview.json()["recorded_at"]) == (None, None)
    assert everything(place.url) == before

    shown = hashlib.sha256(consequences(preview)).hexdigest()
    assert preview.headers["Kelisim-Preview"] == shown
    real = place.college.post(f"/contracts/{id}/offer", If_Match='"1"', Kelisim_Preview=shown)
    assert real.status_code == 200
    assert consequences(real) == consequences(preview)
    assert rfc8785.dumps(real.json()["consequences"]) == consequences(preview)


def test_consequences_are_the_same_in_every_language(place):
    id = place.draft()
    bodies = {
        consequences(place.college.post(f"/contracts/{id}/offer?preview=true", Accept_Language=language))
        for language in ("kk", "ru", "en")
    }
    assert len(bodies) == 1


def test_what_would_now_differ_from_what_was_shown_is_refused(place):
    id = place.draft()
    answer = place.college.post(f"/contracts/{id}/offer", Kelisim_Preview="0" * 64)
    assert answer.status_code == 409
    assert [refusal["code"] for refusal in answer.json()["refusals"]] == ["GEN-DAY-MOVED"]
    assert done(place.college.get(f"/contracts/{id}"))["version"] == 1


def test_the_same_key_gives_the_same_answer_again_and_one_effect(place):
    id = place.draft()
    first, again = (place.college.post(f"/contracts/{id}/offer", Idempotency_Key="k1") for _ in range(2))
    assert first.status_code == again.status_code == 200
    assert again.content == first.content
    assert done(place.college.get(f"/contracts/{id}"))["version"] == 2


def test_a_new_contract_with_a_key_is_made_once(place):
    body, key = place.drafting(), str(uuid4())
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: place.college.post("/contracts", body, Idempotency_Key=key), range(8))
        )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1


def test_the_same_key_with_another_body_is_422(place):
    id = place.draft()
    done(place.college.post(f"/contracts/{id}/offer", {"sign_by": "2026-12-20"}, Idempotency_Key="k2"))
    answer = place.college.post(f"/contracts/{id}/offer", {"sign_by": "2026-12-21"}, Idempotency_Key="k2")
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/key-reused")


def test_the_keys_of_two_callers_never_meet(place):
    id = place.draft()
    other = place.clerk(COLLEGE)
    done(place.college.post(f"/contracts/{id}/offer", Idempotency_Key="k3"))
    answer = other.post(f"/contracts/{id}/withdraw-offer", Idempotency_Key="k3")
    assert answer.status_code == 200
    assert [event["type"] for event in answer.json()["events"]] == ["contract.offer_withdrawn"]


def test_a_version_that_is_over_is_412_with_the_one_that_is(place):
    id = place.draft()
    done(place.college.post(f"/contracts/{id}/offer", If_Match='"1"'))
    answer = place.college.post(f"/contracts/{id}/withdraw-offer", If_Match='"1"')
    assert (answer.status_code, answer.json()["type"]) == (412, "/problems/conflict")
    assert answer.json()["version"] == 2
    assert answer.headers["ETag"] == '"2"'


def test_of_two_with_the_same_version_one_is_done(place):
    id = place.draft()
    clerks = [place.college, place.clerk(COLLEGE)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda who: who.post(f"/contracts/{id}/offer", If_Match='"1"'), clerks))
    assert sorted(answer.status_code for answer in answers) in ([200, 200], [200, 412])
    assert done(place.college.get(f"/contracts/{id}"))["version"] == 2


@pytest.mark.parametrize(
    ("header", "value"),
    [("If-Match", "5"), ("If-Match", '"five"'), ("Kelisim-Preview", "abc"), ("Idempotency-Key", "k" * 129)],
)
def test_a_header_that_cannot_be_read_is_400(place, header, value):
    answer = place.college.post(
        "/contracts", place.drafting(place.student), **{header.replace("-", "_"): value}
    )
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/unreadable")


def test_an_organisation_is_answered_by_its_bin(place):
    answer = place.college.post(
        f"/organisations/{COLLEGE}/enrol-student", {"student": new_record(), "specialty": "07130700"}
    )
    assert answer.status_code == 200
    assert answer.json()["id"] == COLLEGE


def test_a_person_is_made_once_for_one_number(place):
    record = new_record()
    assert place.college.post("/people", {"record": record}).status_code == 201
    again = place.college.post("/people", {"record": record})
    assert [refusal["code"] for refusal in again.json()["refusals"]] == ["ORG-TWICE"]


def test_a_form_without_fields_needs_no_body(place):
    id = place.draft()
    done(place.college.post(f"/contracts/{id}/offer"))
    address = f"/api/v1/contracts/{id}/withdraw-offer"
    assert place.client.post(address, headers=place.college.headers).status_code == 200


@pytest.mark.parametrize("command", ["lapse", "lapse-schedule-change", "lapse-mutual-end", "note-adulthood"])
def test_what_happens_by_itself_cannot_be_asked_for(place, command):
    id = place.draft()
    assert place.college.post(f"/contracts/{id}/{command}").status_code == 404


def test_a_refusal_is_written_down_under_its_number(place):
    id = place.draft()
    refused = place.college.post(f"/contracts/{id}/activate")
    assert refused.status_code == 409
    listed = done(place.college.get(f"/audit/attempts?contract={id}"))["items"]
    assert [each["attempt_id"] for each in listed] == [refused.json()["attempt"]]
    assert [each["rule"] for each in listed[0]["refusals"]] == listed[0]["rules"]


def test_every_command_has_a_route_and_an_example_that_it_takes():
    described = create_app(Settings()).openapi()
    assert set(EXAMPLES) == {command.type for command in ASKED_FOR}
    for command in ASKED_FOR:
        assert "post" in described["paths"][f"/api/v1{path(command)}"]
        wish = TypeAdapter(command).validate_json(rfc8785.dumps(EXAMPLES[command.type]), strict=True)
        assert wrong_values("en", wish, check_digit=True) == []


def test_somebody_who_is_nobody_here_begins_nothing(place):
    stranger = somebody(place.client, f"person:{uuid4()}")
    assert stranger.post("/contracts", place.drafting(place.student)).status_code == 404
    assert ENTERPRISE not in stranger.get("/contracts").text
