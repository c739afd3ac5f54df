"""The database goes away, or does not say whether it wrote: what callers are told, and all comes back."""

from urllib.parse import urlsplit

import psycopg
import pytest

from tests.api.people import done


@pytest.fixture
def away(server, database):
    """Lets nobody in any more, until it is asked to again."""
    name = urlsplit(database).path.strip("/")

    def shut(open_again=False):
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {open_again}")
            if not open_again:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
                )

    yield shut
    shut(open_again=True)


def test_while_the_database_is_away_everything_is_503_and_then_goes_on(town, away):
    id = town.draft(town.student)
    away()
    for answer in (
        town.college.get(f"/contracts/{id}"),
        town.college.get("/contracts"),
        town.college.post(f"/contracts/{id}/offer", Idempotency_Key="k"),
        town.college.get("/audit/reads", Kelisim_Min_Position="1"),
    ):
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
        assert int(answer.headers["Retry-After"]) >= 1
        assert answer.elapsed.total_seconds() < 4
    assert town.client.get("/health/live").status_code == 200
    ready = town.client.get("/health/ready")
    assert (ready.status_code, ready.json()["wrong"]) == (503, ["the database does not answer"])
    assert town.client.get("/metrics").status_code == 200
    page = town.client.get("/sign-in", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert "not available just now" in page.text

    away(open_again=True)
    for _ in range(100):
        if town.client.get("/health/ready").status_code == 200:
            break
    answer = town.college.post(f"/contracts/{id}/offer", Idempotency_Key="k")
    position = answer.headers["Kelisim-Position"]
    for _ in range(15):  # whoever follows the log looks for it again in steps that grow
        listed = town.college.get("/contracts", Kelisim_Min_Position=position)
        if listed.status_code == 200:
            break
    assert done(listed)["as_of_position"] >= int(position)


def test_a_commit_whose_answer_was_lost_is_said_to_be_unknown_and_found_out_by_its_key(town, connection):
    id = town.draft(town.student)
    connection.execute(
        """CREATE FUNCTION log.die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
           $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
           CREATE TRIGGER die BEFORE INSERT ON log.streams FOR EACH ROW EXECUTE FUNCTION log.die();
           CREATE TRIGGER die_too BEFORE UPDATE ON log.streams FOR EACH ROW EXECUTE FUNCTION log.die()"""
    )
    answer = town.college.post(f"/contracts/{id}/offer", Idempotency_Key="lost")
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/outcome-unknown")
    connection.execute("DROP TRIGGER die ON log.streams; DROP TRIGGER die_too ON log.streams")
    again = town.college.post(f"/contracts/{id}/offer", Idempotency_Key="lost")
    assert (again.status_code, again.json()["version"]) == (200, 2)
    assert town.college.post(f"/contracts/{id}/offer", Idempotency_Key="lost").content == again.content
