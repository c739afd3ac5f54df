"""docs/lifecycle.md: states, commands, events and refusals, read from the code that decides.

`python -m api.lifecycle_page` writes it anew.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from itertools import product
from pathlib import Path
from typing import Any

from api.languages import say
from api.markdown import table
from contracts.contract import State
from contracts.contract_rules import ContractCommand
from contracts.decision import Command, Event, Refusal
from contracts.law import Rule, load
from contracts.lifecycle import COMMANDS, EVENTS, PHASES, REFUSALS, STREAMS
from contracts.succession import NOT_YET, SuccessorDropped

PAGE = Path("docs/lifecycle.md")

HEAD = """# Life cycle

What a contract may be, who may do what in which state, what is recorded, and what stands in the way.
This page is generated from `contracts/` by `make docs`; a test fails when it is stale.
"""

IMPOSSIBLE = {
    (State.OFFERED, "contract.concluded"),
    (State.ENDED, "withdrawal.revoked"),
}
"""The first signature makes it `signing` before the last one concludes it; and what has ended is asked for
only to say that it is too late."""

OWN_RULE = {"complete-transfer": frozenset({State.ACTIVE, State.SUSPENDED})}
"""Commands that name no state, since a rule of theirs says what is over; and the states in which they do
something."""

OF_SUCCESSOR = {
    ("complete-transfer", "contract.activated"): frozenset({State.SIGNED}),
    ("decline-transfer", "transfer.successor_dropped"): NOT_YET,
    ("cancel-transfer", "transfer.successor_dropped"): NOT_YET,
}
"""What a command records of the contract that takes the place of this one, and the states of that one."""


def page() -> str:
    parts = (states(), commands(), events(), refusals())
    return "\n".join([HEAD, *parts])


# States


def states() -> str:
    moves = sorted(set(transitions()), key=lambda move: (_rank(move[0]), _rank(move[2]), move[1]))
    arrows = [f"    {was or '[*]'} --> {now}: {by}" for was, by, now in moves]
    closed = sorted({now for _, _, now in moves} - {was for was, _, _ in moves if was}, key=_rank)
    rows = [
        (f"`{state}`", say("en", f"states.{state}"), _list(_leaves(moves, state)) or "-")
        for state in State
        if any(state in (was, now) for was, _, now in moves)
    ]
    begins = ", ".join(f"`{by}` to `{now}`" for was, by, now in moves if was is None)
    unreached = [s for s in State if not any(s in (was, now) for was, _, now in moves)]
    return "\n".join(
        [
            "## States",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *arrows,
            *(f"    {state} --> [*]" for state in closed),
            "```",
            "",
            f"A contract begins by {begins}.",
            "An arrow is an event. The same as a table:",
            "",
            *table(("state", "means", "leaves by"), rows),
            "",
            f"No command leads to {_list(f'`{state}`' for state in unreached)} yet.",
            "",
        ]
    )


def transitions() -> Iterator[tuple[State | None, str, State]]:
    """From a state by an event to another state. None: there was no contract before."""
    for command in COMMANDS.values():
        if command.stream != "contract":
            continue
        states = OWN_RULE.get(command.type, getattr(command, "states", frozenset()))
        starts: set[State | None] = {None} if command.begins else set(states)
        for event in events_of(command):
            if event is SuccessorDropped and (command.type, event.type) not in OF_SUCCESSOR:
                continue
            successor = OF_SUCCESSOR.get((command.type, event.type))
            for was, now in product(successor or starts, results(event)):
                if was is not now and (was, event.type) not in IMPOSSIBLE:
                    yield was, event.type, now
            if successor is None:
                starts |= results(event)


def results(event: type[Event]) -> set[State]:
    """The states to which an event leads, as its `evolve` names them."""
    return {State[node.attr] for node in _attributes(event.evolve, "State")}


def _leaves(moves: Iterable[tuple[State | None, str, State]], state: State) -> list[str]:
    return [f"`{by}` to `{now}`" for was, by, now in moves if was is state]


def _rank(state: State | None) -> int:
    return list(State).index(state) if state else -1


# Commands


def commands() -> str:
    lines = [
        "## Commands",
        "",
        "A wish that is true already is granted without an event. Each may also be refused GEN-NOT-PARTY;",
        "one that names states, GEN-STATE.",
        "",
    ]
    for phase in PHASES:
        own = [command for command in COMMANDS.values() if command.__module__ == phase.__name__]
        lines += [f"### {_title(phase.__name__)}", "", f"{_first(inspect.getdoc(phase))}", ""]
        lines += ["```mermaid", "flowchart LR", *_diagram(own), "```", ""]
        head = ("command", "who", "states", "events", "refusals")
        lines += [*table(head, [_command(command) for command in own]), ""]
    return "\n".join(lines)


def _diagram(own: Iterable[type[Command]]) -> Iterator[str]:
    """Who wishes what, what is recorded, and the state to which it leads."""
    for command in own:
        who = _list(say("en", f"roles.{role}") for role in sorted(command.by))
        yield f'    {_node(command.type)}["{command.type}<br>{who}"]'
        for event in events_of(command):
            yield f'    {_node(command.type)} --> {_node(event.type)}(["{event.type}"])'
            for state in sorted(results(event), key=_rank):
                yield f'    {_node(event.type)} -.-> {_node(f"state.{state}")}{{{{"{state}"}}}}'


def _node(name: str) -> str:
    """Never a word of its own that the drawing language knows, such as `end`."""
    return "n_" + name.replace("-", "_").replace(".", "_")


def _command(command: type[Command]) -> tuple[str, ...]:
    in_states = sorted(command.states, key=_rank) if issubclass(command, ContractCommand) else ()
    stream = "" if command.stream == "contract" else f" ({command.stream})"
    return (
        f"`{command.type}`{stream}",
        ", ".join(say("en", f"roles.{role}") for role in sorted(command.by)),
        "new" if command.begins else _list(in_states) or "any",
        _list(f"`{event.type}`" for event in events_of(command)) or "-",
        _list(sorted({refusal.code for refusal in refusals_of(command)})) or "-",
    )


def events_of(command: type[Command]) -> list[type[Event]]:
    """What it may record, in the order in which its code names them."""
    return [found for found in _named(command, ("events",)) if issubclass(found, Event)]


def refusals_of(command: type[Command]) -> list[type[Refusal]]:
    """What may stand in its way, beside its role and its state."""
    return [found for found in _named(command, ("standing", "rules")) if issubclass(found, Refusal)]


def _named(command: type[Command], methods: Iterable[str]) -> list[type]:
    """Events and refusals that the methods name, themselves or through what they call."""
    found: dict[type, None] = {}
    seen: set[Any] = set()
    waiting: list[Any] = [vars(command)[name] for name in methods if name in vars(command)]
    while waiting:
        code = inspect.unwrap(getattr(waiting[0], "__func__", waiting[0]))
        del waiting[0]
        if code in seen:
            continue
        seen.add(code)
        for name in _names(code):
            member = code.__globals__.get(name) or vars(command).get(name)
            if isinstance(member, type) and issubclass(member, Event | Refusal):
                found[member] = None
            elif inspect.isfunction(member) and member.__module__.startswith("contracts."):
                waiting.append(member)
    return list(found)


def _names(code: Callable[..., Any]) -> Iterator[str]:
    """What is called, by its own name or as a method of `self` or `cls`, in the order of the text."""
    calls = [node.func for node in ast.walk(_tree(code)) if isinstance(node, ast.Call)]
    calls.sort(key=lambda call: (call.lineno, call.col_offset))
    for call in calls:
        if isinstance(call, ast.Name):
            yield call.id
        elif isinstance(call, ast.Attribute) and getattr(call.value, "id", None) in {"self", "cls"}:
            yield call.attr


def _attributes(code: Callable[..., Any], of: str) -> Iterator[ast.Attribute]:
    for node in ast.walk(_tree(code)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == of:
            yield node


def _tree(code: Callable[..., Any]) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(code)))


# Events


def events() -> str:
    rows = [
        (
            f"`{name}`",
            str(event.schema),
            event.stream,
            say("en", f"events.{name}"),
            "its own day" if "effective_on" in vars(event) else "when it is recorded",
            _list(sorted(event.tells)) or "-",
            _list(f"`{field.name}`" for field in fields(event)) or "-",  # type: ignore[arg-type]
        )
        for name, event in EVENTS.items()
    ]
    head = ("event", "schema", "stream", "says", "holds from", "told", "fields")
    kinds = _list(f"`{kind}`" for kind in STREAMS)
    return "\n".join(["## Events", "", f"Streams: {kinds}.", "", *table(head, rows), ""])


# Refusals


def refusals() -> str:
    law = load("kz")
    rows = []
    for refusal in sorted(REFUSALS.values(), key=lambda each: each.code):
        rule = law.rules[refusal.type][-1]
        rows.append(
            (
                refusal.code,
                f"`{refusal.type}`",
                rule.text["en"],
                _list(f"`{field.name}`" for field in fields(refusal)) or "-",  # type: ignore[arg-type]
                "<br>".join(_cure(cure) for cure in refusal.cures),
                _source(rule),
            )
        )
    head = ("code", "id", "the rule", "facts", "cures", f"source in {law.version}")
    about = (
        "The source is that of the newest entry of the pack. What is not *seen* in a text of the law is shown"
        " to people with the mark *to be confirmed by a lawyer*; *policy* is our own default."
    )
    return "\n".join(["## Refusals", "", about, "", *table(head, rows)]) + "\n"


def _cure(cure: Any) -> str:
    by = f" (`{cure.command}`)" if cure.command else ""
    return f"{say('en', f'roles.{cure.who}')}: {say('en', f'cures.{cure.what}')}{by}"


def _source(rule: Rule) -> str:
    source = rule.source
    act = f"[{source.act} {source.article}]({source.link})" if source.link else source.article
    return f"{act}; {source.certainty}"


# Writing


def _title(module: str) -> str:
    return module.rpartition(".")[2].replace("_", " ").capitalize()


def _first(text: str | None) -> str:
    """The first sentence, on one line."""
    whole = " ".join((text or "").split())
    end = whole.find(". ")
    return whole if end < 0 else whole[: end + 1]


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


if __name__ == "__main__":
    PAGE.write_text(page())
