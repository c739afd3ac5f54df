"""All parties sign one text; a minor's representative consents to it."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.contract import State
from contracts.dossier import Agreed
from contracts.parties import Mandate
from contracts.signing import (
    AuthorityEnded,
    Concluded,
    Consent,
    ConsentGiven,
    ConsentMissing,
    Means,
    NotSignatory,
    OfferLate,
    OthersFirst,
    OtherText,
    OwnChild,
    Sign,
    Signed,
    SignedTwice,
)
from tests.examples import (
    C1,
    C1_HEAD,
    COLLEGE,
    CONSENTED,
    E1,
    E1_HEAD,
    ENTERPRISE,
    G1,
    K1_ACTIVE,
    K1_DRAFT,
    K1_OUT,
    K1_SIGNED,
    K1_WAITS,
    K5_OUT,
    REPRESENTATIVE,
    S1,
    S5,
    SIGN_BY,
    SIGNED_ON,
    STARTS_ON,
    STUDENT,
    T1,
    T2,
    an_id,
    around,
    asked,
    refused,
    signature,
    state,
    when,
)

SOMEBODY = an_id(97)
TOO_LATE = date(2026, 8, 27)


def head(organisation, **mandate):
    return replace(organisation, mandates=(replace(organisation.mandates[0], **mandate),))


def test_a_signature_binds_to_the_text_and_says_who_and_how():
    [signed] = when(Sign(T1, Means.PAPER), asked(ENTERPRISE, SIGNED_ON), given=K1_OUT)
    assert signed == Signed(ENTERPRISE, E1_HEAD, T1, 1, Means.PAPER)
    [second] = when(Sign(T1), asked(STUDENT, SIGNED_ON), given=[*K1_OUT, signed])
    assert second == Signed(STUDENT, S1.id, T1, 2, Means.SIMPLE)
    assert state([*K1_OUT, signed, second]).state is State.SIGNING


def test_a_student_may_sign_first():
    assert when(Sign(T1), asked(STUDENT, SIGNED_ON), given=K1_OUT)


def test_sign_again_changes_nothing():
    given = [*K1_OUT, signature(ENTERPRISE, 1)]
    assert when(Sign(T1), asked(ENTERPRISE, SIGNED_ON), given) == []
    assert when(Sign(T1), asked(ENTERPRISE, STARTS_ON), given=K1_ACTIVE) == []


def test_a_party_signs_once():
    mandates = (*E1.mandates, Mandate(SOMEBODY, "deputy", "power 3", signs=True))
    facts, given = around(enterprise=replace(E1, mandates=mandates)), [*K1_OUT, signature(ENTERPRISE, 1)]
    occasion = asked(ENTERPRISE, SIGNED_ON, facts, person=SOMEBODY)
    assert refused(Sign(T1), occasion, given) == [SignedTwice(ENTERPRISE)]


def test_the_college_signs_last_and_a_minor_s_representative_before_it():
    occasion = asked(COLLEGE, date(2026, 8, 18))
    given = (ENTERPRISE, STUDENT)
    signed = [*K1_OUT, signature(ENTERPRISE, 1), signature(STUDENT, 2)]
    assert refused(Sign(T1), occasion, signed) == [
        OthersFirst(given, (REPRESENTATIVE,)),
        ConsentMissing(given),
    ]


def test_the_college_waits_for_everybody():
    assert refused(Sign(T1), asked(COLLEGE, SIGNED_ON), given=[*K1_OUT, CONSENTED]) == [
        OthersFirst((REPRESENTATIVE,), (ENTERPRISE, STUDENT))
    ]


def test_an_adult_s_contract_waits_for_no_representative():
    facts = around(S5)
    assert refused(Sign(T1), asked(COLLEGE, SIGNED_ON, facts), given=K5_OUT) == [
        OthersFirst((), (ENTERPRISE, STUDENT))
    ]
    given = [*K5_OUT, signature(ENTERPRISE, 1), signature(STUDENT, 2, who=S5.id)]
    [signed, concluded] = when(Sign(T1), asked(COLLEGE, SIGNED_ON, facts), given)
    assert (signed.order, concluded) == (3, Concluded(T1, STARTS_ON, SIGNED_ON))


def test_the_last_signature_concludes():
    events = when(Sign(T1), asked(COLLEGE, SIGNED_ON), given=K1_WAITS)
    assert events == [signature(COLLEGE, 3), Concluded(T1, STARTS_ON, SIGNED_ON)]
    after = state([*K1_WAITS, *events])
    assert (after.state, after.concluded_on) == (State.SIGNED, SIGNED_ON)
    assert after.agreed == (Agreed(STARTS_ON, after.terms),)
    assert after.state_on(date(2026, 8, 31)) is State.SIGNED


def test_nothing_is_concluded_with_two_texts_among_its_signatures():
    signed = state(K1_SIGNED)
    assert {signature.text_hash for signature in signed.signatures} == {signed.text_hash}


def test_only_the_offered_text_is_signed():
    assert refused(Sign(T2), asked(ENTERPRISE, SIGNED_ON), given=K1_OUT) == [OtherText(T2, T1)]


def test_an_organisation_signs_through_who_may_sign_for_it():
    stranger = asked(ENTERPRISE, SIGNED_ON, person=SOMEBODY)
    assert refused(Sign(T1), stranger, given=K1_OUT) == [NotSignatory(ENTERPRISE)]
    clerk = asked(ENTERPRISE, SIGNED_ON, around(enterprise=head(E1, signs=False)))
    assert refused(Sign(T1), clerk, given=K1_OUT) == [NotSignatory(ENTERPRISE)]


def test_a_power_to_sign_holds_to_the_end_of_its_last_day():
    facts = around(enterprise=head(E1, signs_until=SIGNED_ON))
    assert when(Sign(T1), asked(ENTERPRISE, SIGNED_ON, facts), given=K1_OUT)
    next_day = asked(ENTERPRISE, date(2026, 8, 25), facts)
    assert refused(Sign(T1), next_day, given=K1_OUT) == [AuthorityEnded(SIGNED_ON)]


def test_an_offer_is_open_to_the_end_of_its_last_day():
    assert when(Sign(T1), asked(ENTERPRISE, SIGN_BY), given=K1_OUT)
    assert when(Consent(T1), asked(REPRESENTATIVE, SIGN_BY), given=K1_OUT)
    late = [OfferLate(SIGN_BY, TOO_LATE)]
    assert refused(Sign(T1), asked(ENTERPRISE, TOO_LATE), given=K1_OUT) == late
    assert refused(Consent(T1), asked(REPRESENTATIVE, TOO_LATE), given=K1_OUT) == late


@pytest.mark.parametrize("given", [K1_DRAFT, K1_SIGNED], ids=["draft", "signed"])
def test_only_what_is_out_for_signing_is_signed(given):
    wrong = refused(Sign(T2), asked(ENTERPRISE, SIGNED_ON), given)
    assert [refusal.type for refusal in wrong] == ["contract.state"]


def test_a_representative_consents_to_the_text():
    assert when(Consent(T1), asked(REPRESENTATIVE, SIGNED_ON), given=K1_OUT) == [ConsentGiven(G1.id, T1)]
    assert refused(Consent(T2), asked(REPRESENTATIVE, SIGNED_ON), given=K1_OUT) == [OtherText(T2, T1)]


def test_consent_again_changes_nothing():
    assert when(Consent(T1), asked(REPRESENTATIVE, SIGNED_ON), given=[*K1_OUT, CONSENTED]) == []


def test_two_representatives_may_both_consent():
    other = asked(REPRESENTATIVE, SIGNED_ON, person=SOMEBODY)
    assert when(Consent(T1), other, given=[*K1_OUT, CONSENTED]) == [ConsentGiven(SOMEBODY, T1)]


@pytest.mark.parametrize(
    ("party", "known"), [(COLLEGE, "college"), (ENTERPRISE, "enterprise")], ids=["college", "enterprise"]
)
def test_who_signs_for_a_party_does_not_consent_for_his_own_child(party, known):
    head_of = C1_HEAD if party is COLLEGE else E1_HEAD
    parent = asked(REPRESENTATIVE, SIGNED_ON, person=head_of)
    assert refused(Consent(T1), parent, given=K1_OUT) == [OwnChild(party)]
    clerk = around(**{known: head(C1 if party is COLLEGE else E1, signs=False)})
    assert when(Consent(T1), asked(REPRESENTATIVE, SIGNED_ON, clerk, person=head_of), given=K1_OUT)


def test_all_rules_in_the_way_of_a_signature_are_named():
    found = refused(Sign(T2), asked(COLLEGE, TOO_LATE, person=SOMEBODY), given=K1_OUT)
    assert [refusal.code for refusal in found] == [
        "FOR-SIGNER",
        "FOR-LATE",
        "FOR-ORDER",
        "FOR-MINOR-CONSENT",
        "FOR-HASH",
    ]
