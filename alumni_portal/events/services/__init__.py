"""Planning events, inviting to them, answering, telling, and forgetting."""

from alumni_portal.events.services.door import check_in
from alumni_portal.events.services.invitations import editions, invite
from alumni_portal.events.services.pictures import drop_picture, set_picture
from alumni_portal.events.services.planning import (
    Plan,
    cancel,
    change,
    end_past,
    open_for_replies,
    plan,
)
from alumni_portal.events.services.reactions import after_death
from alumni_portal.events.services.replies import (
    CLOSED,
    Full,
    Wanted,
    answer,
    forget_person,
    let_lapse,
)
from alumni_portal.events.services.telling import forget_needs, forget_replies, tell_some

__all__ = [
    "CLOSED",
    "Full",
    "Plan",
    "Wanted",
    "after_death",
    "answer",
    "cancel",
    "change",
    "check_in",
    "drop_picture",
    "editions",
    "end_past",
    "forget_needs",
    "forget_person",
    "forget_replies",
    "invite",
    "let_lapse",
    "open_for_replies",
    "plan",
    "set_picture",
    "tell_some",
]
