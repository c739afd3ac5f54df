"""Every clause can be asked for on a page, part by part, and is told in words afterwards."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum

import pytest

from api.languages import LANGUAGES, WORDS
from api.pages.acting.clauses_asked import ASKED, Clauses, Offered
from api.pages.acting.compound import Together, leaves, read_all
from api.pages.clause_parts import LISTED, listed
from api.pages.clauses import ClauseWords
from api.pages.names import Names
from api.pages.parts import Lines
from api.pages.views.form import Option
from contracts.law import load
from contracts.terms import REGISTER
from tests.contracts import happened

TERMS = happened.TERMS
FORM = load("journey-1").form(date(2026, 11, 24))
PEOPLE = {TERMS.mentor.person: "Асқар", TERMS.guarantee.surety: "Роза"}
OFFERED = Offered(
    (TERMS.subject.specialty,),
    [Option(str(TERMS.mentor.person), "Асқар")],
    [Option(str(TERMS.guarantee.surety), "Роза")],
)
IN_PARTS = [clause.field for clause in REGISTER if clause.field not in ASKED]


def asked(language="en"):
    return Clauses(language, ClauseWords(language, Names(language, PEOPLE, {}), FORM), FORM, OFFERED)


@pytest.mark.parametrize("field", [clause.field for clause in REGISTER])
def test_what_is_typed_of_a_clause_is_read_as_it_was(field):
    question, value = asked().one(field), getattr(TERMS, field)
    found, wrong = read_all([question], question.typed(value))
    assert (found, wrong) == ({question.name: value}, {})


@pytest.mark.parametrize("field", IN_PARTS)
def test_a_clause_that_is_begun_is_finished(field):
    question = asked().one(field)
    needed = [leaf for leaf in leaves([question]) if leaf.required]
    assert needed or field in {"expenses", "suspension", "languages"}
    for leaf in needed:
        others = {
            name: text
            for name, text in question.typed(getattr(TERMS, field)).items()
            if not name.startswith(leaf.name)
        }
        if others:
            assert leaf.name in read_all([question], others)[1]


@pytest.mark.parametrize("field", IN_PARTS)
def test_a_clause_that_nobody_begins_is_none(field):
    assert read_all([asked().one(field)], {}) == ({}, {})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", IN_PARTS)
def test_each_part_has_its_name_and_its_words(language, field):
    value, question = getattr(TERMS, field), asked(language).one(field)
    assert isinstance(question, Together)
    told = question.words(value)
    lines = [told.first, *told.notes] if isinstance(told, Lines) else [told]
    names = [WORDS[language][f"clause-parts.{each.name}"] for each in fields(value)]
    assert [str(line).partition(": ")[0] for line in lines] == names
    assert not any("None" in str(line) or "StrEnum" in str(line) for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_has_a_word_for_every_value_that_a_part_may_have(language):
    for kind in LISTED:
        assert issubclass(kind, StrEnum)
        said = [listed(language, FORM, value) for value in kind]
        assert said == [FORM.words[LISTED[kind]][value][language] for value in kind]
        assert len(set(said)) == len(said)


def test_no_label_of_a_part_stands_for_nothing():
    parts = {
        each.name
        for field in IN_PARTS
        for each in fields(getattr(TERMS, field))
        if is_dataclass(getattr(TERMS, field))
    }
    assert {key.partition(".")[2] for key in WORDS["en"] if key.startswith("clause-parts.")} == parts


def test_sums_are_typed_in_tenge():
    question = asked().one("payment_plan")
    typed = {"terms-payment_plan-price": "11 250", "terms-payment_plan-months": "12"}
    found, wrong = read_all([question], typed | {"terms-payment_plan-held_back_percent": "20"})
    assert wrong == {}
    assert found == {"terms-payment_plan": TERMS.payment_plan}
