"""Pure decisions about accounts: how long sessions live, who may grant what, where `next` leads."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import unquote

from alumni_portal.core.permissions import STAFF, Role

LINK_LIVES = timedelta(minutes=15)
CODE_TRIES = 5
#: How long after signing in somebody may do what asks for a fresh sign-in (S2, S9).
FRESH_FOR = timedelta(minutes=10)
SHORTEST_PASSWORD = 15
LONGEST_PASSWORD = 256


#: Different signs that must be left when the words everybody would try are taken away.
_SIGNS_OF_ONES_OWN = 6
_WORDS_TO_TRY = (
    "alumni",
    "portal",
    "password",
    "passw0rd",
    "lösenord",
    "losenord",
    "welcome",
    "välkommen",
    "qwerty",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "09876543210",
    "sommar",
    "vinter",
    "iloveyou",
    "letmein",
    "admin",
    "administrator",
)


class Weakness(StrEnum):
    """What is wrong with a password."""

    LENGTH = "length"
    #: Made of words that everybody would try, or of one sign again and again.
    PLAIN = "plain"


@dataclass(frozen=True)
class Lifetime:
    """How long a session may rest and how long it may last in all."""

    idle: timedelta
    longest: timedelta


ALUMNI = Lifetime(timedelta(days=14), timedelta(days=30))
STAFF_LIFETIME = Lifetime(timedelta(minutes=60), timedelta(hours=12))
POWERFUL = Lifetime(timedelta(minutes=30), timedelta(hours=12))

#: Who may grant and revoke which roles (permission matrix, row `Users, roles`).
GRANTS: dict[Role, frozenset[Role]] = {
    Role.HR: frozenset({Role.RECRUITER, Role.MANAGER, Role.INTERVIEWER}),
    Role.HR_LEAD: frozenset({Role.RECRUITER, Role.MANAGER, Role.INTERVIEWER, Role.HR, Role.DPO}),
}


def lifetime(roles: AbstractSet[Role]) -> Lifetime:
    """Return how long a session with these roles lives; the strictest role decides (S2)."""
    if roles & {Role.ADMIN, Role.HR_LEAD}:
        return POWERFUL
    return STAFF_LIFETIME if roles & STAFF else ALUMNI


def is_fresh(started_at: datetime, now: datetime) -> bool:
    """Say whether somebody signed in so lately that we still know it is them at the keys."""
    return timedelta(0) <= now - started_at <= FRESH_FOR


def is_alive(
    started_at: datetime, seen_at: datetime, roles: AbstractSet[Role], now: datetime
) -> bool:
    """Say whether a session may still be used. A clock set back never makes one live longer."""
    limits = lifetime(roles)
    rested, lasted = now - seen_at, now - started_at
    return timedelta(0) <= lasted < limits.longest and rested < limits.idle


def may_grant(granter: AbstractSet[Role], role: Role, *, to_self: bool) -> bool:
    """Say whether somebody with these roles may grant or revoke a role. Never one's own (S20)."""
    if to_self:
        return False
    return any(role in GRANTS.get(held, frozenset()) for held in granter)


def weakness_of(password: str, words: Iterable[str]) -> Weakness | None:
    """Return what is wrong with a password, or nothing.

    Length is what counts (NIST SP 800-63B-4: 15 signs, no rules of composition); only what is made
    of `words` (employer, own name), well-known sequences, figures or repetition is refused besides.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return Weakness.LENGTH
    left = re.sub(r"\d+", "", password.casefold())
    known = (word.casefold() for word in (*_WORDS_TO_TRY, *words))
    for word in sorted(known, key=len, reverse=True):
        if len(word) > 2:  # shorter ones stand in any text
            left = left.replace(word, "")
    return Weakness.PLAIN if len(set(left)) < _SIGNS_OF_ONES_OWN else None


def safe_next(target: str | None) -> str | None:
    r"""Return a place of ours to go to after signing in, or nothing for anything else (S12).

    One leading slash, the second sign neither slash nor backslash, no control signs, and the same
    after two rounds of unquoting: `urlsplit` alone misses `/\x`, `///x` and `https:x`.
    """
    if not target:
        return None
    seen = target
    for _round in range(3):
        if not seen.startswith("/") or seen[1:2] in {"/", "\\"}:
            return None
        if any(ord(sign) < 32 or ord(sign) == 127 for sign in seen) or "\\" in seen:
            return None
        seen = unquote(seen)
    return target


def device_words(user_agent: str) -> str:
    """Return browser and system in two words, so that a person knows their own session."""
    browsers = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    systems = {
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Android": "Android",
        "Windows": "Windows",
        "Mac OS": "Mac",
        "Linux": "Linux",
    }
    browser = next((name for mark, name in browsers.items() if mark in user_agent), "")
    system = next((name for mark, name in systems.items() if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system)))
