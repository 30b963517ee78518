"""Applications by the clock: what is kept too long is forgotten."""

from typing import Any

from alumni_portal.applications import services
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit


def forget(run: JobRun) -> dict[str, Any]:
    """Forget old drafts and decided applications, and files that belong to nobody."""
    forgotten = {"drafts": 0, "applications": 0}
    for name, verb in (
        ("drafts", services.forget_drafts),
        ("applications", services.forget_applications),
    ):
        while True:
            with unit():
                some = verb()
            if not some:
                break
            forgotten[name] += some
            run.progress(forgotten[name], forgotten[name])
    with unit():
        files = services.sweep_files()
    return {**forgotten, "files": files}
