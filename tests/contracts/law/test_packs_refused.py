"""A pack that is not whole is not loaded, and the message says where to look."""

from datetime import date
from textwrap import dedent

import pytest

from contracts.law import PackRefused, read

FILES = {
    "pack.toml": """\
        version = "1"
        zone = "Asia/Almaty"
        weekend = ["sat", "sun"]

        [[offset]]
        from = 2024-03-01
        utc = "+0500"
        act = "one zone"
        article = "1"
        certainty = "recalled"
        """,
    "acts.toml": """\
        [[act]]
        id = "LC"
        in_force_from = 2016-01-01
        in_force_to = 2030-01-01
        title = { en = "Code", ru = "Кодекс", kk = "Кодекс" }

        [[act]]
        id = "policy"
        in_force_from = 2016-01-01
        title = { en = "Policy", ru = "Правило", kk = "Қағида" }
        """,
    "holidays.toml": """\
        checked_on = 2026-11-24
        years = [2026]
        [[day]]
        date = 2026-12-16
        kind = "holiday"
        name = "day"
        certainty = "seen"

        [[day]]
        date = 2026-12-17
        kind = "moved"
        name = "day"
        certainty = "seen"
        instead_of = 2026-12-16

        [[day]]
        date = 2026-12-31
        kind = "swapped_off"
        name = "swap"
        certainty = "seen"
        worked_instead = 2026-12-26

        [[yearly]]
        month = 12
        day = 16
        kind = "holiday"
        name = "day"
        in_force_from = 1994-01-01
        certainty = "seen"

        [name]
        day = { en = "Independence Day", ru = "День Независимости", kk = "Тәуелсіздік күні" }
        swap = { en = "Day off by decree", ru = "Перенос", kk = "Ауыстыру" }
        """,
    "withdrawal.toml": """\
        [[rule]]
        id = "withdrawal.notice"
        code = "WIT-NOTICE"
        act = "LC"
        article = "56"
        in_force_from = 2016-01-01
        in_force_to = 2027-01-01
        certainty = "seen"
        value = { months = 1 }
        text = { en = "Months: {months}.", ru = "Месяцев: {months}.", kk = "Ай: {months}." }

        [[rule.case]]
        after = 2026-11-24
        last = 2026-12-24

        [[rule]]
        id = "withdrawal.notice"
        code = "WIT-NOTICE"
        act = "policy"
        article = "pack"
        in_force_from = 2027-01-01
        certainty = "policy"
        value = { months = 2 }
        text = { en = "Months: {months}.", ru = "Месяцев: {months}.", kk = "Ай: {months}." }
        """,
    "grounds.toml": """\
        [[ground]]
        id = "own-wish"
        initiator = "student"
        by = ["student"]
        notice = "withdrawal.notice"
        fault = "student"
        act = "LC"
        article = "56"
        in_force_from = 2016-01-01
        in_force_to = 2030-01-01
        certainty = "seen"
        name = { en = "own wish", ru = "собственное желание", kk = "өз қалауы" }
        """,
}
SHARED = """
        [[rule]]
        id = "withdrawal.copy"
        act = "policy"
        article = "pack"
        in_force_from = 2016-01-01
        certainty = "policy"
        value_of = "withdrawal.notice"
        text = { en = "{months}.", ru = "{months}.", kk = "{months}." }
"""


def written(packs, changes=(), name="tiny", files=FILES):
    folder = packs / name
    folder.mkdir()
    texts = {file: dedent(text) for file, text in files.items()}
    for file, old, new in changes:
        assert old in texts[file]
        texts[file] = texts[file].replace(old, dedent(new), 1)
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    return packs


def test_a_whole_pack_is_read(tmp_path):
    law = read("tiny", written(tmp_path))
    assert law.version == "tiny/1"
    assert law.rule("withdrawal.notice", date(2026, 12, 31)).value == {"months": 1}
    assert law.rule("withdrawal.notice", date(2027, 1, 1)).value == {"months": 2}
    assert law.rule("withdrawal.notice", date(2027, 1, 1)).text["kk"] == "Ай: 2."
    assert law.holiday(date(2026, 12, 17)).instead_of == date(2026, 12, 16)


WITHDRAWAL, ACTS, DAYS, GROUNDS, PACK = (
    "withdrawal.toml",
    "acts.toml",
    "holidays.toml",
    "grounds.toml",
    "pack.toml",
)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            WITHDRAWAL,
            'article = "56"\n',
            "",
            "tiny/withdrawal.toml:1 (withdrawal.notice): article is missing",
        ),
        (WITHDRAWAL, 'act = "LC"\n', "", "tiny/withdrawal.toml:1 (withdrawal.notice): act is missing"),
        (WITHDRAWAL, 'article = "56"', 'article = ""', "article is empty"),
        (WITHDRAWAL, 'article = "56"', "article = 56", "article must be str, not 56"),
        (WITHDRAWAL, 'article = "56"', 'article = "56"\nclause = 1', "unknown key clause"),
        (
            WITHDRAWAL,
            'article = "pack"\n',
            "",
            "tiny/withdrawal.toml:16 (withdrawal.notice): article is missing",
        ),
        (WITHDRAWAL, 'act = "LC"', 'act = "LX"', "act is 'LX', not one of LC, policy"),
        (WITHDRAWAL, '"seen"', '"sure"', "certainty is 'sure', not one of policy, recalled, seen"),
        (WITHDRAWAL, '"seen"', '"policy"', "a policy, and only a policy, comes from no act"),
        (
            WITHDRAWAL,
            "in_force_to = 2027-01-01",
            "in_force_to = 2027-01-02",
            "is in force on 2027-01-01, too",
        ),
        (WITHDRAWAL, "in_force_to = 2027-01-01", "in_force_to = 2026-12-31", "from 2026-12-31 to 2027-01-01"),
        (WITHDRAWAL, "in_force_to = 2027-01-01", "in_force_to = 2015-01-01", "2015-01-01 is not after"),
        (
            WITHDRAWAL,
            "in_force_from = 2016-01-01",
            "in_force_from = 2015-12-31",
            "LC is not in force all the time",
        ),
        (WITHDRAWAL, "in_force_to = 2027-01-01", "in_force_to = 2026-02-30", "(at line 7"),
        (WITHDRAWAL, "in_force_to = 2027-01-01", "in_force_to = 2027-01-01T00:00:00", "must be date"),
        (WITHDRAWAL, "value = { months = 1 }", "value = { months = 1.5 }", "a value is a number or a word"),
        (WITHDRAWAL, "value = { months = 1 }", "value = { months = true }", "a value is a number or a word"),
        (WITHDRAWAL, ', kk = "Ай: {months}."', "", "text: kk is missing"),
        (
            WITHDRAWAL,
            'kk = "Ай: {months}."',
            'kk = "Ай: {month}."',
            "tiny/withdrawal.toml:1 (withdrawal.notice): the text has a placeholder",
        ),
        (
            WITHDRAWAL,
            "last = 2026-12-24",
            "last = 2026-12-25",
            "tiny/withdrawal.toml:1 (withdrawal.notice): last is 2026-12-24, but its case says 2026-12-25",
        ),
        (WITHDRAWAL, "last = 2026-12-24", "ends = 2026-12-24", "not a test case"),
        (WITHDRAWAL, "after = 2026-11-24", "on = 2026-11-24", "not a test case"),
        (
            WITHDRAWAL,
            "[[rule]]",
            f"{SHARED}\n[[rule]]",
            "(withdrawal.copy): no entry of withdrawal.notice lends",
        ),
        (ACTS, 'id = "policy"', 'id = "LC"', "tiny/acts.toml:7 (LC): listed twice"),
        (ACTS, ', kk = "Кодекс"', "", "title: kk is missing"),
        (DAYS, "date = 2026-12-16", "date = 2025-12-16", "day 1: 2025-12-16 is listed twice, or its year"),
        (DAYS, "date = 2026-12-17", "date = 2026-12-16", "day 2: 2026-12-16 is listed twice"),
        (DAYS, "instead_of = 2026-12-16\n", "", "a moved day, and only one, says what it stands for"),
        (
            DAYS,
            "instead_of = 2026-12-16",
            "instead_of = 2026-12-15",
            "stands for 2026-12-15, which is no holiday",
        ),
        (DAYS, "worked_instead = 2026-12-26\n", "", "a swapped day, and only one"),
        (DAYS, 'kind = "holiday"', 'kind = "feast"', "kind is 'feast', not one of"),
        (DAYS, 'certainty = "seen"', 'certainty = "sure"', "certainty is 'sure', not one of"),
        (DAYS, 'name = "day"', 'name = "victory"', "name is 'victory', not one of"),
        (GROUNDS, 'by = ["student"]', 'by = ["mentor"]', "by: mentor is not one of"),
        (
            GROUNDS,
            '"withdrawal.notice"',
            '"withdrawal.warning"',
            "names withdrawal.warning, which is no rule",
        ),
        (GROUNDS, 'initiator = "student"', 'initiator = "parent"', "initiator is 'parent', not one of"),
        (GROUNDS, 'article = "56"\n', "", "tiny/grounds.toml:1 (own-wish): article is missing"),
        (PACK, '"+0500"', '"+0600"', "the time zone data say +0500, not +0600"),
        (PACK, 'version = "1"\n', "", "tiny/pack.toml: version is missing"),
    ],
)
def test_a_broken_pack_is_refused(tmp_path, file, old, new, message):
    with pytest.raises(PackRefused) as refused:
        read("tiny", written(tmp_path, [(file, old, new)]))
    assert message in str(refused.value)


def test_a_shared_value_needs_one_lender_for_the_whole_time(tmp_path):
    dated = SHARED.replace("2016-01-01\n", "2016-01-01\nin_force_to = 2027-01-01\n")
    law = read("tiny", written(tmp_path, [(WITHDRAWAL, "[[rule]]", f"{dated}\n[[rule]]")]))
    assert law.rule("withdrawal.copy", date(2026, 1, 1)).value == {"months": 1}


def test_a_pack_that_is_not_there(tmp_path):
    with pytest.raises(PackRefused, match="there is no pack tiny"):
        read("tiny", tmp_path)


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
