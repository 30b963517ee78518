"""The pages that anybody may open, in Chromium: usable, fitting their screen, silent."""

import pytest

from tests.support.chromium import PHONE_WITHOUT_SCRIPTS, Live

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
