"""Contracts that were gone through one by one, and the button that goes on."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.pages.parts import Table


@dataclass(frozen=True)
class CarryingOut:
    action: str
    fields: Mapping[str, str]
    goes_on: bool
    button: str
    table: Table | None
