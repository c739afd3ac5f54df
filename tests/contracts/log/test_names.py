"""Names stand in the order of the Kazakh alphabet and are found in either spelling."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.log.names import KAZAKH, folded, nearest_russian, nearly_the_same, sort_key

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
NAMES = st.text(f"{KAZAKH}{KAZAKH.upper()}abcxyzABCXYZäéñşğ '-.", max_size=30)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Әлия", "Болат"),
        ("Гүлнар", "Ғани"),
        ("Ғани", "Дана"),
        ("Камила", "Қайрат"),
        ("Қайрат", "Лаура"),
        ("Ырыс", "Іңкәр"),
        ("Азат", "Әлия"),
        ("Ұлан", "Үміт"),
        ("Хан", "Һарун"),
        ("Ермек", "Ёлкина"),
        ("Ким", "Ким Анна"),
        ("Ким Анна", "Кимов"),
        ("Салтыков-Щедрин", "Салтыкова"),
        ("Яна", "Aigerim"),
        ("Aigerim", "Äsel"),
        ("Äsel", "Bolat"),
        ("Zarina", "李"),
        ("Группа 9", "Группа А"),
    ],
)
def test_the_first_name_stands_before_the_second(first, second):
    assert sort_key(first) < sort_key(second)
    assert sort_key(first.upper()) < sort_key(second.lower())


@pytest.mark.parametrize("alphabet", [KAZAKH, RUSSIAN], ids=["kk", "ru"])
def test_one_key_serves_both_alphabets(alphabet):
    assert all(sort_key(before) < sort_key(after) for before, after in pairwise(alphabet))


def test_the_alphabet_has_42_letters():
    assert len(set(KAZAKH)) == len(KAZAKH) == 42


def test_capitals_spaces_and_marks_of_punctuation_do_not_sort():
    assert sort_key("О'Нил  Анна") == sort_key("онил анна")


def test_a_letter_taken_apart_is_the_same_letter():
    assert sort_key("и\u0306") == sort_key("й") != sort_key("и")


@pytest.mark.parametrize(
    ("asked", "found"),
    [("кайрат", "Қайрат"), ("семенов", "Семёнов"), ("улан", "Ұлан"), ("инкар", "Іңкәр"), ("asel", "Äsel")],
)
def test_a_name_is_found_in_either_spelling(asked, found):
    assert nearest_russian(asked) == nearest_russian(found)


def test_the_first_try_tells_kazakh_letters_apart_but_not_yo():
    assert folded("ҚАЙРАТ") == folded("қайрат") != folded("кайрат")
    assert folded("Семёнов") == folded("СЕМЕНОВ")


@given(NAMES, NAMES)
def test_the_key_is_the_same_only_for_the_same_name(one, other):
    same = folded(one.replace("ё", "ъъъ").replace("Ё", "ъъъ")) == folded(
        other.replace("ё", "ъъъ").replace("Ё", "ъъъ")
    )
    assert (sort_key(one) == sort_key(other)) == same


@given(NAMES)
def test_folding_twice_changes_nothing(name):
    assert folded(folded(name)) == folded(name)
    assert nearest_russian(nearest_russian(name)) == nearest_russian(name)


@given(NAMES, st.data())
def test_the_second_try_finds_all_that_the_first_finds(name, data):
    if words := folded(name).split():
        word = data.draw(st.sampled_from(words))
        part = word[data.draw(st.integers(0, len(word) - 1)) :]
        assert nearest_russian(part) in nearest_russian(name)


# Taken for one another


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Nurlan Demoev", "Nurlan Demoyev", True),
        ("Нұрлан Демоев", "Нурлан Демоев", True),
        ("Demoev Nurlan", "Nurlan Demoyev", True),
        ("Nurlan Demo", "Nurlan Demoev", True),
        ("Nurlan Dem", "Nurlan Demoev", False),
        ("Nurlan Demoev", "Marat Demoev", False),
        ("", "", True),
    ],
)
def test_two_letters_at_most_tell_names_apart_that_are_nearly_the_same(one, other, alike):
    assert nearly_the_same(one, other) is nearly_the_same(other, one) is alike


def slowly(one, other):
    """How many letters must be taken out, put in or become another, tried in every way."""
    if not one or not other:
        return len(one) + len(other)
    ways = slowly(one[1:], other), slowly(one, other[1:])
    return min(1 + min(ways), slowly(one[1:], other[1:]) + (one[0] != other[0]))


@given(st.text("аб", max_size=5), st.text("аб", max_size=5))
def test_as_every_way_to_change_one_into_the_other_says(one, other):
    assert nearly_the_same(one, other) is (slowly(one, other) <= 2)
