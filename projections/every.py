"""The table of contents: every projection of this program."""

from projections import (
    audit_trail,
    claims,
    deadlines,
    disputes,
    memoranda,
    messages,
    organisations,
    outcomes,
    register_rows,
    roster,
    worklist,
)
from projections.projection import Projection

PROJECTIONS: tuple[Projection, ...] = (
    register_rows.PROJECTION,
    claims.PROJECTION,
    worklist.PROJECTION,
    deadlines.PROJECTION,
    audit_trail.PROJECTION,
    messages.PROJECTION,
    organisations.PROJECTION,
    roster.PROJECTION,
    memoranda.PROJECTION,
    outcomes.PROJECTION,
    disputes.PROJECTION,
)
BY_NAME = {projection.name: projection for projection in PROJECTIONS}
