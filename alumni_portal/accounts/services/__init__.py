"""Accounts, roles, ways in and sessions."""

from alumni_portal.accounts.services.accounts import (
    choose_language,
    choose_theme,
    close_account,
    grant,
    open_account,
    revoke,
)
from alumni_portal.accounts.services.doors import (
    Asked,
    Door,
    DoorState,
    ask_for_link,
    check_password,
    enter_by_code,
    enter_by_link,
    look_at_link,
    set_password,
)
from alumni_portal.accounts.services.sessions import (
    end_all_sessions,
    end_session,
    start_session,
    touch,
)

__all__ = [
    "Asked",
    "Door",
    "DoorState",
    "ask_for_link",
    "check_password",
    "choose_language",
    "choose_theme",
    "close_account",
    "end_all_sessions",
    "end_session",
    "enter_by_code",
    "enter_by_link",
    "grant",
    "look_at_link",
    "open_account",
    "revoke",
    "set_password",
    "start_session",
    "touch",
]
