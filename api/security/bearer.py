"""What a bearer token is worth: the account that it stands for."""

from typing import Protocol

from api import store
from api.house import House
from api.security.oidc import Provider
from api.store import Account


class Bearers(Protocol):
    """Whoever gives out tokens here: the demo's own issuer, or the provider of the installation."""

    def account(self, house: House, token: str) -> Account | None: ...


class OfProvider:
    def __init__(self, provider: Provider) -> None:
        self.provider = provider

    def account(self, house: House, token: str) -> Account | None:
        subject = self.provider.subject_of_access(token)
        if subject is None:
            return None
        with house.pool.connection() as connection:
            return store.identity(connection, self.provider.issuer, subject)
