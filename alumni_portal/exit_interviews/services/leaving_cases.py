"""An offboarding case is forgotten before or after the answers: neither holds the other back."""

from sqlalchemy import update

from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import Interview
from alumni_portal.offboarding.facts import CasesForgotten


def follow_forgotten_cases(fact: CasesForgotten) -> None:
    """React to cases that are deleted: an interview stands without its case."""
    db.session.execute(
        update(Interview).where(Interview.case_id.in_(fact.case_ids)).values(case_id=None)
    )
