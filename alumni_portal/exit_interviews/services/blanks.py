"""A sealed answer to every question: who reads the database sees from none which were answered."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import GuideVersion, InterviewState, Reach
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.rules import guide as guides

#: Lengths that an answer and a blank have in common; few texts are longer than this.
_SHORT, _TEXT = 128, 2048


def fill(
    interviews: Sequence[dict[str, Any]], answers: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the answers of rows without a name with a sealed nothing to every other question.

    Everything is sealed anew and as long as its blank, so that two copies of the database do not
    tell which answer was changed. Only of rows that can still be changed; others stay as they are.
    """
    open_ones = {
        row["id"]: row["version_id"]
        for row in interviews
        if row["state"] is InterviewState.OPEN and row["version_id"] is not None
    }
    vault, asked = Vault(), _asked(set(open_ones.values()))
    kept = {(row["interview_id"], row["question"]): row for row in answers}
    for interview_id, version_id in open_ones.items():
        for question in asked[version_id]:
            row = kept.get((interview_id, question))
            value = vault.open(row["value"]) if row else None
            if row is None or value is None:
                row = _blank(interview_id, question)
            least = _TEXT if question.endswith("_open") else _SHORT
            kept[interview_id, question] = row | {"value": vault.seal(value, least=least)}
    return list(kept.values())


def _asked(version_ids: set[int]) -> dict[int, list[str]]:
    found = db.session.execute(
        select(GuideVersion.id, GuideVersion.content).where(GuideVersion.id.in_(version_ids))
    )
    return {key: [one.code for one in guides.read(said).questions()] for key, said in found}


def _blank(interview_id: int, question: str) -> dict[str, Any]:
    return {
        "interview_id": interview_id,
        "question": question,
        "reach": Reach.AGGREGATE,
        "circle": 0,
        "by_interviewer": False,
        # Stands there in clear, and in front of nothing it says nothing.
        "is_quotable": question.endswith("_open") and bool(secrets.randbelow(2)),
        "is_cleaned": False,
    }
