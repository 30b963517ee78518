"""Reads about profiles and the directory."""

from alumni_portal.network.queries.cards import (
    Card,
    Shown,
    Viewer,
    cards,
    listed,
    member,
    own_card,
)
from alumni_portal.network.queries.directory import Found, Wanted, find, listed_since
from alumni_portal.network.queries.profiles import (
    filled,
    profile_of,
    skills_of,
    suggested_skills,
    to_ask,
    to_forget,
    topics_of,
)
from alumni_portal.network.queries.together import Together, from_the_time_of, overlapping
from alumni_portal.network.rules import TOPICS

__all__ = [
    "TOPICS",
    "Card",
    "Found",
    "Shown",
    "Together",
    "Viewer",
    "Wanted",
    "cards",
    "filled",
    "find",
    "from_the_time_of",
    "listed",
    "listed_since",
    "member",
    "overlapping",
    "own_card",
    "profile_of",
    "skills_of",
    "suggested_skills",
    "to_ask",
    "to_forget",
    "topics_of",
]
