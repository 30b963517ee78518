"""Reads about exit interviews."""

from alumni_portal.exit_interviews.models import Interview

__all__ = ["Interview"]
