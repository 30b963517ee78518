"""Where handfuls of a mailing are handed over: the relay, or a folder that takes its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from alumni_portal.core.installation import settings
from alumni_portal.mail.rules import Answer, Parcel, Unreached
from alumni_portal.mail.rules.conversation import NO_WAY, unmade
from alumni_portal.mail.services import transport
from alumni_portal.mail.services.load import Watch
from alumni_portal.mail.services.pipeline import Pipeline


class FolderLine:
    """A folder: one file for each mail."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def hand_over(self, parcels: list[Parcel], watch: Watch) -> Unreached | None:
        """Write each mail into a file of its own; what no relay could be handed is not written."""
        for one in parcels:
            answer: Answer
            try:
                wire = b"".join(one.wire()) if one.to is not None else b""
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one copy stops no other
                answer = unmade(error)
            else:
                watch.intend(one.key)
                answer = transport.into_folder(self._path, wire) if one.to else NO_WAY
            watch.tell(one.key, answer)
        return None


@contextmanager
def line() -> Iterator[Pipeline | FolderLine]:
    """Open the way to what ALUMNI_MAIL_URL names; connections are made when first needed."""
    url = urlsplit(settings().mail_url)
    if url.scheme == "file":
        yield FolderLine(Path(url.path))
        return
    opened = Pipeline(transport.route(), settings().posting.connections)
    try:
        yield opened
    finally:
        opened.close()
