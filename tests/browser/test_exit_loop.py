"""From an honest answer to a published result in a real browser, on a phone, scripts on and off."""

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from alumni_portal.core.permissions import Role
from alumni_portal.insights.rules.population import closes_on, quarter_of
from tests.exit_interviews.making import Asked
from tests.journeys.exits import DONE, GOAL, HEARD, OPEN_TEXT, PRIVATE, scene
from tests.support.chromium import PHONE, PHONE_WITHOUT_SCRIPTS, Live
from tests.support.letters import Outbox, run_jobs
from tests.support.make import Make, days


def elin_answers(live: Live, elin: Asked) -> Tab:
    """Let Elin choose who reads, answer, hand in, and ask to be told."""
    tab = live.open(elin.path)
    tab.locator("input[name=reach][value=hr_only]").check()
    tab.get_by_role("button", name="Börja svara").click()
    live.check(tab)
    tab.locator("#workload label").first.click()
    tab.locator("input[name='reasons-1'][value=workload]").check()
    tab.locator("textarea[name=stay_open]").fill(OPEN_TEXT)
    tab.get_by_role("button", name="Lämna in svaren").click()
    tab.get_by_role("link", name="Ja, berätta för mig").click()
    tab.get_by_label("Vad vill du höra om?").select_option("workload")
    tab.get_by_label("Din privata e-postadress").fill(PRIVATE)
    tab.get_by_role("button", name="Berätta för mig").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Tack, du får veta")
    live.check(tab)
    return tab


def lead_reads(live: Live, tab: Tab) -> None:
    """Let the lead of HR find what the calendar has published."""
    tab.goto(live.address + "/insights")
    expect(tab.locator("#reasons-h")).to_be_visible()
    live.check(tab)


def hr_acts(live: Live, tab: Tab) -> None:
    """Let HR make an action on the theme and close it."""
    tab.goto(live.address + "/insights/actions/new?theme=workload")
    tab.locator("textarea[name=heard]").fill(HEARD["heard_sv"])
    tab.locator("input[name=goal]").fill(GOAL)
    tab.locator("select[name=owner]").select_option(label="Anders Ekdahl")
    tab.locator("input[name=due_on]").fill(str(days(60)))
    tab.get_by_role("button", name="Spara").click()
    tab.get_by_role("link", name="Avsluta", exact=True).click()
    _fills(tab, DONE)
    tab.get_by_role("button", name="Åtgärden är genomförd").click()
    live.check(tab)


def hr_writes(live: Live, tab: Tab) -> str:
    """Let HR write what everybody may read, and ask a colleague; return where they read it."""
    tab.get_by_role("link", name="Berätta för alla").click()
    _fills(tab, {**HEARD, **DONE})
    tab.get_by_role("button", name="Be en kollega godkänna").click()
    tab.get_by_role("link", name="Läs och godkänn").click()
    expect(tab.get_by_text("Be någon på HR att öppna den här sidan")).to_be_visible()
    live.check(tab)
    return tab.url


def _fills(tab: Tab, words: dict[str, str]) -> None:
    for name, text in words.items():
        tab.locator(f"textarea[name={name}]").fill(text)


def colleague_approves(live: Live, tab: Tab, address: str) -> None:
    tab.goto(address)
    tab.get_by_label("Jag har läst båda språken").check()
    live.check(tab)
    tab.get_by_role("button", name="Godkänn och låt alla läsa").click()
    expect(tab.get_by_text("Alla kan läsa om det")).to_be_visible()


@pytest.mark.parametrize("screen", [PHONE, PHONE_WITHOUT_SCRIPTS], ids=str)
def test_an_answer_becomes_a_letter_and_a_published_result(
    app: Flask, live: Live, make: Make, outbox: Outbox
) -> None:
    place, elin = scene(make, outbox)
    make.manager_of(place.division)
    tab, quarter = elin_answers(live, elin), quarter_of(days(24))
    lead, colleague = make.staff(Role.HR_LEAD), make.staff(Role.HR)
    with time_machine.travel(f"{closes_on(quarter)}T09:00:00+00:00", tick=True):
        run_jobs(app)
        live.sign_in(lead)
        lead_reads(live, tab)
        hr_acts(live, tab)
        where = hr_writes(live, tab)
        live.sign_in(colleague)
        colleague_approves(live, tab, where)
        live.context.clear_cookies()
        link = outbox.last(PRIVATE).link
        tab.goto(live.address + "/" + link.split("/", 3)[3])
        expect(tab.get_by_text(HEARD["heard_sv"])).to_be_visible()
        live.check(tab)
