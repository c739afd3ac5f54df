"""Where wishes are handed in: shown what they would do, or done; decided again when another came first."""

from uuid import UUID

from contracts.decision import DayMoved, Refused
from contracts.law import Law
from contracts.log import attempts
from contracts.log.connections import LogPool
from contracts.log.deciding import Decided, Seen, allowances, decide, see
from contracts.log.errors import BoundaryMoved, VersionMoved
from contracts.log.errors import DayMoved as MidnightPassed
from contracts.log.facts import Sources
from contracts.log.history import Readers, nobody
from contracts.log.mapper import Mapper
from contracts.log.personal import PersonalStore
from contracts.log.recorder import Recorder, StoredEvent
from contracts.log.wishes import Allowance, Granted, NotFound, StaleVersion, Wish
from contracts.log.writing import again, granted, to_append
from contracts.parties import Role
from contracts.relations import Caller

TRIES = 8
"""How often a wish is decided again because another was recorded first."""


class Desk:
    def __init__(
        self,
        recorder: Recorder,
        mapper: Mapper,
        law: Law,
        store: PersonalStore,
        pool: LogPool,
        application: str,
        readers: Readers = nobody,
    ) -> None:
        """`application`: name and version of the service, kept with every event. `readers`: who looked at a
        stream, as the edge knows."""
        self.law = law
        self.mapper = mapper
        self.sources = Sources(recorder, mapper, store, pool, readers)
        self._recorder = recorder
        self._pool = pool
        self._application = application

    def execute(self, wish: Wish) -> Granted:
        """Raises Refused, NotForThem, NotFound, StaleVersion, VersionMoved, KeyReused, Unavailable,
        OutcomeUnknown."""
        for tries_left in reversed(range(TRIES)):
            try:
                decided = decide(self.sources, self.law, wish)
                _as_shown(decided)
                return self._written(decided)
            except (NotFound, StaleVersion, Refused) as error:
                if answered := self._answered(wish):
                    return answered
                if isinstance(error, Refused):
                    self.note(wish, error)
                raise
            except (VersionMoved, BoundaryMoved, MidnightPassed):
                if not tries_left:
                    raise
        raise AssertionError("the last try returns or raises")

    def preview(self, wish: Wish) -> Granted:
        """Decides and writes nothing. Raises as `execute`."""
        decided = decide(self.sources, self.law, wish)
        _as_shown(decided)
        return granted(decided, None, None, decided.own.before.version)

    def see(self, stream_id: UUID, caller: Caller) -> Seen:
        """Raises NotFound, also where the caller may not know of it."""
        seen = see(self.sources, self.law, stream_id, caller)
        if not seen.roles:
            raise NotFound(str(stream_id))
        return seen

    def relations(self, stream_id: UUID, caller: Caller) -> frozenset[Role]:
        """In which roles the caller stands to the stream; none where there is no such stream."""
        try:
            return self.see(stream_id, caller).roles
        except NotFound:
            return frozenset()

    def allowed(self, stream_id: UUID, caller: Caller) -> list[Allowance]:
        """Raises NotFound."""
        return allowances(self.law, self.see(stream_id, caller), caller)

    def stored(self, stream_id: UUID) -> list[StoredEvent]:
        """The stream as it is stored; empty where there is none."""
        return self.sources.stored(stream_id)

    def _written(self, decided: Decided) -> Granted:
        wanted = to_append(decided, self.law, self.mapper, self._application)
        if wanted is None:
            stream = decided.gathered.streams.get(decided.own.stream_id)
            position = stream.position if stream else 0
            return granted(decided, position, decided.occasion.at, decided.own.before.version)
        appended = self._recorder.append(wanted)
        if appended.replayed:
            return again(appended)
        version = appended.versions.get(decided.own.stream_id, decided.own.before.version)
        return granted(decided, appended.position, appended.recorded_at, version)

    def _answered(self, wish: Wish) -> Granted | None:
        """What the key of the wish was answered with before."""
        if wish.key is None or wish.request_hash is None:
            return None
        appended = self._recorder.answer_of(wish.key, wish.request_hash)
        return again(appended) if appended else None

    def note(self, wish: Wish, refused: Refused) -> None:
        """Writes the attempt down and gives the refusal its number."""
        with self._pool.connection() as connection:
            refused.attempt = attempts.write(
                connection,
                refused.refusals,
                actor=wish.actor,
                on_behalf_of=wish.on_behalf_of,
                command=wish.command.type,
                subject=wish.stream_id,
                request_id=wish.request_id,
            )


def _as_shown(decided: Decided) -> None:
    """What the caller confirmed must be what would be done."""
    previewed = decided.wish.previewed
    if previewed is not None and previewed != decided.consequences.digest:
        raise Refused(DayMoved(decided.occasion.today))
