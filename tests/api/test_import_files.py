"""Files as colleges write them: separators, headers, dates, sums; what is none; who may hand one in."""

import csv
import json
from datetime import date

import psycopg
import pytest

from api import demo, store
from api.demo.people import COLLEGE, ELECTRO
from api.imports import values
from api.imports.columns import COLUMNS
from api.imports.reading import NotASpreadsheet, opened
from api.imports.run import MayNot
from api.languages import LANGUAGES, WORDS
from api.store import Account
from contracts.log import set_test_clock
from contracts.log.ids import uuid7
from tests.api import sample_contracts
from tests.api.importing import NOON, events, hand_in, importing_house
from tests.api.sample_contracts import PATH, Maker, wrong_digit
from tests.terminal import ROOT, kelisim

__all__ = ["hand_in", "importing_house"]

KEYS = [key for key in COLUMNS if key != "name_latin"]


def good(count=3):
    return [row for row, fault in sample_contracts.rows() if not fault][:count]


def written(path, rows, language="ru", separator=";", encoding="utf-8", above=""):
    headers = [COLUMNS[key].headers[language][0] for key in KEYS]
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(above)
        lines = csv.writer(file, delimiter=separator)
        lines.writerow(headers)
        lines.writerows([row.get(key, "") for key in KEYS] for row in rows)
    return path


def iso(day):
    return "-".join(reversed(day.split("."))) if day else ""


WAYS = {
    "semicolons, Russian, with a mark": {"encoding": "utf-8-sig"},
    "commas, English": {"separator": ",", "language": "en"},
    "tabs, Kazakh, titles above": {"separator": "\t", "language": "kk", "above": "Шарттар тізімі\n\n"},
}


@pytest.mark.parametrize("way", WAYS)
def test_it_is_the_same_however_it_is_written(way, hand_in, tmp_path, database):
    code, printed, _ = hand_in(written(tmp_path / "contracts.csv", good(), **WAYS[way]))
    assert (code, events(database)["contract.imported"]) == (0, 3), printed
    code, printed, _ = hand_in(written(tmp_path / "again.csv", good()))
    assert "Recorded before: 3." in printed


@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_json_is_read_as_an_array_or_a_line_each(ending, hand_in, tmp_path, database):
    rows = [{COLUMNS[key].headers["ru"][0]: row.get(key) or None for key in KEYS} for row in good()]
    for row in rows:
        row["всего часов"] = int(row["всего часов"])
    path = tmp_path / f"contracts.{ending}"
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) if ending == "json" else lines)
    code, printed, _ = hand_in(path)
    assert (code, events(database)["contract.imported"]) == (0, 3), printed
    code, printed, _ = hand_in(written(tmp_path / "again.csv", good()))
    assert "Recorded before: 3." in printed


def test_dates_may_stand_in_either_way(hand_in, tmp_path):
    days = ("signed_on", "born_on", "starts_on", "ends_on", "ended_on")
    rows = [row | {key: iso(row[key]) for key in days} for row in good()]
    assert hand_in(written(tmp_path / "iso.csv", rows))[0] == 0
    assert "Recorded before: 3." in hand_in(written(tmp_path / "dotted.csv", good()))[1]


def test_a_row_that_was_corrected_is_taken_on_the_next_run(hand_in, tmp_path, database):
    rows = good()
    spoilt = [rows[0], rows[1] | {"iin": wrong_digit(rows[1]["iin"])}, rows[2]]
    code, printed, [_, fault] = hand_in(written(tmp_path / "contracts.csv", spoilt))
    assert (code, fault[0], fault[2]) == (1, "3", "organisation.iin (ORG-IIN)")
    code, printed, lines = hand_in(written(tmp_path / "contracts.csv", rows))
    assert (code, lines) == (0, [])
    assert "Recorded: 1. Recorded before: 2. Refused: 0." in printed


def test_a_refused_row_leaves_nothing_of_itself(hand_in, tmp_path, database):
    [row] = good(1)
    too_little = row | {"enterprise_hours": "1"}
    assert hand_in(written(tmp_path / "contracts.csv", [too_little]))[0] == 1
    assert events(database) == {}


def test_every_fault_of_a_row_has_its_line(hand_in, tmp_path):
    [row] = good(1)
    spoilt = row | {"iin": "1", "born_on": "?", "pay": "1,000", "starts_on": ""}
    _, _, [_, *lines] = hand_in(written(tmp_path / "contracts.csv", [spoilt]))
    assert {line[1] for line in lines} == {"иин обучающегося", "дата рождения", "выплата в месяц", "начало"}
    assert len(lines) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_holds_nothing_of_what_stands_in_the_cells(language, hand_in):
    _, printed, lines = hand_in(language=language)
    said = printed + "\n".join(" ".join(line) for line in lines)
    rows = [row for row, fault in sample_contracts.rows() if fault]
    for row in rows:
        assert not [row[key] for key in ("iin", "name", "born_on") if row[key] and row[key] in said]
    assert len(lines) == 31
    assert all(all(line) or line[2] == "import.width" for line in lines)


def test_a_row_with_foreign_bytes_stops_no_other(hand_in, tmp_path):
    path = written(tmp_path / "contracts.csv", good(3))
    header, first, second, third = path.read_bytes().splitlines()
    foreign = second.split(b";")
    foreign[KEYS.index("name")] = "Демо Данияр".encode("cp1251")
    path.write_bytes(b"\n".join([header, first, b";".join(foreign), third]))
    code, printed, [_, line] = hand_in(path)
    assert (code, line[0], line[2]) == (1, "3", "import.encoding")
    assert "Recorded: 2." in printed


@pytest.mark.parametrize(("more", "rule"), [(0, "import.width"), (1000, "import.quotes")])
def test_what_an_open_quote_swallows_is_reported_where_it_begins(more, rule, hand_in, tmp_path):
    path = written(tmp_path / "contracts.csv", good(2))
    header, first, second = path.read_text().splitlines()
    path.write_text("\n".join([header, first, f'"{second}', *[second] * more]))
    _, printed, lines = hand_in(path)
    assert (lines[1][0], lines[1][2]) == ("3", rule)
    assert "Recorded: 0." not in printed


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfeN\x00", "UTF-16"),
        (b"", "no header"),
        (b"just some words\nand more\n", "no header"),
        ("ИИН;ФИО;Дата рождения\n1;2;3\n".encode(), "lacks columns"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_as_a_whole(content, says, tmp_path):
    path = tmp_path / "contracts.csv"
    path.write_bytes(content)
    with pytest.raises(NotASpreadsheet, match=says), opened(path):
        pass


def test_a_large_file_is_read_as_it_is_needed(tmp_path):
    path = written(tmp_path / "contracts.csv", good(1) * 20_000)
    with opened(path) as sheet:
        assert next(sheet.rows).line == 2
        assert sheet.read() < sheet.size / 50
        assert sum(1 for _ in sheet.rows) == 19_999


def test_columns_that_are_not_read_are_named(hand_in, tmp_path):
    path = written(tmp_path / "contracts.csv", good(1))
    header, row = path.read_text().splitlines()
    path.write_text(f"{header};Примечание\n{row};после отпуска\n")
    assert "Columns that were not read: Примечание" in hand_in(path)[1]


# Who


def test_a_college_records_its_own_contracts_with_enterprises_that_are_known(
    importing_house, hand_in, tmp_path
):
    demo.load(importing_house)
    maker = Maker()
    own = {"college_bin": COLLEGE, "college_name": "", "college_region": ""}
    known = {"enterprise_bin": ELECTRO, "enterprise_name": "", "enterprise_region": ""}
    rows = [maker.row(2025) | own | known, maker.row(2025) | known, maker.row(2025) | own]
    rows = [row | {"ends_on": "30.06.2027", "outcome": "", "ended_on": ""} for row in rows]
    _, printed, [_, *lines] = hand_in(written(tmp_path / "contracts.csv", rows), name="college")
    assert "Recorded: 1." in printed
    assert [(line[0], line[2]) for line in lines] == [
        ("3", "organisation.authority (ORG-AUTHORITY)"),
        ("4", "formation.unknown-party (FOR-UNKNOWN)"),
    ]
    with psycopg.connect(importing_house.settings.database_url) as connection:
        [last] = connection.execute(
            "SELECT metadata FROM log.events WHERE type = 'contract.imported' ORDER BY position DESC LIMIT 1"
        ).fetchone()
    assert (last["role"], last["command"], last["on_behalf_of"]) == (
        "college",
        "record-signed",
        f"org:{COLLEGE}",
    )


def test_a_file_about_one_college_need_not_name_it(importing_house, hand_in, tmp_path):
    demo.load(importing_house)
    row = Maker().row(2025) | {"ends_on": "30.06.2027", "outcome": "", "ended_on": "", "college_bin": ""}
    path = written(tmp_path / "contracts.csv", [row])
    assert hand_in(path, name="operator", college=COLLEGE)[0] == 0


@pytest.mark.parametrize("name", ["nobody", "lawyer", "enterprise", "student"])
def test_nobody_else_may_hand_a_file_in(name, importing_house, hand_in):
    demo.load(importing_house)
    with pytest.raises(MayNot):
        hand_in(name=name)


def test_a_mandate_that_has_ended_is_none(importing_house, hand_in):
    demo.load(importing_house)
    with importing_house.pool.connection() as connection:
        store.name_demo_person(connection, "former", Account(uuid7(), [], f"org:{COLLEGE}"))
    with pytest.raises(MayNot, match="does not act for the college"):
        hand_in(name="former")


# The terminal


def test_the_command_ends_with_0_1_or_2(database, tmp_path):
    with psycopg.connect(database, autocommit=True) as connection:
        set_test_clock(connection, NOON)
    settings = {
        "KELISIM_MODE": "test",
        "KELISIM_DATABASE_URL": database,
        "KELISIM_DATA": str(tmp_path),
    }

    def import_(path, *words):
        return kelisim("import", str(path), *words, **settings)

    path = written(tmp_path / "contracts.csv", good(2))
    assert import_(path).returncode == 0
    assert not (tmp_path / "contracts.report.csv").exists()
    refused = import_(PATH, "--report", str(tmp_path / "refused.csv"), "--language", "ru")
    assert refused.returncode == 1
    assert "refused.csv" in refused.stdout
    (tmp_path / "words.csv").write_text("words")
    for wrong in (
        (tmp_path / "words.csv",),
        (path, "--as", "nobody"),
        (path, "--language", "de"),
        ("none.csv",),
    ):
        done = import_(*wrong)
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr


# Cells


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-09-01", date(2024, 9, 1)),
        ("2024-09-01 00:00:00", date(2024, 9, 1)),
        ("01.09.2024", date(2024, 9, 1)),
        ("1.9.2024", date(2024, 9, 1)),
        ("01.09.2024 г.", date(2024, 9, 1)),
        ("29.02.2023", None),
        ("01.09.24", None),
        ("09/01/2024", None),
        ("45536", None),
        ("", None),
    ],
)
def test_a_day_is_read_without_doubt_or_not_at_all(text, day):
    assert values.day(text) == day


@pytest.mark.parametrize(
    ("text", "tiyn"),
    [
        ("95 000,00", 9_500_000),
        ("95\u00a0000,5 ₸", 9_500_050),
        ("95000", 9_500_000),
        ("95000.50", 9_500_050),
        ("95 000 тенге", 9_500_000),
        ("95,000", None),
        ("95 00", None),
        ("1.234,50", None),
        ("-5", None),
        ("много", None),
    ],
)
def test_a_sum_is_read_without_doubt_or_not_at_all(text, tiyn):
    assert values.tiyn(text) == tiyn


@pytest.mark.parametrize(
    ("text", "hours"), [("2592", 2592), ("2 592", 2592), ("2592,0", 2592), ("2,592", None)]
)
def test_hours_are_whole(text, hours):
    assert values.whole(text) == hours


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_header_of_its_own_in_every_language(language):
    headers = [spelt for column in COLUMNS.values() for spelt in column.headers[language]]
    assert len(headers) == len(set(headers))


def test_the_description_names_every_column_word_and_fault():
    told = (ROOT / "docs" / "import.md").read_text()
    for column in COLUMNS.values():
        assert f"| `{column.key}`" in told
        assert all(headers[0] in told for headers in column.headers.values())
        assert all(word in told or word.replace(" ", "_") in told for word in column.words)
    faults = [key for key in WORDS["en"] if key.startswith("import.faults.")]
    assert all(f"| `{key.replace('faults.', '')}` | {WORDS['en'][key]}" in told for key in faults)
