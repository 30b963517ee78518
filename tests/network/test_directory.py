"""The directory: members find members, by what each of them shows."""

import pytest

from tests.support.browser import Browser
from tests.support.make import Make


@pytest.mark.both_databases
def test_an_alumnus_finds_colleagues_in_swedish_order(browser: Browser, make: Make) -> None:
    for name in ("Örjan Ek", "Åsa Ål", "Ärla Äng", "Zoe Zetterberg", "Bo Öst"):
        make.alumnus(name)
    browser.as_(make.alumnus("Amira Haddad"))
    page = browser.get("network.directory")
    assert page.texts(".hit h3") == [
        "Örjan Ek",
        "Amira Haddad",
        "Zoe Zetterberg",
        "Åsa Ål",
        "Ärla Äng",
        "Bo Öst",
    ]
    assert "6 kollegor" in page
