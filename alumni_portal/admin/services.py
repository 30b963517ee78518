"""What an administrator does: try jobs again, anchor and verify the audit chain."""

from pathlib import Path

from alumni_portal.core import access_log, audit, clock
from alumni_portal.core.audit import Broken
from alumni_portal.core.installation import settings
from alumni_portal.core.jobs import Job, JobState, book
from alumni_portal.core.permissions import Actor


def retry_job(job: Job, *, by: Actor) -> bool:
    """Give a dead job another round of tries; False when it is not dead (any more)."""
    if job.state is not JobState.DEAD:
        return False
    book.retry(job)
    audit.record("job.retried", by=by, subject=job.public_id, job=job.name)
    return True


def anchors_file() -> Path:
    """Return where the numbers and hashes of the chain are kept outside the database."""
    return settings().instance / "audit-anchors.log"


def anchors() -> dict[int, str]:
    """Return the anchors kept so far."""
    path = anchors_file()
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    pairs = (line.split() for line in lines if line.strip())
    return {int(seq): mac for seq, mac in pairs}


def digest_looks() -> int:
    """Tie the latest looks at people's data to the chain and return how many there were."""
    return access_log.anchor(clock.now())


def anchor_head() -> int:
    """Append number and hash of the last entry to the anchors and return the number."""
    seq, mac = audit.head()
    if seq and anchors().get(seq) != mac:
        with anchors_file().open("a", encoding="ascii") as kept:
            kept.write(f"{seq} {mac}\n")
    return seq


def verify() -> Broken | None:
    """Check the whole chain against itself and the anchors."""
    return audit.verify(anchors())
