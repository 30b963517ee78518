"""What is written on the pages about events."""

from alumni_portal.events.forms.door import WalkInForm
from alumni_portal.events.forms.mailing import AgainForm, InviteForm
from alumni_portal.events.forms.planning import ALL, CancelForm, DateForm, EventForm
from alumni_portal.events.forms.replying import (
    NO,
    REMOTE,
    WAIT,
    YES,
    DateOf,
    DatesForm,
    ReplyForm,
    form_of,
    guest_choices,
)

__all__ = [
    "ALL",
    "NO",
    "REMOTE",
    "WAIT",
    "YES",
    "AgainForm",
    "CancelForm",
    "DateForm",
    "DateOf",
    "DatesForm",
    "EventForm",
    "InviteForm",
    "ReplyForm",
    "WalkInForm",
    "form_of",
    "guest_choices",
]
