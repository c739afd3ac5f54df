"""The rules of the house: who may import whom, where SQL stands, that a decision reads no clock."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from contracts import lifecycle

ROOT = Path(__file__).parent.parent
STANDARD = frozenset(sys.stdlib_module_names)
UNKNOWABLE = {"asyncio", "http", "io", "logging", "multiprocessing", "os", "random", "secrets", "socket"}
UNKNOWABLE |= {"sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib"}
"""What a decision must not know of: clocks, chance, the world outside its arguments."""

MAY_IMPORT = {
    "api": STANDARD
    | {"api", "contracts", "projections"}
    | {"cryptography", "fastapi", "httpx", "jinja2", "joserfc", "markupsafe", "msgspec", "prometheus_client"}
    | {"psycopg", "psycopg_pool", "pydantic", "rich", "starlette", "structlog", "typer", "typst", "uvicorn"},
    "projections": STANDARD
    | {"contracts", "projections"}
    | {"msgspec", "prometheus_client", "psycopg", "psycopg_pool", "structlog"},
    "contracts/log": STANDARD
    | {"contracts"}
    | {"cryptography", "eventsourcing", "msgspec", "psycopg", "psycopg_pool", "rfc8785"},
    "contracts": (STANDARD | {"contracts"}) - UNKNOWABLE,
}
"""By folder, everything below it included; the longest path that fits holds."""

TOP = {"api", "contracts", "projections", "tests", "bench", "docs"}
TOP |= {".ci", ".dockerignore", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "Dockerfile", "LICENSE"}
TOP |= {"Makefile", "README.md", "docker-compose.yml", "pyproject.toml"}
TOP |= {"requirements.lock", "requirements-test.lock"}

NAMES_OF_NOTHING = {"common", "handlers", "helpers", "managers", "models", "services", "types", "utils"}
LONGEST = 300
"""Lines: beyond that a file has two subjects."""

SQL = re.compile(
    r"\b(SELECT\s[^.]|INSERT INTO\s|UPDATE\s[\w.]+\s+SET\s|DELETE FROM\s|TRUNCATE\s|MERGE INTO\s"
    r"|(CREATE|ALTER|DROP)\s+(TABLE|SCHEMA|INDEX|ROLE|FUNCTION|VIEW|DATABASE|SEQUENCE)\b|(UN)?LISTEN\s+\w+$)"
)
SQL_STANDS_IN = ("contracts/log/", "projections/", "api/store.py", "api/reads.py")
SQL_STANDS_IN += ("api/sending/store.py", "api/sending/directory.py")
CLOCKS = {"now", "today", "utcnow", "uuid1", "uuid4", "uuid6", "uuid7", "urandom"}

ELSEWHERE = re.compile(
    r"(?<![\w.~])/(work|root|opt|home|Users)/[\w.]|\.\./shared\b"
    r"|\bpypi\.org\b|\bpythonhosted\b|\bnpmjs\.|\bdeb\.debian\.|\bregistry\.\w+\.\w+"
)
"""Paths of one machine, hosts of registries."""
THIS = "tests/test_house.py"
"""It names what must not be found in any other."""
UNFINISHED = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b|pytest\.skip|mark\.skip|\bxfail\b")
MOCKED = re.compile(r"unittest\.mock|monkeypatch\.setattr\(.?(contracts|projections|api)\b")


@cache
def tracked() -> dict[str, Path]:
    """Every file of the project, also one that is about to be added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    names = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    return {name: ROOT / name for name in sorted(set(names))}


@cache
def text(name: str) -> str:
    return tracked()[name].read_text(errors="ignore")


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(text(name))


OURS = [name for name in tracked() if name.endswith(".py") and not name.startswith(("tests/", "bench/"))]
DECISIONS = [name for name in OURS if name.startswith("contracts/") and "/log/" not in name]
PHASES = {phase.__name__ for phase in lifecycle.PHASES}


def imports(name: str) -> Iterator[str]:
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strings(name: str) -> Iterator[str]:
    """The texts that a file works with: not its docstrings."""
    nodes = list(ast.walk(tree(name)))
    told = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_the_top_level_is_fixed():
    assert {name.split("/")[0] for name in tracked()} <= TOP


@pytest.mark.parametrize("name", OURS)
def test_every_folder_imports_only_what_it_may(name):
    [*_, folder] = sorted((folder for folder in MAY_IMPORT if name.startswith(f"{folder}/")), key=len)
    assert {imported.split(".")[0] for imported in imports(name)} <= MAY_IMPORT[folder]


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_reads_no_clock_draws_no_lots_and_knows_no_log(name):
    called = {node.func for node in ast.walk(tree(name)) if isinstance(node, ast.Call)}
    plain = {node.id for node in called if isinstance(node, ast.Name)}
    assert not CLOCKS & (plain | {node.attr for node in called if isinstance(node, ast.Attribute)})
    assert not {"open", "print", "input"} & plain
    assert not [imported for imported in imports(name) if imported.startswith("contracts.log")]


@pytest.mark.parametrize("phase", sorted(PHASES))
def test_a_phase_imports_no_other_phase(phase):
    name = f"{phase.replace('.', '/')}.py"
    wanted = {imported for imported in imports(name)} | {i.rpartition(".")[0] for i in imports(name)}
    assert not wanted & (PHASES - {phase})


@pytest.mark.parametrize("name", [name for name in OURS if not name.startswith(SQL_STANDS_IN)])
def test_sql_stands_with_the_log_the_projections_and_the_edge_s_store(name):
    assert not [found for found in strings(name) if SQL.search(found)]


def test_sql_files_are_the_log_s_migrations():
    found = {str(Path(name).parent) for name in tracked() if name.endswith(".sql")}
    assert found <= {"contracts/log/migrations"}


def test_a_name_says_what_a_file_is_about():
    parts = {part for name in OURS for part in Path(name).with_suffix("").parts}
    assert not parts & NAMES_OF_NOTHING


@pytest.mark.parametrize("name", OURS)
def test_a_file_has_one_subject(name):
    assert text(name).count("\n") <= LONGEST


@pytest.mark.parametrize("name", [name for name in tracked() if name != THIS])
def test_nothing_names_this_machine_or_a_registry(name):
    assert not ELSEWHERE.search(text(name))


def test_the_locks_hold_names_versions_and_digests_only():
    for lock in ("requirements.lock", "requirements-test.lock"):
        lines = [line.strip(" \\") for line in text(lock).splitlines()]
        known = re.compile(r"[a-z0-9-]+==[\w.]+( ; .*)?|--hash=sha256:[0-9a-f]{64}")
        assert not [line for line in lines if not known.fullmatch(line)]


def test_what_tests_add_changes_no_version_that_runs():
    runs, tests = (
        set(re.findall(r"^[a-z0-9-]+==[\w.]+", text(lock), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-test.lock")
    )
    assert runs < tests


@pytest.mark.parametrize("name", [name for name in tracked() if name.endswith((".py", ".sql"))])
def test_the_sequence_is_never_read_by_select(name):
    """While nextval writes its WAL record it shows a value up to 32 too high to a plain SELECT."""
    assert not re.search(r"\bSELECT\s+last_value\s+FROM\b", text(name), re.IGNORECASE)


@pytest.mark.parametrize(
    "name", [name for name in tracked() if name.endswith((".py", ".sql")) and name != THIS]
)
def test_nothing_is_left_unfinished_left_out_or_mocked(name):
    assert not UNFINISHED.search(text(name))
    assert not MOCKED.search(text(name))
