"""Telling everybody what was heard and what was done: written, published, taken down."""

from dataclasses import dataclass, fields

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.insights import queries
from alumni_portal.insights.models import Action, ActionState, Publication
from alumni_portal.insights.rules.actions import missing_words
from alumni_portal.insights.rules.texts import COMMENTS_K

_WORDS = ("heard_sv", "heard_en", "done_sv", "done_en")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a publication says."""

    heard_sv: str = ""
    heard_en: str = ""
    done_sv: str = ""
    done_en: str = ""
    with_effect: bool = True


def write(action: Action, told: Told, *, by: Actor) -> Publication:
    """Write what is told of an action. A draft may lack words; what is published may not.

    Raises Refusal (field of the first missing text) when it is published already.
    """
    queries.locked(action.id)
    found = queries.publication_of(action.id) or Publication(action_id=action.id)
    if found.published_at is not None:
        _check(told)
    for one in fields(told):
        setattr(found, one.name, getattr(told, one.name))
    db.session.add(found)
    db.session.flush()
    audit.record("publication.written", by=by, subject=action.public_id)
    return found


def publish(action: Action, told: Told, *, by: Actor) -> Publication:
    """Show everybody what was heard and what is done. Twice is once.

    Raises Refusal (field of the first missing text), for an action that was given up, and for a
    theme that no release shows to be that of ten people at least (A9).
    """
    if action.state is ActionState.DROPPED:
        raise Refusal(_l("Åtgärden är nedlagd. Det finns inget att berätta om."))
    if queries.backing(action.theme) < COMMENTS_K:
        raise Refusal(
            _l("Temat ska vara det viktigaste skälet för minst tio personer i en publicering.")
        )
    _check(told)
    found = write(action, told, by=by)
    if found.published_at is None:
        found.published_at = clock.now()
        audit.record("publication.published", by=by, subject=action.public_id)
    db.session.flush()
    return found


def take_down(action: Action, *, by: Actor) -> None:
    """Show it to nobody any longer; the words stay as a draft. Twice is once."""
    queries.locked(action.id)
    found = queries.publication_of(action.id)
    if found is not None and found.published_at is not None:
        found.published_at = None
        db.session.flush()
        audit.record("publication.taken_down", by=by, subject=action.public_id)


def _check(told: Told) -> None:
    missing = missing_words({name: getattr(told, name) for name in _WORDS})
    if missing:
        raise Refusal(_l("Skriv texten på båda språken innan alla får läsa."), field=missing[0])
