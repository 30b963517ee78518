"""A returner applies on a phone, a recruiter moves cards at a desk: scripts on and off."""

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from alumni_portal.applications.models import Stage
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.network import services as network
from alumni_portal.network.models import Since
from alumni_portal.people.models import Person
from tests.applications.making import WHY, Scene, apply, load, put, scene
from tests.support.chromium import DESK, PHONE, PHONE_WITHOUT_SCRIPTS, Live, Screen
from tests.support.make import Make

DESK_WITHOUT_SCRIPTS = Screen(1440, scripts=False)


@pytest.fixture
def here(make: Make) -> Scene:
    found = scene(make)
    with make.work():
        me = db.session.get_one(Person, found.amira.person_id)
        network.describe(me, network.Texts(now_title="Sektionschef"), by=SYSTEM)
        network.choose_skills(me, {Since.SINCE_LEFT: ["Budgetansvar"]}, by=SYSTEM)
    return found


@pytest.mark.parametrize("screen", [PHONE, PHONE_WITHOUT_SCRIPTS], ids=str)
def test_a_returner_applies_on_a_phone(live: Live, here: Scene) -> None:
    live.sign_in(here.amira)
    tab = live.open(f"/openings/{here.opening.public_id}")
    tab.get_by_role("link", name="Ansök").click()
    live.check(tab)
    fill(tab)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Vi har din ansökan")
    live.check(tab)
    tab.go_back()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Vi har din ansökan")


def fill(tab: Tab) -> None:
    tab.get_by_label("När kan du börja?").select_option("three_months")
    tab.get_by_label("Hur mycket vill du arbeta?").select_option("full")
    tab.get_by_label("Varför vill du komma tillbaka?").fill(WHY)
    tab.get_by_role("button", name="Skicka ansökan").click()


@pytest.mark.parametrize("screen", [PHONE, PHONE_WITHOUT_SCRIPTS], ids=str)
def test_what_is_missing_is_shown_and_nothing_typed_is_lost(live: Live, here: Scene) -> None:
    live.sign_in(here.amira)
    tab = live.open(here.apply)
    tab.get_by_label("Varför vill du komma tillbaka?").fill(WHY)
    tab.get_by_role("button", name="Skicka ansökan").click()
    expect(tab.get_by_text("Välj ungefär när du kan börja.").first).to_be_visible()
    expect(tab.get_by_label("Varför vill du komma tillbaka?")).to_have_value(WHY)
    live.check(tab)


@pytest.mark.parametrize("screen", [PHONE], ids=str)
def test_a_double_tap_is_one_application(live: Live, here: Scene) -> None:
    live.sign_in(here.amira)
    tab = live.open(here.apply)
    tab.get_by_label("När kan du börja?").select_option("talk")
    tab.get_by_label("Hur mycket vill du arbeta?").select_option("talk")
    tab.get_by_role("button", name="Skicka ansökan").dblclick()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Vi har din ansökan")
    tab.goto(live.address + "/applications/mine")
    expect(tab.locator("#sent + *, section[aria-labelledby=sent] li")).to_have_count(1)


def stage_of(live: Live, ref: str) -> Stage:
    with live.app.app_context():
        return load(ref).stage


def send(tab: Tab) -> None:
    expect(tab.get_by_role("heading", level=1)).to_have_text("Flytta Amira Haddad till Samtal")
    tab.get_by_role("button", name="Flytta och skicka").click()
    expect(tab.get_by_role("status")).to_contain_text("Amira Haddad flyttades till Samtal")


@pytest.mark.parametrize("screen", [DESK, DESK_WITHOUT_SCRIPTS], ids=str)
def test_a_card_is_moved_by_its_form(live: Live, make: Make, here: Scene) -> None:
    ref = apply(make, here.amira, here.opening)
    live.sign_in(here.recruiter)
    tab = live.open("/applications")
    live.check(tab)
    tab.get_by_label("Flytta Amira Haddad till").select_option("screening")
    tab.get_by_role("button", name="Flytta Amira Haddad").click()
    live.check(tab)
    send(tab)
    assert stage_of(live, ref) is Stage.SCREENING


@pytest.mark.parametrize("screen", [DESK], ids=str)
def test_a_card_is_dragged_to_the_same_page_as_its_form_leads_to(
    live: Live, make: Make, here: Scene
) -> None:
    ref = apply(make, here.amira, here.opening)
    live.sign_in(here.recruiter)
    tab = live.open("/applications")
    tab.locator(".kcard").drag_to(tab.locator("[data-stage=hired]"))
    assert stage_of(live, ref) is Stage.SUBMITTED
    tab.locator(".kcard").drag_to(tab.locator("[data-stage=screening]"))
    send(tab)
    assert stage_of(live, ref) is Stage.SCREENING


def test_every_page_is_readable_on_every_screen(live: Live, make: Make, here: Scene) -> None:
    ref = apply(make, here.amira, here.opening, history_wrong="Jag slutade i maj.")
    put(make, ref, Stage.OFFER)
    live.sign_in(here.recruiter)
    paths = ("", "/all", f"/{ref}", f"/{ref}/decline", f"/{ref}/hire", f"/{ref}/move?to=interview")
    for path in paths:
        live.look("/applications" + path)
    live.sign_in(here.amira)
    for path in ("/home", "/applications/mine", f"/applications/mine/{ref}", here.apply):
        live.look(path)
