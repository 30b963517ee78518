"""Changes to applications: begun, sent, taken back, moved, declined, hired, forgotten."""

from alumni_portal.applications.services.applying import (
    Answers,
    drop_draft,
    save_draft,
    settle_history,
    submit,
    withdraw,
)
from alumni_portal.applications.services.attachments import attach, detach, path_of
from alumni_portal.applications.services.deciding import (
    Ground,
    decline,
    move,
    preview,
    will_tell,
)
from alumni_portal.applications.services.forgetting import (
    forget_applications,
    forget_drafts,
    sweep_files,
)
from alumni_portal.applications.services.hiring import Terms, hire

__all__ = [
    "Answers",
    "Ground",
    "Terms",
    "attach",
    "decline",
    "detach",
    "drop_draft",
    "forget_applications",
    "forget_drafts",
    "hire",
    "move",
    "path_of",
    "preview",
    "save_draft",
    "settle_history",
    "submit",
    "sweep_files",
    "will_tell",
    "withdraw",
]
