"""Bodies of the commands with which a wrong record is corrected, as the documentation shows them."""

from collections.abc import Mapping
from typing import Any

NUMBER = "01a20f01-cad4-7ff9-a9e6-f507c7228536"

CORRECTIONS: Mapping[str, Mapping[str, Any]] = {
    "correct": {
        "entry": 12,
        "field": "end_on",
        "right": "2027-02-28",
        "proof": "Request No. 31, sheet 2",
        "reason": "Another day stands in the request",
        "found_by": "student",
    },
    "approve-correction": {"correction": NUMBER},
    "reject-correction": {"correction": NUMBER, "reason": "The paper says what was recorded"},
    "follow-correction": {"correction": NUMBER},
}
