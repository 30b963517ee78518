"""What Sundmark does about what leavers say: actions in every state, one that visibly helped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from alumni_portal.core import clock
from alumni_portal.core.permissions import Role
from alumni_portal.demo.rows import add, public_id, write
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.insights import services
from alumni_portal.insights.models import Action, ActionState, Publication
from alumni_portal.insights.rules.population import (
    WINDOW,
    first_day_after,
    latest_closed,
    quarter_of,
    shifted,
)

_DAY = timedelta(days=1)
#: Forms close four weeks after the last day, then a quarter can be released.
_CLOSED = timedelta(days=28)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the public page says of an action, and how many days it has said so."""

    heard_sv: str
    heard_en: str
    done_sv: str
    done_en: str
    days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One action: days from today until it is due, began, and was closed."""

    theme: str
    heard: str
    goal: str
    owner: str
    due: int
    began: int
    state: ActionState = ActionState.UNDER_WAY
    closed: int | None = None
    unit: str = ""
    measure: str = ""
    told: Told | None = None


_HELPED = Planned(
    theme="workload",
    heard="Veckorna före driftsättning beskrivs som ohållbara, och övertiden fördelas ojämnt.",
    goal="Bemanningsreserv på sex personer",
    owner="anders",
    due=-20,
    began=-200,
    closed=-10,
    state=ActionState.DONE,
    measure="Övertid per person och vecka i projekten, från tidrapporten.",
    told=Told(
        heard_sv="Många hade för mycket att göra, mest veckorna före en driftsättning.",
        heard_en="Many had too much to do, above all in the weeks before commissioning.",
        done_sv="Sex personer ingår nu i en reserv som går in där det behövs som mest. "
        "Ingen ska arbeta mer än två helger i rad.",
        done_en="Six people now form a reserve that steps in where it is needed most. "
        "Nobody is to work more than two weekends in a row.",
        days=40,
    ),
)
_OTHERS = (
    Planned(
        theme="leadership",
        heard="Många beskriver grupper på över tjugo personer och få enskilda samtal.",
        goal="Högst 15 medarbetare per chef",
        owner="anders",
        due=58,
        began=-75,
        measure="Antal medarbetare per chef i personalregistret.",
        told=Told(
            heard_sv="Chefen har haft för stora grupper för att hinna med enskilda samtal.",
            heard_en="Managers have had teams too large to find time for each person.",
            done_sv="Vi delar de största grupperna, så att ingen chef har fler än 15 medarbetare.",
            done_en="We are splitting the largest teams: no manager is to have over 15 people.",
            days=33,
        ),
    ),
    Planned(
        theme="development",
        heard="Den som vill fördjupa sig ser bara chefsrollen som nästa steg.",
        goal="Specialiststege i tre nivåer",
        owner="maria",
        due=122,
        began=-12,
        state=ActionState.PLANNED,
        told=Told(
            heard_sv="Vägen till en specialistroll är otydlig.",
            heard_en="The way to a specialist role is unclear.",
            done_sv="Vi tar fram en specialiststege i tre nivåer.",
            done_en="We are working out a specialist path with three levels.",
        ),
    ),
    Planned(
        theme="balance",
        heard="Beredskapen läggs sent och byts ofta, särskilt på Järnväg.",
        goal="Beredskapsschema sex veckor i förväg",
        owner="anders",
        due=-8,
        began=-110,
        unit="4000",
    ),
    Planned(
        theme="recognition",
        heard="Det goda arbetet syns först när någon slutar.",
        goal="Uppföljning i grupp varje månad",
        owner="petra",
        due=5,
        began=-40,
    ),
    Planned(
        theme="cooperation",
        heard="Projekt och drift lämnar över till varandra utan att ses.",
        goal="Gemensam överlämning i alla projekt",
        owner="maria",
        due=-35,
        began=-190,
        closed=-27,
        state=ActionState.DONE,
        told=Told(
            heard_sv="Överlämningen mellan projekt och drift har fungerat dåligt.",
            heard_en="Handing over between projects and operations has worked badly.",
            done_sv="Projekt och drift går nu igenom varje anläggning tillsammans.",
            done_en="Projects and operations now go through every plant together.",
            days=20,
        ),
    ),
    Planned(
        theme="processes",
        heard="Tre system för tidrapport tar tid från arbetet.",
        goal="En tidrapport i stället för tre",
        owner="petra",
        due=-150,
        began=-400,
        closed=-160,
        state=ActionState.DROPPED,
    ),
)
#: Leavers who asked to be told, and have not been yet.
_ASKED = (("pay", "elsa.ny@hemma.example", "sv"), ("development", "sam.hill@home.example", "en"))


def seed(found: Sundmark, chance: Random) -> None:
    """Write the actions; the one that helped was closed a year before the latest release."""
    rows = [_helped(found, chance), *(_row(one, found, chance) for one in _OTHERS)]
    ids = write(Action, rows)
    add(Publication, list(_publications(found, ids)))
    for theme, address, language in _ASKED:
        services.ask(theme, address, language=language)


def _helped(found: Sundmark, chance: Random) -> dict[str, Any]:
    last = shifted(quarter_of(clock.today() - _CLOSED), -1)
    closed = first_day_after(shifted(last, -WINDOW)) - 20 * _DAY
    row = _row(_HELPED, found, chance)
    return {
        **row,
        "due_on": closed + 12 * _DAY,
        "begun_on": closed - 170 * _DAY,
        "closed_on": closed,
        "created_at": _morning(closed - 180 * _DAY),
    }


def _row(one: Planned, found: Sundmark, chance: Random) -> dict[str, Any]:
    today = clock.today()
    is_done = one.state is ActionState.DONE
    return {
        "public_id": public_id(chance),
        "theme": one.theme,
        "heard": one.heard,
        "goal": one.goal,
        "measure": one.measure,
        "unit_id": found.units[one.unit] if one.unit else None,
        "owner_id": found.person_id(one.owner),
        "due_on": today + one.due * _DAY,
        "state": one.state,
        "begun_on": today + one.began * _DAY,
        "closed_on": today + one.closed * _DAY if one.closed else None,
        "done_sv": one.told.done_sv if is_done and one.told else "",
        "done_en": one.told.done_en if is_done and one.told else "",
        "reminded_on": today - 2 * _DAY if one.due < 7 and not one.closed else None,
        "created_at": _morning(today + (one.began - 9) * _DAY),
    }


def _publications(found: Sundmark, ids: list[int]) -> Iterator[dict[str, Any]]:
    writer, second = (found.actor(name, Role.HR).ref for name in ("maria", "petra"))
    quarter = latest_closed(clock.today())
    for action_id, one in zip(ids, (_HELPED, *_OTHERS), strict=True):
        if one.told is not None:
            days = one.told.days
            words = {name: getattr(one.told, name) for name in services.WORDS}
            behind = {"with_effect": True, "quarter": quarter, "place": ""}
            yield {
                "action_id": action_id,
                **words,
                "with_effect": True,
                "written_by": writer,
                "asked_at": None if days else _morning(clock.today() - _DAY),
                "told": {**words, **behind} if days else None,
                "approved_by": second if days else "",
                "published_at": _morning(clock.today() - days * _DAY) if days else None,
            }


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), clock.HOME)
