"""Which other streams and places a wish looks at."""

from dataclasses import replace

import pytest

from contracts.contract import Contract
from contracts.formation import Revise
from contracts.parties import References
from contracts.terms import Mentoring, Terms
from tests.contracts.wishes import ONE_OF_EACH
from tests.examples import C1, E1, G1, K1, K1_ACTIVE, M1, M3, MEMORANDUM, S1, TERMS, state

CONTRACT = state(K1_ACTIVE)
WISHES = {wish.type: wish for wish in ONE_OF_EACH}
AROUND = References(S1.id, M1.id, C1.bin, E1.bin, MEMORANDUM.id)
STREAMS = {
    "draft": replace(AROUND, numbered=True),
    "record-signed": replace(AROUND, memorandum=None, number="17/2026"),
    "make-preliminary": References(student=S1.id, enterprise=E1.bin),
    "sign-memorandum": References(college=C1.bin, enterprise=E1.bin),
    "register-person": References(iin=G1.record.iin),
    "enrol-student": References(iin=S1.record.iin),
    "register-mentor": References(iin=M1.record.iin),
    "remove-student": References(student=S1.id),
    "retire-mentor": References(mentor=M1.id),
}


def test_a_contract_looks_at_its_parties_mentor_and_memorandum():
    assert CONTRACT.references == AROUND
    assert replace(CONTRACT, terms=replace(TERMS, mentor=None)).references == replace(AROUND, mentor=None)
    assert Contract(id=K1).references == References()


@pytest.mark.parametrize("name", STREAMS)
def test_what_begins_or_enters_looks_at_what_it_names(name):
    wish = WISHES[name]
    assert wish.references(state([], wish.stream)) == STREAMS[name]


def test_a_revision_looks_at_the_mentor_that_it_names():
    other = Revise(Terms(mentor=Mentoring(M3.id)))
    assert other.references(CONTRACT) == replace(AROUND, mentor=M3.id)
    assert Revise().references(CONTRACT) == AROUND


def test_who_names_a_representative_looks_at_both():
    student = state([], "person", S1.id)
    found = WISHES["name-representative"].references(replace(student, id=S1.id))
    assert found == References(student=S1.id, representative=G1.id)
    assert student.references == References(student=S1.id)


def test_a_memorandum_looks_at_its_parties():
    assert WISHES["end-memorandum"].references(MEMORANDUM) == MEMORANDUM.references
    assert MEMORANDUM.references == References(college=C1.bin, enterprise=E1.bin)
