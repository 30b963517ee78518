"""Slots in a mailing, `{{first_name}}`: found and filled by this tokenizer alone (S30).

No template engine ever sees what somebody wrote. A slot is a small word in double braces; all
else that has braces is text and comes out as it is. A value is escaped for where it stands.
"""

import re
from collections.abc import Mapping
from html import escape

from alumni_portal.core.text import clean_line

UNSUBSCRIBE = "unsubscribe"
_SLOT = re.compile(r"\{\{ ?([a-z][a-z_]{0,39}) ?\}\}")
_TAG = re.compile(r"<[^<>]*>")
#: What a value that stands inside a tag (in `href`) must begin with.
_ADDRESS = ("https://", "http://")


def slots_in(text: str) -> set[str]:
    """Return the names of the slots of a text."""
    return set(_SLOT.findall(text))


def links_in(html: str) -> set[str]:
    """Return the names of the slots that stand inside a tag: their values must be addresses."""
    return {name for tag in _TAG.findall(html) for name in slots_in(tag)}


def is_address(value: str) -> bool:
    """Say whether a value may stand inside a tag."""
    return value.startswith(_ADDRESS) and not re.search(r"[\s<>\"']", value)


def fill_line(text: str, values: Mapping[str, str]) -> str:
    """Return a subject with its slots filled, as one line (S31)."""
    return clean_line(_filled(text, {name: clean_line(value) for name, value in values.items()}))


def fill_text(text: str, values: Mapping[str, str]) -> str:
    """Return plain text with its slots filled; a value adds no line of its own."""
    return _filled(text, {name: clean_line(value) for name, value in values.items()})


def fill_html(html: str, values: Mapping[str, str]) -> str:
    """Return HTML with its slots filled; a value is text there, whatever signs it holds."""
    return _filled(html, {name: escape(clean_line(value)) for name, value in values.items()})


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda found: values[found[1]], text)
