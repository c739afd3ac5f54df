"""Whom it is about: before something ends for a student, his full name, and who else is called nearly so."""

from api.pages.acting.asking import Asking
from api.pages.lists import caught_up
from api.pages.parts import Fact, Words
from api.pages.views.asked import Beside
from contracts.decision import Command
from contracts.parties import Role
from projections import roster


def whom(asking: Asking, wish: Command) -> list[Beside]:
    """Name and year of birth; to a college a warning where it has another of nearly the same name."""
    parties = asking.state.parties
    if parties is None or asking.look is None or not asking.look.may("person"):
        return []
    caught_up(asking.reader, "roster")
    with asking.reader.house.pool.connection() as connection:
        record = asking.reader.house.personal.records(connection, [parties.student]).get(parties.student)
        alike = asking.role is Role.COLLEGE and roster.alike(
            connection, parties.college, parties.student, asking.today
        )
    if record is None:
        return []
    facts = [
        Fact(asking.say("roles.student"), record.name),
        Fact(asking.say("pages.ask.born-in"), str(record.born_on.year)),
    ]
    lines: list[Words] = [asking.say("pages.ask.nearly-the-same")] if alike else []
    return [Beside(asking.say("pages.ask.whom"), lines, facts, warns=alike)]
