"""A file from upload to undo in Chromium, easy to use on every screen."""

from flask import Flask
from playwright.sync_api import Page, expect

from alumni_portal.core.permissions import Role
from tests.offboarding.importing import sample
from tests.support.chromium import Live
from tests.support.make import Make


def heading(tab: Page, text: str) -> None:
    expect(tab.locator("h1")).to_have_text(text)


def test_a_file_goes_from_upload_to_undo_on_every_screen(
    live: Live, make: Make, app: Flask
) -> None:
    live.sign_in(make.staff(Role.HR, name="Maria Stenberg"))
    tab = live.open("/offboarding/imports/new")
    live.check(tab)
    tab.set_input_files("input[type=file]", sample("suite-en"))
    tab.get_by_role("button", name="Ladda upp").click()
    heading(tab, "Vad betyder kolumnerna?")
    live.check(tab)
    tab.get_by_role("button", name="Kontrollera filen").click()
    heading(tab, "Det här skulle hända")
    live.check(tab)
    tab.get_by_role("link", name="Liknar någon").click()
    live.check(tab)
    tab.get_by_role("button", name="Läs in 289 rader").click()
    heading(tab, "Filen är inläst")
    live.check(tab)
    live.look("/offboarding/matches")
    tab.get_by_role("link", name="Ångra inläsningen").click()
    heading(tab, "Vill du ångra inläsningen?")
    live.check(tab)
    tab.get_by_role("button", name="Ja, ångra").click()
    heading(tab, "Inläsningen är ångrad")
    live.check(tab)


def test_an_error_and_a_repeated_file_are_easy_to_read(live: Live, make: Make, app: Flask) -> None:
    live.sign_in(make.staff(Role.HR, name="Maria Stenberg"))
    tab = live.open("/offboarding/imports/new")
    tab.set_input_files(
        "input[type=file]", {"name": "tom.csv", "mimeType": "text/csv", "buffer": b""}
    )
    tab.get_by_role("button", name="Ladda upp").click()
    expect(tab.locator(".summary")).to_contain_text("Filen är tom.")
    live.check(tab)
    tab.set_input_files("input[type=file]", sample("suite-en"))
    tab.get_by_role("button", name="Ladda upp").click()
    tab.get_by_label("Home Email är").select_option("Telefon")
    tab.get_by_label("Home Phone är").select_option("Telefon")
    tab.get_by_label("Worker ID är", exact=True).select_option("Används inte")
    tab.get_by_role("button", name="Kontrollera filen").click()
    expect(tab.locator(".summary")).to_contain_text(
        "Välj vilken kolumn som är ”Anställningsnummer”."
    )
    live.check(tab)
