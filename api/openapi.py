"""The description of the API for programs: every command with its body and an example, every question."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from api.commands import LONGEST_KEY, PLACES, path
from api.examples import EXAMPLES
from api.house import VERSION
from api.languages import say
from contracts.decision import Command
from contracts.lifecycle import COMMANDS
from contracts.parties import Role

ABOUT = """Contracts of dual training: drafted, signed by three parties, changed, ended, provable afterwards.

A command is a POST; its body is the command's fields and nothing else. `?preview=true` decides and writes
nothing.
What stands in the way is answered with every rule, its source, and who can cure it (RFC 9457)."""

REFERENCE = "#/components/schemas/{model}"

HEADERS = {
    "Kelisim-Min-Position": "The answer is to include what stands at this position.",
    "Idempotency-Key": "The same key and body: the same answer again. The same key, another body: 422.",
    "If-Match": 'The version that the caller saw, as "5". 412 when the contract has moved on.',
    "Kelisim-Preview": "SHA-256 of the consequences that were shown. 409 when they would now differ.",
    "Kelisim-On-Behalf-Of": "org:<BIN> or person:<uuid>. Needed when the caller may act for several.",
    "Kelisim-Purpose": "Why an auditor reads, percent-encoded. It is recorded and shown to the parties.",
    "Accept-Language": "kk, ru or en.",
}

OF_COMMANDS: list[dict[str, Any]] = [
    {
        "name": "preview",
        "in": "query",
        "required": False,
        "description": "Decides, shows what would follow, writes nothing.",
        "schema": {"type": "boolean", "default": False},
    },
    *(
        {"name": name, "in": "header", "required": False, "description": HEADERS[name], "schema": schema}
        for name, schema in {
            "Idempotency-Key": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
            "If-Match": {"type": "string"},
            "Kelisim-Preview": {"type": "string"},
        }.items()
    ),
]
"""What every command reads beside its body."""

NOT_OURS = frozenset({"HTTPValidationError", "ValidationError"})
"""FastAPI's answer to a wrong form, which says back what was sent; here it is another."""

READ_BY_ALL = ("Kelisim-On-Behalf-Of", "Kelisim-Purpose", "Accept-Language")

ANSWERS = {
    "400": "Not to be read: no JSON, a wrong header, a date or cursor that is none.",
    "401": "Not signed in.",
    "403": "Not allowed; `right` and `header` say what is missing.",
    "404": "No such thing, or none that the caller may know of.",
    "409": "Refused by a rule, or another change won.",
    "412": "The contract is no longer at the version of If-Match.",
    "413": "Larger than 1 MiB, nested more than 32 deep, or with more than 2,000 keys.",
    "415": "Not application/json.",
    "422": "A field is missing, unknown or of the wrong form. Never says back what was sent.",
    "429": "Over the rate; Retry-After says how long.",
    "503": "Not now; Retry-After. /problems/outcome-unknown: ask again with the same key.",
}
OF_QUESTIONS = ("400", "401", "403", "404", "429", "503")

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
    "properties": {
        **{name: {"type": "string"} for name in ("type", "title", "detail", "instance", "request_id")},
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "refusals": {"type": "array", "items": {"$ref": "#/components/schemas/Refusal"}},
    },
}
REFUSAL = {
    "type": "object",
    "required": ["rule", "code", "detail", "source", "facts", "cures"],
    "properties": {
        "rule": {"type": "string"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "source": {"type": "object"},
        "facts": {"type": "object"},
        "cures": {"type": "array", "items": {"type": "object"}},
        "see": {"type": "string", "description": "The page that shows why, where there is one."},
    },
}
GRANTED = {
    "type": "object",
    "required": ["id", "version", "position", "recorded_at", "events", "consequences"],
    "properties": {
        "id": {"type": "string"},
        "version": {"type": "integer"},
        "position": {"type": ["integer", "null"]},
        "recorded_at": {"type": ["string", "null"], "format": "date-time"},
        "events": {"type": "array", "items": {"type": "object"}},
        "consequences": {"type": "object"},
    },
}


def mount(app: FastAPI) -> None:
    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = openapi(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def written(app: FastAPI) -> str:
    """As it stands in docs/openapi.json; `python -m api.openapi` writes that anew."""
    return json.dumps(app.openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def openapi(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(title="Kelisim", version=VERSION, description=ABOUT, routes=app.routes)
    reachable = [command for command in COMMANDS.values() if command.by != {Role.DEADLINE}]
    bodies, shared = TypeAdapter.json_schemas(
        [(command.type, "validation", TypeAdapter(command)) for command in reachable],
        ref_template=REFERENCE,
    )
    parts = made.setdefault("components", {})
    of_questions = parts.get("schemas", {})
    parts["schemas"] = {
        **{name: of_questions[name] for name in of_questions if name not in NOT_OURS},
        **shared.get("$defs", {}),
        "Problem": PROBLEM,
        "Refusal": REFUSAL,
        "Granted": GRANTED,
    }
    parts["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    made["security"] = [{"bearer": []}]
    for command in reachable:
        body = bodies[command.type, "validation"]
        _describe(made["paths"][f"/api/v1{path(command)}"]["post"], command, body)
    for operations in made["paths"].values():
        for method, operation in operations.items():
            _answers(operation, ANSWERS if method == "post" else OF_QUESTIONS)
            _parameters(operation)
    return made


def _describe(operation: dict[str, Any], command: type[Command], body: Mapping[str, Any]) -> None:
    operation["summary"] = say("en", f"commands.{command.type}")
    operation["description"] = " ".join((command.__doc__ or "").split()) if _documented(command) else ""
    operation["tags"] = [PLACES[command.stream]]
    operation["parameters"] = [*operation.get("parameters", []), *OF_COMMANDS]
    operation["x-roles"] = sorted(command.by - {Role.DEADLINE})
    content = {"schema": dict(body), "example": dict(EXAMPLES[command.type])}
    operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    granted = {"application/json": {"schema": {"$ref": "#/components/schemas/Granted"}}}
    said = "Recorded, or already so." + (" 201: a new one was made." if command.begins else "")
    operation["responses"] = {"201" if command.begins else "200": {"description": said, "content": granted}}


def _documented(command: type[Command]) -> bool:
    """A dataclass without a docstring is given one by Python: its signature."""
    return not (command.__doc__ or "").startswith(f"{command.__name__}(")


def _answers(operation: dict[str, Any], statuses: Any) -> None:
    operation["responses"].pop("422", None)
    for status in statuses:
        operation["responses"][status] = {
            "description": ANSWERS[status],
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }


def _parameters(operation: dict[str, Any]) -> None:
    """Headers by their names as they are written, with those that every route reads."""
    written = {name.lower(): name for name in HEADERS}
    parameters = operation.setdefault("parameters", [])
    for parameter in parameters:
        if parameter["in"] == "header":
            parameter["name"] = written[parameter["name"].lower()]
            parameter["description"] = HEADERS[parameter["name"]]
    for name in READ_BY_ALL:
        schema = {"type": "string"}
        told = {"name": name, "in": "header", "required": False, "schema": schema}
        parameters.append({**told, "description": HEADERS[name]})


if __name__ == "__main__":
    from pathlib import Path

    from api.app import create_app
    from api.settings import Settings

    Path("docs/openapi.json").write_text(written(create_app(Settings())))
