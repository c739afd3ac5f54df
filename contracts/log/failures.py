"""What an error of the database means for an append."""

import re
from enum import Enum, auto
from uuid import UUID

import msgspec
import psycopg
from psycopg_pool import PoolTimeout, TooManyRequests

from contracts.log import errors


class Failure(Enum):
    LOST = auto()
    """The answer did not come: it may have been written."""
    AGAIN = auto()
    """Nothing was written, and the same may work at once: a lock or the time ran out, or a deadlock."""
    STANDBY = auto()
    """Nothing was written: this server is no longer the one that writes."""
    AWAY = auto()
    """Nothing was written, and will not be for a while: full, starting, no connection free."""
    REFUSED = auto()
    """The log has said why."""


_LOST = re.compile("08...|57P01|57P02")
_AGAIN = re.compile("55P03|57014|40P01|40001")
_AWAY = re.compile("53...|57P03")


def failure(error: psycopg.Error) -> Failure:
    state = error.sqlstate
    if isinstance(error, PoolTimeout | TooManyRequests):
        return Failure.AWAY
    if state is None or _LOST.fullmatch(state):
        return Failure.LOST
    if _AGAIN.fullmatch(state):
        return Failure.AGAIN
    if state == "25006":
        return Failure.STANDBY
    if _AWAY.fullmatch(state):
        return Failure.AWAY
    return Failure.REFUSED


def meaning(error: psycopg.Error) -> errors.LogError | None:
    """What the log itself refused; None when the error is none of its own."""
    detail = error.diag.message_detail or ""
    match error.sqlstate:
        case "KL001":
            return errors.VersionMoved(UUID(detail) if detail else None)
        case "KL002":
            return errors.KeyReused()
        case "KL003":
            place = msgspec.json.decode(detail) if detail.startswith("{") else {"kind": detail, "key": None}
            return errors.BoundaryMoved(**place)
        case "KL004":
            return errors.Malformed(detail)
        case "KL005":
            return errors.WrongSettings(error.diag.message_primary)
        case "KL006":
            return errors.HistoryProtected(detail)
        case "KL007":
            return errors.DayMoved()
        case _:
            return None


def outward(error: psycopg.Error) -> Exception:
    """As which error of ours, or of the caller's bug, it gets out."""
    if failure(error) is Failure.REFUSED:
        return meaning(error) or error
    return errors.Unavailable(str(error))
