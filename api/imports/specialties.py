"""Codes of specialties and qualifications, as the national classifier has them."""

import re
import tomllib
from importlib.resources import files

QUALIFICATION = re.compile(r"(?:3W|4S|5AB)(\d{8})")


def _read() -> dict[str, frozenset[str]]:
    text = files("api").joinpath("data", "specialties.toml").read_text("utf-8")
    return {
        entry["code"]: frozenset(each["code"] for each in entry.get("qualifications", ()))
        for entry in tomllib.loads(text)["specialty"]
    }


QUALIFICATIONS = _read()
"""By specialty. Empty: none is listed yet, so any that has its form will do."""


def belongs(qualification: str, specialty: str) -> bool:
    found = QUALIFICATION.fullmatch(qualification)
    listed = QUALIFICATIONS[specialty]
    return found is not None and (qualification in listed if listed else found[1][:6] == specialty[:6])
