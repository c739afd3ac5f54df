"""A demo's people and keys never meet real contracts: each database belongs to one kind of mode for good."""

from api import store
from api.settings import Mode, Settings, WrongSetting
from contracts.log import APP, direct, test_clock_is_set


def agree(settings: Settings) -> None:
    """Whether this service may work on this database; its first start decides. Raises WrongSetting."""
    with direct(settings.direct_url, APP) as connection:
        first = Mode(store.fixed_mode(connection, settings.mode.value))
        if (first is Mode.PRODUCTION) != (settings.mode is Mode.PRODUCTION):
            raise WrongSetting(
                f"KELISIM_MODE is {settings.mode.value!r}, but this database was first started in mode "
                f"{first.value!r}: give KELISIM_DATABASE_URL another one"
            )
        if settings.mode is not Mode.TEST and test_clock_is_set(connection):
            raise WrongSetting(
                f"KELISIM_MODE is {settings.mode.value!r}, but the clock of this database is shifted, as "
                "only mode 'test' may: give KELISIM_DATABASE_URL another one"
            )
