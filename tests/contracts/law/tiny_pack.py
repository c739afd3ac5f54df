"""The smallest pack that is whole, for tests that break or extend it."""

from textwrap import dedent

WITHDRAWAL, ACTS, DAYS = "withdrawal.toml", "acts.toml", "holidays.toml"
GROUNDS, PACK = "grounds.toml", "pack.toml"

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
