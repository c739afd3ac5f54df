"""Made-up organisations, people and contracts for a first look, made by the commands that everybody uses."""

from api import store
from api.demo.asking import Asking
from api.demo.contracts import STORIES
from api.demo.people import settled
from api.house import House
from api.settings import Mode, WrongSetting


def load(house: House) -> bool:
    """Whether there was anything to do. Cut off, it goes on where it was. Raises WrongSetting."""
    if house.settings.mode is Mode.PRODUCTION:
        raise WrongSetting("KELISIM_MODE is 'production', where there is no demo; allowed: demo or test")
    with house.pool.connection() as connection:
        if LAST in store.demo_people(connection):
            return False
    asking = Asking(house)
    cast = settled(asking)
    for story in STORIES:
        story(asking, cast)
    with house.pool.connection() as connection:
        for name, account in cast.accounts().items():
            store.name_demo_person(connection, name, account)
    return True


LAST = "student"
"""The name that is given last: once it is there, all is."""
