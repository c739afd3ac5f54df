import hashlib
import json

import rfc8785

from tests.api.people import COLLEGE, ENTERPRISE, Town, terms


def draft(town: Town, **more):
    body = {
        "student": town.student.person,
        "college": COLLEGE,
        "enterprise": ENTERPRISE,
        "route": "college_first",
        "terms": terms(town.mentor.person),
        **more,
    }
    return town.college.post("/contracts", body)


def test_a_contract_from_draft_to_conclusion(town: Town):
    answer = draft(town)
    assert answer.status_code == 201, answer.text
    id = answer.json()["id"]
    offered = town.college.post(f"/contracts/{id}/offer")
    assert offered.status_code == 200, offered.text
    print(json.dumps(offered.json(), ensure_ascii=False, indent=1))
    hash_ = offered.json()["events"][0]["data"]["text_hash"]
    for who in (town.enterprise, town.student, town.college):
        signed = who.post(f"/contracts/{id}/sign", {"text_hash": hash_})
        assert signed.status_code == 200, signed.text
    position = signed.headers["Kelisim-Position"]
    for path in ("", "/history", "/events", "/deadlines", "/allowed", "/text", "/diff?from=2026-11-24&to=2027-02-01"):
        answer = town.student.get(f"/contracts/{id}{path}", Accept_Language="ru")
        assert answer.status_code == 200, (path, answer.text)
        print(path, json.dumps(answer.json(), ensure_ascii=False, indent=1)[:3000])
    for path in ("/contracts?count=true", "/worklist", "/deadlines", "/audit/search", f"/audit/attempts?contract={id}", f"/audit/reads?subject={id}", f"/people/{town.student.person}", f"/organisations/{COLLEGE}", "/organisations?q=demo"):
        answer = town.college.get(path, Kelisim_Min_Position=position)
        assert answer.status_code == 200, (path, answer.text)
        print(path, json.dumps(answer.json(), ensure_ascii=False, indent=1)[:1500])
    for path in ("/health/live", "/health/ready", "/metrics"):
        answer = town.client.get(path)
        assert answer.status_code == 200, (path, answer.text)
        print(answer.text[-1000:])
