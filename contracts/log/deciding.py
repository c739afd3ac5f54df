"""From a wish to a decision: load the stream, gather the facts, ask the command, see what follows."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from contracts.canonical import plain
from contracts.consequences import Consequences, consequences, of_events
from contracts.contract import Contract
from contracts.decision import Event, NotParty, Occasion, On, Refused, not_party
from contracts.facts import Facts
from contracts.law import Law
from contracts.lifecycle import COMMANDS, STREAMS, empty, outlook
from contracts.log.facts import Gathered, Sources, organisation_id
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
    """A decision with all that it was made from, ready to be shown or written. `stream` None: it is new.
    `others`: events for other streams."""

    wish: Wish
    stream_id: UUID
    stream: Stream | None
    before: Any
    after: Any
    own: tuple[Event, ...]
    others: tuple[On, ...]
    occasion: Occasion
    gathered: Gathered
    envelope: Envelope
    consequences: Consequences

    @cached_property
    def shown(self) -> list[dict[str, Any]]:
        """Its events as they are answered."""
        reached = {id_: stream.version for id_, stream in self.gathered.streams.items()}
        reached[self.stream_id] = self.before.version
        shown = []
        for on in (*(On(self.stream_id, event) for event in self.own), *self.others):
            reached[on.stream_id] = version = reached.get(on.stream_id, 0) + 1
            shown.append(
                {
                    "type": on.event.type,
                    "version": version,
                    "effective_on": plain(on.event.effective_on),
                    "data": plain(on.event),
                }
            )
        return shown


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
    role = _role_of(wish, before, gathered.facts, now.date())
    if wish.expected is not None and wish.expected != before.version:
        raise StaleVersion(before.version)
    envelope = _sealed(sources, wish, before, gathered.facts, fresh)
    occasion = Occasion(
        wish.actor, role, wish.on_behalf_of, now, law, gathered.facts, fresh, envelope.commitments
    )
    decision = command.decide(before, occasion)
    own, others = _sorted(decision, stream_id)
    after = before
    for event in own:
        after = replace(event.evolve(after), version=after.version + 1)
    if isinstance(after, Contract):
        gathered = sources.also(gathered, ((c.kind, c.key) for c in (*holds(before), *holds(after))))
    look = partial(outlook, law=law, adult_on=occasion.adult_on)
    found = (
        consequences(before, own, after, occasion, look)
        if isinstance(before, Contract)
        else of_events([*own, *(on.event for on in others)])
    )
    return Decided(wish, stream_id, stream, before, after, own, others, occasion, gathered, envelope, found)


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
            {},
        )
        refusals = (
            [*not_party(command, occasion)]
            or [*command.fits(seen.state, occasion)]
            or [*command.standing(seen.state, occasion)]
        )
        answers.append(Allowance(command.type, tuple(refusals)))
    return answers


ITSELF = frozenset({Role.DEADLINE})
"""What happens by itself, and nobody asks for."""


def _acts(wish: Wish, acting: Stream | None, today: date) -> bool:
    if wish.caller is None or acting is None or not isinstance(acting.state, Organisation):
        return False
    return acts(acting.state, wish.caller.person, today)


def _role_of(wish: Wish, before: Any, facts: Facts, today: date) -> Role:
    if wish.caller is None:
        return Role.DEADLINE
    command = type(wish.command)
    if found := roles(wish.caller, before, wish.command.references(before), facts, today):
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


def _sorted(decision: Any, stream_id: UUID) -> tuple[tuple[Event, ...], tuple[On, ...]]:
    """The events of the stream that was asked, and those of others. A new person is asked under its id."""
    own = [event.event if isinstance(event, On) else event for event in decision if _is_own(event, stream_id)]
    return tuple(own), tuple(
        event for event in decision if isinstance(event, On) and not _is_own(event, stream_id)
    )


def _is_own(event: Event | On, stream_id: UUID) -> bool:
    return not isinstance(event, On) or event.stream_id == stream_id
