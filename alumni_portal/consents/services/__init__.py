"""Changes to consents: every one is a new line in the ledger and takes effect at once."""

from alumni_portal.consents.services.answers import answer, confirm, renew, take_back
from alumni_portal.consents.services.endings import (
    ask_again,
    close_at_death,
    close_at_employment,
    close_for_employed,
    expire,
)
from alumni_portal.consents.services.forgetting import forget_ended
from alumni_portal.consents.services.ledger import close_all, give, wish, withdraw, words_now
from alumni_portal.consents.services.preferences import (
    end_pause,
    explain,
    forget_preferences,
    leave,
    let_visits_count,
    pause,
    prefer,
    preferences_link,
    preferences_token,
    read_preferences,
    resubscribe,
)
from alumni_portal.consents.services.renewals import Renewal, RenewalState, look_at_renewal

__all__ = [
    "Renewal",
    "RenewalState",
    "answer",
    "ask_again",
    "close_all",
    "close_at_death",
    "close_at_employment",
    "close_for_employed",
    "confirm",
    "end_pause",
    "expire",
    "explain",
    "forget_ended",
    "forget_preferences",
    "give",
    "leave",
    "let_visits_count",
    "look_at_renewal",
    "pause",
    "prefer",
    "preferences_link",
    "preferences_token",
    "read_preferences",
    "renew",
    "resubscribe",
    "take_back",
    "wish",
    "withdraw",
    "words_now",
]
