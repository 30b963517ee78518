"""Accounts, roles, ways in and sessions."""

from alumni_portal.accounts.services.accounts import (
    choose_language,
    choose_theme,
    close_account,
    end_rights_of_leavers,
    grant,
    open_account,
    reopen_account,
    revoke,
)
from alumni_portal.accounts.services.demo import (
    DEMO_ACCOUNTS,
    DEMO_PASSWORD,
    DemoDoor,
    demo_doors,
)
from alumni_portal.accounts.services.doors import (
    Asked,
    Door,
    DoorState,
    ask_for_link,
    change_password,
    check_password,
    enter_by_code,
    enter_by_link,
    look_at_link,
    set_password,
    store_password,
)
from alumni_portal.accounts.services.given import (
    check_is_new_here,
    may_be_given_an_address,
    refuse_staff,
    take_into_use,
)
from alumni_portal.accounts.services.reactions import (
    close_accounts_of_the_dead,
    end_sessions_after_address_change,
)
from alumni_portal.accounts.services.recoveries import (
    ask_recovery,
    begin_change,
    confirm_recovery,
    expire_recoveries,
    look_at_recovery,
    prove_recovery,
    refuse_recovery,
)
from alumni_portal.accounts.services.recusals import recuse
from alumni_portal.accounts.services.sessions import (
    end_all_sessions,
    end_session,
    forget_sessions,
    start_session,
    touch,
)

__all__ = [
    "DEMO_ACCOUNTS",
    "DEMO_PASSWORD",
    "Asked",
    "DemoDoor",
    "Door",
    "DoorState",
    "ask_for_link",
    "ask_recovery",
    "begin_change",
    "change_password",
    "check_is_new_here",
    "check_password",
    "choose_language",
    "choose_theme",
    "close_account",
    "close_accounts_of_the_dead",
    "confirm_recovery",
    "demo_doors",
    "end_all_sessions",
    "end_rights_of_leavers",
    "end_session",
    "end_sessions_after_address_change",
    "enter_by_code",
    "enter_by_link",
    "expire_recoveries",
    "forget_sessions",
    "grant",
    "look_at_link",
    "look_at_recovery",
    "may_be_given_an_address",
    "open_account",
    "prove_recovery",
    "recuse",
    "refuse_recovery",
    "refuse_staff",
    "reopen_account",
    "revoke",
    "set_password",
    "start_session",
    "store_password",
    "take_into_use",
    "touch",
]
