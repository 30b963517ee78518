"""Sundmark's gatherings: what was, what comes of every kind with its replies, and a draft."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image, ImageDraw

from alumni_portal.consents.models import Purpose
from alumni_portal.core import clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.pictures import drawn_anew
from alumni_portal.demo.gatherings import COMING, WAS, Gathering
from alumni_portal.demo.names import FIRST, LAST
from alumni_portal.demo.rows import add, public_id, write
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.events.models import (
    Answer,
    Event,
    EventFeed,
    EventInvitation,
    EventPicture,
    EventState,
    Reply,
)
from alumni_portal.events.queries.replies import GUESTS, NEEDS
from alumni_portal.events.rules import HOLDS_SEATS

_DAY = timedelta(days=1)
_TOLD = "amira"
#: Of those who say yes, so many are there.
_COME_AFTER_ALL = 0.88
#: Of those who come today, so many have been ticked off by now.
_HERE_BY_NOW = 0.4
_FOOD = ("Vegetariskt", "Äter inte nötter", "Glutenfritt", "Sitter i rullstol", "Behöver hörslinga")


def seed(found: Sundmark, chance: Random) -> None:
    """Write the events, who was asked, and what they answered."""
    was = sorted((_past(line, chance) for line in WAS), key=lambda one: one.days)
    planned = [_Planned(one, _said(one, found, chance)) for one in (*was, *COMING)]
    heads = _write(planned, found, chance)
    for one, head_id in zip(planned, heads, strict=True):
        if one.gathering.has_picture:
            _draw(head_id)
        again = [replace(one.gathering, days=day, again=()) for day in one.gathering.again]
        later = [_Planned(date, _said(date, found, chance), head_id) for date in again]
        _write(later, found, chance)
    add(EventFeed, [_feed(found, chance)])


@dataclass(frozen=True)
class _Planned:
    """One date to be written: what it is, who said what, and which series it belongs to."""

    gathering: Gathering
    said: list[tuple[int, Answer]]
    head_id: int | None = None


def _write(planned: list[_Planned], found: Sundmark, chance: Random) -> list[int]:
    """Write these dates with their invitations and replies and return their row ids."""
    rows = [_event(one.gathering, one.said, found, chance) for one in planned]
    heads = [{"head_id": one.head_id} for one in planned]
    ids = write(Event, [{**row, **head} for row, head in zip(rows, heads, strict=True)])
    invitations: list[dict[str, Any]] = []
    replies: list[dict[str, Any]] = []
    for one, event_id in zip(planned, ids, strict=True):
        if one.gathering.state is not EventState.DRAFT:
            invitations += _invitations(one, event_id, found, chance)
            replies += _replies(one.gathering, one.said, event_id, found, chance)
    add(EventInvitation, invitations)
    add(Reply, replies)
    return ids


def _feed(found: Sundmark, chance: Random) -> dict[str, Any]:
    """Return the calendar that Amira has turned on."""
    return {
        "person_id": found.person_id(_TOLD),
        "public_id": public_id(chance),
        "created_at": clock.now() - 20 * _DAY,
    }


def _draw(event_id: int) -> None:
    """Draw a morning over the harbour: two cranes, a house, water."""
    image = Image.new("RGB", (1160, 480), "#f6cf9c")
    pen = ImageDraw.Draw(image)
    for row in range(300):
        pen.line((0, row, 1160, row), fill=(70 + row // 2, 60 + row // 3, 130 + row // 5))
    pen.ellipse((760, 190, 900, 330), fill="#ffd27a")
    pen.rectangle((0, 300, 1160, 480), fill="#27305e")
    pen.rectangle((180, 190, 420, 300), fill="#151b3c")
    for left in (520, 640):
        pen.polygon(((left, 300), (left + 18, 110), (left + 36, 300)), fill="#151b3c")
        pen.line((left - 60, 130, left + 130, 96), fill="#151b3c", width=9)
    for row in range(312, 470, 22):
        pen.line((770 + row % 40, row, 880 - row % 30, row), fill="#ffd27a", width=3)
    data = BytesIO()
    image.save(data, "JPEG", quality=84)
    words = {"alt": "Kranbyggnaden i hamnen i morgonljus", "alt_en": "The harbour at sunrise"}
    drawn = vars(drawn_anew(data.getvalue(), field="picture"))
    db.session.add(EventPicture(event_id=event_id, **words, **drawn))
    db.session.flush()


def _past(line: tuple[int, str, str, str, str, str], chance: Random) -> Gathering:
    ago, at, title, title_en, place, unit = line
    come = chance.randrange(14, 46)
    return Gathering(
        -ago, at, 2, title, title_en, place, unit, "Tack alla som kom! Vi ses på nästa.",
        "Thank you all for coming! See you at the next one.", capacity=come + 20, come=come,
        guests=2, walked_in=chance.randrange(3),
        online="" if place else "https://moten.sundmark.example/vd", state=EventState.PAST,
        amira=Answer.YES if ago in {38, 170, 325} else None,
    )  # fmt: skip


def _moment(one: Gathering, today: date) -> datetime:
    """Return when it begins; nobody gathers on a weekend."""
    day = today + one.days * _DAY
    while day.weekday() > 4 and one.days:
        day += _DAY if one.days > 0 else -_DAY
    return datetime.combine(day, time.fromisoformat(one.at), tzinfo=clock.HOME)


def _event(
    one: Gathering, said: list[tuple[int, Answer]], found: Sundmark, chance: Random
) -> dict[str, Any]:
    starts_at = _moment(one, found.company.today)
    asked = starts_at - (40 if one.days > 0 else 30) * _DAY
    return {
        "public_id": public_id(chance),
        "kind": one.kind,
        "title": one.title,
        "title_en": one.title_en,
        "text": one.text,
        "text_en": one.text_en,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=one.hours),
        "place": one.place,
        "place_en": one.place_en,
        "directions_en": one.directions_en,
        "cancel_reason_en": "",
        "address": one.address,
        "agenda": one.agenda,
        "agenda_en": one.agenda_en,
        "host_id": found.person_id(one.host) if one.host else None,
        "walk_ins": chance.randrange(1, 5) if one.days <= 0 else 0,
        "directions": one.directions,
        "online_url": one.online,
        "capacity": one.capacity,
        "seats_taken": _seats(one, said),
        "next_queue_no": one.wait + 1,
        "guests_allowed": one.guests,
        "reply_by": (starts_at - 2 * _DAY).date() if one.capacity else None,
        "reply_by_time": time(12) if one.has_picture else None,
        "offer_hours": 24 if one.wait else 48,
        "unit_id": found.units.get(one.unit),
        "state": one.state,
        "sequence": 0,
        "created_at": min(asked, clock.now()) - 5 * _DAY,
        "opened_at": None if one.state is EventState.DRAFT else min(asked, clock.now() - _DAY),
        "cancel_reason": "",
        "thanked_at": starts_at if one.state is EventState.PAST else None,
    }


def _seats(one: Gathering, said: list[tuple[int, Answer]]) -> int:
    held = sum(answer in HOLDS_SEATS for _place, answer in said) - one.remotely
    brought = (
        _brings(one, number) for number, (_place, answer) in enumerate(said) if answer is Answer.YES
    )
    return held + sum(brought)


def _asked(one: Gathering, found: Sundmark) -> list[int]:
    """Return the places of those who agreed to invitations when they were sent."""
    sent = _moment(one, found.company.today) - 10 * _DAY
    standing = found.joined.standing
    return [
        place
        for place in found.joined.members
        if (said := standing.get((place, Purpose.EVENTS))) and said[0] < sent
    ]


def _said(one: Gathering, found: Sundmark, chance: Random) -> list[tuple[int, Answer]]:
    """Return who answered what, in the order in which they did."""
    told = found.company.index(_TOLD)
    others = [place for place in _asked(one, found) if place != told]
    chance.shuffle(others)
    answers = [Answer.YES] * one.come
    if one.wait:  # one seat is kept for somebody, the others wait
        answers += [Answer.OFFERED] + [Answer.WAITING] * one.wait
    answers += [Answer.WALKED_IN] * one.walked_in
    answers += [Answer.NO] * min(len(others) // 5, 30)
    said = list(zip(others, answers, strict=False))
    return [*said, (told, one.amira)] if one.amira is not None else said


def _invitations(
    planned: _Planned, event_id: int, found: Sundmark, chance: Random
) -> Iterator[dict[str, Any]]:
    """Yield who was asked; to a later date of a series, who answered to it of their own accord."""
    one, was_asked = planned.gathering, planned.head_id is None
    asked = _asked(one, found) if was_asked else [place for place, _answer in planned.said]
    at = min(_moment(one, found.company.today) - 30 * _DAY, clock.now() - 2 * _DAY)
    for place in asked:
        if found.company.people[place].key == _TOLD and one.wait:
            continue  # she has two invitations, and may find the third by herself
        yield {
            "event_id": event_id,
            "person_id": found.ids[place],
            "public_id": public_id(chance),
            "invited_at": at if was_asked else None,
            "round": int(was_asked),
            "mailing": "",
            "created_at": at,
        }


def _replies(
    one: Gathering,
    said: list[tuple[int, Answer]],
    event_id: int,
    found: Sundmark,
    chance: Random,
) -> Iterator[dict[str, Any]]:
    starts_at = _moment(one, found.company.today)
    begun = min(starts_at - 28 * _DAY, clock.now() - 2 * _DAY)
    queue_no = 0
    for number, (place, answer) in enumerate(said):
        queue_no += answer is Answer.WAITING
        comes = answer is Answer.YES
        came = comes and chance.random() < (_COME_AFTER_ALL if one.days < 0 else _HERE_BY_NOW)
        here = one.days <= 0 and (came or answer is Answer.WALKED_IN)
        yield {
            "event_id": event_id,
            "person_id": found.ids[place],
            "answer": answer,
            **_party(one, number, comes=comes, here=here),
            "remotely": comes and number < one.remotely,
            "answered_at": begun + timedelta(minutes=7 * number),
            "queue_no": queue_no if answer is Answer.WAITING else None,
            "offered_until": clock.now() + _DAY if answer is Answer.OFFERED else None,
            "needs": _needs(one, comes=comes, chance=chance),
            "checked_in_at": min(starts_at, clock.now()) if here else None,
            "told_sequence": 0,
        }


def _brings(one: Gathering, number: int) -> int:
    """Return how many guests one of those who come brings: now and then somebody does."""
    return min(number % 3, one.guests) if number % 4 == 1 else 0


def _party(one: Gathering, number: int, *, comes: bool, here: bool) -> dict[str, Any]:
    """Return whom somebody brings, and who of them is here: now and then one stays at home."""
    guests = _brings(one, number) if comes else 0
    names = ", ".join(_guest(number * 5 + place) for place in range(guests))
    is_told = guests and one.days >= 0
    return {
        "guests": guests,
        "guest_names": tokens.seal(GUESTS, names) if is_told else None,
        "guests_here": "01"[: guests - number % 5 // 4] if here else "",
    }


def _guest(number: int) -> str:
    return f"{FIRST[number * 7 % len(FIRST)]} {LAST[number * 11 % len(LAST)]}"


def _needs(one: Gathering, *, comes: bool, chance: Random) -> bytes | None:
    if one.days < 0 or not comes or chance.random() > 0.25:
        return None
    return tokens.seal(NEEDS, chance.choice(_FOOD))
