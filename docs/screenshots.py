"""Take the pictures of the README from a fresh demo: `.venv/bin/python docs/screenshots.py`.

Seeds Sundmark into a folder of its own, serves it on a free port and looks at it with the
Chromium of this machine.
"""  # noqa: INP001 - a script beside the documents

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright  # noqa: E402

from alumni_portal.accounts import queries  # noqa: E402
from alumni_portal.core.jobs import run_due  # noqa: E402
from alumni_portal.demo import install, seeding  # noqa: E402
from tests.support import chromium  # noqa: E402
from tests.support.app import made_app, migrate, settings_for  # noqa: E402

IMAGES = ROOT / "docs/img"


@dataclass(frozen=True)
class Picture:
    """One picture: who looks at which page, on how wide a screen."""

    name: str
    who: str
    path: str
    width: int = 1280
    height: int = 860
    scheme: str = "light"
    #: The words of a link to follow first.
    through: str = ""


PICTURES = (
    Picture("home", "alumn", "/home", height=1000),
    Picture("home-phone", "alumn", "/home", width=390, height=844, scheme="dark"),
    Picture("start", "hr", "/start", height=1000),
    Picture("cases", "hr", "/offboarding"),
    Picture("case", "hr", "/offboarding", height=1000, through="Elin Bergström"),
    Picture("consents", "alumn", "/consents", height=1000),
    Picture("profile", "alumn", "/profile"),
    Picture("directory", "alumn", "/colleagues"),
    Picture("search", "rekryterare", "/candidates?q=projektledare", height=1000),
    Picture("board", "rekryterare", "/applications", height=1000),
    Picture("openings", "alumn", "/openings", height=1000),
    Picture("apply-phone", "alumn", "/openings", 390, 844, through="Ansök"),
    Picture("newsletter", "hr", "/newsletters/manage", height=1000, through="Decemberbrevet"),
    Picture("event", "alumn", "/events", height=1000, through="Alumnifrukost i Malmö"),
    Picture("figures", "hr", "/insights", height=1000),
    Picture("what-changed", "", "/what-changed", height=1000),
    Picture("sign-in", "", "/sign-in", width=1280, height=800),
    Picture("mail", "", "/dev/mail"),
)


@contextmanager
def demo() -> Iterator[tuple[Flask, str]]:
    """Serve a freshly seeded Sundmark and yield it with its address."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/portal.sqlite3"
        migrate(url)
        with made_app(settings_for(url, Path(folder) / "instance")) as app:
            install(app)
            app.testing = False
            with app.app_context():
                seeding.seed(say=print)
                run_due()
            with chromium.served(app) as address:
                yield app, address


def signed_in(browser: Browser, app: Flask, address: str, picture: Picture) -> BrowserContext:
    """Return a browser of somebody who is signed in, or of a stranger."""
    screen = chromium.Screen(picture.width, picture.scheme)
    options = chromium.options_of(screen, address)
    options["reduced_motion"] = "reduce"  # no picture of one page fading into another
    options["viewport"] = {"width": picture.width, "height": picture.height}
    context = browser.new_context(**options)
    if picture.who:
        with app.app_context():
            found = queries.let_in_by(f"{picture.who}@sundmark.example")
        if found is not None:
            chromium.Live(app, address, context, screen).sign_in(found[0])
    return context


def take(page: Page, picture: Picture) -> None:
    """Look at one page and keep what is seen."""
    page.goto(picture.path)
    if picture.through:
        page.get_by_role("link", name=picture.through).first.click()
    page.wait_for_load_state("networkidle")
    target = IMAGES / f"{picture.name}.png"
    page.screenshot(path=target)
    print(f"{target.relative_to(ROOT)}  {target.stat().st_size // 1000} kB")  # noqa: T201 - a script


def main() -> None:
    """Take all pictures, or those named on the command line."""
    wanted = set(sys.argv[1:])
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, demo() as (app, address):
        browser = chromium.launch(playwright)
        for picture in PICTURES:
            if not wanted or picture.name in wanted:
                context = signed_in(browser, app, address, picture)
                take(context.new_page(), picture)
                context.close()


if __name__ == "__main__":
    main()
