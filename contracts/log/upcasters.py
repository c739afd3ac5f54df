"""How what was stored in an older form is read: from the fields of one schema version to those of the
next."""

from collections.abc import Callable, Mapping
from typing import Any

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""From the fields of one schema version to those of the next."""

UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    ("memorandum.signed", 1): lambda fields: {**fields, "quotas": []},
    ("organisation.mentor_registered", 1): lambda fields: {**fields, "specialties": []},
}
"""By name and the schema they start from."""
