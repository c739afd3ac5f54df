"""Forms of the registers: students and mentors, organisations and who acts for them, memoranda, people."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, get_type_hints
from uuid import UUID

from api.classifier import named, qualifications, specialties
from api.languages import LANGUAGES
from api.pages.acting import asked, dispute_asked, parties_asked, training_asked
from api.pages.acting.asking import Asking, Plan, Step
from api.pages.acting.by_number import ByNumber, looked_up
from api.pages.acting.compound import Fixed, Several, Together
from api.pages.acting.plans import about
from api.pages.acting.questions import Choice, Question
from api.pages.lists import caught_up
from api.pages.views.form import Option
from contracts.decision import Command
from contracts.lifecycle import COMMANDS
from contracts.parties import Kind, Language
from projections import roster

MOST = 200
"""Rows of a list to choose from."""

BY_NUMBER = {
    "make-preliminary": "student",
    "name-representative": "representative",
    "change-signatory": "person",
    "seat-member": "person",
    "admit-mediator": "person",
}
"""Commands in which somebody is named who is found by number."""

Asks = Callable[[Asking, str, bool], Question]


def steps(asking: Asking) -> list[Step]:
    command = asking.plan.command
    hints = get_type_hints(command)
    found = [
        one(asking, each.name, hints[each.name], asked.required(each, hints[each.name]))
        for each in fields(command)  # type: ignore[arg-type]
    ]
    return [Step(asking.title, found, about=about(asking))]


def one(asking: Asking, name: str, hint: Any, required: bool) -> Question:
    """`name` with the names of what it stands in, such as `student-iin`."""
    command, own = asking.plan.command.type, name.rpartition("-")[2]
    if BY_NUMBER.get(command) == name:
        label = asked.label(asking, name)
        return ByNumber(asking.language, name, label, required=required, reader=asking.reader)
    if (command, own) in SPECIAL or own in SHARED:
        return (SPECIAL.get((command, own)) or SHARED[own])(asking, name, required)
    kind, _ = asked.kind_of(hint)
    if asked.is_whole(kind):
        return whole(asking, name, kind, required)
    return asked.of_kind(asking, name, kind, required)


def whole(asking: Asking, name: str, kind: Any, required: bool) -> Together:
    """A value with fields of its own, each asked for."""
    hints = get_type_hints(kind)
    parts = tuple(
        one(asking, f"{name}-{each.name}", hints[each.name], asked.required(each, hints[each.name]))
        for each in fields(kind)
    )
    label = asked.label(asking, name)
    return Together(asking.language, name, label, required=required, parts=parts, make=kind)


def _plain(asking: Asking, name: str, required: bool, **more: Any) -> dict[str, Any]:
    return {
        "language": asking.language,
        "name": name,
        "label": asked.label(asking, name),
        "hint": asked.hint_of(asking, name),
        "required": required,
        **more,
    }


def iin(asking: Asking, name: str, required: bool) -> Question:
    return Question(**_plain(asking, name, required, secret=True, short=True))


def language(asking: Asking, name: str, required: bool) -> Question:
    options = [Option(code, words) for code, words in LANGUAGES.items()]
    return Choice(options=options, means=Language, **_plain(asking, name, required))


def licensed(asking: Asking) -> Sequence[str]:
    """Specialties that the own college may teach; all that are listed for anybody else."""
    organisation = asking.reader.asked.organisation
    own = organisation.licence.specialties if organisation and organisation.licence else ()
    return own or specialties()


def specialty(asking: Asking, name: str, required: bool) -> Question:
    options = [Option(code, named(asking.language, code)) for code in licensed(asking)]
    return Choice(options=options, **_plain(asking, name, required))


def several_specialties(asking: Asking, name: str, required: bool) -> Question:
    options = [Option(code, named(asking.language, code)) for code in specialties()]
    return Several(options=options, **_plain(asking, name, required))


def several_qualifications(asking: Asking, name: str, required: bool) -> Question:
    codes = [each for code in licensed(asking) for each in qualifications(code)]
    options = [Option(code, named(asking.language, code)) for code in codes]
    return Several(options=options, **_plain(asking, name, required))


def quotas(asking: Asking, name: str, required: bool) -> Question:
    codes = [each for code in licensed(asking) for each in qualifications(code)]
    shown = _plain(asking, name, required)
    return training_asked.quotas(asking.language, name, shown["label"], shown["hint"], codes)


def own_student(asking: Asking, name: str, required: bool) -> Question:
    college = asking.reader.asked.organisation
    caught_up(asking.reader, "roster")
    with asking.reader.house.pool.connection() as connection:
        found = roster.students(connection, (college and college.bin) or "", asking.today, limit=MOST).items
    listed = [Option(str(each.person), each.name or asking.say("words.erased")) for each in found]
    options = parties_asked.with_chosen(asking.reader, listed, asking.typed.get(name, ""))
    return Choice(options=options, means=UUID, **_plain(asking, name, required, kind="list"))


def own_mentor(asking: Asking, name: str, required: bool) -> Question:
    enterprise = asking.reader.asked.organisation
    mentors = asking.offered(None, enterprise.bin if enterprise else None).mentors
    return Choice(options=mentors, means=UUID, **_plain(asking, name, required))


def representative(asking: Asking, name: str, required: bool) -> Question:
    """One of those who stand for this person now."""
    caught_up(asking.reader, "roster")
    with asking.reader.house.pool.connection() as connection:
        found = roster.representatives(connection, _subject_id(asking), asking.today)
    options = [Option(str(each.person), each.name or asking.say("words.erased")) for each in found]
    return Choice(options=options, means=UUID, **_plain(asking, name, required))


def _subject_id(asking: Asking) -> UUID:
    if asking.stream_id is None:
        raise LookupError("a representative stands for somebody who is there")
    return asking.stream_id


def organisation(kind: Kind) -> Asks:
    """The own one where it is of that kind, else one that is looked for."""

    def ask(asking: Asking, name: str, required: bool) -> Question:
        own = asking.reader.asked.organisation
        if own and own.kind is kind and own.bin:
            return Fixed(shown=own.bin, **_plain(asking, name, required))
        options = parties_asked.partners(asking.reader, kind, "", asking.typed.get(name, ""))
        return Choice(options=options, **_plain(asking, name, required))

    return ask


SHARED: dict[str, Asks] = {
    "iin": iin,
    "language": language,
    "specialty": specialty,
    "specialties": several_specialties,
    "qualifications": several_qualifications,
    "chamber": organisation(Kind.CHAMBER),
    "college": organisation(Kind.COLLEGE),
    "enterprise": organisation(Kind.ENTERPRISE),
}


def in_one_line(asking: Asking, name: str, required: bool) -> Question:
    return Question(**_plain(asking, name, required))


SPECIAL: dict[tuple[str, str], Asks] = {
    **dispute_asked.SPECIAL,
    ("remove-student", "student"): own_student,
    ("retire-mentor", "mentor"): own_mentor,
    ("end-representative", "representative"): representative,
    ("name-representative", "proof"): in_one_line,
    ("sign-memorandum", "quotas"): quotas,
}
"""By command and field."""


def plan(command: type[Command]) -> Plan:
    found = BY_NUMBER.get(command.type)
    return Plan(command, steps, taken=looked_up(found) if found else looked_up())


REGISTERS = frozenset({"preliminary", "memorandum", "organisation", "person", "dispute"})

PLANS: dict[str, Plan] = {
    command.type: plan(command) for command in COMMANDS.values() if command.stream in REGISTERS
}
