"""What the service writes about itself: JSON lines, and nothing about people."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from api.log_lines import KEPT, only_kept, without_message

ROOT = Path(__file__).parents[2]
OURS = ("api", "projections", "contracts")
WRITERS = ("note", "bind_contextvars", "log.info", "log.warning", "log.error", "get_logger().error")


def written(program: str) -> list[dict[str, object]]:
    """The lines that a process writes which has configured them."""
    done = subprocess.run(
        [sys.executable, "-c", f"from api import log_lines; log_lines.configure(); {program}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stdout
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_a_line_keeps_what_was_decided_to_be_written():
    line = {"event": "command", "command": "sign", "name": "Aigerim", "iin": "040506500123", "email": "a@b"}
    assert only_kept(None, "info", line) == {"event": "command", "command": "sign"}


def test_an_exception_is_its_class_and_place_and_not_its_words():
    try:
        raise ValueError("Key (iin)=(040506500123) already exists")
    except ValueError:
        line = without_message(None, "error", {"event": "failed", "exc_info": True})
    assert line["error"] == "ValueError"
    assert line["at"][-1].startswith("test_log_lines.py:")
    assert "040506500123" not in str(line)


def test_one_event_is_one_line_of_json():
    [line] = written(
        "import structlog; structlog.get_logger('api').info('command', command='sign', name='Aigerim')"
    )
    assert (line["event"], line["command"], line["level"], line["logger"]) == (
        "command",
        "sign",
        "info",
        "api",
    )
    assert line["timestamp"].endswith("Z")
    assert "name" not in line


def test_what_is_bound_to_a_request_is_on_its_lines():
    [line] = written(
        "import structlog; structlog.contextvars.bind_contextvars(request_id='r1', phone='+7'); "
        "structlog.get_logger().info('command')"
    )
    assert line["request_id"] == "r1"
    assert "phone" not in line


def test_a_library_writes_the_same_lines():
    [line] = written(
        "import logging; logging.getLogger('psycopg.pool').warning('discarding closed connection')"
    )
    assert (line["event"], line["logger"]) == ("discarding closed connection", "psycopg.pool")


def test_a_library_s_exception_is_its_class_and_place():
    program = (
        "import logging\ntry: 1/0\nexcept Exception: logging.getLogger('uvicorn.error').exception('failed')"
    )
    [line] = written(f"exec({program!r})")
    assert line["error"] == "ZeroDivisionError"
    assert "division" not in json.dumps(line)


def fields_written() -> Iterator[str]:
    """The names of what our own code puts on lines."""
    for path in [path for folder in OURS for path in (ROOT / folder).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(WRITERS):
                yield from (keyword.arg for keyword in node.keywords if keyword.arg)


def test_every_field_that_our_code_writes_is_kept():
    assert set(fields_written()) <= KEPT | {"exc_info"}
