"""The look keeps its promises: small files, colours by token, icons that exist."""

import gzip
import re
from pathlib import Path

import pytest

from tests.support.repository import STATIC, TEMPLATES, files, listing, named

CSS = STATIC / "portal.css"
SPRITE = STATIC / "vendor/tabler-icons-3.51.0/icons.svg"
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch)\("
    r"|:\s*(?:white|black|red|green|blue|gr[ae]y)\b",
    re.IGNORECASE,
)
CALL = re.compile(r"\b(?:icon|meta_item)\(\s*[\"']([a-z0-9-]+)[\"']")
KEYWORD = re.compile(r"\bicon(?:_name)?\s*=\s*[\"']([a-z0-9-]+)[\"']")


def style() -> str:
    return CSS.read_text(encoding="utf-8")


def layer(name: str) -> str:
    """Return the text of one cascade layer."""
    text = style()
    begin = text.index(f"@layer {name} {{")
    depth, at = 1, text.index("{", begin) + 1
    while depth:
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return text[begin:at]


def icons() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))


def used_icons(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    return set(CALL.findall(text)) | set(KEYWORD.findall(text))


def test_the_style_sheet_travels_light() -> None:
    assert len(gzip.compress(CSS.read_bytes(), 9)) <= 18_000


def test_colours_are_written_only_as_tokens() -> None:
    rest = style().replace(layer("tokens"), "")
    without_masks = re.sub(r"url\([^)]*\)", "", rest)
    assert COLOUR.findall(without_masks) == []


def test_every_colour_of_the_page_has_a_light_and_a_dark_side() -> None:
    one_sided = [
        line.strip()
        for line in layer("tokens").splitlines()
        if re.match(r"\s*--(bg|surface|line|field|ink|brand|sun|ok|bad|mute)[\w-]*:", line)
        and "light-dark(" not in line
        and "--brand-h:" not in line
    ]
    assert one_sided == []


def test_nothing_but_the_tokens_knows_the_employers_hue() -> None:
    assert "--brand-h)" not in style().replace(layer("tokens"), "")


def test_every_icon_that_is_asked_for_is_in_the_sprite() -> None:
    asking = files(".html", under="templates/") + files(".py", under="alumni_portal/")
    missing = [f"{named(path)}: {name}" for path in asking for name in used_icons(path) - icons()]
    assert not missing, listing(missing)


@pytest.mark.parametrize("folder", ["layouts", "components", "errors"])
def test_classes_in_shared_templates_are_in_the_style_sheet(folder: str) -> None:
    known = set(re.findall(r"\.([a-z][\w-]*)", style()))
    plain = re.compile(r'class="([^"{}]+)"')
    unknown = {
        f"{named(path)}: {name}"
        for path in files(".html", under=f"templates/{folder}/")
        if path != TEMPLATES / "layouts/letter.html"
        for found in plain.findall(path.read_text(encoding="utf-8"))
        for name in found.split()
        if name not in known
    }
    assert not unknown, listing(unknown)
