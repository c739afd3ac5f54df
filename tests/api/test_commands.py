from tests.api.people import Town


def test_a_town_is_registered(town: Town):
    assert town.college.get("/contracts").status_code == 200
