"""A history of which some entries were wrong: what it says once that is known. The entries stay."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from contracts.canonical import plain
from contracts.contract import Contract
from contracts.decision import Event, fold
from contracts.dossier import Correction, Outcome
from contracts.parties import Role
from contracts.stored import hints_of, restored
from contracts.values import replace

# Events


@dataclass(frozen=True)
class Told:
    """Somebody who had been told of an entry: `person:<uuid>` or `org:<BIN>`, in a role."""

    role: Role
    ref: str


@dataclass(frozen=True)
class CorrectionMade(Event):
    """Our record was wrong: the entry of that version should have said something else, or should not stand.

    of, of_schema  type and schema version of that entry
    right          what it should have said, as it is stored; None: it is annulled
    fell           versions of the entries that fall with it, for they would not have come
    informed       who had been told of what was wrong
    acted          sides that had read it and acted since
    undoes         the correction that is annulled, where it is one
    """

    type = "correction.made"
    rule = "correction.four-eyes"
    apart = frozenset({"correction", "informed", "undoes"})
    confidential: ClassVar[Mapping[str, frozenset[Role]]] = {"right": frozenset()}
    """It is told field by field, to those who may read each."""
    correction: UUID
    entry: int
    of: str
    of_schema: int
    by: Role
    right: Mapping[str, Any] | None = None
    fell: tuple[int, ...] = ()
    informed: tuple[Told, ...] = ()
    acted: tuple[Role, ...] = ()
    undoes: UUID | None = None

    def evolve(self, state: Contract) -> Contract:
        made = closed(state, self.correction, Outcome.AGREED)
        if self.undoes:
            made = closed(made, self.undoes, Outcome.CLOSED)
        return replace(
            made,
            corrections=tuple(
                replace(each, to_follow=frozenset(self.acted)) if each.id == self.correction else each
                for each in made.corrections
            ),
        )

    @property
    def tells_too(self) -> tuple[tuple[Role, str], ...]:
        return tuple((each.role, each.ref) for each in self.informed)


def closed(contract: Contract, correction: UUID, outcome: Outcome) -> Contract:
    def ended(each: Correction) -> Correction:
        return replace(each, outcome=outcome) if each.id == correction else each

    return replace(contract, corrections=tuple(map(ended, contract.corrections)))


# What a history comes to


def put_right(wrong: Event, made: CorrectionMade, of: Any) -> list[tuple[str, Any, Any]]:
    """Each field in which the entry was wrong: its name, what it said, and what it should have said. `of`:
    the kind of the entry; where that is a correction, of what it is about."""
    if made.right is None:
        return []
    was = wrong.right if isinstance(wrong, CorrectionMade) else plain(wrong)
    now = made.right.get("right") if isinstance(wrong, CorrectionMade) else made.right
    if was is None or now is None:
        return []
    one, other = restored(of, was), restored(of, now)
    pairs = ((name, getattr(one, name), getattr(other, name)) for name in hints_of(of))
    return [(name, said, right) for name, said, right in pairs if said != right]


def kind_of(events: Sequence[Event], entry: int) -> type[Event]:
    """The kind of an entry; of corrections, that of what they are about."""
    event = events[entry - 1]
    return kind_of(events, event.entry) if isinstance(event, CorrectionMade) else type(event)


@dataclass(frozen=True)
class Reading:
    """Entries by version. `says`: what each says by all that is known; None: it is annulled. `by`: the
    version of the correction that says so."""

    says: Mapping[int, Event | None]
    by: Mapping[int, int]


def read(said: Mapping[int, Event]) -> Reading:
    """From the last to the first: a correction that was wrong itself corrects nothing, or something else."""
    says: dict[int, Event | None] = {}
    by: dict[int, int] = {}
    for version in sorted(said, reverse=True):
        event = says.setdefault(version, said[version])
        if isinstance(event, CorrectionMade):
            for entry, right in _puts_right(event, said):
                if entry not in says:
                    says[entry], by[entry] = right, version
    return Reading(says, by)


def _puts_right(made: CorrectionMade, said: Mapping[int, Event]) -> Iterator[tuple[int, Event | None]]:
    wrong = said.get(made.entry)
    if wrong is None or wrong.type != made.of:
        return
    yield made.entry, None if made.right is None else restored(type(wrong), made.right)
    yield from ((entry, None) for entry in made.fell if entry in said)


def as_corrected(events: Sequence[Event]) -> list[Event | None]:
    """Each entry as it should have been; None: it should not stand."""
    says = read(dict(enumerate(events, 1))).says
    return [says[version] for version in range(1, len(events) + 1)]


def whole(events: Iterable[Event], empty: Any) -> Any:
    """What a stream has become from its first entry on, with what was wrong put right."""
    said = [*events]
    if not any(isinstance(event, CorrectionMade) for event in said):
        return fold(said, empty)
    state = empty
    for event in as_corrected(said):
        state = replace(event.evolve(state) if event else state, version=state.version + 1)
    return state


def onwards(past: Sequence[Event], events: Sequence[Event], state: Any, empty: Any) -> Any:
    """What `events` make of `state`, which `past` has made of `empty`."""
    if any(isinstance(event, CorrectionMade) for event in events):
        return whole([*past, *events], empty)
    return fold(events, state)


def unfolding(events: Iterable[Event], empty: Any) -> Iterator[tuple[Any, Any]]:
    """Before and after each entry, by what was known when it was recorded."""
    said: list[Event] = []
    before = empty
    for event in events:
        said.append(event)
        after = onwards(said[:-1], [event], before, empty)
        yield before, after
        before = after
