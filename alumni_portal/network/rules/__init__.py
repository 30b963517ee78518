"""Pure decisions about profiles: who may see what, what is stale, what is searched by."""

from alumni_portal.network.rules.freshness import (
    ASK_AFTER,
    FORGET_AFTER,
    STALE_AFTER,
    is_stale,
)
from alumni_portal.network.rules.steps import Filled, Step, steps_left
from alumni_portal.network.rules.terms import (
    BEGINNING,
    MOST_WORDS,
    SHORTEST_BEGINNING,
    Known,
    Meant,
    corrected,
    meanings,
    slips_of,
    typed_terms,
)
from alumni_portal.network.rules.topics import TOPICS, Topic
from alumni_portal.network.rules.visibility import (
    Audience,
    Field,
    Reach,
    Since,
    ViewerKind,
    is_visible,
    reach_of,
    reaches,
)
from alumni_portal.network.rules.words import (
    LONGEST_WORD,
    SHORTEST_GUESS,
    one_edit_away,
    skill_names,
    tokens_of,
    years_of,
)

__all__ = [
    "ASK_AFTER",
    "BEGINNING",
    "FORGET_AFTER",
    "LONGEST_WORD",
    "MOST_WORDS",
    "SHORTEST_BEGINNING",
    "SHORTEST_GUESS",
    "STALE_AFTER",
    "TOPICS",
    "Audience",
    "Field",
    "Filled",
    "Known",
    "Meant",
    "Reach",
    "Since",
    "Step",
    "Topic",
    "ViewerKind",
    "corrected",
    "is_stale",
    "is_visible",
    "meanings",
    "one_edit_away",
    "reach_of",
    "reaches",
    "skill_names",
    "slips_of",
    "steps_left",
    "tokens_of",
    "typed_terms",
    "years_of",
]
