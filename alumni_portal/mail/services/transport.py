"""How a mail leaves: over one connection to a relay, or into files on this machine."""

import secrets
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from socket import getfqdn
from typing import Any
from urllib.parse import unquote, urlsplit

import flask_mail as library

from alumni_portal.core import clock
from alumni_portal.core.installation import settings
from alumni_portal.core.settings import Settings
from alumni_portal.core.text import clean_line
from alumni_portal.mail.rules import Answer, NotSent, Sent, Unknown, Unreached, is_final
from alumni_portal.mail.services import signing
from alumni_portal.mail.services.messages import Mail, ascii_address
from alumni_portal.mail.services.punctual import Punctual, PunctualSSL

flask_mail = library.Mail()
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


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


def send(made: Mail) -> Answer:
    """Hand one mail over on a connection of its own and return what came of it.

    Never raises for the relay's faults.
    """
    url = urlsplit(settings().mail_url)
    if url.scheme == "file":
        return into_folder(Path(url.path), signed(made.as_bytes()))
    host = route().reached()
    if isinstance(host, Unreached):
        return host
    try:
        return _addressed(host, made) or _handed_over(host, made)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            host.quit()
        host.close()


def into_folder(path: Path, wire: bytes) -> Sent:
    """Write a mail into a file of its own in a folder that takes the place of a relay."""
    path.mkdir(parents=True, exist_ok=True)
    (path / f"{clock.now():%Y%m%d%H%M%S}-{secrets.token_hex(6)}.eml").write_bytes(wire)
    return Sent("written to a file")


def _addressed(host: smtplib.SMTP, made: Mail) -> Answer | None:
    """Name sender and receiver and return why that was the end, or nothing when they were taken."""
    try:
        code, said = host.mail(made.return_path)
        if code == 250:
            code, said = host.rcpt(ascii_address(made.to).decode())
    except UnicodeError:
        return NotSent("553 5.6.7 the address needs SMTPUTF8", final=True)
    except (smtplib.SMTPException, OSError) as error:
        return Unreached(trouble(error))
    return None if code in {250, 251} else NotSent(f"{code} {_words(said)}", final=is_final(code))


def _handed_over(host: smtplib.SMTP, made: Mail) -> Answer:
    try:
        code, said = host.data(signed(made.as_bytes()))
    except smtplib.SMTPDataError as error:  # refused before a word of the mail was said
        code, said = error.smtp_code, error.smtp_error  # type: ignore[assignment]  # bytes or text
    except (smtplib.SMTPException, OSError) as error:
        return Unknown(trouble(error))
    answer = f"{code} {_words(said)}"
    return Sent(answer) if code == 250 else NotSent(answer, final=is_final(code))


@dataclass(frozen=True, kw_only=True)
class Route:
    """The way to the relay that Flask-Mail's keys name."""

    name: str
    port: int
    use_ssl: bool
    use_tls: bool
    username: str | None
    password: str | None = field(repr=False)
    patience: float

    def connected(self) -> smtplib.SMTP:
        """Return a new connection, with TLS and login. Raises SMTPException and OSError."""
        host = (
            PunctualSSL(
                self.name, self.port, _own_name(), timeout=self.patience, context=_trusted()
            )
            if self.use_ssl
            else Punctual(self.name, self.port, _own_name(), timeout=self.patience)
        )
        try:
            host.ehlo_or_helo_if_needed()
            if self.use_tls:
                host.starttls(context=_trusted())
                host.ehlo()
            if self.username and self.password:
                host.login(self.username, self.password)
            host.is_ready()
        except BaseException:
            host.close()
            raise
        return host

    def reached(self) -> smtplib.SMTP | Unreached:
        """Return a new connection, or why there is none."""
        try:
            return self.connected()
        except smtplib.SMTPResponseException as error:
            return Unreached(f"{error.smtp_code} {_words(error.smtp_error)}")
        except (smtplib.SMTPException, OSError) as error:
            return Unreached(trouble(error))


@cache
def _trusted() -> ssl.SSLContext:
    """Return whom this machine trusts; reading that takes longer than a connection."""
    return ssl.create_default_context()


@cache
def _own_name() -> str:
    """Return what this machine calls itself; asked once, for a name server may be slow."""
    return getfqdn()


def route() -> Route:
    """Return the way to this installation's relay."""
    given = flask_mail.connect().mail
    return Route(
        name=given.server,
        port=given.port,
        use_ssl=given.use_ssl,
        use_tls=given.use_tls,
        username=given.username,
        password=given.password,
        patience=settings().posting.patience,
    )


def signed(made: bytes) -> bytes:
    """Return a mail with the installation's signature, when it has a key for one."""
    sign = signing.signer()
    if sign is None:
        return made
    heads, _end, body = made.partition(b"\r\n\r\n")
    return sign([heads, b"\r\n"], [body]) + made


def _words(answer: Any) -> str:  # noqa: ANN401 - smtplib answers bytes or text
    return clean_line(answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer))


def trouble(error: Exception) -> str:
    """Return what went wrong with a connection in a word: no address, no content."""
    return type(error).__name__
