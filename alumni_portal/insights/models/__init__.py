"""Releases and what is done about them."""

from alumni_portal.insights.models.actions import Action, FollowUp, Publication
from alumni_portal.insights.models.releases import LedgerToken, Release, ReleaseCell
from alumni_portal.insights.rules.actions import ActionState

__all__ = [
    "Action",
    "ActionState",
    "FollowUp",
    "LedgerToken",
    "Publication",
    "Release",
    "ReleaseCell",
]
