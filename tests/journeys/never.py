"""What must never have happened, told from the stored events alone and not by the code that wrote them."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple
from uuid import UUID

from tests.journeys.cast import EVERYBODY, NEW_PHONE
from tests.journeys.house import House

PARTIES = {"student", "college", "enterprise"}
GIVES_BACK = {"contract.revised", "contract.offer_withdrawn", "contract.refused", "contract.lapsed"}
GIVES_BACK |= {"transfer.successor_dropped"}
ENDS = {f"withdrawal.{how}" for how in ("noticed", "mutual_agreed", "expelled", "liquidation_reported")}
ENDS |= {"transfer.completed"}
TEXTS = {"contract.signatures_voided", "contract.offer_withdrawn"}
"""After these nothing is signed any more."""


class Event(NamedTuple):
    type: str
    data: Any
    position: int


class Stay(NamedTuple):
    """A contract's claim on a period."""

    contract: UUID
    student: str
    memorandum: str | None
    first: date
    last: date


def streams(house: House, kind: str = "contract") -> dict[UUID, list[Event]]:
    rows = house.rows(
        """SELECT stream_id, type, data::text, position FROM log.events JOIN log.streams USING (stream_id)
           WHERE kind = %s ORDER BY stream_id, stream_version""",
        [kind],
    )
    found: dict[UUID, list[Event]] = defaultdict(list)
    for stream, type_, data, position in rows:
        found[stream].append(Event(type_, json.loads(data), position))
    return found


def concluded_without_all_signatures_to_one_text(house: House) -> list[UUID]:
    return [contract for contract, events in streams(house).items() if not _signed_by_all(events)]


def _signed_by_all(events: list[Event]) -> bool:
    minor, signed, consented = events[0].data["minor"], {}, set()
    for event in events:
        if event.type in TEXTS:
            signed, consented = {}, set()
        if event.type == "contract.adulthood_reached":
            minor = False
        if event.type == "contract.signed":
            signed[event.data["party"]] = event.data["text_hash"]
        if event.type == "contract.consent_given":
            consented.add(event.data["text_hash"])
        if event.type == "contract.concluded":
            texts = {*signed.values(), *consented, event.data["text_hash"]}
            return signed.keys() == PARTIES and len(texts) == 1 and (bool(consented) or not minor)
    return True


def stays(house: House) -> Iterator[Stay]:
    """Of the contracts that are out for signing, in force or over: each from its first to its last day."""
    for contract, recorded in streams(house).items():
        events = as_corrected(recorded)
        drafted, terms, out = events[0].data, dict(events[0].data["terms"]), False
        last = None
        for event in events:
            changed = event.data["changes"] if event.type == "contract.revised" else {}
            terms |= {name: clause for name, clause in changed.items() if clause}
            out = event.type == "contract.offered" or (out and event.type not in GIVES_BACK)
            last = event.data["end_on"] if event.type in ENDS else last
            last = None if event.type == "withdrawal.revoked" else last
        waits = any(e.type == "transfer.succession_begun" for e in events)
        waits = waits and not any(e.type == "contract.activated" for e in events)
        if out and terms.get("term") and not waits:
            days = (terms["term"]["starts_on"], last or terms["term"]["ends_on"])
            student, memorandum = drafted["parties"]["student"], drafted.get("memorandum")
            yield Stay(contract, student, memorandum, *map(date.fromisoformat, days))


def as_corrected(events: list[Event]) -> list[Event]:
    """With what was wrong put right or left out, the last correction first."""
    wrong: dict[int, Any] = {}
    for version, event in reversed([*enumerate(events, 1)]):
        if event.type == "correction.made" and version not in wrong:
            wrong |= {entry: None for entry in event.data["fell"]}
            wrong[event.data["entry"]] = event.data["right"]
    return [
        event._replace(data=wrong.get(version, event.data))
        for version, event in enumerate(events, 1)
        if wrong.get(version, event.data) is not None
    ]


def a_correction_by_one_alone(house: House) -> list[str]:
    """Made by the one who proposed it."""
    return [
        number
        for [number] in house.rows(
            """SELECT made.data ->> 'correction' FROM log.events made JOIN log.events asked
                 ON asked.data ->> 'correction' = made.data ->> 'correction'
               WHERE (made.type, asked.type) = ('correction.made', 'correction.proposed')
                 AND made.metadata ->> 'actor' = asked.metadata ->> 'actor'"""
        )
    ]


def two_contracts_at_once(house: House) -> list[tuple[Stay, Stay]]:
    """Of one student."""
    return [
        (one, other)
        for one, other in combinations(stays(house), 2)
        if one.student == other.student and one.first <= other.last and other.first <= one.last
    ]


def half_a_transfer(house: House) -> list[UUID]:
    """A contract that has ended by transfer without one that came into force in the same append, or the
    reverse; or with a day between that belongs to neither or to both."""
    found, contracts = [], streams(house)
    for contract, events in contracts.items():
        for done in (e for e in events if e.type == "transfer.completed"):
            after = contracts.get(UUID(done.data["next_contract"]), [])
            begun = [e for e in after if e.type == "contract.activated"]
            ended = [e for e in events if e.type == "contract.ended"]
            whole = len(begun) == len(ended) == 1 and begun[0].position - done.position <= 5
            last, first = date.fromisoformat(done.data["end_on"]), date.fromisoformat(done.data["start_on"])
            if not whole or (first - last).days != 1 or begun[0].data["from_on"] != first.isoformat():
                found.append(contract)
    handed_over = {
        event.data["next_contract"]
        for events in contracts.values()
        for event in events
        if event.type == "transfer.completed"
    }
    for contract, events in contracts.items():
        types = {e.type for e in events}
        if {"transfer.succession_begun", "contract.activated"} <= types and str(contract) not in handed_over:
            found.append(contract)
    return found


def places_over_those_agreed(house: House) -> list[str]:
    """Memoranda with more students on some day than they have places."""
    found = list(stays(house))
    return [
        str(memorandum)
        for memorandum, [signed, *_] in streams(house, "memorandum").items()
        if any(
            sum(s.memorandum == str(memorandum) and s.first <= day <= s.last for s in found)
            > signed.data["places"]
            for day in {stay.first for stay in found}
        )
    ]


def two_proposals_open(house: House) -> list[UUID]:
    """After any append; what one append brings is there at once."""
    found = []
    for contract, events in streams(house).items():
        opened: set[str] = set()
        for event in events:
            if event.type == "schedule.change_proposed":
                opened.add(event.data["proposal"])
            elif event.type.startswith("schedule.change_") and event.type != "schedule.change_accepted":
                opened.discard(event.data["proposal"])
            if len(opened) > 1:
                found.append(contract)
    return found


def schedules_changed_without_every_consent(house: House) -> list[UUID]:
    """To one digest, by everybody who is asked."""
    found = []
    for contract, events in streams(house).items():
        minor, said = events[0].data["minor"], defaultdict(dict)
        for event in events:
            minor = minor and event.type != "contract.adulthood_reached"
            if event.type == "schedule.change_proposed":
                said[event.data["proposal"]][event.data["by"]] = event.data["text_hash"]
            if event.type == "schedule.change_accepted":
                said[event.data["proposal"]][event.data["party"]] = event.data["text_hash"]
            if event.type == "schedule.change_agreed":
                asked = PARTIES | {"representative"} if minor else PARTIES
                yes = said[event.data["proposal"]]
                if yes.keys() != asked or {*yes.values()} != {event.data["text_hash"]}:
                    found.append(contract)
    return found


def clauses_changed_without_every_consent(house: House) -> list[UUID]:
    """To one digest, by everybody who is asked; of a notice, that nobody objected."""
    return [contract for contract, events in streams(house).items() if not all(_consented(events))]


def _consented(events: list[Event]) -> Iterator[bool]:
    minor, asked, said, told = events[0].data["minor"], {}, defaultdict(dict), {}
    for event in events:
        data, id_ = event.data, event.data.get("proposal")
        minor = minor and event.type != "contract.adulthood_reached"
        if event.type == "amendment.proposed":
            asked[id_] = {*data["asked"]}
            said[id_] = dict.fromkeys(data["accepted"], data["text_hash"])
        if event.type == "amendment.noticed":
            told[id_] = {data["by"]: data["text_hash"]}
        if event.type == "amendment.objected":
            asked[id_], said[id_] = PARTIES, told.pop(id_)
        if event.type == "amendment.accepted":
            said[id_][data["party"]] = data["text_hash"]
        if event.type == "amendment.concluded" and id_ not in told:
            with_parent = {"representative"} if minor and "student" in asked[id_] else set()
            yes = said[id_]
            yield yes.keys() == asked[id_] | with_parent and {*yes.values()} == {data["text_hash"]}


def personal_words(house: House) -> list[tuple[str, str]]:
    """Names, numbers and phones of people in lines of the service, events or attempts."""
    words = {word for someone in EVERYBODY for word in (someone.name, someone.iin, someone.phone)}
    words = {*words, NEW_PHONE}
    places = {
        "lines": house.lines.read_text(),
        "events": "\n".join(t for [t] in house.rows("SELECT data::text || metadata::text FROM log.events")),
        "attempts": "\n".join(t for [t] in house.rows("SELECT t::text FROM log.attempts t")),
    }
    return [(place, word) for place, text in places.items() for word in sorted(words) if word in text]


def collected_while_disputed(house: House) -> list[UUID]:
    """Claims from which something was taken while a dispute about them was open."""
    return [claim for claim, events in streams(house, "claim").items() if _collected(events)]


def _collected(events: list[Event]) -> bool:
    open_ = set()
    for event in events:
        if event.type == "claim.dispute_opened":
            open_.add(event.data["dispute"])
        elif event.type == "claim.dispute_closed":
            open_.discard(event.data["dispute"])
        elif open_ and event.type in TAKES and event.data["amount"]:
            return True
    return False


TAKES = {"claim.penalty_accrued", "claim.deducted"}


def decided_with_a_member_who_stepped_back(house: House) -> list[UUID]:
    """Or without as many for the student as for the enterprise, one of the college and a chair."""
    return [dispute for dispute, events in streams(house, "dispute").items() if _unfair(events)]


def _unfair(events: list[Event]) -> bool:
    sitting: dict[str, str] = {}
    for event in events:
        if event.type == "dispute.member_seated":
            sitting[event.data["person"]] = event.data["side"]
        elif event.type == "dispute.member_recused":
            sitting.pop(event.data["person"], None)
        elif event.type == "dispute.decided":
            sides = sorted(sitting.get(member, "nobody") for member in event.data["members"])
            if sides != ["chamber", "college", "enterprise", "student"]:
                return True
    return False


def divided_without_a_cause(house: House) -> list[int]:
    """Positions of divisions of a claim that no decision, settlement or court of their dispute comes with."""
    causes = {"dispute.decided", "dispute.settled", "dispute.court_recorded"}
    disputes = {
        str(dispute)
        for dispute, events in streams(house, "dispute").items()
        if any(event.type in causes for event in events)
    }
    return [
        event.position
        for events in streams(house, "claim").values()
        for event in events
        if event.type == "claim.divided" and event.data["dispute"] not in disputes
    ]
