"""What somebody typed into a form so far: kept sealed under the address of the form, so that going back,
another language, a reload and coming back tomorrow lose nothing."""

import hashlib
from datetime import date
from uuid import UUID

from api import drafts, store
from api.house import House

Kept = dict[str, str]

OWN = "_"
"""Names that begin so are no answers: what the form remembers beside them."""

LONGEST = 20_000
"""Characters of one answer that is kept; nothing that is asked needs more."""


def kept(house: House, person: UUID, form: str) -> Kept | None:
    """None: nothing was begun here."""
    id_ = _id(person, form)
    return next((draft.answers for draft in drafts.of(house, person) if draft.id == id_), None)


def keep(house: House, person: UUID, form: str, answers: Kept) -> None:
    drafts.keep(house, person, _id(person, form), form, {n: text[:LONGEST] for n, text in answers.items()})


def drop(house: House, person: UUID, form: str) -> None:
    drafts.drop(house, person, _id(person, form))


def carried(house: House, person: UUID, form: str, answers: Kept) -> str:
    """The answers as a preview carries them to its confirmation."""
    return drafts.sealed(house, person, form, typed_only(answers))


def brought_back(house: House, person: UUID, form: str, text: str) -> Kept | None:
    return drafts.unsealed(house, person, form, text)


def kept_until(today: date) -> date:
    """The last day of what is kept today."""
    return today + store.KEPT


def typed_only(answers: Kept) -> Kept:
    return {name: text for name, text in answers.items() if not name.startswith(OWN)}


def _id(person: UUID, form: str) -> UUID:
    """One draft a person and form."""
    made = bytearray(hashlib.sha256(f"{person}\n{form}".encode()).digest()[:16])
    made[6], made[8] = made[6] & 0x0F | 0x80, made[8] & 0x3F | 0x80
    return UUID(bytes=bytes(made))
