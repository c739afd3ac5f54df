"""The clauses of a contract as questions: of a new one, of a draft that is revised, of a new schedule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_args, get_type_hints
from uuid import UUID

from api.classifier import named, qualifications
from api.languages import say
from api.pages.acting.compound import Several, Together
from api.pages.acting.parts_asked import Parts
from api.pages.acting.questions import Choice, Day, Question, Tenge, Whole, yes_or_no
from api.pages.acting.week_asked import Weeks, hours
from api.pages.clauses import ClauseWords
from api.pages.views.form import Option
from api.sentences import SECTIONS
from contracts.law import Form as StandardForm
from contracts.terms import (
    CLAUSES,
    REGISTER,
    ClauseId,
    Compensation,
    CostItem,
    Debtor,
    Form,
    Funding,
    Hiring,
    HiringKind,
    Mentoring,
    PayKind,
    PracticeShare,
    Proportion,
    Reimbursement,
    Schedule,
    Standing,
    StartsWith,
    Status,
    Subject,
    Term,
    Terms,
    Transfer,
    WorkOff,
    Workplace,
)

GRADES = ("excellent", "good", "satisfactory")


@dataclass(frozen=True)
class Offered:
    """What may be chosen: specialties of the college's licence, mentors of the enterprise and who may be a
    surety (id and words)."""

    specialties: Sequence[str] = ()
    mentors: Sequence[Option] = ()
    sureties: Sequence[Option] = ()


@dataclass(frozen=True)
class Clauses:
    """The questions of each clause, under `name`, in one language."""

    language: str
    words: ClauseWords
    form: StandardForm
    offered: Offered
    name: str = "terms"

    def of(self, *fields: str) -> list[Question]:
        """Of these fields of Terms; all of them where none is named."""
        return [self.one(clause.field) for clause in REGISTER if not fields or clause.field in fields]

    def one(self, field: str, required: bool = False) -> Question:
        name = f"{self.name}-{field}"
        return ASKED[field](self, name, required) if field in ASKED else self._in_parts(name, field, required)

    # How each is asked

    def subject(self, name: str, required: bool) -> Question:
        codes = [*self.offered.specialties]
        options = [Option(code, named(self.language, code)) for code in codes]
        found = [
            Option(each, named(self.language, each), named(self.language, code))
            for code in codes
            for each in qualifications(code)
        ]
        parts = (
            Choice(self.language, f"{name}-specialty", self._say("specialty"), options=options),
            Choice(self.language, f"{name}-qualification", self._say("qualification"), options=found),
        )
        return self._together(name, ClauseId.SUBJECT, parts, Subject, required)

    def term(self, name: str, required: bool) -> Question:
        parts = (
            Day(self.language, f"{name}-starts_on", self._say("starts-on")),
            Day(self.language, f"{name}-ends_on", self._say("ends-on")),
        )
        return self._together(name, ClauseId.TERM, parts, Term, required)

    def study_form(self, name: str, required: bool) -> Question:
        return self._chosen(name, ClauseId.FORM, Form, required)

    def funding(self, name: str, required: bool) -> Question:
        return self._chosen(name, ClauseId.FUNDING, Funding, required)

    def practice_share(self, name: str, required: bool) -> Question:
        parts = (
            Whole(self.language, f"{name}-total_hours", self._say("total-hours"), least=1, most=20_000),
            Whole(self.language, f"{name}-enterprise_hours", self._say("enterprise-hours"), most=20_000),
        )
        return self._together(name, ClauseId.PRACTICE_SHARE, parts, PracticeShare, required)

    def schedule(self, name: str, required: bool) -> Question:
        parts = (
            Weeks(self.language, f"{name}-weeks", self._say("week"), self._say("week-hint")),
            hours(self.language, f"{name}-college_hours", self._say("college-hours")),
            hours(self.language, f"{name}-enterprise_hours", self._say("enterprise-day")),
            self._choice(f"{name}-starts_with", self._say("starts-with"), StartsWith),
        )
        return self._together(name, ClauseId.SCHEDULE, parts, Schedule, required)

    def workplace(self, name: str, required: bool) -> Question:
        parts = (
            Question(self.language, f"{name}-address", self._say("address")),
            Question(self.language, f"{name}-department", self._say("department")),
        )
        return self._together(name, ClauseId.WORKPLACE, parts, Workplace, required)

    def standing(self, name: str, required: bool) -> Question:
        contract = f"{name}-employment_contract"
        parts = (
            self._choice(f"{name}-status", self._say("status"), Status),
            Question(
                self.language,
                contract,
                self._say("employment-contract"),
                self._say("employment-contract-hint"),
                required=False,
            ),
        )
        return self._together(name, ClauseId.STATUS, parts, Standing, required)

    def compensation(self, name: str, required: bool) -> Question:
        parts = (
            self._choice(f"{name}-kind", self._say("pay-kind"), PayKind),
            Tenge(self.language, f"{name}-monthly", self._say("monthly"), self._say("monthly-hint")),
            Whole(
                self.language,
                f"{name}-pay_day",
                self._say("pay-day"),
                least=1,
                most=31,
                otherwise=10,
                required=False,
            ),
        )
        return self._together(name, ClauseId.COMPENSATION, parts, Compensation, required)

    def mentor(self, name: str, required: bool) -> Question:
        person = Choice(
            self.language,
            f"{name}-person",
            say(self.language, f"clauses.{ClauseId.MENTOR}"),
            options=self.offered.mentors,
            means=UUID,
        )
        return self._together(name, ClauseId.MENTOR, (person,), Mentoring, required)

    def hiring(self, name: str, required: bool) -> Question:
        grades = [Option(grade, self.form.written(grade, "grade", self.language)) for grade in GRADES]
        vacancy = f"{name}-needs_vacancy"
        parts = (
            self._choice(f"{name}-kind", self._say("hiring-kind"), HiringKind),
            Choice(
                self.language, f"{name}-least_grade", self._say("least-grade"), options=grades, required=False
            ),
            yes_or_no(self.language, vacancy, self._say("needs-vacancy"), required=False),
            Whole(
                self.language,
                f"{name}-offer_within_days",
                self._say("offer-within"),
                least=1,
                most=365,
                otherwise=30,
                required=False,
            ),
        )
        return self._together(name, ClauseId.HIRING, parts, Hiring, required)

    def work_off(self, name: str, required: bool) -> Question:
        parts = (Whole(self.language, f"{name}-months", self._say("months"), least=1, most=120),)
        return self._together(name, ClauseId.WORK_OFF, parts, WorkOff, required)

    def reimbursement(self, name: str, required: bool) -> Question:
        parts = (
            self._several(f"{name}-items", self._say("cost-items"), CostItem, "cost"),
            self._several(f"{name}-debtors", self._say("debtors"), Debtor, "party"),
            Tenge(self.language, f"{name}-cap", self._say("cap"), self._say("cap-hint")),
            self._of_form(f"{name}-proportion", self._say("proportion"), Proportion, "proportion"),
        )
        return self._together(name, ClauseId.REIMBURSE, parts, Reimbursement, required)

    def transfer(self, name: str, required: bool) -> Question:
        options = [
            Option(value, say(self.language, f"pages.clauses.silence-{what}"))
            for value, what in (("yes", "releases"), ("no", "binds"))
        ]
        silence = f"{name}-silence_releases"
        parts = (yes_or_no(self.language, silence, self._say("silence"), options=options),)
        return self._together(name, ClauseId.TRANSFER, parts, Transfer, required)

    # What they share

    def _in_parts(self, name: str, field: str, required: bool) -> Question:
        """A clause that is asked part by part."""
        [clause] = [each for each in REGISTER if each.field == field]
        make = next(iter(get_args(get_type_hints(Terms)[field])))
        parts = Parts(self.language, self.form, self.offered.sureties).of(make, name)
        return self._together(name, clause.id, parts, make, required)

    def _say(self, name: str) -> str:
        return say(self.language, f"pages.ask.terms.{name}")

    def _together(
        self,
        name: str,
        clause: ClauseId,
        parts: tuple[Question, ...],
        make: Callable[..., Any],
        required: bool,
    ) -> Together:
        label = say(self.language, f"clauses.{clause}")
        return Together(
            self.language,
            name,
            label,
            required=required,
            parts=parts,
            make=make,
            tell=self.words.value,
            anchor=clause,
            removable=not CLAUSES[clause].required,
        )

    def _chosen(self, name: str, clause: ClauseId, kind: type[StrEnum], required: bool) -> Choice:
        return self._choice(name, say(self.language, f"clauses.{clause}"), kind, required=required)

    def _choice(self, name: str, label: str, kind: type[StrEnum], **more: Any) -> Choice:
        return Choice(self.language, name, label, options=enumerated(self.language, kind), means=kind, **more)

    def _several(self, name: str, label: str, kind: type[StrEnum], words: str) -> Several:
        return Several(self.language, name, label, options=self._listed(kind, words), means=kind)

    def _of_form(self, name: str, label: str, kind: type[StrEnum], words: str) -> Choice:
        options = self._listed(kind, words)
        return Choice(self.language, name, label, options=options, means=kind, required=False)

    def _listed(self, kind: type[StrEnum], words: str) -> list[Option]:
        """Values that the standard form has words for."""
        return [Option(value, self.form.written(value, words, self.language)) for value in kind]


def enumerated(language: str, kind: type[StrEnum]) -> list[Option]:
    return [Option(value, say(language, f"{SECTIONS[kind]}.{value}")) for value in kind]


ASKED: dict[str, Callable[[Clauses, str, bool], Question]] = {
    clause.field: getattr(Clauses, asked)
    for clause in REGISTER
    if hasattr(Clauses, asked := "study_form" if clause.field == "form" else clause.field)
}
"""The others are asked part by part."""


def terms_of(values: dict[str, Any], name: str = "terms") -> Terms:
    """Of answers by name, as `read_all` gives them."""
    start = f"{name}-"
    return Terms(**{key.removeprefix(start): value for key, value in values.items() if key.startswith(start)})
