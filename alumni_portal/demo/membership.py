"""Who of those who left has joined the network: what they said over the years, and its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from alumni_portal.consents import rules, services
from alumni_portal.consents.models import ConsentEntry, StandingConsent, Wish, Wording
from alumni_portal.consents.rules import Act, How, Purpose
from alumni_portal.core import clock
from alumni_portal.demo.inventing import Company
from alumni_portal.demo.organisation import ago
from alumni_portal.demo.rows import add, at, write

#: The portal opened so many years ago; nobody agreed to anything before.
OPENED = 4
_MEMBERS_AMONG = 0.52
_DAY = timedelta(days=1)
_Spoken = dict[Purpose, int]
_OTHERS = {
    Purpose.NEWSLETTER: 0.78,
    Purpose.EVENTS: 0.66,
    Purpose.RECRUITER_CONTACT: 0.46,
    Purpose.MENTORING: 0.17,
}
#: How often a yes that needs renewing is let go instead.
_LAPSES = {Purpose.MEMBERSHIP: 0.2, Purpose.RECRUITER_CONTACT: 0.05}


@dataclass(frozen=True)
class Said:
    """One line of the ledger to be."""

    place: int
    purpose: Purpose
    act: Act
    how: How
    at: datetime


@dataclass
class Membership:
    """What everybody said, in order of time, and what stands today."""

    said: list[Said] = field(default_factory=list)
    standing: dict[tuple[int, Purpose], tuple[datetime, Said]] = field(default_factory=dict)
    wishes: dict[int, list[Purpose]] = field(default_factory=dict)

    @property
    def members(self) -> list[int]:
        """Return the places of those who are members today."""
        return sorted(place for place, purpose in self.standing if purpose is Purpose.MEMBERSHIP)

    def agrees(self, place: int, purpose: Purpose) -> bool:
        """Say whether somebody agrees to a purpose today."""
        return (place, purpose) in self.standing


def plan(company: Company, chance: Random) -> Membership:
    """Return who joined, renewed, withdrew and let lapse, from first to last."""
    found = Membership()
    now = at(company.today - _DAY, 20)  # the same at every hour of the day
    for place, one in enumerate(company.people):
        last = one.last_day
        if last is not None and last < company.today and _joins(one.key, chance):
            found.said += _story(place, one.key, max(last, ago(company.today, OPENED)), now, chance)
        elif last is not None and (one.key == "elin" or _wishes(last, company.today, chance)):
            found.wishes[place] = [Purpose.MEMBERSHIP, *_ticked(chance)]
    found.said.sort(key=lambda line: (line.at, line.place, list(Purpose).index(line.purpose)))
    _close_returners(company, found)
    _settle(found)
    return found


def _joins(key: str, chance: Random) -> bool:
    return key not in {"ingrid", "ebba"} if key else chance.random() < _MEMBERS_AMONG


def _wishes(last: date, today: date, chance: Random) -> bool:
    """Say whether somebody who leaves now, or just left, ticked a box and has not confirmed."""
    return last > today - 40 * _DAY and chance.random() < 0.6


def _ticked(chance: Random) -> list[Purpose]:
    return [purpose for purpose, share in _OTHERS.items() if chance.random() < share]


def _story(place: int, key: str, since: date, now: datetime, chance: Random) -> Iterator[Said]:
    """Yield what one person said from joining on; nothing lies ahead of `now`."""
    if key == "amira":
        yield from _amira(place, now)
        return
    span = max((now - at(since)).days - 1, 1)
    joined = at(since) + chance.randrange(1, min(span, 500) + 1) * _DAY
    joined += timedelta(minutes=chance.randrange(60 * 14))
    how = How.CONFIRMATION_LETTER if (joined - at(since)).days < 60 else How.JOIN_REQUEST
    for purpose in (Purpose.MEMBERSHIP, *_ticked(chance)):
        given = Said(place, purpose, Act.GIVEN, how, joined)
        yield from _over_time(given, now, chance, is_told=bool(key))


def _over_time(given: Said, now: datetime, chance: Random, *, is_told: bool) -> Iterator[Said]:
    """Yield a yes with its renewals until it lapses, is taken back, or today.

    Those whom the demo tells of keep theirs.
    """
    yield given
    moment, lasts = given.at, rules.LASTS[given.purpose]
    while lasts and moment + lasts < now:
        if chance.random() < _LAPSES[given.purpose] and not is_told:
            yield Said(given.place, given.purpose, Act.EXPIRED, How.CLOCK, moment + lasts)
            return
        moment += lasts - chance.randrange(1, 20) * _DAY
        yield Said(given.place, given.purpose, Act.RENEWED, How.CONSENT_CENTRE, moment)
    if chance.random() < 0.07 and (now - moment).days > 3 and not is_told:
        moment += chance.randrange(1, (now - moment).days) * _DAY
        yield Said(given.place, given.purpose, Act.WITHDRAWN, How.CONSENT_CENTRE, moment)


def _amira(place: int, now: datetime) -> Iterator[Said]:
    """Yield the history that Amira's consent centre shows."""
    day = timedelta(days=1)
    letter, centre = How.CONFIRMATION_LETTER, How.CONSENT_CENTRE
    joined = now - 618 * day
    yield Said(place, Purpose.MEMBERSHIP, Act.GIVEN, letter, joined)
    yield Said(place, Purpose.NEWSLETTER, Act.GIVEN, letter, joined)
    yield Said(place, Purpose.EVENTS, Act.GIVEN, letter, joined)
    yield Said(place, Purpose.RECRUITER_CONTACT, Act.GIVEN, centre, now - 356 * day)
    yield Said(place, Purpose.RECRUITER_CONTACT, Act.RENEWED, centre, now - 174 * day)
    yield Said(place, Purpose.MENTORING, Act.GIVEN, centre, now - 400 * day)
    yield Said(place, Purpose.MENTORING, Act.WITHDRAWN, centre, now - 74 * day)


def _close_returners(company: Company, found: Membership) -> None:
    """Let what a returner agreed to end on the first day back (DESIGN §7.11)."""
    for place, one in enumerate(company.people):
        if len(one.stays) < 2 or one.last_day is not None:
            continue
        back = at(one.stays[-1].begins_on, 0)
        before = [line for line in found.said if line.place == place and line.at < back]
        found.said = [line for line in found.said if line.place != place] + before
        open_now = {line.purpose: line.act in {Act.GIVEN, Act.RENEWED} for line in before}
        found.said += [
            Said(place, purpose, Act.CLOSED, How.EMPLOYMENT, back)
            for purpose, is_open in open_now.items()
            if is_open
        ]
    found.said.sort(key=lambda line: line.at)


def _settle(found: Membership) -> None:
    """Derive what stands from the ledger, as the services do; all else needs membership."""
    kept: list[Said] = []
    for line in found.said:
        key = (line.place, line.purpose)
        member = (line.place, Purpose.MEMBERSHIP) in found.standing
        if (
            line.purpose is not Purpose.MEMBERSHIP
            and not member
            and line.act in {Act.GIVEN, Act.RENEWED}
        ):
            continue
        if line.act in {Act.GIVEN, Act.RENEWED}:
            since = found.standing[key][0] if key in found.standing else line.at
            found.standing[key] = (since, line)
        elif found.standing.pop(key, None) is None:
            continue
        kept.append(line)
        if line.purpose is Purpose.MEMBERSHIP and key not in found.standing:
            kept += _ended_with_membership(found, line)
    found.said = kept


def _ended_with_membership(found: Membership, line: Said) -> Iterator[Said]:
    for purpose in Purpose:
        if found.standing.pop((line.place, purpose), None):
            yield Said(line.place, purpose, line.act, line.how, line.at)


def write_ledger(company: Company, found: Membership, ids: Sequence[int]) -> None:
    """Write wordings, ledger, standing consents and wishes."""
    wordings = _write_wordings()
    spoken = [wordings[one.language] for one in company.people]
    rows = [_entry(line, ids, spoken) for line in found.said]
    entries = dict(zip(found.said, write(ConsentEntry, rows), strict=True))
    add(
        StandingConsent,
        [
            {
                "person_id": ids[place],
                "purpose": purpose,
                "since": since,
                "until": rules.ends_at(purpose, line.at),
                "entry_id": entries[line],
            }
            for (place, purpose), (since, line) in found.standing.items()
        ],
    )
    add(
        Wish,
        [
            _wish(company, place, purpose, ids, spoken)
            for place, purposes in found.wishes.items()
            for purpose in purposes
        ],
    )


def _wish(
    company: Company, place: int, purpose: Purpose, ids: Sequence[int], spoken: Sequence[_Spoken]
) -> dict[str, Any]:
    last = company.people[place].last_day or company.today
    return {
        "person_id": ids[place],
        "purpose": purpose,
        "wording_id": spoken[place][purpose],
        "at": min(clock.now() - 16 * _DAY, at(last) - 2 * _DAY),
        "asked_at": at(last + _DAY) if last < company.today else None,
    }


def _entry(line: Said, ids: Sequence[int], spoken: Sequence[_Spoken]) -> dict[str, Any]:
    agreed = line.act in {Act.GIVEN, Act.RENEWED}
    return {
        "person_id": ids[line.place],
        "purpose": line.purpose,
        "act": line.act,
        "how": line.how,
        "wording_id": spoken[line.place][line.purpose],
        "at": line.at,
        "until": rules.ends_at(line.purpose, line.at) if agreed else None,
    }


def _write_wordings() -> dict[str, dict[Purpose, int]]:
    words = [
        services.words_now(purpose, language) for language in ("sv", "en") for purpose in Purpose
    ]
    ids = write(Wording, [{**vars(one), "fingerprint": one.fingerprint} for one in words])
    found: dict[str, dict[Purpose, int]] = {"sv": {}, "en": {}}
    for one, row_id in zip(words, ids, strict=True):
        found[one.language][one.purpose] = row_id
    return found
