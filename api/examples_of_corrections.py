"""Bodies of the commands with which a wrong record is corrected, as the documentation shows them."""

from collections.abc import Mapping
from typing import Any

NUMBER = "01a20f01-cad4-7ff9-a9e6-f507c7228536"

CORRECTIONS: Mapping[str, Mapping[str, Any]] = {
    "correct": {
        "entry": 1,
        "field": "number",
        "right": "75-2025-000418",
        "proof": "Folder 12, sheet 40",
        "reason": "Another number stands on the sheet",
        "found_by": "college",
    },
    "approve-correction": {"correction": NUMBER},
    "reject-correction": {"correction": NUMBER, "reason": "The paper says what was recorded"},
    "follow-correction": {"correction": NUMBER},
}
