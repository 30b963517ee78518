"""Cases as HR and managers see them."""

import pytest
from flask import Flask
from icalendar import Calendar

from alumni_portal.core.permissions import COMMAND_LINE as HR
from alumni_portal.core.permissions import Role
from alumni_portal.offboarding import services
from alumni_portal.offboarding.models import CaseKind
from alumni_portal.offboarding.rules.case_template import steps_of
from alumni_portal.people.models import ExitGround, Unit
from tests.offboarding.making import Leaver, change, leaver, load, open_for
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make, days
from tests.support.page import Page
from tests.support.statements import counted

STEPS = len(steps_of(CaseKind.REDUNDANCY))


@pytest.fixture
def unit(make: Make) -> Unit:
    return make.unit("Konstruktion")


@pytest.fixture
def who(make: Make, outbox: Outbox, unit: Unit) -> Leaver:
    return leaver(make, outbox, unit=unit, ground=ExitGround.REDUNDANCY)


@pytest.fixture
def hr(browser: Browser, make: Make) -> Browser:
    return browser.as_(make.staff(Role.HR, name="Maria Stenberg"))


@pytest.fixture
def boss(browser: Browser, make: Make, unit: Unit) -> Browser:
    return browser.another().as_(make.manager_of(unit))


def show(reader: Browser, who: Leaver, show: str = "all") -> Page:
    return reader.get("offboarding.case", public_id=who.public_id, show=show)


def box(page: Page, title: str) -> str:
    found = [tag for tag in page.all("label.check") if title in tag.get_text()]
    return str(found[0].select("input")[0]["value"])


def test_the_page_of_a_case_shows_what_hr_needs(hr: Browser, who: Leaver) -> None:
    page = show(hr, who)
    assert page.heading == "Elin Bergström"
    for text in ("Arbetsbrist", f"0 av {STEPS} steg", "Tidslinje", "Sidan för Elin"):
        assert text in page
    assert "Skriv i beskedet om företrädesrätt gäller" in page


def test_a_stale_page_and_a_double_click_undo_nothing(
    browser: Browser, hr: Browser, boss: Browser, who: Leaver
) -> None:
    stale = show(hr, who)
    page = show(boss, who)
    own = box(page, "Gör en plan för överlämningen")
    for _click in range(2):
        page.submit("Spara", done=[own])
    stale = stale.submit("Spara", done=[box(stale, "Påminn om sekretess")])
    assert stale.flashes == ["Sparat: 1 steg."]
    ticked = {tag["value"] for tag in stale.all("input[name=done][checked]")}
    assert ticked == {own, box(stale, "Påminn om sekretess")}


def test_the_filter_shows_what_is_left_or_late(hr: Browser, make: Make, who: Leaver) -> None:
    page = show(hr, who)
    page.submit("Spara", done=[box(page, "Påminn om sekretess")])
    assert "Påminn om sekretess" not in show(hr, who, show="left").texts("label.check")
    assert "Inget är försenat" in show(hr, who, show="late")


def test_a_task_is_added_dated_skipped_with_a_reason_and_taken_back(
    hr: Browser, who: Leaver
) -> None:
    page = show(hr, who).follow("Lägg till ett steg")
    page = page.submit("Lägg till", written="Ring facket", owner="hr", due_on=days(9).isoformat())
    page = page.follow("Ändra: Ring facket").submit("Spara datum", due_on=days(5).isoformat())
    page = page.follow("Ändra: Ring facket").follow("Hoppa över steget")
    page = page.submit("Hoppa över", reason="")
    assert page.errors
    page = page.submit("Hoppa över", reason="Redan sagt")
    assert "Behövs inte" in page
    assert "Hoppade över: Ring facket. Redan sagt" in page
    page = page.follow("Ändra: Ring facket").submit("Ta tillbaka steget")
    assert "Behövs inte" not in page


def test_the_history_says_who_did_what(hr: Browser, boss: Browser, who: Leaver) -> None:
    page = show(boss, who)
    page.submit("Spara", done=[box(page, "Gör en plan för överlämningen")])
    lines = show(hr, who).texts("#history ~ details li, [aria-labelledby=history] li")
    assert lines[0].startswith("Bockade av: Gör en plan för överlämningen Anders Ekdahl")


def test_the_last_day_is_moved_in_a_form_that_keeps_what_was_typed(
    hr: Browser, who: Leaver
) -> None:
    page = show(hr, who).follow("Ändra sista dag")
    page = page.submit("Spara", ends_on="2001-01-01")
    assert "före första dagen" in page.errors[0]
    assert page.value("ends_on") == "2001-01-01"
    page = page.submit("Spara", ends_on=days(30).isoformat())
    assert page.flashes == ["Datumen är ändrade."]


def test_a_change_to_a_case_that_somebody_else_cancelled_is_explained(
    hr: Browser, make: Make, who: Leaver
) -> None:
    page = show(hr, who).follow("Ändra sista dag")
    change(make, who.public_id, services.withdraw_notice)
    page = page.submit("Spara", ends_on=days(30).isoformat())
    assert "inte öppet längre" in page.errors[0]
    assert page.value("ends_on") == days(30).isoformat()


def test_a_case_is_handed_over_and_the_new_one_gets_a_letter(
    hr: Browser, make: Make, outbox: Outbox, who: Leaver
) -> None:
    other = make.staff(Role.HR, name="Petra Öhrn")
    page = show(hr, who).follow("Lämna över ansvaret")
    page = page.submit("Spara", hr=other.person.public_id)
    assert "Petra Öhrn" in page
    assert "Du tar över ett avslut: Elin Bergström" in outbox.subjects()


def test_the_dates_come_as_a_calendar(hr: Browser, boss: Browser, who: Leaver) -> None:
    answer = hr.open(f"/offboarding/{who.public_id}/dates.ics")
    calendar = Calendar.from_ical(answer.get_data())
    titles = [str(one["summary"]) for one in calendar.walk("VEVENT")]
    assert answer.mimetype == "text/calendar"
    assert titles[0] == "Elin Bergström: sista dagen"
    assert len(titles) == STEPS + 1
    assert b"LAS" not in boss.open(f"/offboarding/{who.public_id}/dates.ics").get_data()


def test_all_dates_come_as_one_calendar(
    hr: Browser, make: Make, outbox: Outbox, who: Leaver
) -> None:
    leaver(make, outbox, name="Bo Al", ends=days(3))
    calendar = Calendar.from_ical(hr.open("/offboarding/dates.ics").get_data())
    titles = [str(one["summary"]) for one in calendar.walk("VEVENT")]
    assert {"Bo Al: sista dagen", "Elin Bergström: sista dagen"} <= set(titles)


def test_the_person_s_page_leads_to_the_case(hr: Browser, who: Leaver, app: Flask) -> None:
    with app.app_context():
        person = load(who.public_id).person.public_id
    page = hr.get(f"/people/{person}")
    assert f"/offboarding/{who.public_id}" in page.links().values()


def test_the_list_finds_filters_and_pages(
    hr: Browser, make: Make, outbox: Outbox, who: Leaver, unit: Unit
) -> None:
    leaver(make, outbox, name="Bo Åkesson", unit=make.unit("Elkraft"), ends=days(5))
    page = hr.get("offboarding.cases")
    assert page.texts("tbody th a") == ["Bo Åkesson", "Elin Bergström"]
    assert hr.get("offboarding.cases", q="akes").texts("tbody th a") == ["Bo Åkesson"]
    found = hr.get("offboarding.cases", unit=unit.public_id)
    assert found.texts("tbody th a") == ["Elin Bergström"]
    assert "Ingen träff" in hr.get("offboarding.cases", q="xyz")
    change(make, who.public_id, services.withdraw_notice)
    assert hr.get("offboarding.cases", show="cancelled").texts("tbody th a") == ["Elin Bergström"]


def test_a_long_list_is_turned_page_by_page_in_both_directions(hr: Browser, make: Make) -> None:
    ids = [make.leaver(f"Person {n:03}", ends=days(1 + n // 2)).id for n in range(53)]
    with make.work():
        services.open_cases(ids, by=HR)
    first = hr.get("offboarding.cases")
    second = first.follow("Nästa")
    assert len(first.texts("tbody th a")) == 50
    assert second.texts("tbody th a") == ["Person 050", "Person 051", "Person 052"]
    assert second.follow("Föregående").texts("tbody th a") == first.texts("tbody th a")


def test_the_links_of_all_leavers_are_sent_with_one_button(
    hr: Browser, make: Make, outbox: Outbox, who: Leaver
) -> None:
    leaver(make, outbox, name="Bo Al")
    page = hr.get("offboarding.cases").submit("Skicka länkarna")
    assert page.flashes == ["2 länkar är på väg."]
    page.submit("Skicka länkarna")
    assert len(outbox.letters(who.address)) == 1
    assert "Skicka länkarna" not in hr.get("offboarding.cases").buttons()


def test_pages_ask_the_database_no_more_often_for_many_than_for_one(
    app: Flask, hr: Browser, make: Make, who: Leaver
) -> None:
    def cost(path: str) -> int:
        with counted(app) as asked:
            assert hr.client.get(path, base_url=hr.base_url).status_code == 200
        return len(asked)

    before = cost("/offboarding")
    for number in range(4):
        open_for(make, make.leaver(f"Person {number}"))
    assert cost("/offboarding") == before <= 12
    assert cost(f"/offboarding/{who.public_id}") <= 20


def test_a_withdrawn_notice_and_a_death_are_asked_about_once_more(hr: Browser, who: Leaver) -> None:
    page = show(hr, who).follow("Elin har avlidit")
    page = page.submit("Registrera", died_on=days(0).isoformat())
    assert "Elin Bergström har avlidit" in page
    assert "Sidan för Elin" not in page


def test_a_withdrawn_notice_ends_the_case(hr: Browser, who: Leaver) -> None:
    page = show(hr, who).follow("Uppsägningen tas tillbaka").submit("Ja, Elin är kvar")
    assert "Avbrutet" in page
    assert "Spara" not in page.buttons()


def test_the_menu_counts_what_waits_for_the_reader(hr: Browser, boss: Browser, who: Leaver) -> None:
    for reader in (hr, boss):
        assert "1" in reader.get("offboarding.cases").texts(".rail .count")[0]
