"""One mail to one person: a letter with its cause, or one copy of a mailing."""

from alumni_portal.mail.queries import Progress, progress
from alumni_portal.mail.rules import Policy
from alumni_portal.mail.services.at_work import tell_at_work
from alumni_portal.mail.services.attachments import Attachment
from alumni_portal.mail.services.changing import (
    cancel,
    go_on_at_night,
    pause,
    resume,
    send_more,
    settle_uncertain,
)
from alumni_portal.mail.services.forgetting import (
    forget_deliveries,
    forget_letters,
    forget_suppressions,
)
from alumni_portal.mail.services.letters import (
    Draft,
    Written,
    drop_waiting_for,
    forget_recipients,
    forget_texts,
    keep_back,
    keep_back_waiting_for,
    note_sent,
    opened,
    post,
    post_written,
    pretend,
    write,
)
from alumni_portal.mail.services.mailings import (
    Edition,
    Recipient,
    begin,
)
from alumni_portal.mail.services.suppressing import (
    Barred,
    lift,
    lift_for_proved,
    suppress,
    suppress_all,
)
from alumni_portal.mail.services.unsubscribing import WayOut, rests_on, way_out_of
from alumni_portal.mail.services.unsubscribing import read as read_way_out
from alumni_portal.mail.services.unsubscribing import sign as sign_way_out

__all__ = [
    "Attachment",
    "Barred",
    "Draft",
    "Edition",
    "Policy",
    "Progress",
    "Recipient",
    "WayOut",
    "Written",
    "begin",
    "cancel",
    "drop_waiting_for",
    "forget_deliveries",
    "forget_letters",
    "forget_recipients",
    "forget_suppressions",
    "forget_texts",
    "go_on_at_night",
    "keep_back",
    "keep_back_waiting_for",
    "lift",
    "lift_for_proved",
    "note_sent",
    "opened",
    "pause",
    "post",
    "post_written",
    "pretend",
    "progress",
    "read_way_out",
    "rests_on",
    "resume",
    "send_more",
    "settle_uncertain",
    "sign_way_out",
    "suppress",
    "suppress_all",
    "tell_at_work",
    "way_out_of",
    "write",
]
