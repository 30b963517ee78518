"""Sundmark's gatherings: twelve that were, three that come with their replies, and a draft."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from alumni_portal.consents.models import Purpose
from alumni_portal.core import clock, tokens
from alumni_portal.demo.rows import add, public_id, write
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.events.models import Answer, Event, EventInvitation, EventKind, EventState, Reply
from alumni_portal.events.queries.replies import NEEDS
from alumni_portal.events.rules import HOLDS_SEATS

_DAY = timedelta(days=1)
_TOLD = "amira"
#: Of those who say yes, so many are there.
_COME_AFTER_ALL = 0.88


@dataclass(frozen=True)
class Gathering:
    """One event to be: how many days from today, when, where, and how many come."""

    days: int
    at: str
    hours: float
    title: str
    title_en: str
    place: str
    unit: str
    text: str
    text_en: str = ""
    capacity: int | None = None
    come: int = 0
    wait: int = 0
    guests: int = 0
    online: str = ""
    directions: str = ""
    #: What Amira answered, when she was asked.
    amira: Answer | None = None
    state: EventState = EventState.OPEN

    @property
    def kind(self) -> EventKind:
        """Return how people come together."""
        if not self.online:
            return EventKind.MEETING
        return EventKind.HYBRID if self.place else EventKind.DIGITAL


_WAS = (
    (38, "17:30", "Höstträff i Göteborg", "Autumn gathering in Gothenburg", "Lindholmen", "7000"),
    (94, "07:30", "Alumnifrukost i Lund", "Alumni breakfast in Lund", "Ideon, Lund", "2100"),
    (170, "15:00", "Sommarmingel vid älven", "Summer drinks by the river", "Göteborg", "7000"),
    (214, "12:00", "Fråga vd om elnäten", "Ask the CEO about the grid", "", "1000"),
    (262, "17:00", "Kraft och kaffe", "Power and coffee", "Västerås", "2400"),
    (
        325,
        "17:30",
        "Julglögg med gamla kollegor",
        "Mulled wine with old colleagues",
        "Malmö",
        "7000",
    ),
    (398, "13:00", "Studiebesök i ställverket", "A visit to the switchyard", "Barsebäck", "2400"),
    (
        455,
        "07:30",
        "Alumnifrukost i Göteborg",
        "Alumni breakfast in Gothenburg",
        "Göteborg",
        "2200",
    ),
    (530, "15:00", "Sommarmingel på kajen", "Summer drinks on the quay", "Malmö", "7000"),
    (640, "17:30", "Vad hände med vindkraften?", "What happened to wind power?", "Lund", "2100"),
    (720, "12:00", "Fråga vd om 2025", "Ask the CEO about 2025", "", "1000"),
    (905, "18:00", "Tioårsfest för Konstruktion", "Ten years of Design", "Göteborg", "2200"),
)
_BREAKFAST = (
    "**Frukost med Elkraft, mitt i bygget.** Vi äter tillsammans och hör hur stationen i Luleå blev"
    " klar åtta månader före plan. Karin Öhman visar vad de gjorde annorlunda, och det finns gott"
    " om tid att prata med gamla kollegor.\n\n- 07.30 Kaffe, smörgås och prat\n"
    "- 08.00 Luleå på rekordtid, Karin Öhman\n- 08.30 Frågor och fler prat"
)
_BREAKFAST_EN = (
    "**Breakfast with Power, in the middle of the building site.** We eat together and hear how the"
    " Luleå station was ready eight months ahead of plan. Karin Öhman shows what they did"
    " differently, and there is plenty of time to talk to old colleagues.\n\n- 07:30 Coffee,"
    " sandwiches and talk\n- 08:00 Luleå in record time, Karin Öhman\n- 08:30 Questions"
)
_COMING = (
    Gathering(
        6, "07:30", 1.5, "Alumnifrukost i Malmö", "Alumni breakfast in Malmö",
        "Kranbyggnaden 4, Västra hamnen", "2100", _BREAKFAST, _BREAKFAST_EN,
        capacity=40, come=22, guests=1, amira=Answer.YES,
        directions="Hållplats Kranen, fyra minuters promenad. Cykel ställs under tak vid entrén."
        " Hiss, hörslinga och inga trösklar.",
    ),
    Gathering(
        13, "12:00", 1, "Fråga vd om 2027", "Ask the CEO about 2027", "", "1000",
        "En timme på distans. Skicka frågan i förväg eller ställ den då. Vi spelar inte in.",
        "An hour online. Send your question ahead or ask it there. We do not record.",
        come=58, online="https://moten.sundmark.example/vd-2027",
    ),
    Gathering(
        55, "13:00", 3, "Studiebesök: Luleå station", "A visit to the Luleå station",
        "Stationen, Luleå", "2400",
        "Se stationen som blev klar åtta månader före plan. Skyddsskor och hjälm finns på plats."
        " Vi går utomhus i en timme, så klä dig varmt.",
        "See the station that was ready eight months ahead of plan. Boots and helmets are there."
        " We walk outside for an hour, so dress warmly.",
        capacity=24, come=23, wait=6,
    ),
    Gathering(
        103, "17:30", 3, "Vårträff i Göteborg", "Spring gathering in Gothenburg", "Lindholmen",
        "7000", "Mingel, mat och en titt in i det nya labbet. Program kommer.",
        capacity=80, guests=1, state=EventState.DRAFT,
    ),
)  # fmt: skip
_FOOD = ("Vegetariskt", "Äter inte nötter", "Glutenfritt", "Sitter i rullstol", "Behöver hörslinga")


def seed(found: Sundmark, chance: Random) -> None:
    """Write the events, who was asked, and what they answered."""
    was = sorted((_past(line, chance) for line in _WAS), key=lambda one: one.days)
    planned = [*was, *_COMING]
    said = [_said(one, found, chance) for one in planned]
    rows = [_event(one, said_, found, chance) for one, said_ in zip(planned, said, strict=True)]
    invitations: list[dict[str, Any]] = []
    replies: list[dict[str, Any]] = []
    for one, said_, event_id in zip(planned, said, write(Event, rows), strict=True):
        if one.state is not EventState.DRAFT:
            invitations += _invitations(one, event_id, found, chance)
            replies += _replies(one, said_, event_id, found, chance)
    add(EventInvitation, invitations)
    add(Reply, replies)


def _past(line: tuple[int, str, str, str, str, str], chance: Random) -> Gathering:
    ago, at, title, title_en, place, unit = line
    come = chance.randrange(14, 46)
    return Gathering(
        -ago, at, 2, title, title_en, place, unit, "Tack alla som kom! Vi ses på nästa.",
        "Thank you all for coming! See you at the next one.", capacity=come + 8, come=come,
        online="" if place else "https://moten.sundmark.example/vd", state=EventState.PAST,
        amira=Answer.YES if ago in {38, 170, 325} else None,
    )  # fmt: skip


def _moment(one: Gathering, today: date) -> datetime:
    """Return when it begins; nobody gathers on a weekend."""
    day = today + one.days * _DAY
    while day.weekday() > 4:
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
        "directions": one.directions,
        "online_url": one.online,
        "capacity": one.capacity,
        "seats_taken": sum(answer in HOLDS_SEATS for _place, answer in said),
        "next_queue_no": one.wait + 1,
        "guests_allowed": one.guests,
        "reply_by": (starts_at - 2 * _DAY).date() if one.capacity else None,
        "unit_id": found.units.get(one.unit),
        "state": one.state,
        "sequence": 0,
        "created_at": min(asked, clock.now()) - 5 * _DAY,
        "opened_at": None if one.state is EventState.DRAFT else min(asked, clock.now() - _DAY),
        "cancel_reason": "",
        "thanked_at": starts_at if one.state is EventState.PAST else None,
    }


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
    answers += [Answer.NO] * min(len(others) // 5, 30)
    said = list(zip(others, answers, strict=False))
    return [*said, (told, one.amira)] if one.amira is not None else said


def _invitations(
    one: Gathering, event_id: int, found: Sundmark, chance: Random
) -> Iterator[dict[str, Any]]:
    at = min(_moment(one, found.company.today) - 30 * _DAY, clock.now() - 2 * _DAY)
    for place in _asked(one, found):
        if found.company.people[place].key == _TOLD and one.wait:
            continue  # she has two invitations, and may find the third by herself
        yield {
            "event_id": event_id,
            "person_id": found.ids[place],
            "public_id": public_id(chance),
            "invited_at": at,
            "round": 1,
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
        here = one.days < 0 and comes and chance.random() < _COME_AFTER_ALL
        yield {
            "event_id": event_id,
            "person_id": found.ids[place],
            "answer": answer,
            "guests": 0,
            "answered_at": begun + timedelta(minutes=7 * number),
            "queue_no": queue_no if answer is Answer.WAITING else None,
            "offered_until": clock.now() + _DAY if answer is Answer.OFFERED else None,
            "needs": _needs(one, comes=comes, chance=chance),
            "checked_in_at": starts_at if here else None,
            "told_sequence": 0,
        }


def _needs(one: Gathering, *, comes: bool, chance: Random) -> bytes | None:
    if one.days < 0 or not comes or chance.random() > 0.25:
        return None
    return tokens.seal(NEEDS, chance.choice(_FOOD))
