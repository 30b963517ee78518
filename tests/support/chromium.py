"""The portal in a real browser: a live server, Chromium, axe, and a grid of screens."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from alumni_portal.accounts.models import Account
from tests.support.browser import Browser as Reader
from tests.support.repository import ROOT

AXE = ROOT / "tests/vendor/axe-core-4.14.1/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: How long a page may take to show what a test waits for, in milliseconds.
PATIENCE = 10_000
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """Return where this machine keeps Chromium, if it has one."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)


@dataclass(frozen=True)
class Screen:
    """One way to look at a page."""

    width: int
    scheme: str = "light"
    scripts: bool = True

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}" + ("" if self.scripts else "-no-scripts")

    @property
    def height(self) -> int:
        return 900 if self.width > 800 else 844


PHONE = Screen(390)
DESK = Screen(1440, "dark")
PHONE_WITHOUT_SCRIPTS = Screen(390, scripts=False)
#: What `make test` looks at, and what `make e2e` looks at.
SHORT_GRID = [PHONE, DESK]
FULL_GRID = [Screen(w, scheme) for w in (1440, 390, 320) for scheme in ("light", "dark")] + [
    PHONE_WITHOUT_SCRIPTS
]


class Quiet(WSGIRequestHandler):
    """A request handler that writes no log line."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's name
        pass


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on a free port of this machine and return its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Live:
    """The portal in Chromium, on one screen."""

    app: Flask
    address: str
    context: BrowserContext
    screen: Screen
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, account: Account) -> None:
        """Let somebody be signed in on every tab from now on."""
        for name, value in Reader(self.app).as_(account).cookies.items():
            self.context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def open(self, path: str = "/") -> Page:
        """Return a new tab at this path. What its console complains about is kept."""
        tab = self.context.new_page()
        tab.on("console", self._listen)
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.goto(self.address + path)
        return tab

    def _listen(self, message: ConsoleMessage) -> None:
        about_the_page = message.page is not None and message.location["url"] == message.page.url
        missing = message.text.startswith("Failed to load resource") and about_the_page
        if message.type in {"error", "warning"} and not missing:  # error pages are pages, too
            self.complaints.append(message.text)

    def check(self, tab: Page) -> None:
        """Fail when the page shown is hard to use, spills over its screen or complains."""
        found = axe_violations(tab) if self.screen.scripts else []
        found += [f"console: {text}" for text in self.complaints]
        spill = spill_of(tab) if self.screen.scripts else 0
        if spill:
            found.append(f"{spill} px wider than the screen")
        assert not found, f"{tab.url} on {self.screen}:\n  " + "\n  ".join(found)


def axe_violations(tab: Page) -> list[str]:
    """Return what axe finds wrong with the page shown, one line each."""
    if not tab.evaluate("() => Boolean(window.axe)"):
        tab.evaluate(AXE.read_text(encoding="utf-8"))
    result = tab.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:120]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def spill_of(tab: Page) -> int:
    """Return by how many pixels the page is wider than its screen."""
    script = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(tab.evaluate(script))


def options_of(screen: Screen, address: str) -> dict[str, Any]:
    """Return how a browser context is made for a screen."""
    return {
        "base_url": address,
        "viewport": {"width": screen.width, "height": screen.height},
        "color_scheme": screen.scheme,
        "java_script_enabled": screen.scripts,
        "locale": "sv-SE",
        "timezone_id": "Europe/Stockholm",
        "reduced_motion": "reduce",
    }
