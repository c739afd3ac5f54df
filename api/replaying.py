"""History decided again under another law, read off the log and told in a table."""

from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from rich.console import Console
from rich.table import Table

from api.house import House
from contracts.canonical import plain
from contracts.law import Law
from contracts.log import direct
from contracts.log.check import one_moment
from contracts.log.connections import APP
from contracts.log.replay import Difference, Replayed, acts, replay
from contracts.parties import Record

SHOWN = 50
"""Differences in the table; all of them are in the report."""


def replayed(house: House, first: Law, second: Law) -> Replayed:
    known: dict[UUID, Record | None] = {}
    with (
        direct(house.settings.direct_url, APP) as connection,
        house.pool.connection() as asking,
        one_moment(connection),
    ):

        def record(person: UUID) -> Record | None:
            if person not in known:
                known[person] = house.personal.records(asking, [person]).get(person)
            return known[person]

        return replay(acts(connection, house.mapper), first, second, record)


def say(out: Console, first: Law, second: Law, found: Replayed) -> None:
    out.print(f"{first.version} against {second.version}, up to entry {found.last_position}")
    out.print(
        f"{found.decided} decisions: {found.equal} equal, {len(found.differences)} different; "
        f"{found.left} left out, of which too little is kept. Nothing was recorded."
    )
    if found.unlike:
        out.print(f"Unlike the record even under {first.version}: entries {found.unlike[:SHOWN]}")
    for rule, count in Counter(r.code for each in found.differences for r in each.refusals).most_common():
        out.print(f"  refused {rule}: {count}")
    if found.differences:
        out.print(_table(found.differences[:SHOWN]))


def _table(differences: list[Difference]) -> Table:
    table = Table("entry", "stream", "command", "outcome", "what differs")
    for each in differences:
        table.add_row(str(each.position), str(each.stream_id), each.command, each.outcome, _brief(each))
    return table


def _brief(each: Difference) -> str:
    if each.refusals:
        return "; ".join(f"{r.code} {msgspec.json.encode(plain(r)).decode()}" for r in each.refusals)
    if each.days:
        return f"{each.days[0]}: {each.days[1] or 'not at all'}"
    return "; ".join(f"{d.name} {d.under_first}: {d.under_second}" for d in each.details)


def write(path: Path, found: Replayed) -> None:
    lines = (msgspec.json.encode(_whole(each)) + b"\n" for each in found.differences)
    path.write_bytes(b"".join(lines))


def _whole(each: Difference) -> dict[str, Any]:
    refusals = [{"rule": r.type, "code": r.code, "facts": plain(r)} for r in each.refusals]
    return plain(each) | {"recorded_at": each.recorded_at.isoformat(), "refusals": refusals}
