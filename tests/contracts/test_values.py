"""Values that are replaced."""

import dataclasses
import importlib
import pkgutil
from functools import cached_property

import pytest

import contracts
from contracts.values import replace
from tests.contracts.happened import ONE_OF_EACH


def classes():
    """Every dataclass of the write side, its log apart."""
    for found in pkgutil.walk_packages(contracts.__path__, "contracts."):
        if not found.name.startswith("contracts.log"):
            for each in vars(importlib.import_module(found.name)).values():
                if (
                    isinstance(each, type)
                    and each.__module__ == found.name
                    and dataclasses.is_dataclass(each)
                ):
                    yield each


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: event.type)
def test_a_replaced_value_is_the_one_that_the_library_makes(event):
    for name, value in vars(event).items():
        changed = replace(event, **{name: None})
        assert changed == dataclasses.replace(event, **{name: None})
        assert replace(changed, **{name: value}) == event


def test_nothing_is_worked_out_when_a_value_is_made_or_kept_beside_its_fields():
    """`replace` would not do it again, or would take it over although it may have become another."""
    found = [*classes()]
    assert len(found) > 200
    for each in found:
        assert not hasattr(each, "__post_init__"), each
        assert not any(isinstance(member, cached_property) for member in vars(each).values()), each
