"""The daily anchor of the audit chain (S61)."""

from typing import Any

from alumni_portal.admin import services
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit


def anchor(run: JobRun) -> dict[str, Any]:
    """Tie who looked at whom to the chain, then keep the chain's head outside the database."""
    with unit():
        looks = services.digest_looks()
    result = {"looks": looks, "seq": services.anchor_head()}
    with unit():
        run.finish(result)
    return result
