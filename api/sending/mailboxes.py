"""Where a letter goes by mail, and in which language. Addresses stand in the personal store alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import msgspec

from api.house import House
from api.sending import store
from contracts.log.facts import organisation_id
from contracts.parties import Contacts


@dataclass(frozen=True, repr=False)
class Mailbox:
    """No repr, since that would end in a log."""

    address: str
    language: str


def mailbox(house: House, ref: str) -> Mailbox | None:
    """Of `person:<uuid>` or `org:<BIN>`; None: no address is known, or it is erased."""
    kind, _, id_ = ref.partition(":")
    if kind == "org":
        return _of_organisation(house, id_)
    with house.pool.connection() as connection:
        record = house.personal.records(connection, [UUID(id_)]).get(UUID(id_))
    return _box(house, record.email, record.language) if record else None


def holders(house: House, ref: str) -> Iterable[str]:
    """Whose mailboxes a notice to `ref` goes to: an organisation without one has those who act for it."""
    kind, _, id_ = ref.partition(":")
    if mailbox(house, ref):
        return [ref]
    found = house.organisation(id_) if kind == "org" else None
    today = house.today()
    acting = [f"person:{each.person}" for each in (found.mandates if found else ()) if each.holds_on(today)]
    return [person for person in acting if mailbox(house, person)]


def _of_organisation(house: House, bin_: str) -> Mailbox | None:
    with house.pool.connection() as connection:
        commitment = store.contacts_of(connection, organisation_id(bin_))
        text = house.personal.texts(connection, [commitment]).get(commitment) if commitment else None
    if text is None:
        return None
    contacts = msgspec.json.decode(text, type=Contacts)
    return _box(house, contacts.email, contacts.language)


def _box(house: House, address: str | None, language: str | None) -> Mailbox | None:
    return Mailbox(address, language or house.settings.language) if address else None
