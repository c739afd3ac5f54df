"""Values that are never changed, only replaced."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import replace as replace  # so that the fields are checked
else:

    def replace(value: Any, /, **changes: Any) -> Any:
        """As the one of dataclasses, for a frozen one without a __post_init__: many times as fast, since the
        other fields are taken over as they are. Folding a contract is mostly this. A dictionary that is made
        in one go takes half the time and the memory of one that is filled."""
        new = object.__new__(type(value))
        object.__setattr__(new, "__dict__", {**value.__dict__, **changes})
        return new
