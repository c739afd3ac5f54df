"""What whoever looks at an organisation, a person or a memorandum can do there: links to the forms."""

from collections.abc import Sequence
from uuid import UUID

from api.languages import say
from api.pages.parts import Link, Words
from api.pages.reader import Reader
from api.pages.views.subject import Block
from contracts.log.wishes import NotFound


def deeds(reader: Reader, stream_id: UUID, path: str, more: Sequence[Words] = ()) -> list[Block]:
    """By the rules that can be asked without the wish; nothing where there is nothing to do. `more`: what
    else begins here."""
    try:
        answers = reader.house.desk.allowed(stream_id, reader.asked.caller)
    except NotFound:
        return []
    links: list[Words] = [
        Link(say(reader.language, f"commands.{each.command}"), f"{path}/{each.command}")
        for each in answers
        if not each.refusals
    ]
    if not links:
        return []
    return [Block(say(reader.language, "pages.contract.can"), None, "", [*links, *more])]
