"""Clerks who bring contracts about over the desk, each for a college and an enterprise of their own; and what
must be true of a log that they share with writers of other things."""

import hashlib
import json
from datetime import date, timedelta
from itertools import count
from random import Random
from time import time

import psycopg

from contracts.formation import Offer, Revise
from contracts.log.derivation import ByEvents
from contracts.log.errors import LogError
from contracts.log.ids import uuid7
from contracts.log.looking import Derived
from contracts.log.wishes import Wish
from contracts.offer_end import RefuseToSign
from contracts.parties import Kind, Name, Record
from contracts.relations import Caller
from contracts.signing import Sign
from contracts.terms import Compensation, PayKind, Terms
from projections.every import PROJECTIONS
from projections.follower import Follower
from tests.contracts.log.load import STATE, Persistent
from tests.projections.examples import LAW, OPERATOR, Town

BETTER_PAID = Terms(compensation=Compensation(PayKind.COMPENSATION, 9_550_000))


class Office(Town):
    """A town whose wishes have keys and are asked until they are answered."""

    def __init__(self, database, number, persistent):
        super().__init__(database)
        self._persistent = persistent
        self._born_on = date(1990, 1, 1) + timedelta(days=number)
        self._number = number
        self._people, self._houses = count(), count()

    def ask(self, command, stream_id=None, caller=OPERATOR):
        key = f"person:{caller.person}:{uuid7()}"
        request_hash = hashlib.sha256(key.encode()).digest()
        wish = Wish(command, stream_id, caller, key, request_hash)
        return self._persistent.ask(key, request_hash, lambda: self.desk.execute(wish))

    def somebody(self):
        serial = next(self._people)
        return Record(f"{self._born_on:%y%m%d}3{serial:05d}", f"Soak Demo {serial}", self._born_on)

    def house(self, kind):
        """A new organisation."""
        bin_ = f"200140{self._number:03d}{next(self._houses):03d}"
        return self.organisation(bin_, kind, Name("Сынақ", "Проба"), self.somebody())

    def contract(self, college, enterprise, chance):
        """From the student's enrolment on until all have signed it, or one refuses to; some are revised."""
        student = self.student(college, self.somebody())
        mentor = self.mentor(enterprise, self.somebody(), 1)
        contract = self.draft(student, college, enterprise, mentor).stream_id
        text = self.offered(contract, college)
        self.ask(Sign(text), contract, enterprise)
        if chance.random() < 0.3:
            self.ask(Revise(BETTER_PAID), contract, college)
            text = self.offered(contract, college)
            self.ask(Sign(text), contract, enterprise)
        if chance.random() < 0.3:
            self.ask(RefuseToSign(), contract, Caller(student))
            return
        self.ask(Sign(text), contract, Caller(student))
        self.ask(Sign(text), contract, college)

    def offered(self, contract, college):
        """The hash of the text."""
        return self.ask(Offer(), contract, college).events[0]["data"]["text_hash"]


def clerk(url, number, until):
    """Contracts one after another, through crashes. Some are left where it is not known what was recorded."""
    persistent, chance = Persistent(until, gives_up=0.3), Random()
    office, houses = Office(url, number, persistent), None
    while time() < until:
        try:
            houses = houses or (office.house(Kind.COLLEGE), office.house(Kind.ENTERPRISE))
            office.contract(*houses, chance)
        except (LogError, psycopg.Error):
            pass  # given up
    office.close()
    return persistent.asked


def follow(url):
    Follower(url, LAW, PROJECTIONS).run()


class WithPressure(ByEvents):
    """What the tables beside the log must say where appends stand in it that no contract knows of."""

    def derived(self, kind, events):
        if kind != "pressure":
            return super().derived(kind, events)
        first = [
            event
            for event in events
            if key_of(event).endswith(f"{event.stream_id}:{event.stream_version - 1}")
        ]
        begun = [event.stream_version - 1 for event in first]
        stream_id = events[0].stream_id
        return Derived([("pressure", f"{stream_id}:{version}", STATE) for version in begun])

    def state(self, kind, key, held):
        return next(iter(held), None) if kind == "pressure" else super().state(kind, key, held)


def key_of(event):
    return json.loads(event.metadata)["key"]
