"""Settings: a wrong one stops the start and says what is allowed; a secret is never shown."""

import re
from pathlib import Path

import pytest

from api.settings import ALLOWED, NEEDED_IN_PRODUCTION, Mode, WrongSetting, read

ROOT = Path(__file__).parents[2]
URL = "postgresql://kelisim:hidden@db/kelisim"


def refusal(**environ: str) -> str:
    with pytest.raises(WrongSetting) as refused:
        read(environ)
    return str(refused.value)


def production(folder: Path, **changes: str) -> dict[str, str]:
    key = folder / "key"
    key.write_text("a key\n")
    given = dict.fromkeys((f"KELISIM_{name}" for name in NEEDED_IN_PRODUCTION), str(key))
    given |= {"KELISIM_MODE": "production", "KELISIM_DATABASE_URL": URL}
    return (
        given | {"KELISIM_OIDC_ISSUER": "https://id.example", "KELISIM_OIDC_CLIENT_ID": "kelisim"} | changes
    )


def test_without_a_variable_it_is_a_demo_on_port_8000_under_the_law_of_kazakhstan():
    settings = read({})
    assert (settings.mode, settings.port, settings.law) == (Mode.DEMO, 8000, "kz")
    assert settings.address == "http://127.0.0.1:8000"
    assert settings.database_url is None


def test_the_address_is_the_one_that_is_given():
    assert read({"KELISIM_URL": "https://kelisim.example/"}).address == "https://kelisim.example"


def test_an_empty_variable_is_none():
    assert read({"KELISIM_PORT": "", "KELISIM_DATABASE_URL": ""}) == read({})


def test_other_variables_are_others_business():
    assert read({"PATH": "/bin", "PGPASSWORD": "x"}) == read({})


@pytest.mark.parametrize("port", ["1", "65535"])
def test_a_port_has_a_lowest_and_a_highest_number(port):
    assert read({"KELISIM_PORT": port}).port == int(port)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8000.0", "eight", "²"])
def test_a_wrong_port_is_shown_with_what_is_allowed(port):
    told = f"KELISIM_PORT is {port!r}; allowed: a whole number from 1 to 65535"
    assert refusal(KELISIM_PORT=port) == told


@pytest.mark.parametrize(
    "name", ["KELISIM_MODE", "KELISIM_LANGUAGE", "KELISIM_LAW", "KELISIM_URL", "KELISIM_LOG_KEY"]
)
def test_a_wrong_value_is_named(name):
    assert refusal(**{name: "nonsense"}).startswith(f"{name} is 'nonsense'; allowed: ")


@pytest.mark.parametrize("name", ["KELISIM_DATABASE_URL", "KELISIM_DATABASE_DIRECT_URL"])
@pytest.mark.parametrize(
    "wrong", ["host=db password=hidden", "mysql://a:hidden@db/x", "postgresql://a:hidden@[db"]
)
def test_a_wrong_database_is_named_and_not_shown(name, wrong):
    told = refusal(**{name: wrong})
    assert told.startswith(f"{name} is (not shown); allowed: a URL that begins with postgresql://")
    assert "hidden" not in told


def test_no_password_is_in_what_the_settings_look_like():
    assert "hidden" not in repr(read({"KELISIM_DATABASE_URL": URL}))


def test_the_database_may_stand_in_a_file(tmp_path):
    (tmp_path / "url").write_text(f"{URL}\n")
    assert read({"KELISIM_DATABASE_URL": str(tmp_path / "url")}).database_url == URL
    assert refusal(KELISIM_DATABASE_URL=str(tmp_path / "none")).startswith(
        "KELISIM_DATABASE_URL is (not shown)"
    )


def test_leaders_use_the_direct_database_where_there_is_one():
    assert read({"KELISIM_DATABASE_URL": URL}).direct_url == URL
    pooled = {"KELISIM_DATABASE_URL": URL, "KELISIM_DATABASE_DIRECT_URL": "postgresql://other/x"}
    assert read(pooled).direct_url == "postgresql://other/x"


def test_a_misspelt_name_is_found():
    told = refusal(KELISIM_DATABSE_URL="x")
    assert told.startswith("KELISIM_DATABSE_URL is no setting; allowed: KELISIM_DATABASE_URL")


def test_what_the_tests_read_does_not_stop_the_service():
    assert read({"KELISIM_TEST_DATABASE_URL": URL}) == read({})


def test_several_are_separated_by_commas():
    paths = read({"KELISIM_CHECKPOINT_PATHS": "one, two"}).checkpoint_paths
    assert paths == (Path("one"), Path("two"))


def test_production_starts_with_all_that_it_needs(tmp_path):
    assert read(production(tmp_path)).mode is Mode.PRODUCTION


def test_a_mail_server_needs_a_mailbox_to_write_from():
    told = refusal(KELISIM_SMTP_HOST="mail.demo.example")
    assert told.startswith("KELISIM_SMTP_FROM is not set; KELISIM_SMTP_HOST needs the mailbox")
    mail = {"KELISIM_SMTP_HOST": "mail.demo.example", "KELISIM_SMTP_FROM": "kelisim@demo.example"}
    assert (read(mail).smtp_port, read(mail).smtp_tls) == (587, "starttls")
    for wrong in ("kelisim", "@demo.example", "a@b@c", "Kelisim <kelisim@demo.example>"):
        assert refusal(KELISIM_SMTP_FROM=wrong).startswith("KELISIM_SMTP_FROM is ")


def test_production_writes_no_letter_that_everybody_on_the_way_can_read(tmp_path):
    mail = {"KELISIM_SMTP_HOST": "mail.demo.example", "KELISIM_SMTP_FROM": "kelisim@demo.example"}
    told = refusal(**production(tmp_path, **mail, KELISIM_SMTP_TLS="off"))
    assert told == "KELISIM_SMTP_TLS is 'off'; KELISIM_MODE=production needs starttls or on"
    assert read(mail | {"KELISIM_SMTP_TLS": "off"}).smtp_tls == "off"


@pytest.mark.parametrize("name", NEEDED_IN_PRODUCTION)
def test_production_does_not_start_without_any_of_it(tmp_path, name):
    told = refusal(**production(tmp_path, **{f"KELISIM_{name}": ""}))
    allowed = ALLOWED[f"KELISIM_{name}"].words
    assert told == f"KELISIM_{name} is not set; KELISIM_MODE=production needs {allowed}"


def test_the_page_on_production_names_every_variable_and_which_are_needed():
    page = (ROOT / "docs" / "production.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:3] for line in page.splitlines() if line.startswith("| `KELISIM_")]
    named = {
        name: "*needed*" in words for names, words in rows for name in re.findall("KELISIM_[A-Z_]+", names)
    }
    assert named.keys() == ALLOWED.keys()
    assert {name.removeprefix("KELISIM_") for name, needed in named.items() if needed} == {
        *NEEDED_IN_PRODUCTION
    }
