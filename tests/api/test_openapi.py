"""The description of the API is the API's, for programs and for people."""

import re
from pathlib import Path

import pytest

from api.app import create_app
from api.languages import LANGUAGES
from api.openapi import written
from api.settings import Settings
from contracts.lifecycle import COMMANDS
from contracts.parties import Role

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"


@pytest.fixture(scope="module")
def described():
    return create_app(Settings()).openapi()


def test_the_committed_description_is_the_service_s_own():
    """If this fails: python -m api.openapi, and look at what changed for callers."""
    assert COMMITTED.read_text() == written(create_app(Settings()))


def test_every_operation_has_a_name_of_its_own(described):
    names = [
        operation["operationId"] for methods in described["paths"].values() for operation in methods.values()
    ]
    assert len(names) == len(set(names))
    assert {c.type for c in COMMANDS.values() if c.by != {Role.DEADLINE}} < set(names)


def test_every_reference_leads_somewhere(described):
    text = COMMITTED.read_text()
    for name in set(re.findall(r'"#/components/schemas/(\w+)"', text)):
        assert name in described["components"]["schemas"]


def test_every_post_of_a_command_has_an_example_and_all_answers(described):
    for path, methods in described["paths"].items():
        if "post" in methods and "requestBody" in methods["post"]:
            content = methods["post"]["requestBody"]["content"]["application/json"]
            assert content["example"] is not None, path
            assert {"409", "412", "413", "415", "422", "503"} <= set(methods["post"]["responses"])


def test_unknown_fields_are_refused_in_every_schema_of_a_body(described):
    made_here = {"Problem", "Refusal", "Granted"}
    for name, schema in described["components"]["schemas"].items():
        if name not in made_here and "properties" in schema:
            assert schema["additionalProperties"] is False, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_people_is_whole_in_itself(place, language):
    page = place.client.get("/docs", headers={"Accept-Language": language})
    assert page.status_code == 200
    for command in COMMANDS.values():
        assert (f'id="{command.type}"' in page.text) == (command.by != {Role.DEADLINE})
    assert '<th scope="row">received_on</th><td>date</td>' in page.text
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page.text)
    assert "<script" not in page.text
    assert " style=" not in page.text


def test_the_description_is_answered_to_programs(place):
    assert place.client.get("/openapi.json").json()["info"]["title"] == "Kelisim"
