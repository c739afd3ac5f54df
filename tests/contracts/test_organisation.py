"""A college, an enterprise, a chamber, and who acts for it."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.organisation import (
    ChangeLicence,
    ChangeOrganisationContacts,
    ChangeSignatory,
    LicenceChanged,
    NoLicenceThere,
    OrganisationContactsChanged,
    OrganisationRegistered,
    RegisterOrganisation,
    SignatoryChanged,
    WrongBin,
)
from contracts.parties import Contacts, Kind, Mandate, Name, Role
from contracts.registration import NoAuthority, RegisteredAlready
from tests.examples import (
    C1,
    CHAMBER,
    COLLEGE,
    E1,
    ENTERPRISE,
    LICENCE,
    R1,
    an_id,
    around,
    asked,
    refused,
    state,
    when,
)

ON, FROM_ON = date(2026, 8, 7), date(2026, 9, 1)
REGISTER = RegisterOrganisation("080440900104", Kind.COLLEGE, Name("Demo", "Demo"), "75", R1.bin, LICENCE)
REGISTERED = OrganisationRegistered("080440900104", Kind.COLLEGE, Name("Demo", "Demo"), "75", R1.bin, LICENCE)
OPERATOR = asked(Role.OPERATOR, ON)
SOMEBODY = an_id(97)
APPOINT = ChangeSignatory(SOMEBODY, "deputy", "power 3", True, date(2026, 12, 31), date(2027, 6, 30))
MANDATE = Mandate(SOMEBODY, "deputy", "power 3", True, date(2026, 12, 31), date(2027, 6, 30))
SEALED = {"record": "f" * 64, "contacts": "d" * 64}


def of(role, **around_it):
    return asked(role, ON, around(**around_it), sealed=SEALED)


def test_an_organisation_is_registered_by_its_number():
    assert when(REGISTER, OPERATOR) == [REGISTERED]
    college = state([REGISTERED], "organisation")
    assert (college.bin, college.kind, college.licence) == ("080440900104", Kind.COLLEGE, LICENCE)


def test_register_again_changes_nothing_and_not_otherwise():
    assert when(REGISTER, OPERATOR, given=[REGISTERED]) == []
    assert when(REGISTER, OPERATOR, given=[REGISTERED, SignatoryChanged(MANDATE)]) == []
    assert refused(replace(REGISTER, region="10"), OPERATOR, given=[REGISTERED]) == [RegisteredAlready()]


@pytest.mark.parametrize(
    ("number", "fault"), [("08044090010", "length"), ("081340900104", "date"), ("100315690008", "kind")]
)
def test_an_organisation_has_a_bin(number, fault):
    assert refused(replace(REGISTER, bin=number), OPERATOR) == [WrongBin(fault)]


def test_an_organisation_says_who_acts_for_it():
    assert when(APPOINT, of(COLLEGE), given=C1) == [SignatoryChanged(MANDATE)]
    after = SignatoryChanged(MANDATE).evolve(C1)
    assert (after.mandate(SOMEBODY), len(after.mandates)) == (MANDATE, 2)
    assert when(APPOINT, of(COLLEGE), given=after) == []


def test_new_powers_replace_the_old_ones():
    after = SignatoryChanged(replace(MANDATE, signs=False)).evolve(SignatoryChanged(MANDATE).evolve(C1))
    assert [mandate.signs for mandate in after.mandates if mandate.person == SOMEBODY] == [False]


def test_who_keeps_the_register_appoints_for_all_but_another_chamber():
    for occasion in (OPERATOR, of(CHAMBER)):
        assert when(APPOINT, occasion, given=C1)
    assert when(APPOINT, OPERATOR, given=R1), "nobody else could be the first"
    assert when(APPOINT, of(CHAMBER), given=R1), "its own"
    assert refused(APPOINT, of(CHAMBER), given=replace(R1, bin="131041900000")) == [NoAuthority()]


@pytest.mark.parametrize("wish", [APPOINT, ChangeOrganisationContacts(Contacts())])
def test_nobody_acts_for_another_college(wish):
    assert refused(wish, of(COLLEGE), given=replace(C1, bin="030840900000")) == [NoAuthority()]


def test_contacts_are_a_commitment():
    wish = ChangeOrganisationContacts(Contacts(phone="+77000000000"))
    assert when(wish, of(ENTERPRISE), given=E1) == [OrganisationContactsChanged("d" * 64)]
    assert OrganisationContactsChanged("d" * 64).evolve(E1) == E1


def test_a_renewed_licence_counts_from_now_on():
    renewed = replace(LICENCE, number="KZ00LAA00000001", specialties=(*LICENCE.specialties, "07140100"))
    assert when(ChangeLicence(renewed), OPERATOR, given=C1) == [LicenceChanged(renewed)]
    after = LicenceChanged(renewed).evolve(C1)
    assert after.licence.covers("07140100", date(2026, 11, 24))
    assert when(ChangeLicence(renewed), OPERATOR, given=after) == []


def test_only_a_college_has_a_licence():
    assert refused(ChangeLicence(LICENCE), OPERATOR, given=E1) == [NoLicenceThere()]
