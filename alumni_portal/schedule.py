"""The one list of background work: job functions by name, and what runs by the clock."""

from datetime import timedelta

from alumni_portal.core.jobs import Registry
from alumni_portal.mail import jobs as mail

REGISTRY = Registry(
    functions={
        "mail.send_letter": mail.send_letter,
        "mail.forget_texts": mail.forget_texts,
    },
    periodic={
        "mail.forget_texts": timedelta(days=1),
    },
)
