"""The one reader of numbers; and reads about actions."""

from alumni_portal.insights.queries.actions import (
    Owner,
    Show,
    action,
    count_near,
    count_overdue,
    counts,
    listed,
    locked,
    maybe_reminded,
    overdue_first,
    owner,
    owners,
    publication_of,
    published,
)
from alumni_portal.insights.queries.effects import Effect, effects_of
from alumni_portal.insights.queries.links import (
    ask_token,
    mark_to_take_back,
    may_ask,
    take_back_token,
)
from alumni_portal.insights.queries.themes import is_theme, theme_name, themes

__all__ = [
    "Effect",
    "Owner",
    "Show",
    "action",
    "ask_token",
    "count_near",
    "count_overdue",
    "counts",
    "effects_of",
    "is_theme",
    "listed",
    "locked",
    "mark_to_take_back",
    "may_ask",
    "maybe_reminded",
    "overdue_first",
    "owner",
    "owners",
    "publication_of",
    "published",
    "take_back_token",
    "theme_name",
    "themes",
]
