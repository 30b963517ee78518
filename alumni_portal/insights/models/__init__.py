"""Releases and what is done about them."""

from alumni_portal.insights.models.releases import LedgerToken, Release, ReleaseCell

__all__ = ["LedgerToken", "Release", "ReleaseCell"]
