"""Another country is another folder: it states what differs, and takes the rest without its sources."""

from datetime import date

import pytest

from contracts.law import load, read
from tests.contracts.law.tiny_pack import DAYS, FILES, written

ON = date(2026, 12, 28)
ABROAD = {
    "pack.toml": """\
        version = "1"
        extends = "tiny"
        borrows = true
        zone = "Europe/Berlin"
        weekend = ["sun"]
        """,
    DAYS: FILES[DAYS].replace("2026-12-16", "2026-12-15").replace("day = 16", "day = 15"),
}


@pytest.mark.parametrize(("pack", "act", "last"), [("de", "BBiG", 25), ("fr", "CT", 4)])
def test_a_notice_is_counted_by_its_own_law_and_calendar(pack, act, last):
    law = load(pack)
    rule = law.rule("withdrawal.notice", ON)
    assert (rule.source.act, rule.code) == (act, "WIT-NOTICE")
    assert law.end_of(rule.value, ON).last == date(2027, 1, last)


@pytest.mark.parametrize("pack", ["de", "fr"])
def test_nothing_of_another_country_s_acts_is_cited(pack):
    law = load(pack)
    own = {act for act in law.acts if act not in load("kz").acts} | {"policy"}
    cited = {rule.source.act for versions in law.rules.values() for rule in versions}
    cited |= {ground.source.act for versions in law.all_grounds.values() for ground in versions}
    assert cited <= own == set(law.acts)
    assert law.form(ON).source.act == "policy"
    assert law.rules.keys() == load("kz").rules.keys()


def test_what_is_taken_over_keeps_its_value_and_loses_its_source(tmp_path):
    law = read("abroad", written(written(tmp_path), name="abroad", files=ABROAD))
    rule = law.rule("withdrawal.notice", ON)
    assert (rule.value, rule.code, rule.cases) == ({"months": 1}, "WIT-NOTICE", ())
    assert (rule.source.act, rule.source.article) == ("policy", "pack abroad, as in tiny")
    assert not rule.source.confirmed
    assert law.ground("own-wish", ON).source.act == "policy"
    assert set(law.acts) == {"policy"}


def test_it_has_its_own_days_and_clock(tmp_path):
    law = read("abroad", written(written(tmp_path), name="abroad", files=ABROAD))
    assert str(law.zone) == "Europe/Berlin"
    assert law.working(date(2026, 12, 19))  # a Saturday
    assert (law.working(date(2026, 12, 15)), law.working(date(2026, 12, 16))) == (False, True)
