"""docker-compose.yml: it is one, and each of its containers can do no more than it must."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from api import settings

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SCHEMA = json.loads((ROOT / "tests" / "compose" / "compose-spec.json").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()

each = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES.keys())
PINNED = re.compile(r"[a-z/.-]+:\d+\.\d+[\w.-]*(\$\{\w+_DIGEST:-\}|@sha256:[0-9a-f]{64})?")


def test_it_fits_the_compose_specification():
    jsonschema.Draft201909Validator(SCHEMA).validate(COMPOSE)


def test_a_misspelt_word_does_not_fit():
    wrong = COMPOSE | {"services": {"postgres": {"image": "postgres:18.4", "read-only": True}}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft201909Validator(SCHEMA).validate(wrong)


@each
def test_no_container_runs_as_root(service):
    user, group = service["user"].split(":")
    assert int(user) > 0
    assert int(group) > 0


@each
def test_no_container_can_write_to_itself_or_gain_rights(service):
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "pid", "ipc", "network_mode", "devices"} & service.keys()


@each
def test_every_container_is_asked_for_its_health(service):
    assert service["healthcheck"]["test"]
    assert service["restart"] == "unless-stopped"


@each
def test_every_image_is_one_exact_version(service):
    assert PINNED.fullmatch(service["image"])


def test_the_server_is_postgresql_18():
    assert SERVICES["postgres"]["image"].startswith("postgres:18.")


def test_the_service_waits_for_a_database_that_answers():
    assert SERVICES["service"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


@each
def test_secrets_come_by_file(service):
    for name, value in service["environment"].items():
        assert not re.search(r"://[^/]*:[^/]*@", str(value))
        assert name.endswith("_FILE") or "PASSWORD" not in name
    assert all(secret.keys() == {"file"} for secret in COMPOSE["secrets"].values())
    assert set(service["secrets"]) <= COMPOSE["secrets"].keys()


@each
def test_only_this_machine_reaches_a_port(service):
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_the_database_is_reached_from_inside_only():
    assert SERVICES["postgres"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_the_service_gets_only_settings_that_exist():
    assert SERVICES["service"]["environment"].keys() <= settings.ALLOWED.keys()


def test_the_image_is_made_from_hashed_parts_and_runs_as_the_same_user():
    assert "--require-hashes" in DOCKERFILE
    [python] = re.findall(r"^ARG PYTHON=(.+)$", DOCKERFILE, re.MULTILINE)
    assert PINNED.fullmatch(python)
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"${PYTHON}"}
    assert re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE) == [SERVICES["service"]["user"]]
