"""The one reader of numbers, and the ledger behind it."""

from alumni_portal.insights.queries.cells import (
    TOO_FEW,
    Cell,
    Figures,
    Released,
    State,
    cell,
    figures,
    latest_release,
    release,
    releases,
    series,
    shares,
)
from alumni_portal.insights.queries.export import exported, places
from alumni_portal.insights.queries.ledger import live_counts, past

__all__ = [
    "TOO_FEW",
    "Cell",
    "Figures",
    "Released",
    "State",
    "cell",
    "exported",
    "figures",
    "latest_release",
    "live_counts",
    "past",
    "places",
    "release",
    "releases",
    "series",
    "shares",
]
