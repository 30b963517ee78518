"""Every page of actions on phone and desk, in light and dark, and at 320."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from alumni_portal.core.permissions import Role
from alumni_portal.insights import queries
from tests.insights.making_actions import action, closed, late, published
from tests.support.chromium import Live
from tests.support.make import Make, days

pytestmark = pytest.mark.chromium
SURVEY = "Slutdatum;Typ;Lön;Stämning\n2024-02-03;Egen;Ja;bra\n2024-05-03;Egen;Nej;dålig\n"


def test_actions_and_what_changed_look_right(live: Live, make: Make) -> None:
    made = published(make, closed(make))
    late(make, due_on=days(-4), goal="Beredskapsschema sex veckor i förväg")
    with live.app.app_context():
        token, back = queries.ask_token(), queries.take_back_token("x")
    for path in ("", "/poster", f"/tell-me/{token}", f"/asked/{back}", "/tell-me/gone"):
        live.look(f"/what-changed{path}")
    live.sign_in(make.staff(Role.HR))
    base = f"/insights/actions/{action(make).public_id}"
    for path in ("?show=closed", "?show=overdue", "/new", f"/{made.public_id}"):
        live.look(f"/insights/actions{path}")
    for path in ("", "/edit", "/close", "/drop", "/publication", "/quotes"):
        live.look(base + path)
    live.look("/start")


def test_a_survey_is_mapped_in_the_browser(live: Live, make: Make, tmp_path: Path) -> None:
    file = tmp_path / "enkät.csv"
    file.write_text(SURVEY, encoding="utf-8")
    live.sign_in(make.staff(Role.HR))
    live.look("/exit-interviews/imports/new")
    tab = live.open("/exit-interviews/imports/new")
    tab.get_by_label("Fil").set_input_files(file)
    for button in ("Gå vidare", "Gå vidare till värdena", "Se hur filen läses"):
        tab.get_by_role("button", name=button, exact=True).click()
        live.check(tab)
        live.look(urlsplit(tab.url).path)
    tab.get_by_role("button", name="Läs in", exact=True).click()
    live.check(tab)
    live.look("/exit-interviews/imports")
