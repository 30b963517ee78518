"""On paper: the public page, the poster with its code, and the report of a release."""

import io
import re

import pytest
import segno
from PIL import Image
from playwright.sync_api import Page as Tab

from alumni_portal.core import clock
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.insights import services
from alumni_portal.insights.rules.population import latest_closed
from tests.insights.making_actions import action, leavers, published
from tests.support.chromium import Live, spill_of
from tests.support.make import Make

pytestmark = pytest.mark.chromium
#: A4 between margins of 16 mm, in pixels of print.
PAPER = {"width": 673, "height": 1002}
MILLIMETRE = 96 / 25.4
QUIET = 4
LONG = "Mycket text. " * 40
#: Texts that a box on paper cuts off, by what they say.
CUT_OFF = """() => [...document.querySelectorAll("main *")].filter(one => {
  const look = getComputedStyle(one);
  return look.display !== "none" && look.visibility !== "hidden" && look.overflow !== "visible"
    && !one.closest("svg") && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1;
}).map(one => one.className + ": " + one.textContent.trim().slice(0, 40))"""


def on_paper(live: Live, path: str) -> Tab:
    """Return a page as it is printed, with nothing wider than the paper."""
    tab = live.open(path)
    tab.set_viewport_size({"width": PAPER["width"], "height": PAPER["height"]})
    tab.emulate_media(media="print", color_scheme="light")
    assert spill_of(tab) == 0
    assert tab.evaluate(CUT_OFF) == []
    return tab


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def printed(tab: Tab) -> bytes:
    """Return the page as a file: with a language and tags, so that it can be read aloud."""
    pdf = tab.pdf(format="A4", tagged=True, prefer_css_page_size=True)
    assert b"/StructTreeRoot" in pdf
    assert b"/Lang" in pdf
    return pdf


def test_the_public_page_prints_whole(live: Live, make: Make) -> None:
    for number in range(3):
        published(make, action(make), heard_sv=f"{LONG}{number}")
    tab = on_paper(live, "/what-changed")
    shown = [tab.get_by_text(f"Mycket text. {number}").is_visible() for number in range(3)]
    assert shown == [True] * 3
    assert not tab.locator("nav, .btn").filter(visible=True).count()
    assert pages_of(printed(tab)) in {2, 3}


def test_the_poster_fills_one_sheet_with_a_code_that_can_be_read(live: Live, make: Make) -> None:
    published(make, action(make))
    tab = on_paper(live, "/what-changed/poster")
    assert pages_of(printed(tab)) == 1
    box = tab.locator(".poster__foot svg").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 30 * MILLIMETRE, "read at arm's length"
    address = f"{live.app.extensions['alumni_portal.settings'].base_url}/what-changed"
    assert tab.get_by_text(address).is_visible(), "for who has no camera"
    drawn = Image.open(io.BytesIO(tab.locator(".poster__foot svg").screenshot(scale="css")))
    assert modules(drawn, address) == wanted(address)


def wanted(address: str) -> list[list[bool]]:
    """Return the code of an address with its quiet margin, from the library."""
    code = segno.make(address, error="m")
    return [[bool(one) for one in row] for row in code.matrix_iter(border=QUIET)]


def modules(drawn: Image.Image, address: str) -> list[list[bool]]:
    """Return what a camera sees in the middle of each module."""
    side = len(wanted(address))
    grey = drawn.convert("L")
    step = grey.width / side

    def is_dark(row: int, column: int) -> bool:
        seen = grey.getpixel((int((column + 0.5) * step), int((row + 0.5) * step)))
        return isinstance(seen, int | float) and seen < 128

    return [[is_dark(row, column) for column in range(side)] for row in range(side)]


def test_a_release_prints_as_a_report_with_every_table_open(live: Live, make: Make) -> None:
    quarter = latest_closed(clock.today())
    with make.work():
        services.release_from(leavers(quarter, 40, 60), quarter, by=SYSTEM)
    live.sign_in(make.staff(Role.HR))
    tab = on_paper(live, "/insights")
    assert tab.get_by_role("cell", name="40 %").first.is_visible(), "the table is unfolded"
    assert 2 <= pages_of(printed(tab)) <= 5
