"""The addresses of an organisation's own programs, and a secret that was just made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.pages.views.form import Form


@dataclass(frozen=True)
class Deed:
    """A button that asks for `action`."""

    text: str
    action: str


@dataclass(frozen=True)
class Address:
    url: str
    state: str
    notes: Sequence[str]
    deeds: Sequence[Deed]


@dataclass(frozen=True)
class Endpoints:
    """`secret`: shown this once."""

    addresses: Sequence[Address]
    secret: str | None
    hidden: Mapping[str, str]
    form: Form
