"""docs/law.md lists all that is decided by."""

from pathlib import Path

from api.law_page import PAGE, page
from contracts.law import load

COMMITTED = Path(__file__).parents[2] / PAGE


def test_the_committed_page_is_fresh():
    """If this fails: make docs."""
    assert COMMITTED.read_text() == page()


def test_every_rule_stands_in_it_with_its_source_and_how_sure_it_is():
    rows = [line.split(" | ") for line in page().splitlines() if line.startswith("| `")]
    stated = {
        (f"| `{rule.id}`", rule.source.in_force_from.isoformat(), rule.source.certainty)
        for versions in load("kz").rules.values()
        for rule in versions
    }
    assert stated <= {(row[0], row[-2].partition(" ")[0], row[-1].rstrip(" |")) for row in rows}


def test_every_ground_and_act_stands_in_it():
    text = page()
    for name in (*load("kz").all_grounds, *load("kz").acts):
        assert name in text
