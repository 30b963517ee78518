"""Planning events, inviting to them, answering, telling, the door, and forgetting."""

from alumni_portal.events.services.again import (
    rest_of,
    send_again,
    tell_again,
    tell_waiting,
    to_send_again,
    to_tell_again,
)
from alumni_portal.events.services.announcing import announce, may_be_announced
from alumni_portal.events.services.changing import Changed, change
from alumni_portal.events.services.door import check_in, count_walk_ins, let_in
from alumni_portal.events.services.feeds import end_feed, forget_feeds, renew_feed
from alumni_portal.events.services.invitations import invite
from alumni_portal.events.services.mailings import (
    CALLED_OFF,
    INVITATION,
    MOVED,
    NEW_DATE,
    REMINDER,
    THANKS,
    editions,
)
from alumni_portal.events.services.mornings import (
    send_waiting,
    take_back,
    tell_at,
    wait_for_morning,
)
from alumni_portal.events.services.pictures import drop_picture, set_picture
from alumni_portal.events.services.planning import (
    TELL,
    Plan,
    cancel,
    cancel_series,
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
    answer_dates,
    forget_person,
    let_answer,
    let_lapse,
    why_closed,
)
from alumni_portal.events.services.rounds import remind, thank
from alumni_portal.events.services.series import add_date
from alumni_portal.events.services.steering import resume as resume_mailing
from alumni_portal.events.services.steering import settle as settle_mailing
from alumni_portal.events.services.steering import under_way
from alumni_portal.events.services.taking_back import take_back_telling
from alumni_portal.events.services.telling import (
    end_mailings,
    forget_needs,
    forget_replies,
    tell_asked,
    tell_some,
)

__all__ = [
    "CALLED_OFF",
    "CLOSED",
    "INVITATION",
    "MOVED",
    "NEW_DATE",
    "REMINDER",
    "TELL",
    "THANKS",
    "Changed",
    "Full",
    "Plan",
    "Wanted",
    "add_date",
    "after_death",
    "announce",
    "answer",
    "answer_dates",
    "cancel",
    "cancel_series",
    "change",
    "check_in",
    "count_walk_ins",
    "drop_picture",
    "editions",
    "end_feed",
    "end_mailings",
    "end_past",
    "forget_feeds",
    "forget_needs",
    "forget_person",
    "forget_replies",
    "invite",
    "let_answer",
    "let_in",
    "let_lapse",
    "may_be_announced",
    "open_for_replies",
    "plan",
    "remind",
    "renew_feed",
    "rest_of",
    "resume_mailing",
    "send_again",
    "send_waiting",
    "set_picture",
    "settle_mailing",
    "take_back",
    "take_back_telling",
    "tell_again",
    "tell_asked",
    "tell_at",
    "tell_some",
    "tell_waiting",
    "thank",
    "to_send_again",
    "to_tell_again",
    "under_way",
    "wait_for_morning",
    "why_closed",
]
