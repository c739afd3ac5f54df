"""What the codes of the national classifier stand for."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


def named(language: str, code: str) -> str:
    """A specialty or a qualification: its code and, where it is listed, its name."""
    name = _names().get(code)
    return f"{code} {name[language]}" if name else code


@cache
def specialties() -> tuple[str, ...]:
    """Codes, in the order of the list."""
    return tuple(entry["code"] for entry in _listed())


@cache
def qualifications(specialty: str) -> tuple[str, ...]:
    """Codes of those that the specialty leads to; empty where it is not listed."""
    found = next((entry for entry in _listed() if entry["code"] == specialty), {})
    return tuple(each["code"] for each in found.get("qualifications", ()))


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    listed = _listed()
    qualifications = [each for entry in listed for each in entry.get("qualifications", ())]
    return {each["code"]: each["name"] for each in (*listed, *qualifications)}


@cache
def _listed() -> list[dict[str, Any]]:
    text = (files("api") / "data" / "specialties.toml").read_text("utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["specialty"]
    return found
