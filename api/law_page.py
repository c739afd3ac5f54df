"""docs/law.md: every rule of a pack with what it says, where it comes from and how sure that is.

`python -m api.law_page` writes it anew.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from api.markdown import table
from contracts.law import Ground, Law, Rule, Source, load

PAGE = Path("docs/law.md")
PACK = "kz"

HEAD = """# The law as data

What this service decides by. Every rule below is an entry of a pack, a folder in `contracts/law/`: a value
with the days on which it holds, its act and article, and how sure that is. A decision asks for the entry of
the day that it is about, and the version of the pack is kept with what it records. This page is generated
from the pack by `make docs`; a test fails when it is stale.

- **seen**: read in a consolidated text. **recalled**: from memory, to be checked. **policy**: our own
  default, which a contract or a pack may change. Whatever is not *seen* is shown as *to be confirmed by a
  lawyer*, until an entry names who confirmed it (`confirmed_by`, `confirmed_on`).
- A law that changes is a new entry with `in_force_from`, and the old one gets `in_force_to`; an entry is
  never edited.
- A pack may extend another: it replaces the entries that it names. With `in_force_from` of its own it does
  so from that day on, and what was before stays as it was.
- `kelisim law check PACK` reads a pack and runs its own test cases; `kelisim law list` counts what waits
  for a lawyer.
- `kelisim law replay --from kz --to OTHER --folder FOLDER` decides the whole history again under another
  pack, tells which outcomes, sums and days differ, and records nothing.

Nothing here is legal advice.
"""


def page() -> str:
    law = load(PACK)
    lines = [HEAD, f"Pack {law.version}.", "", *acts(law), *rules(law), *grounds(law)]
    return "\n".join(lines) + "\n"


def acts(law: Law) -> Iterator[str]:
    rows = ((act.id, _linked(act.title["en"], act.link)) for act in law.acts.values())
    yield from ("## Acts", "", *table(("short", "act"), rows), "")


def rules(law: Law) -> Iterator[str]:
    found = sorted(law.rules.items())
    for area, members in groupby(found, key=lambda each: each[0].partition(".")[0]):
        rows = [_rule(rule) for _, versions in members for rule in versions]
        head = ("rule", "refusal", "what it says", "source", "in force", "certainty")
        yield from (f"## {area.capitalize()}", "", *table(head, rows), "")


def _rule(rule: Rule) -> tuple[str, ...]:
    return (f"`{rule.id}`", rule.code or "", rule.text["en"], *_source(rule.source))


def grounds(law: Law) -> Iterator[str]:
    rows = [_ground(ground) for versions in law.all_grounds.values() for ground in versions]
    head = ("ground", "name", "who may use it", "notice", "needs", "source", "in force", "certainty")
    yield from ("## Grounds for an early end", "", *table(head, rows))


def _ground(ground: Ground) -> tuple[str, ...]:
    return (
        f"`{ground.id}`",
        ground.name["en"],
        _listed(ground.by),
        f"`{ground.notice}`" if ground.notice else "",
        _listed(ground.needs),
        *_source(ground.source),
    )


def _source(source: Source) -> tuple[str, str, str]:
    to = f" until {source.in_force_to}" if source.in_force_to else ""
    cited = source.article if source.certainty == "policy" else f"{source.act} {source.article}"
    by = f", confirmed by {source.confirmed_by} on {source.confirmed_on}" if source.confirmed_by else ""
    return cited, f"{source.in_force_from}{to}", f"{source.certainty}{by}"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))


def _linked(text: str, link: str | None) -> str:
    return f"[{text}]({link})" if link else text


if __name__ == "__main__":
    PAGE.write_text(page())
