"""Who may sign in: which person a subject of the identity provider is, and with which duties."""

from collections.abc import Collection
from uuid import UUID

from api import store
from api.house import House
from api.sentences import Speaker
from api.store import Account
from api.wrong_fields import wrong_values
from contracts.decision import Refused
from contracts.log.ids import uuid7
from contracts.log.wishes import Wish
from contracts.parties import Record, Role
from contracts.person import RegisterPerson
from contracts.relations import Caller

DUTIES = (Role.LAWYER, Role.REVIEWER, Role.MINISTRY, Role.OPERATOR, Role.PRIVACY)
"""What somebody does here without an organisation and without a contract."""


class NotAdmitted(ValueError):
    """Nobody can sign in by this."""


def admit(house: House, subject: str, who: UUID | Record, duties: Collection[Role]) -> UUID:
    """From now on `subject` of the provider is that person, with these duties and no others. A record of
    somebody who is not known yet registers that person. Raises NotAdmitted."""
    if (issuer := house.settings.oidc_issuer) is None:
        raise NotAdmitted("KELISIM_OIDC_ISSUER must name the provider whose subject this is")
    person = _registered(house, who) if isinstance(who, Record) else _known(house, who)
    with house.pool.connection() as connection:
        store.admit(connection, issuer, subject, Account(person, sorted(duties)))
    return person


def _known(house: House, person: UUID) -> UUID:
    with house.pool.connection() as connection:
        if house.personal.open_record(connection, person) is None:
            raise NotAdmitted("--person is nobody who is registered here")
    return person


def _registered(house: House, record: Record) -> UUID:
    """The one at the terminal has no account: the entry names nobody whom the register knows."""
    with house.pool.connection() as connection:
        if (known := house.personal.find_person(connection, record.iin)) is not None:
            return known
    wish = RegisterPerson(record)
    if wrong := wrong_values(house.settings.language, wish, house.settings.check_digit):
        raise NotAdmitted(" ".join(each["message"] for each in wrong))
    try:
        granted = house.desk.execute(Wish(wish, None, Caller(uuid7(), duties=frozenset({Role.OPERATOR}))))
    except Refused as refused:
        speaker = Speaker(house.settings.language, house.law, house.today())
        raise NotAdmitted(" ".join(map(speaker.refusal, refused.refusals))) from refused
    return granted.stream_id
