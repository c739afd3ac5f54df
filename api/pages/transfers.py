"""Where a student comes from and goes to by a transfer: links along the chain of contracts, and its days."""

from uuid import UUID

from api.formats import day
from api.languages import say
from api.pages.look import Look
from api.pages.parts import Fact, Lines, Link, Words
from contracts.contract import Contract
from contracts.formation import Draft
from contracts.moving import Carried, Move


def facts(look: Look) -> list[Fact]:
    """The contract whose place this one takes, the transfer that is open or done, and what comes after."""
    then, found = look.then, []
    if then.succession:
        carried = then.succession.carried
        notes = [practice(look.language, carried)] if carried else []
        found.append(_fact(look, "before", Lines(contract(look, then.succession.predecessor), notes)))
    if move := then.open_move or then.moved:
        found.append(_fact(look, "to", Lines(look.names.organisation(move.receiver), days(look, move))))
        if move.successor:
            found.append(_fact(look, "after", contract(look, move.successor)))
        elif not look.moved and look.found.roles & Draft.by:
            href = f"/contracts/new?successor_of={look.id}"
            found.append(_fact(look, "after", Link(say(look.language, "pages.transfer.draft-it"), href)))
    return found


def contract(look: Look, id_: UUID) -> Words:
    """Its number, with a link for who may open it."""
    known: Contract | None = look.reader.house.folded("contract", id_)
    number = (known.number if known else None) or say(look.language, "pages.contract.draft")
    may = look.reader.house.desk.relations(id_, look.reader.asked.caller)
    return Link(number, f"/contracts/{id_}") if may else number


def days(look: Look, move: Move) -> list[Words]:
    language = look.language
    return [
        say(language, "pages.transfer.last-here", day=day(language, move.end_on)),
        say(language, "pages.transfer.first-there", day=day(language, move.start_on)),
        gap(language, (move.start_on - move.end_on).days - 1),
    ]


def gap(language: str, between: int) -> str:
    """In words: none, a gap or an overlap of so many days."""
    if between == 0:
        return say(language, "pages.transfer.no-gap")
    return say(language, f"pages.transfer.{'gap' if between > 0 else 'overlap'}", n=abs(between))


def practice(language: str, carried: Carried) -> str:
    return say(language, "pages.transfer.carried", days=carried.days, hours=carried.minutes // 60)


def _fact(look: Look, name: str, value: Words) -> Fact:
    return Fact(say(look.language, f"pages.transfer.{name}"), value)
