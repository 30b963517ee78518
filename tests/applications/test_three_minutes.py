"""A returner's application in under three minutes on a phone, by the keystroke-level model.

Sources of the constants: Card, Moran & Newell, "The keystroke-level model for user performance
time with interactive systems", CACM 23(7), 1980 (K, P, H, M; P, pointing with a mouse, is slower
than a thumb and so taken as it is for a tap). Typing on a phone: Palin et al., "How do people
type on mobile devices?", MobileHCI 2019: 36.2 words a minute of five signs. Reading: Brysbaert,
"How many words do we read per minute?", J. Memory and Language 109, 2019: 238 words a minute.

    seconds = M × decisions + P × taps + K × signs typed + H × changes between thumb and keyboard
              + words read / R

Everything is counted on the page as it is drawn for somebody whose profile is filled in: the
fields that have no answer yet, the taps that give them one, the words of the form.
"""

from dataclasses import dataclass

import pytest
from bs4 import Tag

from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.network import services as network
from alumni_portal.network.models import Since
from alumni_portal.people.models import Person
from tests.applications.making import WHY, Scene, scene
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.page import Page

MENTAL, POINT, HOME = 1.35, 1.1, 0.4
KEY = 60 / (36.2 * 5)
READ = 238 / 60
MOST_FIELDS, MOST_TAPS, MOST_SECONDS = 6, 8, 120


@dataclass(frozen=True)
class Effort:
    """What one page asks of its reader."""

    fields: list[str]
    taps: int
    signs: int
    words: int

    @property
    def seconds(self) -> float:
        decisions, keyboards = len(self.fields) + 1, 1 if self.signs else 0
        return (
            MENTAL * decisions
            + POINT * self.taps
            + KEY * self.signs
            + HOME * 2 * keyboards
            + self.words / READ
        )


@pytest.fixture
def here(make: Make) -> Scene:
    return scene(make)


def is_filled(form: Tag, control: Tag) -> bool:
    """Say whether a control already says something, alone or in its group."""
    if control.get("type") in {"radio", "checkbox"}:
        return bool(form.select(f"[name={control['name']}][checked]"))
    if control.name == "select":
        chosen = control.select("option[selected]")
        return bool(chosen and chosen[0].get("value"))
    return bool(control.get("value") or control.get_text(strip=True))


def effort_of(page: Page, *, typed: str) -> Effort:
    """Return what the application's form asks for beyond what it knows.

    A list costs two taps (open, choose), a text one and its signs; a file that nobody needs to
    attach and a box that is folded away cost nothing but are counted as fields.
    """
    form = page.one("form[enctype]")
    left: dict[str, Tag] = {
        str(control["name"]): control
        for control in form.select("input[name]:not([type=hidden]), select[name], textarea[name]")
        if not is_filled(form, control)
    }
    lists = [tag for tag in left.values() if tag.name == "select"]
    taps = 2 * len(lists) + (1 if typed else 0)
    words = len(form.get_text(" ", strip=True).split())
    return Effort(list(left), taps + 2, len(typed), words)  # and: Ansök, Skicka


def test_a_returner_applies_in_six_fields_eight_taps_and_two_minutes(
    browser: Browser, make: Make, here: Scene
) -> None:
    with make.work():
        me = db.session.get_one(Person, here.amira.person_id)
        texts = network.Texts(now_title="Sektionschef", now_employer="Nordlys Energi")
        network.describe(me, texts, by=SYSTEM)
        network.choose_skills(me, {Since.SINCE_LEFT: ["Budgetansvar", "Ledarskap"]}, by=SYSTEM)
    page = browser.as_(here.amira).get("openings.opening", public_id=here.opening.public_id)
    page = page.follow("Ansök")
    found = effort_of(page, typed=WHY)
    assert found.fields == ["history_wrong", "can_begin", "hours", "why", "attachment"]
    assert len(found.fields) <= MOST_FIELDS
    assert found.taps <= MOST_TAPS
    assert found.seconds <= MOST_SECONDS, f"{found.seconds:.0f} s: {found}"
    sent = page.submit("Skicka ansökan", can_begin="talk", hours="full", why=WHY)
    assert sent.heading == "Vi har din ansökan"


def test_the_count_notices_a_field_that_asks_for_more(
    browser: Browser, make: Make, here: Scene
) -> None:
    """Without a profile there is more to fill in; the formula must see it."""
    empty = effort_of(browser.as_(here.amira).go(here.apply), typed=WHY)
    assert {"now_doing", "learned"} <= set(empty.fields)
    more = Effort([*empty.fields, "cv"], empty.taps + 6, empty.signs + 400, empty.words)
    assert more.seconds > MOST_SECONDS
