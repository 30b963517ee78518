"""Skills by name: one row each, however many name them."""

from collections.abc import Mapping

from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.network.models import Skill


def skill_ids(wanted: Mapping[str, str]) -> dict[str, int]:
    """Return the ids of skills by key; `wanted` maps a key to the name as written.

    A skill that nobody named before is made.
    """

    def known() -> dict[str, int]:
        rows = db.session.execute(select(Skill.key, Skill.id).where(Skill.key.in_(wanted)))
        return {row.key: row.id for row in rows}

    for key in sorted(set(wanted) - set(known())):
        db.session.add(Skill(name=wanted[key], key=key))
    db.session.flush()
    return known()
