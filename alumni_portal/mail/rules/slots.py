"""Slots in a mailing, `{{first_name}}`: found and filled by this tokenizer alone (S30).

No template engine ever sees what somebody wrote. A slot is a small word in double braces; all
else that has braces is text and comes out as it is. A value is escaped for where it stands.

`{{#unit}}…{{/unit}}` stands only where the value is not empty, `{{^unit}}…{{/unit}}` only where it
is, and `{{*posts}}…{{/posts}}` once for each entry of a list; what is no list has no entries. What
is not closed is text, and so is what stands deeper than anybody means.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from html import escape
from urllib.parse import quote

from alumni_portal.core.text import clean_line

UNSUBSCRIBE = "unsubscribe"
#: What a slot holds, or what a list is repeated for.
Value = str | Sequence[Mapping[str, str]]
Values = Mapping[str, Value]
_TOKEN = re.compile(r"\{\{ ?([#^*/]?)([a-z][a-z_]{0,39}) ?\}\}")
_TAG = re.compile(r"<[^<>]*>")
_DEEPEST = 8
#: What a value that stands inside a tag (in `href`) must begin with.
_ADDRESS = ("https://", "http://")


class Place(Enum):
    """Where a slot stands: its value is escaped for that."""

    LINE = auto()
    TEXT = auto()
    HTML = auto()
    #: A whole attribute: the value is an address.
    ADDRESS = auto()
    #: Within an address: the value is a part of it (RFC 3986 2.1).
    URL = auto()


@dataclass(frozen=True)
class Slot:
    """One place that is filled for each receiver."""

    name: str
    place: Place


@dataclass(frozen=True)
class Part:
    """What stands only when a value is there (#), only when not (^), or for each entry (*)."""

    name: str
    kind: str
    nodes: "Nodes"


Nodes = tuple[str | Slot | Part, ...]


@lru_cache(maxsize=256)
def read(text: str, place: Place) -> Nodes:
    """Return a text as what stands still and what is filled; `place` says what kind of text."""
    tags = [one.span() for one in _TAG.finditer(text)] if place is Place.HTML else []
    open_parts: list[tuple[re.Match[str] | None, list[str | Slot | Part]]] = [(None, [])]
    at = 0
    for found in _TOKEN.finditer(text):
        kind, name = found.groups()
        open_parts[-1][1].append(text[at : found.start()])
        at = found.end()
        opened = open_parts[-1][0]
        if not kind:
            open_parts[-1][1].append(Slot(name, _place(text, found.start(), tags, place)))
        elif kind != "/" and len(open_parts) <= _DEEPEST:
            open_parts.append((found, []))
        elif kind == "/" and opened is not None and opened[2] == name:
            nodes = open_parts.pop()[1]
            open_parts[-1][1].append(Part(name, opened[1], tuple(nodes)))
        else:
            open_parts[-1][1].append(found[0])
    for unclosed, nodes in reversed(open_parts[1:]):
        inside = open_parts[open_parts.index((unclosed, nodes)) - 1][1]
        inside += [unclosed[0] if unclosed else "", *nodes]
    return tuple(one for one in (*open_parts[0][1], text[at:]) if one)


def _place(text: str, at: int, tags: Sequence[tuple[int, int]], place: Place) -> Place:
    if not any(start < at < end for start, end in tags):
        return place
    return Place.ADDRESS if text[at - 1] in "\"'=" else Place.URL


def _walk(nodes: Nodes) -> Iterator[Slot | Part]:
    """Yield what is filled, also inside what is conditional; not inside what is repeated."""
    for one in nodes:
        if isinstance(one, Slot | Part):
            yield one
        if isinstance(one, Part) and one.kind != "*":
            yield from _walk(one.nodes)


def slots_in(text: str) -> set[str]:
    """Return the names of the values that a text needs; of lists with their `*`."""
    found = _walk(read(text, Place.TEXT))
    return {f"*{one.name}" if _is_repeated(one) else one.name for one in found}


def _is_repeated(one: Slot | Part) -> bool:
    return isinstance(one, Part) and one.kind == "*"


def loose_marks(text: str) -> list[str]:
    """Return the marks of parts that open or close nothing, in their order: they would be read."""
    return [one[0] for words in _words(read(text, Place.TEXT)) for one in _TOKEN.finditer(words)]


def _words(nodes: Nodes) -> Iterator[str]:
    for one in nodes:
        if isinstance(one, str):
            yield one
        elif isinstance(one, Part):
            yield from _words(one.nodes)


def links_in(html: str) -> set[str]:
    """Return the names of the slots that are an address inside a tag."""
    found = _walk(read(html, Place.HTML))
    return {one.name for one in found if isinstance(one, Slot) and one.place is Place.ADDRESS}


def conditions_in(nodes: Nodes) -> set[str]:
    """Return the names that decide what stands in a text."""
    return {one.name for one in _walk(nodes) if isinstance(one, Part) and one.kind != "*"}


def flat(nodes: Nodes, true: frozenset[str]) -> list[str | Slot | Part]:
    """Return what stands when these names have a value and the others have none.

    What is left of parts are those that are repeated.
    """
    made: list[str | Slot | Part] = []
    for one in nodes:
        if not isinstance(one, Part) or one.kind == "*":
            made.append(one)
        elif (one.name in true) is (one.kind == "#"):
            made += flat(one.nodes, true)
    return _merged(made)


def _merged(nodes: Iterable[str | Slot | Part]) -> list[str | Slot | Part]:
    """Return the same with texts that follow each other as one: they are quoted together."""
    made: list[str | Slot | Part] = []
    for one in nodes:
        if made and isinstance(one, str) and isinstance(made[-1], str):
            made[-1] += one
        else:
            made.append(one)
    return made


def is_address(value: Value) -> bool:
    """Say whether a value may stand inside a tag."""
    return (
        isinstance(value, str) and value.startswith(_ADDRESS) and not re.search(r"[\s<>\"']", value)
    )


def _in_html(value: str) -> str:
    return escape(clean_line(value))


def _in_url(value: str) -> str:
    return quote(clean_line(value), safe="")


#: How a value is written where it stands.
WRITTEN: Mapping[Place, Callable[[str], str]] = {
    Place.LINE: clean_line,
    Place.TEXT: clean_line,
    Place.HTML: _in_html,
    Place.ADDRESS: _in_html,
    Place.URL: _in_url,
}


def fill_line(text: str, values: Values) -> str:
    """Return a subject with its slots filled, as one line (S31)."""
    return clean_line(filled(read(text, Place.LINE), values))


def fill_text(text: str, values: Values) -> str:
    """Return plain text with its slots filled; a value adds no line of its own."""
    return filled(read(text, Place.TEXT), values)


def fill_html(html: str, values: Values) -> str:
    """Return HTML with its slots filled; a value is text there, whatever signs it holds."""
    return filled(read(html, Place.HTML), values)


def filled(nodes: Nodes, values: Values) -> str:
    """Return a text that was read, with all its slots filled. Raises KeyError without a value."""
    return "".join(_told(nodes, values))


def _told(nodes: Nodes, values: Values) -> Iterator[str]:
    for one in nodes:
        if isinstance(one, str):
            yield one
        elif isinstance(one, Slot):
            yield WRITTEN[one.place](str(values[one.name]))
        elif one.kind == "*":
            for entry in entries(values, one.name):
                yield from _told(one.nodes, {**values, **entry})
        elif bool(values[one.name]) is (one.kind == "#"):
            yield from _told(one.nodes, values)


def entries(values: Values, name: str) -> Sequence[Mapping[str, str]]:
    """Return what stands in the gaps of each round of a list, before what stands there anyway."""
    found = values.get(name, ())
    return () if isinstance(found, str) else found
