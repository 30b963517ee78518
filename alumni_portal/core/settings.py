"""The settings of one installation, read once from the environment and refused when unsound."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from alumni_portal.core import mail_identity
from alumni_portal.core.posting import Posting, posting

PREFIX = "ALUMNI_"
SHORTEST_SECRET = 32
SHORTEST_TOKEN = 16
#: A random key has many different signs; one that was typed has not.
FEWEST_SIGNS = 10
DATABASES = ("sqlite:///", "postgresql+psycopg://")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
DEMO_SENDER = "Sundmark Alumni <alumni@sundmark.example>"
MAIL_SCHEMES = {"file", "smtp", "smtps", "smtp+starttls"}


class Mode(StrEnum):
    """How this installation runs: with invented people, or for real."""

    DEMO = "demo"
    PRODUCTION = "production"


class SettingsError(Exception):
    """The environment does not describe an installation that may start."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that an operator decides."""

    mode: Mode
    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    base_url: str
    mail_url: str = field(repr=False)
    mail_from: str
    brand_name: str = "Sundmark"
    brand_hue: int = 268
    work_domains: tuple[str, ...] = ()
    trusted_hosts: tuple[str, ...] = ()
    proxy_hops: int = 0
    time_zone: ZoneInfo = ZoneInfo("Europe/Stockholm")
    instance: Path = Path("instance")
    metrics_token: str = field(default="", repr=False)
    #: Where serious matters go instead of into an exit interview; empty: the contact page.
    whistleblowing_url: str = ""
    #: Seals exit answers; empty in a demo, which then derives one from its secret.
    exit_key: str = field(default="", repr=False)
    security_contact: str = ""
    posting: Posting = field(default_factory=Posting)
    #: Domain or address that bounces are to go to; empty: they go to `mail_from`.
    mail_bounces: str = ""
    #: Key (PEM) and its name in DNS that mail is signed with; empty: it is not signed here.
    dkim_key: str = field(default="", repr=False)
    dkim_selector: str = ""
    #: What a mail service proves itself with when it tells of bounces; empty: none may tell.
    mail_hook_secret: str = field(default="", repr=False)

    @property
    def is_demo(self) -> bool:
        """Say whether invented people live here and the short cuts of a demo are open."""
        return self.mode is Mode.DEMO

    @property
    def is_https(self) -> bool:
        """Say whether people reach the portal over TLS."""
        return self.base_url.startswith("https://")

    @property
    def mail_route(self) -> str:
        """Return where letters are handed over, without user and password."""
        url = urlsplit(self.mail_url)
        return f"{url.scheme}://{url.hostname or url.path}"

    @classmethod
    def from_env(
        cls, env: Mapping[str, str] | None = None, *, unless_given: Mapping[str, str] | None = None
    ) -> "Settings":
        """Return the settings of this environment; `unless_given` fills what it does not say.

        Raises SettingsError with every reason found, so that one look is enough.
        """
        own = _given(os.environ if env is None else env)
        if unless_given and "DATABASE_URL" in own and "MODE" not in own:
            raise SettingsError(
                ["ALUMNI_DATABASE_URL names a database; ALUMNI_MODE=demo lets the demo have it"]
            )
        given = {**(unless_given or {}), **own}
        mode = given.get("MODE", Mode.PRODUCTION)
        if mode not in set(Mode):
            raise SettingsError([f"ALUMNI_MODE is {mode!r}; it is demo or production"])
        return _demo(given) if mode == Mode.DEMO else _production(given)


def _given(env: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX): value.strip()
        for name, value in env.items()
        if name.startswith(PREFIX) and value.strip()
    }


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip().casefold() for word in text.split(",") if word.strip())


def _shared(given: Mapping[str, str], reasons: list[str]) -> dict[str, object]:
    instance = Path(given.get("INSTANCE", "instance")).resolve()
    return {
        "instance": instance,
        "database_url": _database_url(given, instance, reasons),
        "brand_name": given.get("BRAND_NAME", "Sundmark"),
        "brand_hue": _number(given, "BRAND_HUE", 268, range(361), reasons),
        "work_domains": _words(given.get("WORK_DOMAINS", "")),
        "proxy_hops": _number(given, "PROXY_HOPS", 0, range(6), reasons),
        "metrics_token": _token(given, "METRICS_TOKEN", reasons),
        "exit_key": given.get("EXIT_KEY", ""),
        "whistleblowing_url": given.get("WHISTLEBLOWING_URL", ""),
        "security_contact": given.get("SECURITY_CONTACT", ""),
        "posting": posting(given, reasons),
        "mail_hook_secret": _token(given, "MAIL_HOOK_SECRET", reasons),
        **mail_identity.read(given, given.get("MAIL_FROM", DEMO_SENDER), reasons),
    }


def _database_url(given: Mapping[str, str], instance: Path, reasons: list[str]) -> str:
    url = given.get("DATABASE_URL", f"sqlite:///{instance / 'portal.sqlite3'}")
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            url = "postgresql+psycopg://" + url.removeprefix(plain)
    if not url.startswith(DATABASES):
        reasons.append("ALUMNI_DATABASE_URL is neither sqlite:///… nor postgresql://…")
    return url


def _token(given: Mapping[str, str], name: str, reasons: list[str]) -> str:
    token = given.get(name, "")
    if token and len(token) < SHORTEST_TOKEN:
        reasons.append(f"{PREFIX}{name} is shorter than {SHORTEST_TOKEN} signs")
    return token


def _number(
    given: Mapping[str, str], name: str, default: int, allowed: range, reasons: list[str]
) -> int:
    text = given.get(name, str(default))
    if text.isdigit() and int(text) in allowed:
        return int(text)
    reasons.append(f"{PREFIX}{name} is {text!r}; it is a whole number {allowed[0]}–{allowed[-1]}")
    return default


def _demo(given: Mapping[str, str]) -> Settings:
    reasons: list[str] = []
    shared = _shared(given, reasons)
    base_url = given.get("BASE_URL", "http://127.0.0.1:8000")
    if urlsplit(base_url).hostname not in LOOPBACK:
        reasons.append("ALUMNI_MODE=demo answers on this machine only; BASE_URL must be loopback")
    if reasons:
        raise SettingsError(reasons)
    instance = Path(str(shared["instance"]))
    shared.setdefault("work_domains", ())
    shared["work_domains"] = shared["work_domains"] or ("sundmark.example",)
    return Settings(
        mode=Mode.DEMO,
        secret_key=given.get("SECRET_KEY") or _secret_of_this_checkout(instance),
        base_url=base_url.rstrip("/"),
        mail_url=given.get("MAIL_URL", f"file://{instance / 'mail'}"),
        mail_from=given.get("MAIL_FROM", DEMO_SENDER),
        trusted_hosts=_words(given.get("TRUSTED_HOSTS", "127.0.0.1,localhost")),
        **shared,  # type: ignore[arg-type]  # one dict of mixed values, each checked above
    )


def _secret_of_this_checkout(instance: Path) -> str:
    """Return the demo's own secret, made on first use and never fit for production."""
    path = instance / "demo-secret"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        path.write_text("demo-" + os.urandom(32).hex(), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()


def _production(given: Mapping[str, str]) -> Settings:
    reasons: list[str] = []
    shared = _shared(given, reasons)
    secret = given.get("SECRET_KEY", "")
    if len(secret) < SHORTEST_SECRET:
        reasons.append("ALUMNI_SECRET_KEY is missing or shorter than 32 signs")
    elif len(set(secret)) < FEWEST_SIGNS:
        reasons.append("ALUMNI_SECRET_KEY is too plain; make one with `openssl rand -hex 32`")
    if secret.startswith("demo-"):
        reasons.append("ALUMNI_SECRET_KEY was made for the demo")
    if len(str(shared["exit_key"])) < SHORTEST_SECRET or shared["exit_key"] == secret:
        reasons.append(
            "ALUMNI_EXIT_KEY is missing, shorter than 32 signs, or the same as the secret"
        )
    base_url = given.get("BASE_URL", "").rstrip("/")
    hosts = _words(given.get("TRUSTED_HOSTS", urlsplit(base_url).hostname or ""))
    reasons += [*_address_problems(base_url, hosts), *_mail_problems(given)]
    if not shared["work_domains"]:
        reasons.append("ALUMNI_WORK_DOMAINS is missing: which addresses are work addresses?")
    if reasons:
        raise SettingsError(reasons)
    return Settings(
        mode=Mode.PRODUCTION,
        secret_key=secret,
        base_url=base_url,
        mail_url=given["MAIL_URL"],
        mail_from=given["MAIL_FROM"],
        trusted_hosts=hosts,
        **shared,  # type: ignore[arg-type]  # one dict of mixed values, each checked above
    )


def _address_problems(base_url: str, hosts: tuple[str, ...]) -> list[str]:
    found = urlsplit(base_url)
    first_that_holds = (
        (found.scheme != "https", "ALUMNI_BASE_URL is missing or not https"),
        (not found.hostname, "ALUMNI_BASE_URL names no host"),
        (
            any((found.username, found.path, found.query, found.fragment)),
            "ALUMNI_BASE_URL is scheme and host only, like https://alumni.example",
        ),
        (
            any("*" in host for host in hosts),
            "ALUMNI_TRUSTED_HOSTS must name the hosts; * is not a name",
        ),
        (
            found.hostname not in hosts,
            f"ALUMNI_TRUSTED_HOSTS does not hold the host of ALUMNI_BASE_URL, {found.hostname}",
        ),
    )
    return next(([problem] for holds, problem in first_that_holds if holds), [])


def _mail_problems(given: Mapping[str, str]) -> list[str]:
    problems, url = [], urlsplit(given.get("MAIL_URL", ""))
    if url.scheme not in MAIL_SCHEMES:
        problems.append("ALUMNI_MAIL_URL is missing; smtp://…, smtps://…, smtp+starttls://…")
    elif url.scheme == "file":
        problems.append("ALUMNI_MAIL_URL writes letters to files: that is for the demo")
    elif not url.hostname:
        problems.append("ALUMNI_MAIL_URL names no host")
    if not _is_sender(given.get("MAIL_FROM", "")):
        problems.append("ALUMNI_MAIL_FROM is missing or holds no address")
    return problems


def _is_sender(text: str) -> bool:
    """Say whether a text is one address, with or without a name, on one line (RFC 5322 3.4)."""
    local, _at, domain = parseaddr(text)[1].rpartition("@")
    return bool(local and domain) and text.isprintable()
