"""From a wish to a decision: load the stream, gather the facts, ask the command, see what follows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from contracts.ahead import outlook
from contracts.canonical import plain
from contracts.consequences import Consequences, consequences
from contracts.contract import Contract
from contracts.corrected import onwards
from contracts.deadlines import Watched
from contracts.decision import Effect, NotParty, Occasion, On, Refused, effects, not_party
from contracts.dossier import as_seen_at
from contracts.facts import Facts
from contracts.law import Law
from contracts.lifecycle import COMMANDS, STREAMS, empty
from contracts.log.asking import Key
from contracts.log.facts import Gathered, Sources, organisation_id
from contracts.log.history import past
from contracts.log.ids import uuid7
from contracts.log.sealing import Envelope, given, seal
from contracts.log.streams import Stream
from contracts.log.wishes import Allowance, NotForThem, NotFound, StaleVersion, Wish
from contracts.parties import Organisation, Role
from contracts.places import holds
from contracts.registration import OWN
from contracts.relations import Caller, acts, roles
from contracts.values import replace


@dataclass(frozen=True)
class Decided:
    """A decision with all that it was made from, ready to be shown or written. `effects`: first on the stream
    that was asked; a stream that is not among those gathered is new."""

    wish: Wish
    effects: tuple[Effect, ...]
    occasion: Occasion
    gathered: Gathered
    envelope: Envelope
    consequences: Consequences

    @property
    def own(self) -> Effect:
        return self.effects[0]

    @cached_property
    def shown(self) -> list[dict[str, Any]]:
        """Its events as they are answered; `stream_id`: where it is not the one that was asked."""
        return [
            {
                "type": event.type,
                "version": version,
                "effective_on": plain(event.effective_on),
                "data": plain(event),
                **({} if effect is self.own else {"stream_id": str(effect.stream_id)}),
            }
            for effect in self.effects
            for version, event in enumerate(effect.events, effect.before.version + 1)
        ]


@dataclass(frozen=True)
class Seen:
    """A stream and how the caller stands to it."""

    state: Any
    gathered: Gathered
    now: datetime
    roles: frozenset[Role]


def decide(sources: Sources, law: Law, wish: Wish) -> Decided:
    """Raises Refused, NotForThem, NotFound, StaleVersion."""
    command, fresh = wish.command, uuid7()
    stream_id, acting = wish.stream_id or fresh, wish.caller.bin if wish.caller else None
    met = sources.streams.now([stream_id, *([organisation_id(acting)] if acting else [])])
    stream, now = met.streams.get(stream_id), met.at.astimezone(law.zone)
    if acting and not _acts(wish, met.streams.get(organisation_id(acting)), now.date()):
        raise NotForThem(acting)
    there = stream.kind == command.stream if stream else command.begins
    if not there:
        raise NotFound(str(stream_id))
    before = stream.state if stream else empty(command.stream, stream_id)
    gathered = sources.gather(command.references(before), acting, now.date())
    role = _role_of(wish, before, gathered, now.date())
    if wish.expected is not None and not _as_seen(before, wish.expected):
        raise StaleVersion(before.version)
    if role in command.by and (entry := command.looks_back(before)) is not None:
        gathered = _looking_back(sources, law, gathered, stream_id, before.version, entry)
    envelope = _sealed(sources, wish, before, gathered.facts, fresh)
    occasion = Occasion(
        wish.actor,
        role,
        wish.on_behalf_of,
        now,
        law,
        gathered.facts,
        fresh,
        envelope.commitments,
        outlook=outlook,
    )
    decision = command.decide(before, occasion)
    said = gathered.facts.past.events if gathered.facts.past else []
    further = partial(onwards, said, empty=empty(command.stream, stream_id))
    found = effects(decision, stream_id, before, partial(_other, gathered), further)
    gathered = sources.also(gathered, _places(found))
    if stream:
        gathered = replace(gathered, streams={**gathered.streams, stream_id: stream})
    return Decided(wish, found, occasion, gathered, envelope, consequences(found, occasion, occasion.ahead))


def _places(found: Iterable[Effect]) -> Iterator[Key]:
    """Those that contracts had or will have, and a number that one gives back."""
    for effect in found:
        if not isinstance(effect.after, Contract):
            continue
        for state in (effect.before, effect.after):
            yield from ((hold.kind, hold.key) for hold in holds(state))
        if effect.before.number not in (None, effect.after.number):
            yield "number", effect.before.number


def _looking_back(
    sources: Sources, law: Law, gathered: Gathered, stream_id: UUID, upto: int, entry: int
) -> Gathered:
    """With all entries of the stream that is asked. Raises NotFound where that one is not among them."""
    found = past(sources.stored(stream_id), upto, entry, sources.mapper, law, sources.readers)
    return replace(gathered, facts=replace(gathered.facts, past=found))


def _other(gathered: Gathered, on: On) -> Any:
    """The state of the stream that an event is for; one that was not gathered is new."""
    there = gathered.streams.get(on.stream_id)
    return there.state if there else empty(on.event.stream, on.stream_id)


def see(sources: Sources, law: Law, stream_id: UUID, caller: Caller) -> Seen:
    """Raises NotFound where there is no such stream; `roles` is empty where the caller may not know of it."""
    met = sources.streams.now([stream_id])
    if stream_id not in met.streams:
        raise NotFound(str(stream_id))
    state, now = met.streams[stream_id].state, met.at.astimezone(law.zone)
    gathered = sources.gather(state.references, caller.bin, now.date())
    found = roles(caller, state, state.references, gathered.facts, now.date())
    return Seen(state, gathered, now, found)


def allowances(law: Law, seen: Seen, caller: Caller) -> list[Allowance]:
    """Every command for this kind of stream, with the rules in its way that can be asked without a wish."""
    answers = []
    for command in COMMANDS.values():
        if STREAMS[command.stream] is not type(seen.state) or command.begins or command.by <= ITSELF:
            continue
        role = min(seen.roles & command.by or seen.roles)
        occasion = Occasion(
            f"person:{caller.person}",
            role,
            caller.on_behalf_of,
            seen.now,
            law,
            seen.gathered.facts,
            uuid7(),
            outlook=outlook,
        )
        refusals = (
            [*not_party(command, occasion)]
            or [*command.fits(seen.state, occasion)]
            or [*command.standing(seen.state, occasion)]
        )
        answers.append(Allowance(command.type, tuple(refusals)))
    return answers


def _as_seen(before: Any, version: int) -> bool:
    """What the caller saw is still what there is."""
    if isinstance(before, Watched) and version < before.version:
        return as_seen_at(version, before.version, before.noted)
    return bool(before.version == version)


ITSELF = frozenset({Role.DEADLINE})
"""What happens by itself, and nobody asks for."""


def _acts(wish: Wish, acting: Stream | None, today: date) -> bool:
    if wish.caller is None or acting is None or not isinstance(acting.state, Organisation):
        return False
    return acts(acting.state, wish.caller.person, today)


def _role_of(wish: Wish, before: Any, gathered: Gathered, today: date) -> Role:
    if wish.caller is None:
        return Role.DEADLINE
    command, facts = type(wish.command), gathered.facts
    if found := roles(wish.caller, before, gathered.wanted, facts, today):
        return min(found & command.by or found)
    if before.version or facts.acting is None or facts.acting.kind is None:
        raise NotFound(str(wish.stream_id))
    raise Refused(NotParty(OWN[facts.acting.kind], tuple(sorted(command.by))))


def _sealed(sources: Sources, wish: Wish, before: Any, facts: Facts, fresh: UUID) -> Envelope:
    if not given(wish.command):
        return Envelope({}, ())
    with sources.pool.connection() as connection:
        return seal(
            sources.store,
            connection,
            wish.command,
            before,
            actor=wish.caller.person if wish.caller else None,
            student=facts.student.id if facts.student else None,
            fresh=fresh,
        )
