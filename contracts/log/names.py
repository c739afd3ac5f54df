"""How people's names are put in order and found: the Kazakh alphabet, and the nearest Russian spelling."""

import unicodedata

KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""All 42 letters in order. The Russian alphabet is a part of it in its own order, so one key serves both."""

ORDER = {letter: rank for rank, letter in enumerate(f" 0123456789{KAZAKH}abcdefghijklmnopqrstuvwxyz", 1)}
BEYOND = 0xF0
"""First byte of a letter of another script: it comes after all that have a rank, by its code point."""

NEAREST = dict(zip("әғқңөұүһі", "агкноуухи", strict=True))
WITHOUT_A_MARK = dict(zip("ıøłđ", "iold", strict=True))
"""Latin letters that Unicode does not take apart into a base and a mark."""


def sort_key(name: str) -> bytes:
    """Bytes that compare as the names sort, whatever the collation of the database: Cyrillic, then Latin.
    Names that differ in a mark only stand side by side."""
    words = _words(name)
    return b"".join(_rank(letter) for letter in words) + b"\0" + words.encode()


def folded(text: str) -> str:
    """The form in which a search compares at first: no capitals, no Ё, one space between words."""
    return _words(text).replace("ё", "е")


def nearest_russian(text: str) -> str:
    """The form for the second try, in which Қайрат and Кайрат are the same. Finds all that `folded` finds."""
    return "".join(NEAREST.get(letter) or _base(letter) for letter in folded(text))


NEARLY = 2
"""Letters in which two names differ at most that are taken for one another."""


def nearly_the_same(one: str, other: str) -> bool:
    """Whether people could take one name for the other: at most NEARLY letters are missing, added or another,
    in whatever order and spelling the words stand."""
    first, second = (" ".join(sorted(nearest_russian(name).split())) for name in (one, other))
    return abs(len(first) - len(second)) <= NEARLY and _apart(first, second) <= NEARLY


def _apart(one: str, other: str) -> int:
    """The edit distance (Levenshtein)."""
    row: list[int] = [*range(len(other) + 1)]
    for n, letter in enumerate(one, 1):
        before, row = row, [n]
        for m, facing in enumerate(other, 1):
            row.append(min(row[-1] + 1, before[m] + 1, before[m - 1] + (letter != facing)))
    return row[-1]


def _words(text: str) -> str:
    """Small letters and digits. A hyphen parts words, an apostrophe or a full stop does not."""
    small = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(_kept(letter) for letter in small).split())


def _kept(letter: str) -> str:
    category = unicodedata.category(letter)
    if category[0] in "ZC" or category == "Pd":
        return " "
    return letter if category[0] in "LNM" else ""


def _base(letter: str) -> str:
    """The letter without its marks, unless the letter with them has a place of its own, as Й has."""
    if letter in ORDER:
        return letter
    bare = "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
    return WITHOUT_A_MARK.get(bare, bare)


def _rank(letter: str) -> bytes:
    return b"".join(
        bytes([ORDER[part]]) if part in ORDER else bytes([BEYOND]) + ord(part).to_bytes(3, "big")
        for part in _base(letter)
    )
