"""The addresses of an organisation's own programs: taken up, given a new secret, shut and opened."""

from dataclasses import dataclass, field
from uuid import UUID

from api.house import House
from api.problems import ON_BEHALF_OF, Problem
from api.security.acting import Asked
from api.sending import directory, reach, store, webhooks
from api.sending.directory import Endpoint
from api.sending.store import Letter
from contracts.log.wishes import NotFound

MOST = 10
"""Of one organisation."""


@dataclass(frozen=True)
class WithSecret:
    """`secret`: shown this once; None: it was there already."""

    endpoint: Endpoint
    secret: str | None = field(repr=False)


class TooMany(Exception):
    """The organisation has as many as it may have."""


def bin_of(asked: Asked) -> str:
    """Of the organisation that the caller acts for. Raises Problem 403."""
    if asked.organisation is None or asked.organisation.bin is None:
        raise Problem(403, right="act-for", header=ON_BEHALF_OF)
    return asked.organisation.bin


def own(house: House, asked: Asked) -> list[Endpoint]:
    with house.pool.connection() as connection:
        return directory.endpoints(connection, [bin_of(asked)])


def one(house: House, asked: Asked, id_: UUID) -> Endpoint:
    """Raises NotFound, of another's too."""
    with house.pool.connection() as connection:
        found = directory.endpoint(connection, id_)
    if found is None or found.bin != bin_of(asked):
        raise NotFound(str(id_))
    return found


def take_up(house: House, asked: Asked, id_: UUID, url: str) -> WithSecret:
    """Under an id of the caller's choice, so that asking twice makes one. Raises OutOfReach, TooMany,
    NotFound where another has the id."""
    bin_ = bin_of(asked)
    reach.found(url, house.settings.open_house)
    with house.pool.connection() as connection:
        if directory.endpoint(connection, id_) is None:
            if len(directory.endpoints(connection, [bin_])) >= MOST:
                raise TooMany(bin_)
            secret = webhooks.new_secret()
            kept = webhooks.sealed(house, id_, secret)
            if directory.add_endpoint(connection, id_, bin_, url, kept, asked.caller.person):
                return WithSecret(one(house, asked, id_), secret)
    return WithSecret(one(house, asked, id_), None)


def rotate(house: House, asked: Asked, id_: UUID) -> WithSecret:
    """The one before signs too for a day. Raises NotFound."""
    one(house, asked, id_)
    secret = webhooks.new_secret()
    with house.pool.connection() as connection:
        directory.new_secret(connection, id_, webhooks.sealed(house, id_, secret))
    return WithSecret(one(house, asked, id_), secret)


def disable(house: House, asked: Asked, id_: UUID) -> Endpoint:
    """Raises NotFound."""
    one(house, asked, id_)
    with house.pool.connection() as connection:
        directory.disable(connection, id_, "owner")
    return one(house, asked, id_)


def enable(house: House, asked: Asked, id_: UUID) -> Endpoint:
    """Raises NotFound."""
    one(house, asked, id_)
    with house.pool.connection() as connection:
        directory.enable(connection, id_)
    return one(house, asked, id_)


def counts(house: House, found: Endpoint) -> dict[str, int]:
    """How many letters were sent lately, wait, and were given up."""
    with house.pool.connection() as connection:
        return store.counts(connection, found.endpoint_id)


def letters(house: House, asked: Asked, id_: UUID) -> list[Letter]:
    """The newest. Raises NotFound."""
    one(house, asked, id_)
    with house.pool.connection() as connection:
        return store.letters_of(connection, id_)


def send_again(house: House, asked: Asked, id_: UUID, letters: list[UUID] | None = None) -> int:
    """What was given up; None: all of it. Raises NotFound."""
    one(house, asked, id_)
    with house.pool.connection() as connection:
        return store.again(connection, letters, id_)
