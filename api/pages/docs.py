"""What can programs do here? The description of the API, for reading, without anything from elsewhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse

from api.languages import WORDS, say
from api.pages import language_of, render
from api.pages.furniture import Page
from api.pages.names import roles
from api.pages.parts import Column, Name, Table, Words

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Operation:
    """One address and method. `example`: a whole request, as one would type it; `id`: its anchor."""

    id: str
    method: str
    path: str
    title: Words
    about: str
    who: str
    parameters: Table
    fields: Table | None
    example: str
    answers: Table


@router.get("/docs")
def docs_page(request: Request) -> HTMLResponse:
    language = language_of(request)
    groups = _groups(request.app, language)
    count = sum(len(operations) for operations in groups.values())
    page = Page(
        say(language, "pages.docs.title"), section="help", lead=say(language, "pages.docs.lead", n=count)
    )
    return render(request, "docs.html", page, groups=groups)


@cache
def _groups(app: FastAPI, language: str) -> dict[str, list[Operation]]:
    described = app.openapi()
    groups: dict[str, list[Operation]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            [tag, *_] = operation["tags"]
            groups.setdefault(tag, []).append(_operation(language, described, path, method, operation))
    return groups


def _operation(
    language: str, described: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> Operation:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return Operation(
        operation["operationId"],
        method.upper(),
        path,
        _title(language, operation),
        operation.get("description", ""),
        roles(language, operation.get("x-roles", ())),
        _parameters(language, operation.get("parameters", ())),
        _fields(language, described, body["schema"]) if body else None,
        _example(method, path, body["example"] if body else None),
        Table(
            say(language, "pages.docs.answers"),
            _columns(language, "answers", "about"),
            [(status, told["description"]) for status, told in sorted(operation["responses"].items())],
        ),
    )


def _title(language: str, operation: Mapping[str, Any]) -> Words:
    """In English where there are no words for it: what only machines ask."""
    keys = (f"{section}.{operation['operationId']}" for section in ("commands", "questions"))
    known = next((key for key in keys if key in WORDS[language]), None)
    return say(language, known) if known else Name(operation["summary"], "en")


def _parameters(language: str, parameters: Any) -> Table:
    return Table(
        say(language, "pages.docs.parameters"),
        _columns(language, "field", "where", "about"),
        [(each["name"], each["in"], each.get("description", "")) for each in parameters],
    )


def _fields(language: str, described: Mapping[str, Any], schema: Mapping[str, Any]) -> Table | None:
    schema = _found(described, schema)
    needed = schema.get("required", ())
    rows = [
        (name, _kind(described, field), say(language, "words.yes" if name in needed else "words.no"))
        for name, field in schema.get("properties", {}).items()
    ]
    columns = _columns(language, "field", "kind", "needed")
    return Table(say(language, "pages.docs.body"), columns, rows) if rows else None


def _kind(described: Mapping[str, Any], field: Mapping[str, Any]) -> str:
    """In the words of JSON Schema: what there is of it in one line."""
    if "$ref" in field:
        found = _found(described, field)
        return " | ".join(found["enum"]) if "enum" in found else str(field["$ref"]).rpartition("/")[2]
    if options := field.get("anyOf"):
        return " | ".join(_kind(described, each) for each in options)
    if field.get("type") == "array":
        return f"[{_kind(described, field.get('items', {}))}]"
    return str(field.get("format") or field.get("type", ""))


def _found(described: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema itself, where only its name is given."""
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    found: Mapping[str, Any] = described["components"]["schemas"][name] if name else schema
    return found


def _columns(language: str, *heads: str) -> list[Column]:
    return [Column(say(language, f"pages.docs.{head}")) for head in heads]


def _example(method: str, path: str, body: Any) -> str:
    lines = [f"curl -X {method.upper()} http://127.0.0.1:8000{path}", '-H "Authorization: Bearer $TOKEN"']
    if body is not None:
        text = json.dumps(body, ensure_ascii=False, indent=2)
        lines += ['-H "Content-Type: application/json"', '-H "Idempotency-Key: $(uuidgen)"', f"-d '{text}'"]
    return " \\\n  ".join(lines)
