"""How a wish becomes facts: Event, Command, Refusal, and the Occasion that a decision sees."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, NewType
from uuid import UUID

from contracts.facts import Facts
from contracts.law import Law
from contracts.parties import References, Role
from contracts.values import replace

if TYPE_CHECKING:
    from contracts.consequences import Outlook  # which is made of what stands here

DAY = timedelta(days=1)

Text = NewType("Text", str)
"""Free text of a person. It is sealed in the personal store; an event holds its commitment instead."""


@dataclass(frozen=True)
class Occasion:
    """All that a decision may know besides the state and the wish.

    actor         who asks: `person:<uuid>`, or `deadline` for a timer
    role          in which role this stream knows them
    on_behalf_of  `org:<BIN>` or `person:<uuid>`
    at            when it is asked: aware, in the law's time zone, so that `at.date()` is the legal day
    facts         other streams and the places that others hold
    sealed        commitments of the personal fields of the wish, by field name
    fresh         an id for what the wish makes
    outlook       ahead.outlook: what a state brings with it
    """

    actor: str
    role: Role
    on_behalf_of: str | None
    at: datetime
    law: Law
    facts: Facts
    fresh: UUID
    sealed: Mapping[str, str] = field(default_factory=dict)
    outlook: Callable[..., "Outlook"] = field(kw_only=True, repr=False)

    def ahead(self, state: Any) -> "Outlook":
        """What the state brings with it, as of today."""
        return self.outlook(state, self.law, self.adult_on, self.today)

    @property
    def today(self) -> date:
        return self.at.date()

    @property
    def adult_on(self) -> date | None:
        """The 18th birthday of the student in question; None where the record is not known."""
        record = self.facts.student.record if self.facts.student else None
        return self.law.adult_on(record.born_on, self.today) if record else None

    @property
    def of_a_minor(self) -> bool:
        return self.adult_on is not None and self.today < self.adult_on

    @property
    def person(self) -> UUID | None:
        return UUID(self.actor.removeprefix("person:")) if self.actor.startswith("person:") else None


# What happens


class Event:
    """A fact. `type` is its name in the log; it never changes. `rule` is the one under which it stands, of
    several the one that it is about. `apart` names the fields that differ between a preview and its execution
    (ids made anew, salted digests), so that consequences leave them out. `waits`: it changes a clause from
    its own day on, so that what is recorded after it may hold before it. `sparse`: fields without a value are
    left out of what is stored, however deep they stand. `each`: of several that are recorded together people
    are told one by one, not of the last alone."""

    type: ClassVar[str]
    rule: ClassVar[str | None] = None
    schema: ClassVar[int] = 1
    stream: ClassVar[str] = "contract"
    tells: ClassVar[frozenset[Role]] = frozenset()
    apart: ClassVar[frozenset[str]] = frozenset()
    waits: ClassVar[bool] = False
    sparse: ClassVar[bool] = False
    each: ClassVar[bool] = False
    confidential: ClassVar[Mapping[str, frozenset[Role]]] = {}
    """Fields that not all who see the contract read, with those who do: what is said of somebody's health."""

    def evolve(self, state: Any) -> Any:
        raise NotImplementedError

    @property
    def leaving(self) -> tuple[tuple[Role, UUID], ...]:
        """Who is told besides those of `tells`, since after it they have nothing to do with the stream."""
        return ()

    def announce(self, state: Any) -> Any:
        """What is true already once it is recorded, before its day has come."""
        return state

    @property
    def told(self) -> frozenset[Role]:
        """Whom this very one tells, of those in `tells`."""
        return self.tells

    @property
    def effective_on(self) -> date | None:
        """The day from which it holds in law; None: it counts from when it is recorded."""
        return None

    @property
    def tells_too(self) -> tuple[tuple[Role, str], ...]:
        """Who is told beside those in `tells`, by role: `person:<uuid>` or `org:<BIN>`."""
        return ()


@dataclass(frozen=True)
class On:
    """An event for a stream other than the one that was asked."""

    stream_id: UUID
    event: Event


Decision = Sequence[Event | On]


@dataclass(frozen=True)
class Effect:
    """What a decision does to one stream: its state before, the events, its state after."""

    stream_id: UUID
    before: Any
    events: tuple[Event, ...]
    after: Any


@dataclass(frozen=True)
class Cure:
    """Who can lift a refusal, and how: `what` names the sentence, `command` the wish that does it."""

    who: Role
    what: str
    command: str | None = None


class Refusal:
    """A rule that stands in the way, as data: its fields are the facts that failed."""

    type: ClassVar[str]
    code: ClassVar[str]
    cures: ClassVar[tuple[Cure, ...]] = ()


class Refused(Exception):
    """The wish was not granted. `refusals` holds every rule in the way, not the first."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(refusal.type for refusal in refusals))
        self.refusals = refusals
        self.attempt: UUID | None = None
        """The number under which the attempt was written down."""


class Command:
    """A wish. `type` is its name in URLs. `by` says who may have it."""

    type: ClassVar[str]
    stream: ClassVar[str] = "contract"
    by: ClassVar[frozenset[Role]]
    begins: ClassVar[bool] = False
    lapses: ClassVar[bool] = False
    """Issued by itself when the time for an answer is over: it waits while that time is frozen."""

    def references(self, state: Any) -> References:
        found: References = state.references
        return found

    def already(self, state: Any, occasion: Occasion) -> bool:
        """Whether the wish is true as it stands. That is never an error."""
        return False

    def looks_back(self, state: Any) -> int | None:
        """The version of the entry that the wish is about. The decision sees all of them (facts.past)."""
        return None

    @classmethod
    def fits(cls, state: Any, occasion: Occasion) -> Iterator[Refusal]:
        """Whether the stream is in a state for such a wish; nothing else is asked where it is not."""
        return iter(())

    @classmethod
    def standing(cls, state: Any, occasion: Occasion) -> Iterator[Refusal]:
        """The rules that can be asked without the wish: what `/allowed` shows."""
        return iter(())

    def rules(self, state: Any, occasion: Occasion) -> Iterator[Refusal]:
        """The rules about this very wish that stand in its way."""
        return iter(())

    def events(self, state: Any, occasion: Occasion) -> Decision:
        """The facts that grant the wish, once nothing stands in its way."""
        raise NotImplementedError

    def decide(self, state: Any, occasion: Occasion) -> Decision:
        """The events that grant the wish; none if it is already true. Raises Refused."""
        if strangers := [*not_party(type(self), occasion)]:
            raise Refused(*strangers)
        if self.already(state, occasion):
            return []
        if unfit := [*self.fits(state, occasion)]:
            raise Refused(*unfit)
        if in_the_way := [*self.standing(state, occasion), *self.rules(state, occasion)]:
            raise Refused(*in_the_way)
        return self.events(state, occasion)


# Shared by every stream


@dataclass(frozen=True)
class NotParty(Refusal):
    type = "contract.not-party"
    code = "GEN-NOT-PARTY"
    cures = (Cure(Role.COLLEGE, "ask-the-party"),)
    role: Role
    allowed: tuple[Role, ...]


@dataclass(frozen=True)
class DayMoved(Refusal):
    type = "contract.day-moved"
    code = "GEN-DAY-MOVED"
    cures = (Cure(Role.COLLEGE, "look-at-new-preview"),)
    today: date


def not_party(command: type[Command], occasion: Occasion) -> Iterator[Refusal]:
    if occasion.role not in command.by:
        yield NotParty(occasion.role, tuple(sorted(command.by)))


def fold(events: Iterable[Event], state: Any) -> Any:
    for event in events:
        state = replace(event.evolve(state), version=state.version + 1)
    return state


Onwards = Callable[[Sequence[Event], Any], Any]
"""What events make of a state."""


def effects(
    decision: Decision, stream_id: UUID, before: Any, other: Callable[[On], Any], onwards: Onwards = fold
) -> tuple[Effect, ...]:
    """First on the stream that was asked, even if nothing happens to it, then on each other as it is met.
    `other` answers the state of the stream that an event is for. A new stream is asked under its id.
    `onwards`: of the stream that was asked."""
    met: dict[UUID, list[Event]] = {stream_id: []}
    states = {stream_id: before}
    for each in decision:
        on = each if isinstance(each, On) else On(stream_id, each)
        if on.stream_id not in states:
            states[on.stream_id] = other(on)
        met.setdefault(on.stream_id, []).append(on.event)
    return tuple(
        Effect(id_, states[id_], tuple(events), (onwards if id_ == stream_id else fold)(events, states[id_]))
        for id_, events in met.items()
    )
