"""Suspension: the contract rests for a time on a ground of the law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.consequences import Deadline, Outlook, Task, Timer
from contracts.contract import EVERYBODY, LIVES, Contract, State
from contracts.contract_rules import ContractCommand, WrongState
from contracts.decision import DAY, Cure, Event, Occasion, Refusal, Text
from contracts.dossier import Resting, Suspension
from contracts.formation_rules import one_active
from contracts.law import Law, Rest
from contracts.parties import Role
from contracts.resting import OF_THE_CONTRACT, OWN, bounds, kept_to, length, papers, resting_pay
from contracts.terms import OnPay
from contracts.values import replace

# Refusals


@dataclass(frozen=True)
class NoSuchRest(Refusal):
    """`grounds`: those that this role may have recorded."""

    type = "suspension.ground"
    code = "SUS-GROUND"
    cures = (Cure(Role.COLLEGE, "right-rest", "suspend"), Cure(Role.STUDENT, "right-rest", "suspend"))
    ground: str
    role: Role
    grounds: tuple[str, ...]


@dataclass(frozen=True)
class Overlaps(Refusal):
    """The other suspension. `last`: its planned last day, or the real one."""

    type = "suspension.overlap"
    code = "SUS-OVERLAP"
    cures = (
        Cure(Role.COLLEGE, "other-days-of-rest", "suspend"),
        Cure(Role.COLLEGE, "extend-instead", "extend-suspension"),
    )
    from_on: date
    last: date


# Rules


def outlook(contract: Contract, law: Law) -> Outlook:
    """What waits for the return, what rests, and what runs on."""
    resting = contract.open_suspension
    if resting is None or contract.state not in LIVES | {State.ENDING}:
        return Outlook()
    back = Deadline(
        "return", (Role.STUDENT, Role.COLLEGE), resting.return_by, "return-missed", "suspension.return"
    )
    place = Deadline(
        "place-kept", (), resting.place_to or resting.return_by, "place-freed", "suspension.place"
    )
    expected = Task("resume", (Role.COLLEGE,), "resume", resting.return_by)
    missing = Task("no-return", (Role.COLLEGE,), "extend-suspension")
    runs = ("limitation-runs", "retention-runs")
    return Outlook(
        deadlines=(place,) if resting.missed else (back, place),
        tasks=(missing if resting.missed else expected,),
        sums=resting_pay(contract, law, resting),
        stays=(*runs, "notice-runs") if contract.state is State.ENDING else runs,
        ends=tuple(f"{each}-rest" for each in sorted(resting.rests)),
    )


def timers(contract: Contract) -> Iterator[Timer]:
    resting = contract.open_suspension
    if resting and not resting.missed and contract.state in LIVES:
        yield Timer("note-no-return", resting.return_by + DAY)


def what_rests(rest: Rest, contract: Contract, on: date) -> frozenset[Resting]:
    """As the ground has it; pay goes on where the contract says so."""
    agreed = contract.terms_on(on).suspension
    goes_on = {Resting.PAY} if agreed and agreed.pay is OnPay.CONTINUES else set()
    return frozenset(map(Resting, rest.rests)) - goes_on


# Events


@dataclass(frozen=True)
class SuspensionStarted(Event):
    """`proof`, `order_no`: numbers or digests of papers. `reason`: the commitment to words that only the
    college reads."""

    type = "suspension.started"
    rule = "suspension.answers"
    tells = EVERYBODY
    apart = frozenset({"reason"})
    confidential: ClassVar[Mapping[str, frozenset[Role]]] = {
        "reason": frozenset({Role.COLLEGE}),
        "proof": OWN,
        "ground": OF_THE_CONTRACT,
        "protects": OF_THE_CONTRACT,
    }
    waits = True
    ground: str
    from_on: date
    to_on: date
    return_by: date
    rests: frozenset[Resting]
    protects: frozenset[str]
    counted: bool
    place_to: date | None = None
    proof: str | None = None
    order_no: str | None = None
    reason: str | None = None

    def evolve(self, state: Contract) -> Contract:
        begun = Suspension(
            self.ground,
            self.from_on,
            self.to_on,
            self.return_by,
            self.place_to,
            self.rests,
            self.protects,
            self.counted,
        )
        found = sorted((*state.suspensions, begun), key=lambda each: each.from_on)
        return replace(state, suspensions=tuple(found))

    def announce(self, state: Contract) -> Contract:
        return self.evolve(state)

    @property
    def effective_on(self) -> date:
        return self.from_on


# Commands


@dataclass(frozen=True)
class Suspend(ContractCommand):
    """Without `to_on`: for as long as the ground allows. `order_no`, `proof`: number or digest of the papers
    that the ground needs. `reason`: what only the college is to read."""

    type = "suspend"
    by = frozenset({Role.COLLEGE, Role.STUDENT, Role.REPRESENTATIVE, Role.ENTERPRISE})
    states = LIVES
    ground: str
    from_on: date
    to_on: date | None = None
    proof: str | None = None
    order_no: str | None = None
    reason: Text | None = None

    def already(self, state: Contract, occasion: Occasion) -> bool:
        found = state.open_suspension
        if found is None or (found.ground, found.from_on) != (self.ground, self.from_on):
            return False
        return self.to_on in {None, found.to_on}

    def rules(self, state: Contract, occasion: Occasion) -> Iterator[Refusal]:
        rest = occasion.law.rest(self.ground, occasion.today)
        if rest is None or occasion.role not in rest.by:
            may = tuple(each.id for each in occasion.law.rests(occasion.today) if occasion.role in each.by)
            yield NoSuchRest(self.ground, occasion.role, may)
        then, last_day = state.state_on(self.from_on), state.last_day
        if then not in self.states or (last_day and self.from_on > last_day):
            yield WrongState(then, tuple(sorted(self.states)), last_day)
        for other in state.suspensions:
            last = other.back_on - DAY if other.back_on else other.to_on
            if other.back_on is None or self.from_on <= last:
                yield Overlaps(other.from_on, last)
        if rest is None:
            return
        yield from papers(rest, proof=self.proof, order=self.order_no)
        yield from length(state, rest, self.from_on, self._to_on(rest), occasion.law)
        yield from one_active(self._started(state, rest, occasion).evolve(state), occasion)

    def events(self, state: Contract, occasion: Occasion) -> list[Event]:
        if (rest := occasion.law.rest(self.ground, occasion.today)) is None:
            raise LookupError("the rules have found the ground")
        return [self._started(state, rest, occasion)]

    def _to_on(self, rest: Rest) -> date:
        return self.to_on or bounds(rest, self.from_on)[1]

    def _started(self, state: Contract, rest: Rest, occasion: Occasion) -> SuspensionStarted:
        to_on = self._to_on(rest)
        return SuspensionStarted(
            ground=self.ground,
            from_on=self.from_on,
            to_on=to_on,
            return_by=occasion.law.end_of(rest.return_within, to_on).last,
            rests=what_rests(rest, state, self.from_on),
            protects=rest.protects,
            counted=rest.counted,
            place_to=kept_to(rest, self.from_on, to_on),
            proof=self.proof,
            order_no=self.order_no,
            reason=occasion.sealed.get("reason"),
        )
