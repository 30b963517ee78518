"""Signed links of a leaver who asks to be told: they say what may be done, and nothing of who."""

from datetime import timedelta

from alumni_portal.core import tokens

_ASK = "follow-up-ask"
_TAKE_BACK = "follow-up-take-back"
#: As long as somebody may have the last page of the questionnaire open.
_ASK_WITHIN = timedelta(days=1)


def ask_token() -> str:
    """Return what lets its holder ask to be told."""
    return tokens.sign(_ASK, "ask")


def may_ask(token: str) -> bool:
    """Say whether a token of `ask_token` still stands."""
    return tokens.unsign(_ASK, token, max_age=_ASK_WITHIN) is not None


def take_back_token(mark: str) -> str:
    """Return what lets its holder take a wish back."""
    return tokens.sign(_TAKE_BACK, mark)


def mark_to_take_back(token: str) -> str | None:
    """Return which wish a token of `take_back_token` is about, or nothing."""
    mark = tokens.unsign(_TAKE_BACK, token)
    return str(mark) if mark is not None else None
