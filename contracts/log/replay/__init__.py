"""Deciding history again under another law: what would have come otherwise. Reads only."""

from contracts.log.replay.acts import Act, acts
from contracts.log.replay.comparing import Difference, Outcome
from contracts.log.replay.deciding import Replayed, replay

__all__ = ["Act", "Difference", "Outcome", "Replayed", "acts", "replay"]
