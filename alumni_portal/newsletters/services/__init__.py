"""Writing a newsletter, showing it, sending it."""

from alumni_portal.newsletters.rules import Block, Content, Head, Only, OwnText, Said
from alumni_portal.newsletters.services.after import (
    can_be_sent_again,
    cancel,
    duplicate,
    finish_cancelled,
    missed,
    send_again,
)
from alumni_portal.newsletters.services.from_letters import (
    Reader,
    count_visit,
    forget_visitors,
    may_be_counted,
    reader_of,
    way_to_reply,
)
from alumni_portal.newsletters.services.links import (
    ask_for_links,
    forget_links,
    look_at,
    note_links,
)
from alumni_portal.newsletters.services.pictures import add_picture
from alumni_portal.newsletters.services.planning import JOB as PLANNED
from alumni_portal.newsletters.services.planning import Coming, carry_out, plan, take_back
from alumni_portal.newsletters.services.rendering import (
    SLOTS,
    body,
    body_for,
    edition,
    head_for,
    plain_text,
    tried_on,
    values_of,
)
from alumni_portal.newsletters.services.sending import (
    ISSUE,
    Ready,
    make_ready,
    receiver,
    send,
)
from alumni_portal.newsletters.services.trying import choose_testers, forget_testers, send_test
from alumni_portal.newsletters.services.writing import (
    Overtaken,
    begin,
    choose_receivers,
    choose_reply_to,
    discard,
    save,
    write_text,
)

__all__ = [
    "ISSUE",
    "PLANNED",
    "SLOTS",
    "Block",
    "Coming",
    "Content",
    "Head",
    "Only",
    "Overtaken",
    "OwnText",
    "Reader",
    "Ready",
    "Said",
    "add_picture",
    "ask_for_links",
    "begin",
    "body",
    "body_for",
    "can_be_sent_again",
    "cancel",
    "carry_out",
    "choose_receivers",
    "choose_reply_to",
    "choose_testers",
    "count_visit",
    "discard",
    "duplicate",
    "edition",
    "finish_cancelled",
    "forget_links",
    "forget_testers",
    "forget_visitors",
    "head_for",
    "look_at",
    "make_ready",
    "may_be_counted",
    "missed",
    "note_links",
    "plain_text",
    "plan",
    "reader_of",
    "receiver",
    "save",
    "send",
    "send_again",
    "send_test",
    "take_back",
    "tried_on",
    "values_of",
    "way_to_reply",
    "write_text",
]
