"""What goes with a letter: kept with its text, byte for byte, so that each try sends the same."""

from base64 import b64decode, b64encode
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes with a letter."""

    #: As the reader sees it, without a path.
    name: str
    #: `text/calendar`, `application/pdf`.
    kind: str
    content: bytes
    #: What a calendar is to do with it (REQUEST, CANCEL; RFC 6047). With one, the file also stands
    #: as the last reading of the letter, where mail programs look for it.
    method: str = ""


def packed(one: Attachment) -> dict[str, str]:
    """Return an attachment as text."""
    content = b64encode(one.content).decode("ascii")
    return {"name": one.name, "kind": one.kind, "content": content, "method": one.method}


def unpacked(kept: dict[str, str]) -> Attachment:
    """Return an attachment from its text."""
    return Attachment(**{**kept, "content": b64decode(kept["content"])})  # type: ignore[arg-type]  # all but one are text
