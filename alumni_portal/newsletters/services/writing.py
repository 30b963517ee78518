"""A draft: begun, changed, thrown away."""

from datetime import timedelta

from sqlalchemy import delete

from alumni_portal.consents.models import LetterTopic
from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.installation import settings
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.newsletters.models import Newsletter, NewsletterState, Picture, version_of
from alumni_portal.newsletters.rules import Content, OwnText
from alumni_portal.newsletters.services.rendering import mark_of, plain_text
from alumni_portal.people.queries import BadAddress, canonical_address

_OVERTAKEN = _l(
    "Utkastet har ändrats sedan du öppnade det, så ditt är inte sparat. Det du skrev står kvar här,"
    " och det andra visas under. Trycker du på Spara igen gäller ditt."
)
#: Changes of one hand within this time are one entry of the audit.
_ONE_SITTING = timedelta(minutes=10)


def begin(title: str, *, by: Actor) -> Newsletter:
    """Begin a newsletter and return it, empty."""
    newsletter = Newsletter(title=title, stored=Content().stored(), changed_by=by.ref)
    db.session.add(newsletter)
    db.session.flush()
    audit.record("newsletter.begun", by=by, subject=newsletter.public_id)
    return newsletter


class Overtaken(Refusal):
    """Somebody saved the draft after this form was opened."""


def save(
    newsletter: Newsletter,
    *,
    title: str,
    content: Content,
    segment_id: int | None,
    by: Actor,
    began_with: str | None = None,
) -> None:
    """Save what was written; `began_with` is the version that the form was opened with.

    Raises Conflict when it was sent meanwhile, Overtaken when another version is saved by now.
    """
    db.session.refresh(newsletter, with_for_update=True)
    refuse_sent(newsletter)
    wanted = version_of(title, content.stored(), segment_id)
    if began_with is not None and newsletter.version not in {began_with, wanted}:
        raise Overtaken(_OVERTAKEN)
    now = clock.now()
    if newsletter.changed_by != by.ref or newsletter.updated_at < now - _ONE_SITTING:
        audit.record("newsletter.changed", by=by, subject=newsletter.public_id)
    newsletter.title, newsletter.stored = title, content.stored()
    newsletter.segment_id, newsletter.changed_by, newsletter.updated_at = segment_id, by.ref, now
    db.session.flush()


def write_text(
    newsletter: Newsletter, spoken: str, text: str, *, by: Actor, began_with: str | None = None
) -> None:
    """Keep plain text that somebody wrote for one language instead of what the blocks say.

    What says the same as the blocks, or nothing, is not kept: it is made from them again.
    Raises as `save` does.
    """
    text = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    made = plain_text(newsletter.content, spoken)
    own = OwnText(text=text, made_from=mark_of(made)) if text and text != made else None
    save(
        newsletter,
        title=newsletter.title,
        content=newsletter.content.with_text(spoken, own),
        segment_id=newsletter.segment_id,
        by=by,
        began_with=began_with,
    )


def choose_receivers(
    newsletter: Newsletter, topic: LetterTopic, *, spares_recent: bool, spares_second: bool
) -> None:
    """Say what a draft is about, and whom to spare it: who got a mailing, or a newsletter, lately.

    Whoever turned the topic off does not get it.
    """
    refuse_sent(newsletter)
    newsletter.topic, newsletter.spares_recent = topic, spares_recent
    newsletter.spares_second = spares_second
    db.session.flush()


def show_to_all(newsletter: Newsletter, *, yes: bool) -> None:
    """Let every member read a letter to a segment in the archive, or only who got it."""
    refuse_sent(newsletter)
    newsletter.shown_to_all = yes
    db.session.flush()


def choose_reply_to(newsletter: Newsletter, address: str) -> None:
    """Say where answers to a draft go; nothing: to whom the mail is from.

    Raises Refusal for what is no address, or none of the employer's.
    """
    refuse_sent(newsletter)
    if address:
        try:
            domain = canonical_address(address).rpartition("@")[2]
        except BadAddress as error:
            raise Refusal(_l("Skriv en hel e-postadress."), field="reply_to") from error
        if domain not in settings().work_domains or not address.isascii():
            raise Refusal(_l("Svar kan bara gå till en av era egna adresser."), field="reply_to")
    newsletter.reply_to = address
    db.session.flush()


def discard(newsletter: Newsletter, *, by: Actor) -> None:
    """Throw a draft away. Raises Conflict when it was sent meanwhile."""
    refuse_sent(newsletter)
    audit.record("newsletter.discarded", by=by, subject=newsletter.public_id)
    db.session.execute(delete(Picture).where(Picture.newsletter_id == newsletter.id))
    db.session.delete(newsletter)
    db.session.flush()


def refuse_sent(newsletter: Newsletter) -> None:
    """Refuse to change what was sent, or waits to be."""
    if newsletter.state is NewsletterState.SENT:
        raise Conflict(_l("Brevet är redan skickat."))
    if newsletter.is_waiting:
        raise Conflict(_l("Brevet är planerat. Gör det till utkast igen om du vill ändra."))
