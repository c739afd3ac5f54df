"""A clause asked part by part: each part by what it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from api.languages import WORDS, say
from api.pages.acting.compound import Several, Together
from api.pages.acting.questions import Choice, Day, Question, Tenge, Whole, yes_or_no
from api.pages.clause_parts import SUMS, label, listed
from api.pages.views.form import Option
from contracts.law.form import Form
from contracts.terms import Term


@dataclass(frozen=True)
class Parts:
    """`people`: who may be chosen where a part is a person."""

    language: str
    form: Form
    people: Sequence[Option] = ()

    def of(self, clause: type, name: str) -> tuple[Question, ...]:
        hints = get_type_hints(clause)
        return tuple(self._one(each, hints[each.name], f"{name}-{each.name}") for each in fields(clause))

    def _one(self, field: Field[Any], hint: Any, name: str) -> Question:
        kind = next(iter(get_args(hint))) if isinstance(hint, UnionType) else hint
        given = field.default is not MISSING
        otherwise = field.default if type(field.default) is int else None
        shared: dict[str, Any] = {
            "language": self.language,
            "name": name,
            "label": label(self.language, field.name),
            "hint": self._hint(field.name),
            "required": not given,
        }
        if get_origin(kind) is tuple:
            [one, *_] = get_args(kind)
            return Several(options=self._options(one), means=one, **shared)
        if kind is int and field.name in SUMS:
            return Tenge(**shared)
        if kind is int:
            return Whole(otherwise=otherwise, **shared)
        return self._other(kind, shared)

    def _other(self, kind: Any, shared: dict[str, Any]) -> Question:
        if kind is bool:
            return yes_or_no(**shared)
        if kind is date:
            return Day(**shared)
        if kind is UUID:
            return Choice(options=self.people, means=UUID, **shared)
        if kind is Term:
            return Together(parts=(*self._days(shared["name"]),), make=Term, **shared)
        if issubclass(kind, StrEnum):
            return Choice(options=self._options(kind), means=kind, **shared)
        return Question(**shared)

    def _days(self, name: str) -> Iterator[Question]:
        for part, words in (("starts_on", "starts-on"), ("ends_on", "ends-on")):
            yield Day(self.language, f"{name}-{part}", say(self.language, f"pages.ask.terms.{words}"))

    def _options(self, kind: type[StrEnum]) -> list[Option]:
        return [Option(value, listed(self.language, self.form, value)) for value in kind]

    def _hint(self, part: str) -> str | None:
        key = f"clause-parts.{part}-hint"
        return say(self.language, key) if key in WORDS["en"] else None
