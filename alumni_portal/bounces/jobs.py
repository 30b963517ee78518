"""Forgetting what came back."""

from datetime import timedelta
from typing import Any

from alumni_portal.bounces import services
from alumni_portal.core import clock
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit

_TEXT_IS_KEPT = timedelta(days=30)
_KEPT = timedelta(days=730)
_DRAFT_IS_KEPT = timedelta(days=1)


def forget(run: JobRun) -> dict[str, Any]:
    """Forget texts after 30 days, scores after a week, drafts after a day, the rest in 2 years."""
    now = clock.now()
    with unit():
        done = {
            "texts": services.forget_texts(now - _TEXT_IS_KEPT),
            "rows": services.forget_rows(now - _KEPT),
            "copies": services.forget_copies(now - _KEPT),
            "scores": services.forget_stale_scores(),
            "drafts": services.forget_drafts(now - _DRAFT_IS_KEPT),
        }
        run.finish(done)
    return done
