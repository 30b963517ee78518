"""The portal in a real browser: a live server, Chromium, axe, and a grid of screens."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright
from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server

from alumni_portal.accounts.models import Account
from tests.support.browser import Browser as Reader
from tests.support.repository import ROOT

AXE = ROOT / "tests/vendor/axe-core-4.14.1/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"type": "tag", "values": TAGS}
#: What changes with the scheme alone.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
#: Only what is wrong comes back: what axe found right is a megabyte a page.
RUN_AXE = """async rules => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  return found.violations.flatMap(one => one.nodes.map(
    node => `${one.id}: ${one.help}: ${node.target} ${node.html.slice(0, 120)}`));
}"""
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
    scheme: Literal["light", "dark"] = "light"
    scripts: bool = True
    #: Whether `Live.check` shows a page on the other screens too, without loading it anew.
    on_others: bool = False

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}" + ("" if self.scripts else "-no-scripts")

    @property
    def height(self) -> int:
        return 900 if self.width > 800 else 844


PHONE = Screen(390)
DESK = Screen(1440, "dark")
LIGHT_DESK = Screen(1440)
PHONE_WITHOUT_SCRIPTS = Screen(390, scripts=False)
#: How a page is looked at after it was looked at on a phone. The narrowest screen, a large text
#: size, has the layout of a phone: it must hold the page.
OTHERS = (
    (Screen(390, "dark"), COLOURS),
    (DESK, RULES),
    (LIGHT_DESK, COLOURS),
    (Screen(320), None),
)
#: What `make test` looks at, and what `make e2e` looks at.
SHORT_GRID = [replace(PHONE, on_others=True)]
FULL_GRID = [*SHORT_GRID, PHONE_WITHOUT_SCRIPTS]


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application as `alumni-portal serve` does, on a free port; return its address.

    What is being answered when it ends is answered first.
    """
    connections: dict[Any, Any] = {}
    server = create_server(app, map=connections, host="127.0.0.1", port=0, threads=8, ident=None)
    assert isinstance(server, BaseWSGIServer)  # one address, one server
    ending = threading.Event()

    def serve() -> None:
        while not ending.is_set():
            wasyncore.loop(map=connections, count=1)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        ending.set()
        server.pull_trigger()
        thread.join()
        server.task_dispatcher.shutdown()
        wasyncore.close_all(connections, ignore_all=True)


@dataclass
class Live:
    """The portal in Chromium, on one screen."""

    app: Flask
    address: str
    context: BrowserContext
    screen: Screen
    complaints: list[str] = field(default_factory=list)
    looking: Page | None = None

    def sign_in(self, account: Account) -> None:
        """Let somebody be signed in on every tab from now on."""
        for name, value in Reader(self.app).as_(account).cookies.items():
            self.context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def open(self, path: str = "/") -> Page:
        """Return a new tab at this path. What its console complains about is kept."""
        tab = self._new_tab()
        tab.goto(self.address + path)
        return tab

    def look(self, path: str) -> None:
        """Check the page at this path, in the one tab that goes from page to page."""
        self.looking = self.looking or self._new_tab()
        self.looking.goto(self.address + path)
        assert self.looking.locator("h1").inner_text()
        self.check(self.looking)

    def _new_tab(self) -> Page:
        tab = self.context.new_page()
        tab.on("console", self._listen)
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        return tab

    def _listen(self, message: ConsoleMessage) -> None:
        about_the_page = message.page is not None and message.location["url"] == message.page.url
        missing = message.text.startswith("Failed to load resource") and about_the_page
        if message.type in {"error", "warning"} and not missing:  # error pages are pages, too
            self.complaints.append(message.text)

    def check(self, tab: Page) -> None:
        """Fail when the page shown is hard to use, spills over its screen or complains."""
        found = [f"console: {text}" for text in self.complaints]
        if self.screen.scripts:
            found += self._seen(tab)
        assert not found, f"{tab.url} on {self.screen}:\n  " + "\n  ".join(found)

    def _seen(self, tab: Page) -> list[str]:
        """Return what is wrong with a page on this screen and on the others that it stands for."""
        found = violations(tab, self.screen, RULES)
        if self.screen.on_others:
            for other, rules in OTHERS:
                show(tab, other)
                found += violations(tab, other, rules)
            show(tab, self.screen)
        return found


def show(tab: Page, screen: Screen) -> None:
    """Show a page on another screen, as when a window is drawn wider or the evening comes."""
    tab.set_viewport_size({"width": screen.width, "height": screen.height})
    tab.emulate_media(color_scheme=screen.scheme)


def violations(tab: Page, screen: Screen, rules: dict[str, Any] | None) -> list[str]:
    """Return what axe finds wrong with the page shown, and by how much it is too wide."""
    found = axe(tab, rules) if rules else []
    spill = spill_of(tab)
    found += [f"{spill} px wider than the screen"] if spill else []
    return [f"{screen}: {line}" for line in found]


def axe(tab: Page, rules: dict[str, Any]) -> list[str]:
    """Return what axe finds wrong with the page shown by some of its rules, one line each."""
    if not tab.evaluate("() => Boolean(window.axe)"):
        tab.evaluate(AXE.read_text(encoding="utf-8"))
    return list(tab.evaluate(RUN_AXE, rules))


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
