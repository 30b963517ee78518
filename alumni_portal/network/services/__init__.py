"""Changes to profiles; the directory's index follows in the same transaction."""

from alumni_portal.network.services.asking import (
    Asked,
    ask_if_still_right,
    confirm_by_link,
    look_at_question,
)
from alumni_portal.network.services.index import reindex, reindex_after
from alumni_portal.network.services.membership import (
    follow_employment,
    follow_person,
    forget,
    join,
    leave,
)
from alumni_portal.network.services.profiles import (
    Texts,
    choose_audiences,
    choose_skills,
    choose_topics,
    confirm,
    describe,
)
from alumni_portal.network.services.search_docs import forget_changes, note_profile_change
from alumni_portal.network.services.skills import skill_ids

__all__ = [
    "Asked",
    "Texts",
    "ask_if_still_right",
    "choose_audiences",
    "choose_skills",
    "choose_topics",
    "confirm",
    "confirm_by_link",
    "describe",
    "follow_employment",
    "follow_person",
    "forget",
    "forget_changes",
    "join",
    "leave",
    "look_at_question",
    "note_profile_change",
    "reindex",
    "reindex_after",
    "skill_ids",
]
