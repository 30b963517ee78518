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
from alumni_portal.network.queries.changes import Changes, changes_since, last_change
from alumni_portal.network.queries.directory import Found, Wanted, find, listed_since
from alumni_portal.network.queries.matching import Understood, match, understand
from alumni_portal.network.queries.profiles import (
    filled,
    filled_by,
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
    "Changes",
    "Found",
    "Shown",
    "Together",
    "Understood",
    "Viewer",
    "Wanted",
    "cards",
    "changes_since",
    "filled",
    "filled_by",
    "find",
    "from_the_time_of",
    "last_change",
    "listed",
    "listed_since",
    "match",
    "member",
    "overlapping",
    "own_card",
    "profile_of",
    "skills_of",
    "suggested_skills",
    "to_ask",
    "to_forget",
    "topics_of",
    "understand",
]
