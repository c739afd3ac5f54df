"""Python's collector of cycles, in a process that remembers many contracts."""

import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 50
"""New objects before a look at the young; looks at those before one at the middle, and so on to the old."""


def calm() -> None:
    """What is there by now stays and is looked at no more, and the rest more seldom: remembered contracts are
    many small values without cycles, and walking them took a third of the time of filling a table."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
