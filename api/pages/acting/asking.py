"""Somebody on the way to a wish: who asks, about which contract, with what was answered so far."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from api.languages import say
from api.pages.acting import answers
from api.pages.acting.clauses_asked import Clauses, Offered
from api.pages.acting.compound import Fixed, read_all
from api.pages.acting.questions import Answers, Question, Wrong
from api.pages.clauses import ClauseWords
from api.pages.lists import caught_up
from api.pages.look import Look, look
from api.pages.names import Names, names
from api.pages.parts import Fact, Words
from api.pages.reader import Reader
from api.pages.views.asked import Beside, Choose
from api.pages.views.form import Option
from api.wrong_fields import wrong_values
from contracts.contract import Contract
from contracts.decision import Command
from contracts.law import Law
from contracts.parties import Person, Role
from contracts.registration import OWN
from projections import roster


@dataclass(frozen=True)
class Step:
    """A page of a form. `name` is its heading. A step without questions only shows something. `buttons`:
    beside those that every form has."""

    name: str
    questions: Sequence[Question] = ()
    beside: Sequence[Beside] = ()
    above: Sequence[Beside] = ()
    about: Sequence[Words] = ()
    buttons: Sequence[Choose] = ()


@dataclass(frozen=True)
class Plan:
    """How one command is asked for.

    steps      its pages, by what was answered so far
    build      the wish, from the answers by name
    shown      what stands above the preview beside the facts
    first      what is already known before anything is typed
    taken      what is kept of what was typed, where that is not all of it
    open       whether the form is shown also where a rule is known to stand in the way
    danger     whether it ends something
    """

    command: type[Command]
    steps: "Callable[[Asking], Sequence[Step]]"
    build: "Callable[[Asking, dict[str, Any]], Command]" = field(
        default=lambda asking, values: asking.plan.command(**values)
    )
    shown: "Callable[[Asking, Command], Sequence[Beside]]" = field(default=lambda asking, wish: ())
    first: "Callable[[Asking], answers.Kept]" = field(default=lambda asking: {})
    taken: Callable[[Reader, answers.Kept], answers.Kept] = field(default=lambda reader, typed: typed)
    open: "Callable[[Asking], bool]" = field(default=lambda asking: False)
    danger: bool = False


@dataclass(frozen=True)
class Subject:
    """What a wish is about that is no contract: an organisation, a person, a memorandum. `stream_id` None: it
    is not there yet. `roles`: in which the asker stands to it."""

    stream_id: UUID | None
    name: Words
    page: str
    state: Any = None
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Asking:
    """`look` None: it is about no contract that is there, but about `subject`, or it begins one. `whole`: all
    steps on one page."""

    reader: Reader
    plan: Plan
    path: str
    look: Look | None = None
    typed: answers.Kept = field(default_factory=dict)
    whole: bool = False
    subject: Subject | None = None

    @property
    def language(self) -> str:
        return self.reader.language

    @property
    def law(self) -> Law:
        return self.reader.law

    @property
    def person(self) -> UUID:
        return self.reader.asked.caller.person

    @cached_property
    def today(self) -> date:
        return self.reader.today

    @property
    def stream_id(self) -> UUID | None:
        if self.look:
            return self.look.id
        return self.subject.stream_id if self.subject else None

    @property
    def seen_version(self) -> bool:
        """Whether there is something that can move on while the preview is read."""
        return self.stream_id is not None and not self.plan.command.begins

    @property
    def back(self) -> str:
        """The page of what it is about."""
        if self.look:
            return f"/contracts/{self.look.id}"
        return self.subject.page if self.subject else "/contracts"

    @property
    def about(self) -> Words:
        if self.look:
            return self.look.about()
        return self.subject.name if self.subject else self.say("pages.contract.kind")

    @property
    def state(self) -> Contract:
        """With all that is recorded."""
        return self.look.newest if self.look else Contract()

    @property
    def role(self) -> Role | None:
        """In which the wish would be decided."""
        found = self.roles & self.plan.command.by or self.roles
        return min(found) if found else None

    @property
    def roles(self) -> frozenset[Role]:
        """All in which the asker stands to it; before it is there, that of the organisation he acts for."""
        if self.look:
            return self.look.found.roles
        if self.subject and self.subject.roles:
            return self.subject.roles
        caller, kind = self.reader.asked.caller, self.reader.asked.kind
        return caller.duties | (frozenset({OWN[kind]}) if kind else frozenset())

    @property
    def title(self) -> str:
        return say(self.language, f"commands.{self.plan.command.type}")

    @cached_property
    def names(self) -> Names:
        """Of whom the contract speaks; of one that is not there yet, of whom the answers name."""
        if self.look:
            return self.look.names
        people = {id_ for name in PEOPLE if (id_ := _id(self.typed.get(name, "")))}
        return names(self.reader.house, self.language, people)

    @cached_property
    def representatives(self) -> frozenset[UUID]:
        """Who stands for the student today, as far as the asker sees who takes part."""
        parties = self.state.parties
        if parties is None or self.look is None or not self.look.may("text"):
            return frozenset()
        student: Person | None = self.reader.house.folded("person", parties.student)
        return student.representatives(self.today) if student else frozenset()

    @cached_property
    def words(self) -> ClauseWords:
        return ClauseWords(self.language, self.names, self.law.form(self.today))

    @cached_property
    def steps(self) -> Sequence[Step]:
        return self.plan.steps(self)

    @property
    def questions(self) -> list[Question]:
        return [question for step in self.steps for question in step.questions]

    @property
    def keeps(self) -> bool:
        """Whether there is anything to type, and so to put aside."""
        return any(not isinstance(question, Fixed) for question in self.questions)

    def say(self, key: str, **values: str | int) -> str:
        return say(self.language, key, **values)

    def href(self, part: str | int = "", **query: str) -> str:
        """A page of this form."""
        kept = query | ({"all": "1"} if self.whole else {})
        path = f"{self.path}/{part}" if part else self.path
        return f"{path}?{urlencode(kept)}" if kept else path

    def to_step(self, at: int, **query: str) -> str:
        """To the page on which the questions of that step stand."""
        alone = len(self.steps) == 1 or self.whole
        return self.href("" if alone else at, **query)

    # The wish

    def wish(self, typed: Answers) -> tuple[Command | None, Wrong]:
        """What all answers come to, or all that is wrong with them."""
        values, wrong = read_all(self.questions, typed)
        if wrong:
            return None, wrong
        command = self.plan.build(self, values)
        found = wrong_values(self.language, command, self.reader.house.settings.check_digit)
        by_field = {each["field"].strip("/").replace("/", "-"): each["message"] for each in found}
        return (None, by_field) if by_field else (command, {})

    def said(self, typed: Answers) -> list[tuple[Fact, int]]:
        """Each answer in words, with the number of its step."""
        found: list[tuple[Fact, int]] = []
        for at, step in enumerate(self.steps, 1):
            values, _ = read_all(step.questions, typed)
            for question in step.questions:
                if question.name in values:
                    found += [(fact, at) for fact in question.said(values[question.name])]
        return found

    # What may be chosen

    def clauses(self, name: str = "terms") -> Clauses:
        """The questions about clauses, with what this contract's parties have to offer. Whom else it has as
        mentors, the enterprise alone knows."""
        parties, named = self.state.parties, self.state.terms.mentor
        own = parties.enterprise if parties and Role.ENTERPRISE in self.roles else None
        offered = replace(
            self.offered(parties.college if parties else None, own),
            sureties=[Option(str(id_), self.names.person(id_)) for id_ in sorted(self.representatives)],
        )
        if named and own is None:
            mentor = Option(str(named.person), self.names.person(named.person))
            offered = replace(offered, mentors=[mentor])
        return Clauses(self.language, self.words, self.law.form(self.today), offered, name)

    def offered(self, college: str | None, enterprise: str | None) -> Offered:
        house = self.reader.house
        found = house.organisation(college) if college else None
        specialties = found.licence.specialties if found and found.licence else ()
        return Offered(specialties, self._mentors(enterprise) if enterprise else ())

    def _mentors(self, enterprise: str) -> list[Option]:
        caught_up(self.reader, "roster")
        with self.reader.house.pool.connection() as connection:
            found = roster.mentors(connection, enterprise, self.today)
        return [
            Option(
                str(each.person),
                each.name or self.say("words.erased"),
                self.say("pages.ask.mentor-places", used=each.used, capacity=each.capacity),
            )
            for each in found
        ]


PEOPLE = ("student", "terms-mentor-person")
"""Answers that are people."""


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def about_contract(reader: Reader, plan: Plan, id: UUID) -> Asking:
    """A form about a contract, with what is kept of it. Raises NotFound, PurposeWanted, Problem 403."""
    seen = look(reader, id, "allowed")
    return begun(Asking(reader, plan, f"/contracts/{id}/{plan.command.type}", seen))


def begun(asking: Asking) -> Asking:
    """With what was typed before; on the first visit, for whoever may do it at all, with what is known."""
    query = asking.reader.request.query_params
    whole = bool(query.get("all"))
    first = replace(asking, typed={}, whole=whole)
    kept = answers.kept(asking.reader.house, asking.person, asking.path)
    if kept is None and asking.roles & asking.plan.command.by:
        kept = asking.plan.first(first)
    return replace(first, typed=kept or {})


def with_answers(asking: Asking, typed: answers.Kept) -> Asking:
    return replace(asking, typed=typed)
