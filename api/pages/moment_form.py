"""The two-clock form: two dates as they are typed become two moments in an address that can be sent on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from urllib.parse import urlencode

from api.answers import instant as written
from api.languages import say
from api.pages.look import Look
from api.pages.parts import Link
from api.pages.typed_day import ReadDay, ReadInstant, read_day, read_instant, typed_day
from api.pages.views.form import Typed
from api.pages.views.history import TwoClocks
from api.queries.moments import Moment
from contracts.decision import DAY

PARTS = ("day", "month", "year", "time")

SECOND = timedelta(seconds=1)
"""As exact as a time is typed."""


@dataclass(frozen=True)
class Read:
    """What was typed, and what is wrong with it."""

    in_force_on: ReadDay
    known_at: ReadInstant

    @property
    def wrong(self) -> bool:
        return bool(self.in_force_on.error or self.known_at.error)

    @property
    def dates(self) -> dict[str, str]:
        """As an address says it."""
        found = {}
        if self.in_force_on.on:
            found["in_force_on"] = self.in_force_on.on.isoformat()
        if self.known_at.at:
            found["known_at"] = written(self.known_at.at)
        return found


def typed(query: Mapping[str, str], prefix: str = "") -> bool:
    """Whether the form was sent, and not an address followed."""
    names = (f"{prefix}in_force_on", f"{prefix}known_at")
    return any(f"{name}-{part}" in query for name in names for part in PARTS)


def read(language: str, query: Mapping[str, str], now: datetime, zone: tzinfo, prefix: str = "") -> Read:
    """A moment that has not come cannot be known at; today without a time, or this very second, is now."""
    known_at = read_instant(language, query, f"{prefix}known_at", zone)
    if known_at.at and known_at.at > now:
        today = known_at.at.astimezone(zone).date() == now.astimezone(zone).date()
        if (today and not known_at.typed.time) or known_at.at - now < SECOND:
            known_at = ReadInstant(known_at.typed, now)
        else:
            known_at = ReadInstant(known_at.typed, None, say(language, "pages.history.not-come"))
    return Read(read_day(language, query, f"{prefix}in_force_on"), known_at)


def kept(query: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    """What stands in the address besides the form's fields and the two dates."""
    names = (f"{prefix}in_force_on", f"{prefix}known_at")
    own = {*names, *(f"{name}-{part}" for name in names for part in PARTS)}
    return {name: value for name, value in query.items() if name not in own and value}


def two_clocks(seen: Look, path: str, found: Read | None, rest: Mapping[str, str]) -> TwoClocks:
    """`found`: what was typed, if it was wrong; else the form shows the moment of the page."""
    language, zone = seen.language, seen.found.law.zone
    in_force_on = found.in_force_on.typed if found else typed_day(seen.at.in_force_on)
    known_at = found.known_at.typed if found else typed_instant(seen.at.known_at, zone)
    errors = []
    if found and found.in_force_on.error:
        errors.append(_error(language, "in-force-on", found.in_force_on.error, "in_force_on"))
    if found and found.known_at.error:
        errors.append(_error(language, "known-at", found.known_at.error, "known_at"))
    return TwoClocks(
        path,
        in_force_on,
        known_at,
        quick=quick(seen, path),
        kept=rest,
        errors=errors,
        in_force_error=found.in_force_on.error if found else None,
        known_error=found.known_at.error if found else None,
    )


def _error(language: str, label: str, error: str, name: str) -> Link:
    return Link(f"{say(language, f'pages.history.{label}')}: {error}", f"#{name}-day")


def typed_instant(at: datetime | None, zone: tzinfo) -> Typed:
    """Rounded up to the second: what was recorded then is still known when the form is sent again."""
    if at is None:
        return Typed(time="")
    local = at.astimezone(zone)
    if local.microsecond:
        local = local.replace(microsecond=0) + SECOND
    return typed_day(local.date(), f"{local:%H:%M:%S}".removesuffix(":00"))


def quick(seen: Look, path: str) -> list[Link]:
    """Moments that are asked for often."""
    found = [Link(say(seen.language, "pages.history.today"), path)]
    signed = next((e for e in seen.found.entries if e.event.type in SIGNED), None)
    if signed:
        on = signed.effective_on or seen.found.law.day(signed.recorded_at)
        moment = Moment(on, signed.recorded_at)
        found.append(Link(say(seen.language, "pages.history.on-signing"), address(path, moment)))
    if before := before_last_change(seen):
        found.append(
            Link(say(seen.language, "pages.history.before-change"), address(path, Moment(before, None)))
        )
    return found


SIGNED = frozenset({"contract.concluded", "contract.imported"})


def before_last_change(seen: Look) -> date | None:
    """The day before the clause that was changed last became what it is."""
    agreed = seen.newest.agreed
    return agreed[-1].from_on - DAY if len(agreed) > 1 else None


def address(path: str, at: Moment) -> str:
    dates = {"in_force_on": at.in_force_on.isoformat()}
    if at.known_at:
        dates["known_at"] = written(at.known_at)
    return f"{path}?{urlencode(dates)}"
