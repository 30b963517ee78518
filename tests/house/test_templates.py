"""Templates assemble; they carry no style, no script, nothing from elsewhere and nothing unused."""

import re
from pathlib import Path

import pytest

from tests.support.repository import PACKAGE, STATIC, TEMPLATES, files, listing, named

INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>{%]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", re.IGNORECASE
    ),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "an escape switched off": re.compile(r"\|\s*safe\b|autoescape\s+false"),
}
FETCHED = re.compile(
    r"""(?:\bsrc|srcset|\bposter|<link[^>]*\shref|\burl|@import|\bfrom|\bimport|\bfetch)"""
    r"""\s*[=("' ]+\s*["']?(?P<where>(?:https?:)?//[^"')\s]+)""",
    re.IGNORECASE,
)
IMPORT = re.compile(r"{%-?\s*from\s+\"(?P<file>[^\"]+)\"\s+import\s+(?P<names>[^%]+?)\s*-?%}")
CONTEXT = re.compile(r"\s+with(out)? context$")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


#: Styles of mail are made inline before it is sent; no content policy reaches a mail program.
MAIL = TEMPLATES / "layouts/letter.html"


def templates() -> list[Path]:
    return files(".html", ".txt", ".xml", ".j2", under="templates/")


@pytest.mark.parametrize("what", sorted(INLINE))
def test_no_template_holds(what: str) -> None:
    found = [
        f"{named(path)}:{number}: {line.strip()[:100]}"
        for path in templates()
        if path != MAIL
        for number, line in enumerate(text(path).splitlines(), 1)
        if INLINE[what].search(line)
    ]
    assert not found, listing(found)


def test_nothing_is_fetched_from_elsewhere() -> None:
    found = [
        f"{named(path)}: {match['where']}"
        for path in templates() + files(".css", ".js", ".svg", under="static/")
        for match in FETCHED.finditer(text(path))
        if not match["where"].startswith("http://www.w3.org/")
    ]
    assert not found, listing(found)


def imported(path: Path) -> list[str]:
    """Return the names that a template imports, as it calls them."""
    return [
        name.split(" as ")[-1].strip()
        for match in IMPORT.finditer(text(path))
        for name in CONTEXT.sub("", match["names"]).split(",")
    ]


def test_every_imported_macro_is_used() -> None:
    """A component may import in order to pass on: then somebody imports it from there."""
    passed_on = {
        (match["file"], name.strip().split(" as ")[0])
        for path in templates()
        for match in IMPORT.finditer(text(path))
        for name in CONTEXT.sub("", match["names"]).split(",")
    }
    unused = [
        f"{named(path)}: {name}"
        for path in templates()
        for name in imported(path)
        if not re.search(rf"\b{re.escape(name)}\b", IMPORT.sub("", text(path)))
        and (path.relative_to(TEMPLATES).as_posix(), name) not in passed_on
    ]
    assert not unused, listing(unused)


def test_no_folder_shadows_the_templates_of_a_checkout() -> None:
    assert not [name for name in ("templates", "static", "migrations") if (PACKAGE / name).exists()]


def test_every_template_folder_belongs_to_a_slice_or_to_the_house() -> None:
    house = {"layouts", "components", "errors", "styleguide", "pdf"}
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}
    strange = {name for name in folders - house if not (PACKAGE / name).is_dir()}
    assert not strange, listing(strange)


def test_style_and_script_keep_their_budget() -> None:
    """At most 90 kB of CSS and 15 kB of our own JavaScript."""
    css = sum(path.stat().st_size for path in STATIC.rglob("*.css") if "vendor" not in path.parts)
    script = sum(path.stat().st_size for path in STATIC.rglob("*.js") if "vendor" not in path.parts)
    assert css <= 90_000
    assert script <= 15_000
