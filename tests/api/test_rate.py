"""Over the rate: one caller waits, others do not."""

from dataclasses import replace

from api.app import create_app
from tests.api.live import live


def test_who_asks_too_often_is_told_when_to_come_back(settings):
    with live(create_app(replace(settings, rate=5))) as client:
        mine = {"Authorization": "Bearer mine"}
        statuses = [client.get("/api/v1/contracts", headers=mine).status_code for _ in range(6)]
        assert statuses == [401] * 5 + [429]
        late = client.get("/api/v1/contracts", headers=mine)
        assert late.json()["type"] == "/problems/too-many-requests"
        assert 1 <= int(late.headers["Retry-After"]) <= 12
        other = {"Authorization": "Bearer another"}
        assert client.get("/api/v1/contracts", headers=other).status_code == 401
        assert client.get("/health/live", headers=mine).status_code == 200
