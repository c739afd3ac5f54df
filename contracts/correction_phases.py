"""The phases of a correction, as the table of contents has them."""

from types import ModuleType

from contracts import corrected, correction, correction_answer, correction_rules

PHASES: tuple[ModuleType, ...] = (correction, correction_answer)
SHARED: tuple[ModuleType, ...] = (corrected, correction_rules)

outlook = correction_answer.outlook
