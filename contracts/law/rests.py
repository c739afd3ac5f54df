"""Grounds on which a contract rests for a time: who may say so, for how long, and what rests with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from contracts.law.calendar import UNITS
from contracts.law.reading import Entry, tables
from contracts.law.rules import CONDITIONS, SOMETIMES, SOURCED, Act, Source, Value, read_source, words


@dataclass(frozen=True, eq=False)
class Rest:
    """
    by             the roles that may have it recorded
    needs          order (of the head), proof, fitness (a note, for the return)
    least, most    how long it is, as periods from its first day; None: any length, and no end
    return_within  how long after the last day the return may be recorded before it counts as missed
    place          how long the mentor's place is kept, as a period from the first day; None: until the return
    rests          what rests with it: answers, pay, instalments
    protects       illness, leave, pregnancy: as which it keeps others from ending the contract
    counted        whether its days count against the balance of leave
    """

    id: str
    by: frozenset[str]
    needs: frozenset[str]
    least: Value | None
    most: Value
    return_within: Value
    place: Value | None
    rests: frozenset[str]
    protects: frozenset[str]
    counted: bool
    name: Mapping[str, str]
    source: Source


BY = frozenset({"student", "representative", "college", "enterprise"})
NEEDS = frozenset({"order", "proof", "fitness"})
RESTS = frozenset({"answers", "pay", "instalments"})


def read_rests(path: Traversable, place: str, acts: Mapping[str, Act]) -> list[tuple[Entry, Rest]]:
    found = []
    for entry in tables(path, place, "rest"):
        entry.only(
            {"id": str, "by": list, "most": dict, "return_within": dict, "name": dict, **SOURCED},
            {"needs": list, "least": dict, "place": dict, "rests": list, "protects": list, "counted": bool}
            | dict(SOMETIMES),
        )
        rest = Rest(
            entry.data["id"],
            words(entry, "by", BY),
            words(entry, "needs", NEEDS),
            entry.data.get("least"),
            entry.data["most"],
            entry.data["return_within"],
            entry.data.get("place"),
            words(entry, "rests", RESTS),
            words(entry, "protects", CONDITIONS),
            entry.data.get("counted", False),
            entry.languages("name"),
            read_source(entry, acts),
        )
        for period in (rest.least, rest.most, rest.return_within, rest.place):
            _one_period(entry, period)
        found.append((entry, rest))
    return found


def _one_period(entry: Entry, period: Value | None) -> None:
    if period is not None and (len(period) != 1 or not period.keys() <= UNITS):
        raise entry.refused(f"not one period: {dict(period)}")
