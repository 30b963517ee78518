"""What the demo has mailed: the letters as files, newest first, at /dev/mail."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from alumni_portal.core.headers import POLICY
from alumni_portal.core.installation import settings
from alumni_portal.core.permissions import public

bp = Blueprint("dev_mail", __name__, url_prefix="/dev/mail")

PAGE = 40
_NAME = re.compile(r"^[0-9a-z-]{1,80}$")
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
#: The letter itself may hold its own style and nothing that runs, loads or posts.
_LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none';"
    " base-uri 'none'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation"
)


@dataclass(frozen=True)
class Mailed:
    """One letter as a list shows it."""

    name: str
    to: str
    subject: str
    at: datetime


@bp.get("")
@public
def index() -> ResponseReturnValue:
    """Show what was mailed, newest first."""
    paths = _files()
    first = request.args.get("start", 0, type=int)
    shown = paths[first : first + PAGE]
    return render_template(
        "demo/mailbox.html",
        letters=[_line(path.stem, _message(path.stem)) for path in shown],
        total=len(paths),
        older=_from(first + PAGE) if first + PAGE < len(paths) else None,
        newer=_from(max(first - PAGE, 0)) if first > 0 else None,
    )


def _from(number: int) -> str:
    return url_for("dev_mail.index", start=number or None)


@bp.get("/<name>")
@public
def letter(name: str) -> ResponseReturnValue:
    """Show one letter: as it looks, as plain text, and its links."""
    message = _message(name)
    text = _part(message, "plain")
    page = render_template(
        "demo/letter.html",
        letter=_line(name, message),
        sender=parseaddr(str(message["from"])),
        text=text,
        links=list(dict.fromkeys(_LINK.findall(text))),
        files=[str(one.get_filename()) for one in message.iter_attachments()],
    )
    return Response(page, headers={"Content-Security-Policy": f"{POLICY}; frame-src 'self'"})


@bp.get("/<name>/html")
@public
def letter_html(name: str) -> ResponseReturnValue:
    """Show the HTML part alone, shut off from the portal; its links open in the whole window."""
    html = _part(_message(name), "html")
    return Response(
        html.replace("<head>", '<head><base target="_top">', 1),
        headers={"Content-Security-Policy": _LETTER_POLICY, "X-Frame-Options": "SAMEORIGIN"},
    )


def _folder() -> Path:
    return Path(urlsplit(settings().mail_url).path)


def _files() -> list[Path]:
    return sorted(
        _folder().glob("*.eml"), key=lambda path: (path.stat().st_mtime_ns, path.stem), reverse=True
    )


def _message(name: str) -> EmailMessage:
    path = _folder() / f"{name}.eml"
    if not _NAME.match(name) or not path.is_file():
        abort(404)
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def _line(name: str, message: EmailMessage) -> Mailed:
    return Mailed(
        name,
        parseaddr(str(message["to"]))[1],
        str(message["subject"]),
        parsedate_to_datetime(str(message["date"])),
    )


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return str(body.get_content()) if body else ""
