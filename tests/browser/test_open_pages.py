"""The pages that anybody may open, in Chromium: usable, fitting their screen, silent."""

import pytest

from alumni_portal.core.permissions import Role
from tests.support.chromium import LIGHT_DESK, PHONE_WITHOUT_SCRIPTS, Live
from tests.support.make import Make

WHITE = {"rgb(255, 255, 255)", "oklch(1 0 0)"}
OPEN = ["/sign-in", "/accessibility", "/privacy", "/no-such-page"]


@pytest.mark.parametrize("path", OPEN)
def test_an_open_page_is_usable(live: Live, path: str) -> None:
    live.look(path)


@pytest.mark.parametrize("screen", [PHONE_WITHOUT_SCRIPTS], ids=str)
def test_the_way_in_needs_no_scripts(live: Live) -> None:
    tab = live.open("/sign-in")
    tab.get_by_label("E-postadress").first.fill("nobody@post.example")
    tab.get_by_role("button", name="Skicka inloggningslänk").click()
    assert tab.get_by_role("heading", level=1).inner_text() == "Kolla mejlen"


@pytest.mark.parametrize("screen", [LIGHT_DESK], ids=str)
def test_a_page_prints_as_a_paper_without_what_can_be_pressed(live: Live, make: Make) -> None:
    live.sign_in(make.staff(Role.HR))
    tab = live.open("/people")
    for part in (".rail", "main .btn"):
        assert tab.locator(part).first.is_visible(), part
    tab.emulate_media(media="print", color_scheme="dark")
    for part in (".rail", "main .btn"):
        assert not tab.locator(part).first.is_visible(), part
    assert tab.locator("h1").is_visible()
    paper = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper in WHITE
    assert tab.pdf(format="A4").startswith(b"%PDF")
