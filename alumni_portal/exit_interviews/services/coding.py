"""Coding: a named coder says which reasons a text is about."""

from collections.abc import Collection

from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews.models import Coding
from alumni_portal.exit_interviews.queries import coding as queries
from alumni_portal.exit_interviews.queries.codes import book
from alumni_portal.exit_interviews.services.mixing import take_turn


def code(public_id: str, question: str, codes: Collection[str], *, by: Actor) -> None:
    """Keep a coder's own judgement; it never changes what the leaver ranked themselves.

    Raises NotFound unless the actor is named as a coder of that text, Refusal (field `codes`) for
    a code that the book does not have.
    """
    take_turn()
    coder_id = by.person_id or 0
    texts = queries.texts_for(coder_id)
    text = next((t for t in texts if (t.public_id, t.question) == (public_id, question)), None)
    if text is None:
        raise NotFound
    kept = queries.coding(text.interview_id, question, coder_id)
    may_stand = set(book().reasons_in_use()) | set(kept.codes if kept else [])
    if not set(codes) <= may_stand:
        raise Refusal(_l("Välj skäl ur kodboken."), field="codes")
    if kept is None:
        kept = Coding(
            interview_id=text.interview_id, question=question, coder_id=coder_id, codes=[]
        )
        db.session.add(kept)
    kept.codes = sorted(set(codes))
    db.session.flush()
