"""How a letter leaves: through Flask-Mail to a relay, or into files on this machine."""

import secrets
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from pathlib import Path
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from urllib.parse import unquote, urlsplit

from flask_mail import Mail, Message

from alumni_portal.core.installation import settings
from alumni_portal.core.settings import Settings
from alumni_portal.mail.rules import is_final

flask_mail = Mail()
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


@dataclass(frozen=True)
class Sent:
    """The server's yes."""

    answer: str


@dataclass(frozen=True)
class NotSent:
    """The server's no, or nobody to ask."""

    answer: str
    final: bool


def keys(chosen: Settings) -> dict[str, Any]:
    """Return ALUMNI_MAIL_URL and ALUMNI_MAIL_FROM as Flask-Mail's own keys."""
    url = urlsplit(chosen.mail_url)
    if url.scheme == "file":
        return {"MAIL_DEFAULT_SENDER": chosen.mail_from, "MAIL_SUPPRESS_SEND": True}
    return {
        "MAIL_DEFAULT_SENDER": chosen.mail_from,
        "MAIL_SERVER": url.hostname,
        "MAIL_PORT": url.port or _PORTS[url.scheme],
        "MAIL_USERNAME": unquote(url.username) if url.username else None,
        "MAIL_PASSWORD": unquote(url.password) if url.password else None,
        "MAIL_USE_SSL": url.scheme == "smtps",
        "MAIL_USE_TLS": url.scheme == "smtp+starttls",
        "MAIL_SUPPRESS_SEND": False,
    }


def message(to: str, subject: str, text: str, html: str, *, message_id: str) -> Message:
    """Return one letter as a message. Flask-Mail refuses line breaks in headers (S31)."""
    made = Message(
        subject=subject,
        recipients=[to],
        body=text,
        html=html,
        sender=formataddr(parseaddr(settings().mail_from)),
        extra_headers={"Auto-Submitted": "auto-generated"},
    )
    made.msgId = message_id
    return made


def send(made: Message) -> Sent | NotSent:
    """Hand a message over and return what came of it. Never raises for the relay's faults."""
    url = urlsplit(settings().mail_url)
    if url.scheme == "file":
        return _to_file(Path(url.path), made)
    try:
        flask_mail.send(made)
    except SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        return NotSent(f"{code} {_words(answer)}", final=is_final(code))
    except SMTPResponseException as error:
        said = f"{error.smtp_code} {_words(error.smtp_error)}"
        return NotSent(said, final=is_final(error.smtp_code))
    except (SMTPException, OSError) as error:
        return NotSent(type(error).__name__, final=False)
    return Sent("accepted")


def _words(answer: Any) -> str:  # noqa: ANN401 - smtplib answers bytes or text
    return answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)


def _to_file(folder: Path, made: Message) -> Sent:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{made.date:.0f}-{secrets.token_hex(4)}" if made.date else secrets.token_hex(8)
    (folder / f"{name}.eml").write_bytes(made.as_bytes())
    return Sent("written to a file")
