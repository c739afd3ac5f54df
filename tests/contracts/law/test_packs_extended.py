"""What a pack changes of the one that it extends, and what it cannot."""

from datetime import date

import pytest

from contracts.decision import DAY
from contracts.law import PackRefused, read
from tests.contracts.law.tiny_pack import DAYS, SHARED, WITHDRAWAL, written

CHILD = {
    "pack.toml": 'version = "2"\nextends = "tiny"\n',
    "rules.toml": """\
        [[rule]]
        id = "withdrawal.notice"
        act = "policy"
        article = "pack child"
        in_force_from = 2016-01-01
        certainty = "policy"
        value = { months = 3 }
        """,
}


def test_a_pack_that_extends_another_replaces_what_it_names(tmp_path):
    written(written(tmp_path), name="child", files=CHILD)
    child = read("child", tmp_path)
    rule = child.rule("withdrawal.notice", date(2027, 1, 1))
    assert child.version == "child/2"
    assert (rule.value, rule.code, rule.source.article) == ({"months": 3}, "WIT-NOTICE", "pack child")
    assert rule.text["ru"] == "Месяцев: 3."
    assert child.holiday(date(2026, 12, 16))
    assert child.ground("own-wish", date(2026, 12, 16)).notice == "withdrawal.notice"


def test_a_shared_value_follows_the_replaced_rule(tmp_path):
    dated = SHARED.replace("2016-01-01\n", "2016-01-01\nin_force_to = 2027-01-01\n")
    written(written(tmp_path, [(WITHDRAWAL, "[[rule]]", f"{dated}\n[[rule]]")]), name="child", files=CHILD)
    assert read("child", tmp_path).rule("withdrawal.copy", date(2026, 1, 1)).value == {"months": 3}


def test_a_pack_that_extends_another_makes_up_no_rule(tmp_path):
    changes = [("rules.toml", "withdrawal.notice", "withdrawal.weather")]
    written(written(tmp_path), changes, name="child", files=CHILD)
    with pytest.raises(
        PackRefused, match=r"child/rules.toml:1 .*the pack that this one extends has no such rule"
    ):
        read("child", tmp_path)


def test_years_of_a_pack_that_extends_another_replace_its_own_alone(tmp_path):
    days = """\
        checked_on = 2026-11-24
        years = [2027]
        day = [{ date = 2027-12-16, kind = "holiday", name = "day", certainty = "seen" }]
        """
    written(written(tmp_path), name="child", files=CHILD | {DAYS: days})
    law = read("child", tmp_path)
    assert [law.holiday(date(year, 12, 16)).certainty for year in (2026, 2027, 2028)] == [
        "seen",
        "seen",
        "estimated",
    ]


def test_a_shared_value_needs_one_lender_for_the_whole_time(tmp_path):
    dated = SHARED.replace("2016-01-01\n", "2016-01-01\nin_force_to = 2027-01-01\n")
    law = read("tiny", written(tmp_path, [(WITHDRAWAL, "[[rule]]", f"{dated}\n[[rule]]")]))
    assert law.rule("withdrawal.copy", date(2026, 1, 1)).value == {"months": 1}


FROM = date(2027, 9, 1)
SUCCESSOR = {
    "pack.toml": f'version = "3"\nextends = "tiny"\nin_force_from = {FROM}\n',
    "rules.toml": CHILD["rules.toml"].replace("2016-01-01", str(FROM)),
}


def test_a_pack_with_a_first_day_leaves_what_was_before_as_it_was(tmp_path):
    written(written(tmp_path), name="child", files=SUCCESSOR)
    law, before = read("child", tmp_path), read("tiny", tmp_path)
    months = {day: law.rule("withdrawal.notice", day).value["months"] for day in (FROM - DAY, FROM)}
    assert months == {FROM - DAY: 2, FROM: 3}
    assert law.rule("withdrawal.notice", date(2026, 1, 1)).value == {"months": 1}
    assert law.rule("withdrawal.notice", FROM - DAY).source.in_force_to == FROM
    assert (law.version_on(FROM - DAY), law.version_on(FROM)) == ("tiny/1", "child/3")
    assert before.version_on(FROM) == "tiny/1"


def test_a_pack_with_a_first_day_says_nothing_for_another(tmp_path):
    changes = [("rules.toml", str(FROM), "2027-08-01")]
    written(written(tmp_path), changes, name="child", files=SUCCESSOR)
    with pytest.raises(PackRefused, match="is in force from 2027-08-01, its pack from 2027-09-01"):
        read("child", tmp_path)


def test_an_entry_may_be_confirmed_by_a_lawyer(tmp_path):
    by = 'confirmed_by = "Bar of Almaty, No. 1"\nconfirmed_on = 2026-12-01\nvalue = { months = 2 }'
    law = read("tiny", written(tmp_path, [(WITHDRAWAL, "value = { months = 2 }", by)]))
    source = law.rule("withdrawal.notice", FROM).source
    assert (source.certainty, source.confirmed) == ("policy", True)
    assert (source.confirmed_by, source.confirmed_on) == ("Bar of Almaty, No. 1", date(2026, 12, 1))


def test_who_confirmed_it_stands_with_the_day(tmp_path):
    by = 'confirmed_by = "Bar of Almaty, No. 1"\nvalue = { months = 2 }'
    with pytest.raises(PackRefused, match="who confirmed it and on which day stand together"):
        read("tiny", written(tmp_path, [(WITHDRAWAL, "value = { months = 2 }", by)]))
