"""A pack that is not whole is not loaded, and the message says where to look."""

from datetime import date

import pytest

from contracts.law import PackRefused, read
from tests.contracts.law.tiny_pack import ACTS, DAYS, GROUNDS, PACK, SHARED, WITHDRAWAL, written


def test_a_whole_pack_is_read(tmp_path):
    law = read("tiny", written(tmp_path))
    assert law.version == "tiny/1"
    assert law.rule("withdrawal.notice", date(2026, 12, 31)).value == {"months": 1}
    assert law.rule("withdrawal.notice", date(2027, 1, 1)).value == {"months": 2}
    assert law.rule("withdrawal.notice", date(2027, 1, 1)).text["kk"] == "Ай: 2."
    assert law.holiday(date(2026, 12, 17)).instead_of == date(2026, 12, 16)


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


def test_a_pack_that_is_not_there(tmp_path):
    with pytest.raises(PackRefused, match="there is no pack tiny"):
        read("tiny", tmp_path)
