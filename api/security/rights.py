"""Who may ask what. No unless a row says otherwise. In which role somebody asks, the streams say."""

from dataclasses import dataclass
from uuid import UUID

from api.house import House
from api.problems import Problem
from api.security.acting import Asked
from contracts.contract import PARTIES
from contracts.decision import Command
from contracts.log.deciding import Seen
from contracts.log.wishes import NotFound
from contracts.parties import Role
from contracts.relations import Caller


@dataclass(frozen=True)
class Right:
    """`freely`: whoever stands to the contract in this role. `with_purpose`: whoever holds this duty and says
    what for; it is written down."""

    freely: frozenset[Role]
    with_purpose: frozenset[Role] = frozenset()


RECEIVER = frozenset({Role.RECEIVER})
OWN = PARTIES | {Role.REPRESENTATIVE}
REGION = frozenset({Role.CHAMBER})
AUDITORS = frozenset({Role.LAWYER, Role.REVIEWER})
STATE = frozenset({Role.MINISTRY})

RIGHTS = {
    "contract": Right(OWN | REGION | RECEIVER | {Role.MENTOR}, AUDITORS | STATE),
    "allowed": Right(OWN | REGION | RECEIVER | {Role.MENTOR}, AUDITORS | STATE),
    "deadlines": Right(OWN | REGION | RECEIVER | {Role.MENTOR}, AUDITORS | STATE),
    "training": Right(OWN | REGION | {Role.MENTOR}, AUDITORS | STATE),
    "text": Right(OWN | REGION, AUDITORS | STATE),
    "history": Right(OWN | REGION, AUDITORS | STATE),
    "diff": Right(OWN | REGION, AUDITORS | STATE),
    "events": Right(OWN, AUDITORS),
    "attempts": Right(OWN, AUDITORS),
    "reads": Right(OWN, AUDITORS),
    "person": Right(OWN | {Role.MENTOR}, AUDITORS),
    "organisation": Right(OWN | REGION | {Role.MENTOR, Role.OPERATOR}, AUDITORS | STATE),
    "dispute": Right(OWN | REGION | {Role.REVIEWER}, AUDITORS),
    "disputes": Right(OWN | REGION | {Role.REVIEWER}, AUDITORS),
    "memorandum": Right(frozenset({Role.COLLEGE, Role.ENTERPRISE}) | REGION, AUDITORS | STATE),
    "claim": Right(OWN, AUDITORS),
    "claims": Right(OWN, AUDITORS),
    "register": Right(OWN | REGION | {Role.MENTOR}, AUDITORS | STATE),
    "outcomes": Right(frozenset({Role.COLLEGE, Role.ENTERPRISE}) | REGION, AUDITORS | STATE),
    "worklist": Right(OWN | REGION | {Role.MENTOR}),
    "search": Right(OWN | REGION, AUDITORS),
}

SEES_NO_CONTENT = frozenset({Role.OPERATOR, Role.PRIVACY})
"""Duties that give no right to know which contracts there are."""

OF_MENTOR = frozenset({"subject", "term", "form", "schedule", "workplace", "mentor"})
OF_MENTOR |= {"duties", "protective", "safety", "rest", "absence"}
"""Clauses that a mentor sees: where the student is, when, to learn what, and how safely."""

OF_RECEIVER = frozenset({"subject", "term", "form", "funding", "practice_share", "schedule"})
"""Clauses that a college sees to which the student is to go: what is learnt, and for how long."""


def see(house: House, asked: Asked, stream_id: UUID, question: str) -> Seen:
    """The stream, for one who may ask this of it. Raises Problem 403, and NotFound where there is no such
    stream, or none that the caller may know of."""
    try:
        seen = house.desk.see(stream_id, asked.caller)
    except NotFound:
        _by_duty(question, asked)
        raise
    own = seen.roles - asked.caller.duties
    if own & RIGHTS[question].freely or _by_duty(question, asked):
        return seen
    if own:
        raise Problem(403, right=question)
    raise NotFound(str(stream_id))


def anywhere(question: str, asked: Asked) -> bool:
    """Whether the caller may ask it of all that there is; False: of what is their own. Raises Problem 403."""
    if _by_duty(question, asked):
        return True
    if asked.organisation is None and asked.caller.duties and asked.caller.duties <= SEES_NO_CONTENT:
        raise Problem(403, right=question)
    return False


def _by_duty(question: str, asked: Asked) -> bool:
    if asked.organisation or not asked.caller.duties & RIGHTS[question].with_purpose:
        return False
    if asked.purpose is None:
        raise Problem(403, "purpose-needed", right=question, header="Kelisim-Purpose")
    return True


def may_know(house: House, caller: Caller, command: type[Command], stream_id: UUID | None) -> None:
    """Whoever keeps the service or the personal data learns from no command which contracts there are."""
    blind = caller.duties and caller.duties <= SEES_NO_CONTENT and not caller.duties & command.by
    if stream_id and blind and not house.desk.relations(stream_id, caller) - caller.duties:
        raise NotFound(str(stream_id))
