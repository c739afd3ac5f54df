"""The value of a clause in few words. The whole wording stands in the text of the contract."""

from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from typing import Any

from api.classifier import named
from api.formats import money, percent, span
from api.languages import say
from api.pages import clause_parts
from api.pages.names import Names
from api.pages.parts import Lines, Words
from contracts.law.form import Form
from contracts.terms import (
    WEEK,
    Compensation,
    Hiring,
    Hours,
    Mentoring,
    PracticeShare,
    Reimbursement,
    Schedule,
    Standing,
    Subject,
    Term,
    Transfer,
    Week,
    WorkOff,
    Workplace,
)


@dataclass(frozen=True)
class ClauseWords:
    """`names`: what to call the mentor. `form`: the standard form, which has words for what it lists."""

    language: str
    names: Names
    form: Form

    def value(self, value: Any) -> Words:
        """Of a clause that has one, or has none (None)."""
        if value is None:
            return say(self.language, "pages.clauses.empty")
        if words := WORDS.get(type(value)):
            return words(self, value)
        return self._parts(value) if is_dataclass(value) else self._enum(value)

    def brief(self, value: Any) -> Words:
        """Its first line."""
        found = self.value(value)
        return found.first if isinstance(found, Lines) else found

    def was_and_now(self, was: Any, now: Any) -> tuple[Words | None, Words | None]:
        """In a line each, or whole where the first lines are the same. None: there was, or is, nothing."""
        same = was is not None and now is not None and self.brief(was) == self.brief(now)
        words = self.value if same else self.brief
        return None if was is None else words(was), None if now is None else words(now)

    def _enum(self, value: Any) -> str:
        sections = {"Form": "study-forms", "Funding": "funding"}
        return say(self.language, f"{sections[type(value).__name__]}.{value}")

    def _parts(self, value: Any) -> Words:
        """Of a clause that has no words of its own."""
        told = clause_parts.told(self.language, self.form, self.names, value)
        return Lines(*self._first_and_notes(told))

    def subject(self, value: Subject) -> Words:
        names = (named(self.language, code) for code in (value.specialty, value.qualification))
        return Lines(*self._first_and_notes(names))

    def term(self, value: Term) -> str:
        return span(self.language, value.starts_on, value.ends_on)

    def practice_share(self, value: PracticeShare) -> str:
        return say(
            self.language,
            "pages.clauses.share",
            enterprise=value.enterprise_hours,
            total=value.total_hours,
            percent=percent(self.language, value.enterprise_hours, value.total_hours or 1),
        )

    def schedule(self, value: Schedule) -> Words:
        weeks = [
            self._week(week, at if len(value.weeks) > 1 else None) for at, week in enumerate(value.weeks, 1)
        ]
        hours = say(
            self.language,
            "pages.clauses.hours",
            college=self.hours(value.college_hours),
            enterprise=self.hours(value.enterprise_hours),
        )
        first = say(self.language, f"starts-with.{value.starts_with}")
        return Lines(
            *self._first_and_notes([*weeks, hours, say(self.language, "pages.clauses.first", what=first)])
        )

    def _week(self, week: Week, at: int | None) -> str:
        days = {place: self.days(getattr(week, place)) for place in ("college", "enterprise")}
        if at is None:
            return say(self.language, "pages.clauses.week", **days)
        return say(self.language, "pages.clauses.numbered-week", number=at, **days)

    def days(self, days: tuple[str, ...]) -> str:
        found = [say(self.language, f"weekdays.{day}") for day in WEEK if day in days]
        return ", ".join(word.lower() if self.language != "en" else word for word in found) or say(
            self.language, "pages.clauses.no-days"
        )

    def hours(self, value: Hours) -> str:
        times = f"{value.starts_at:%H:%M}–{value.ends_at:%H:%M}"
        if not value.break_minutes:
            return times
        return say(self.language, "pages.clauses.with-break", times=times, minutes=value.break_minutes)

    def workplace(self, value: Workplace) -> Words:
        return Lines(value.department, [value.address])

    def standing(self, value: Standing) -> Words:
        status = say(self.language, f"statuses.{value.status}")
        return Lines(status, [value.employment_contract] if value.employment_contract else [])

    def compensation(self, value: Compensation) -> Words:
        monthly = say(self.language, "pages.clauses.monthly", sum=money(self.language, value.monthly))
        kind = say(self.language, f"pay-kinds.{value.kind}")
        return Lines(monthly, [kind, say(self.language, "pages.clauses.pay-day", day=value.pay_day)])

    def mentor(self, value: Mentoring) -> Words:
        return self.names.person(value.person)

    def hiring(self, value: Hiring) -> Words:
        kind = say(self.language, f"hiring-kinds.{value.kind}")
        if value.kind == "none":
            return kind
        notes = [say(self.language, "pages.clauses.offer-within", n=value.offer_within_days)]
        if value.least_grade:
            notes.insert(
                0, say(self.language, "pages.clauses.grade", grade=self._listed(value.least_grade, "grade"))
            )
        if value.needs_vacancy:
            notes.append(say(self.language, "pages.clauses.vacancy"))
        return Lines(kind, notes)

    def _listed(self, value: Any, kind: str) -> str:
        """A word of the standard form, or what was typed where it has none."""
        try:
            return self.form.written(value, kind, self.language)
        except LookupError:
            return str(value)

    def work_off(self, value: WorkOff) -> str:
        return say(self.language, "words.months", n=value.months)

    def reimbursement(self, value: Reimbursement) -> Words:
        cap = say(self.language, "pages.clauses.cap", sum=money(self.language, value.cap))
        items = self._listed(value.items, "cost")
        debtors = self._listed(value.debtors, "party")
        return Lines(
            cap,
            [
                say(self.language, "pages.clauses.items", items=items or say(self.language, "words.nothing")),
                say(self.language, "pages.clauses.debtors", debtors=debtors),
                say(
                    self.language,
                    "pages.clauses.proportion",
                    how=self._listed(value.proportion, "proportion"),
                ),
            ],
        )

    def transfer(self, value: Transfer) -> str:
        return say(
            self.language, f"pages.clauses.silence-{'releases' if value.silence_releases else 'binds'}"
        )

    @staticmethod
    def _first_and_notes(lines: Any) -> tuple[Words, list[Words]]:
        first, *notes = lines
        return first, notes


WORDS: dict[type, Callable[[ClauseWords, Any], Words]] = {
    Subject: ClauseWords.subject,
    Term: ClauseWords.term,
    PracticeShare: ClauseWords.practice_share,
    Schedule: ClauseWords.schedule,
    Workplace: ClauseWords.workplace,
    Standing: ClauseWords.standing,
    Compensation: ClauseWords.compensation,
    Mentoring: ClauseWords.mentor,
    Hiring: ClauseWords.hiring,
    WorkOff: ClauseWords.work_off,
    Reimbursement: ClauseWords.reimbursement,
    Transfer: ClauseWords.transfer,
}
