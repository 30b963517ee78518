"""Writing a newsletter, showing it, sending it."""

from alumni_portal.newsletters.rules import Block, Content, Head, Said
from alumni_portal.newsletters.services.pictures import add_picture
from alumni_portal.newsletters.services.rendering import (
    SLOTS,
    body,
    body_for,
    edition,
    head_for,
    tried_on,
    values_of,
)
from alumni_portal.newsletters.services.sending import ISSUE, Ready, make_ready, send, send_test
from alumni_portal.newsletters.services.writing import Overtaken, begin, discard, save

__all__ = [
    "ISSUE",
    "SLOTS",
    "Block",
    "Content",
    "Head",
    "Overtaken",
    "Ready",
    "Said",
    "add_picture",
    "begin",
    "body",
    "body_for",
    "discard",
    "edition",
    "head_for",
    "make_ready",
    "save",
    "send",
    "send_test",
    "tried_on",
    "values_of",
]
