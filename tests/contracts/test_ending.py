"""What every way out shares: the last day, the papers and the things that are still owed."""

from datetime import date

import pytest

from contracts.contract import State
from contracts.decision import DAY
from contracts.ending import (
    CertificateIssued,
    ConfirmReturn,
    EndContract,
    Ended,
    IssueCertificate,
    NotEnded,
    NoticeRuns,
    PropertyReturned,
    Thing,
)
from contracts.places import holds
from contracts.withdrawal import Noticed
from tests.examples import (
    COLLEGE,
    DEADLINE,
    ENTERPRISE,
    K5_ACTIVE,
    S5,
    STUDENT,
    around,
    asked,
    refused,
    state,
    when,
)

RECEIVED, END_ON = date(2026, 12, 28), date(2027, 1, 28)
LEAVES = [*K5_ACTIVE, Noticed(STUDENT, "own-wish", RECEIVED, END_ON, RECEIVED)]
ENDED = Ended("own-wish", END_ON, known_on=RECEIVED)
OVER = [*LEAVES, ENDED]


def of(role, on=END_ON):
    return asked(role, on, around(S5))


def test_a_contract_ends_when_its_last_day_is_over():
    assert when(EndContract(), of(DEADLINE), given=LEAVES) == []
    assert refused(EndContract(), of(COLLEGE), given=LEAVES) == [NoticeRuns(END_ON, END_ON)]
    for role in (DEADLINE, COLLEGE):
        assert when(EndContract(), of(role, END_ON + DAY), given=LEAVES) == [ENDED]
    assert ENDED.effective_on == END_ON + DAY
    assert state(OVER).state is State.ENDED


def test_a_contract_ends_once_and_with_its_own_day_however_late():
    [late] = when(EndContract(), of(DEADLINE, date(2027, 2, 5)), given=LEAVES)
    assert late == ENDED
    assert when(EndContract(), of(DEADLINE, date(2027, 2, 5)), given=OVER) == []


def test_without_a_last_day_nothing_ends():
    [wrong] = refused(EndContract(), of(COLLEGE), given=K5_ACTIVE)
    assert wrong.needs == (State.ENDED, State.ENDING)


def test_an_ended_contract_keeps_its_places_to_its_last_day():
    assert {(hold.kind, hold.to_on) for hold in holds(state(OVER))} == {
        ("student", END_ON),
        ("mentor", END_ON),
        ("memorandum", END_ON),
    }


@pytest.mark.parametrize("given", [LEAVES, OVER], ids=["timer late", "ended"])
def test_a_certificate_is_issued_after_the_last_day(given):
    wish = IssueCertificate("12/2027")
    assert when(wish, of(COLLEGE, END_ON + DAY), given) == [CertificateIssued("12/2027")]
    assert refused(wish, of(COLLEGE), given) == [NotEnded(END_ON)]


def test_a_certificate_is_issued_once():
    given = [*OVER, CertificateIssued("12/2027")]
    assert when(IssueCertificate("13/2027"), of(COLLEGE, END_ON + DAY), given) == []


@pytest.mark.parametrize("party", [COLLEGE, ENTERPRISE])
def test_each_organisation_confirms_what_it_has_back(party):
    wish = ConfirmReturn((Thing.PASS, Thing.TOOLS))
    [returned] = when(wish, of(party), given=LEAVES)
    assert returned == PropertyReturned(party, (Thing.PASS, Thing.TOOLS))
    after = state([*LEAVES, returned])
    assert after.returned_by == {party}
    assert when(ConfirmReturn(), of(party), given=[*LEAVES, returned]) == []


def test_nothing_is_returned_while_the_contract_goes_on():
    [wrong] = refused(ConfirmReturn(), of(COLLEGE), given=K5_ACTIVE)
    assert wrong.state is State.ACTIVE
