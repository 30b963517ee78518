"""Files that nobody has seen can be mapped in the browser in a few actions."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from alumni_portal.core.db import db
from alumni_portal.offboarding.rules.mapping import heading_key
from alumni_portal.people.models import Employment
from tests.offboarding.importing import CHECK, accepted, hr, uploaded
from tests.offboarding.rules.layouts import Invented, layouts, write
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.page import Page

MOST_ACTIONS = 25
#: Choosing the file, sending it, checking it, saying yes.
ALWAYS = 4
LAYOUTS = list(layouts(16, seed=20261122))


def wanted_columns(page: Page, layout: Invented) -> dict[str, Any]:
    """Return the columns that a person has to set right: field name on the page → value."""
    meant = {heading_key(heading): key for key, heading in layout.headings.items()}
    changes: dict[str, Any] = {}
    for select_ in page.all("select[name^=column-]"):
        name = str(select_["name"])
        label = page.one(f"label[for='{select_['id']}']").get_text(strip=True)
        key = meant.get(heading_key(label.removesuffix(" är")), "")
        if page.value(name) != key:
            changes[name] = key
    return changes


def wanted_styles(page: Page, layout: Invented) -> dict[str, Any]:
    """Return the date styles to set right, where another one would read other days."""
    days = {"begins_on", "notice_on", "ends_on", "birth_date"}
    headings = {heading_key(layout.headings[key]) for key in days & set(layout.headings)}
    changes: dict[str, Any] = {}
    for select_ in page.all("select[name^=date-]"):
        name = str(select_["name"])
        label = page.one(f"label[for='{select_['id']}']").get_text(strip=True)
        heading = label.removeprefix("Så är datumen i ").removesuffix(" skrivna")
        offered = [str(option["value"]) for option in select_.select("option")]
        is_ours = heading_key(heading) in headings and layout.style in offered
        if is_ours and page.value(name) != layout.style:
            changes[name] = layout.style.value
    return changes


def wanted_codes(page: Page, layout: Invented) -> dict[str, Any]:
    """Return the codes to explain otherwise than was guessed."""
    changes: dict[str, Any] = {}
    for select_ in page.all("select[name^=code-]"):
        name = str(select_["name"])
        key = name.split("-")[1]
        label = page.one(f"label[for='{select_['id']}']").get_text(strip=True)
        meaning = layout.codes.get(key, {}).get(label.removesuffix(" betyder"))
        if meaning is not None and page.value(name) != meaning:
            changes[name] = str(meaning)
    return changes


def changes_on(page: Page, layout: Invented) -> dict[str, Any]:
    changes = wanted_columns(page, layout) | wanted_styles(page, layout)
    changes |= wanted_codes(page, layout)
    asks = "full_name" in layout.headings and page.all("select[name=name_order]")
    if asks and page.value("name_order") != layout.name_order:
        changes["name_order"] = layout.name_order.value
    return changes


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_an_unseen_layout_is_mapped_in_few_actions(
    browser: Browser, make: Make, app: Flask, layout: Invented, tmp_path: Path
) -> None:
    page = uploaded(hr(browser, make), write(layout, tmp_path))
    actions = ALWAYS
    while page.heading == "Vad betyder kolumnerna?":
        changes = changes_on(page, layout)
        actions += len(changes)
        page = page.submit(CHECK, **changes)
        actions += page.heading == "Vad betyder kolumnerna?"
        assert actions <= MOST_ACTIONS, (page.errors, changes)
    shown = dict(zip(page.texts(".facts dt"), page.texts(".facts dd"), strict=True))
    assert (shown["Avvisas"], shown["Nya"]) == ("0", "60"), page.text
    accepted(page)
    assert actions <= MOST_ACTIONS
    with app.app_context():
        jobs = db.session.scalars(select(Employment).where(Employment.batch.is_not(None))).all()
        assert {job.exit_ground for job in jobs} <= set(layout.codes["exit_ground"].values())
        assert all(job.ends_on and 90 <= (job.ends_on - job.begins_on).days < 2090 for job in jobs)
