"""An offer falls: somebody refuses, it is taken back, or its last day passes."""

from datetime import date

import pytest

from contracts.contract import State
from contracts.offer_end import Lapse, Lapsed, OfferWithdrawn, RefuseToSign, SigningRefused, WithdrawOffer
from contracts.offer_rules import OfferBound
from contracts.places import holds
from tests.examples import (
    COLLEGE,
    CONSENTED,
    DEADLINE,
    ENTERPRISE,
    K1_DRAFT,
    K1_OUT,
    K1_SIGNED,
    K1_WAITS,
    REPRESENTATIVE,
    SIGN_BY,
    SIGNED_ON,
    STUDENT,
    asked,
    refused,
    signature,
    state,
    when,
)

NEXT_DAY = date(2026, 8, 27)


@pytest.mark.parametrize("party", [STUDENT, REPRESENTATIVE, COLLEGE, ENTERPRISE])
def test_whoever_refuses_to_sign_ends_the_offer_for_all(party):
    words = {"reason": "c" * 64}
    events = when(RefuseToSign("other specialty"), asked(party, SIGNED_ON, sealed=words), given=K1_OUT)
    assert events == [SigningRefused(party, "c" * 64)]
    after = state([*K1_OUT, *events])
    assert (after.state, holds(after)) == (State.REFUSED, ())


def test_a_refusal_needs_no_reason_and_is_not_repeated():
    [refusal] = when(RefuseToSign(), asked(STUDENT, SIGNED_ON), given=K1_OUT)
    assert refusal.reason is None
    assert when(RefuseToSign(), asked(ENTERPRISE, SIGNED_ON), given=[*K1_OUT, refusal]) == []


@pytest.mark.parametrize("given", [K1_DRAFT, K1_SIGNED], ids=["draft", "signed"])
def test_what_is_not_out_for_signing_is_not_refused(given):
    [wrong] = refused(RefuseToSign(), asked(STUDENT, SIGNED_ON), given)
    assert wrong.needs == (State.OFFERED, State.SIGNING)


def test_who_offered_may_take_the_offer_back_until_another_has_signed():
    assert when(WithdrawOffer(), asked(ENTERPRISE, SIGNED_ON), given=K1_OUT) == [OfferWithdrawn(ENTERPRISE)]
    own = [*K1_OUT, signature(ENTERPRISE, 1)]
    [withdrawn] = when(WithdrawOffer(), asked(ENTERPRISE, SIGNED_ON), given=own)
    after = state([*own, withdrawn])
    assert (after.state, after.signatures) == (State.DRAFT, ())


@pytest.mark.parametrize("bound", [signature(STUDENT, 1), CONSENTED], ids=["signed", "consented"])
def test_an_offer_stands_once_another_has_signed_or_consented(bound):
    given = [*K1_OUT, bound]
    assert refused(WithdrawOffer(), asked(ENTERPRISE, SIGNED_ON), given) == [OfferBound((), SIGN_BY)]


def test_the_other_side_does_not_take_an_offer_back():
    assert refused(WithdrawOffer(), asked(COLLEGE, SIGNED_ON), given=K1_OUT) == [OfferBound((), SIGN_BY)]


def test_what_is_a_draft_already_is_not_taken_back():
    assert when(WithdrawOffer(), asked(ENTERPRISE, SIGNED_ON), given=K1_DRAFT) == []
    [wrong] = refused(WithdrawOffer(), asked(ENTERPRISE, SIGNED_ON), given=K1_SIGNED)
    assert wrong.state is State.SIGNED


def test_an_offer_lapses_when_its_last_day_is_over():
    assert when(Lapse(), asked(DEADLINE, SIGN_BY), given=K1_OUT) == []
    [lapsed] = when(Lapse(), asked(DEADLINE, NEXT_DAY), given=K1_OUT)
    assert lapsed == Lapsed(SIGN_BY, (COLLEGE, ENTERPRISE, REPRESENTATIVE, STUDENT))
    assert lapsed.effective_on == NEXT_DAY
    after = state([*K1_OUT, lapsed])
    assert (after.state, holds(after)) == (State.LAPSED, ())


def test_an_offer_lapses_from_its_own_day_however_late_it_is_noticed():
    [lapsed] = when(Lapse(), asked(DEADLINE, date(2026, 9, 7)), given=K1_WAITS)
    assert (lapsed.effective_on, lapsed.missing) == (NEXT_DAY, (COLLEGE,))


@pytest.mark.parametrize(
    "given", [K1_DRAFT, K1_SIGNED, [*K1_OUT, Lapsed(SIGN_BY, ())]], ids=["draft", "signed", "lapsed"]
)
def test_what_is_not_out_for_signing_does_not_lapse(given):
    assert when(Lapse(), asked(DEADLINE, NEXT_DAY), given) == []


def test_a_withdrawn_or_refused_offer_frees_its_places():
    assert {hold.kind for hold in holds(state(K1_OUT))} == {"student", "mentor", "memorandum"}
    for fallen in (OfferWithdrawn(ENTERPRISE), SigningRefused(STUDENT)):
        assert holds(state([*K1_OUT, fallen])) == ()
