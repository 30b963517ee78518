"""Files that come with applications: kept outside the web root under random names (S35)."""

import secrets
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import delete

from alumni_portal.applications import queries, rules
from alumni_portal.applications.models import ApplicationDraft, Attachment
from alumni_portal.applications.rules import Wrong
from alumni_portal.core import installation, transaction
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.text import clean_line
from alumni_portal.core.text import lazy as _l

_WORDS = {
    Wrong.EMPTY: _l("Filen är tom."),
    Wrong.TOO_LARGE: _l("Filen är större än 10 MB."),
    Wrong.KIND: _l(
        "Den filen kan vi inte ta emot. Välj en PDF, ett Word- eller ODT-dokument, eller en bild."
    ),
}


def folder() -> Path:
    """Return where the files lie."""
    found = installation.settings().instance / "attachments"
    found.mkdir(parents=True, exist_ok=True)
    return found


def path_of(attachment: Attachment) -> Path:
    """Return where a file lies. Its name never comes from outside."""
    return folder() / attachment.stored_as


def attach(draft: ApplicationDraft, name: str, data: bytes) -> Attachment:
    """Keep a file with a draft; it takes the place of the one before.

    Raises Refusal (field `attachment`) for a file that is empty, too large or of another kind
    than PDF, DOCX, ODT, JPG and PNG, whatever its name says.
    """
    kind = rules.kind_of(name, data)
    if isinstance(kind, Wrong):
        raise Refusal(_WORDS[kind], field="attachment")
    detach(draft)
    stored_as = secrets.token_hex(32)
    (folder() / stored_as).write_bytes(data)
    file = Attachment(
        draft_id=draft.id,
        name=clean_line(name.replace("\\", "/").rpartition("/")[2])[-120:],
        media_type=kind.value,
        size=len(data),
        stored_as=stored_as,
    )
    db.session.add(file)
    db.session.flush()
    return file


def detach(draft: ApplicationDraft) -> None:
    """Forget the file of a draft, if it has one."""
    file = queries.attachment_of_draft(draft.id)
    forget([file] if file else [])


def forget(files: Iterable[Attachment]) -> None:
    """Forget files: the rows now, what lies on the disk once that is lasting."""
    for file in files:
        path = path_of(file)
        db.session.execute(delete(Attachment).where(Attachment.id == file.id))
        transaction.after_commit(lambda path=path: path.unlink(missing_ok=True))  # type: ignore[misc]  # one path each
