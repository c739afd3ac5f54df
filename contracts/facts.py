"""What a decision sees of all that stands outside the stream that is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.claim import Claim
from contracts.contract import Contract
from contracts.parties import Memorandum, Organisation, Person, Preliminary
from contracts.places import Hold


@dataclass(frozen=True)
class Facts:
    """What stands outside the stream that is asked: other streams as they were folded, and who holds which
    place. A part is None where the wish does not refer to it or nothing is there."""

    student: Person | None = None
    mentor: Person | None = None
    representative: Person | None = None
    college: Organisation | None = None
    enterprise: Organisation | None = None
    memorandum: Memorandum | None = None
    preliminary: Preliminary | None = None
    contract: Contract | None = None
    chamber: Organisation | None = None
    member: Person | None = None
    """Who is to sit in a commission, or to mediate."""
    claim: Claim | None = None
    successor: Contract | None = None
    receiver: Organisation | None = None
    beyond: "Facts | None" = None
    """What stands around the successor."""
    acting: Organisation | None = None
    """On whose behalf it is asked."""
    known: Person | None = None
    """The person who already has the IIN of the record in the wish."""
    holds: Mapping[tuple[str, str], tuple[Hold, ...]] = field(default_factory=dict)
    numbers_given: int = 0
    number_taken: bool = False

    def held_by_others(self, hold: Hold) -> tuple[Hold, ...]:
        """Holds of other contracts on the same thing that overlap `hold`."""
        on_it = self.holds.get((hold.kind, hold.key), ())
        return tuple(c for c in on_it if c.contract != hold.contract and c.overlaps(hold))
