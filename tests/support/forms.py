"""Filling a form in as a browser does: what the page holds, changed where the reader wants."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from bs4 import Tag
from werkzeug.datastructures import FileStorage

from tests.support.page_checks import attribute, words

#: Text; a box ticked or not; several choices; a file.
Given = str | int | bool | list[str] | Path | FileStorage | None
Sent = dict[str, object]


class FormFiller:
    """One form of a page."""

    def __init__(self, form: Tag) -> None:
        self.form = form
        self.fields: dict[str, list[Tag]] = {}
        for tag in form.select("input[name], select[name], textarea[name]"):
            if attribute(tag, "type") not in {"submit", "image", "button"}:
                self.fields.setdefault(attribute(tag, "name"), []).append(tag)

    @property
    def names(self) -> set[str]:
        return set(self.fields)

    def filled(self, given: Mapping[str, Given], pressed: Tag | None) -> Sent:
        """Return what the browser would send. Unknown fields and choices are errors."""
        unknown = set(given) - self.names
        assert not unknown, f"no field {sorted(unknown)} among {sorted(self.names)}"
        sent: Sent = {}
        for name, tags in self.fields.items():
            value = _chosen(tags, given[name]) if name in given else _held(tags)
            if value is not None:
                sent[name] = value
        if pressed is not None and attribute(pressed, "name"):
            sent[attribute(pressed, "name")] = attribute(pressed, "value")
        return sent


def _kind(tag: Tag) -> str:
    return attribute(tag, "type").lower() if tag.name == "input" else str(tag.name)


def _held(tags: list[Tag]) -> object:
    """Return what the fields of one name hold when nobody touches them."""
    values = [value for tag in tags if not tag.has_attr("disabled") for value in _values(tag)]
    if not values:
        return None
    return values if len(values) > 1 else values[0]


def _values(tag: Tag) -> Iterable[str]:
    kind = _kind(tag)
    if kind == "select":
        options = list(tag.select("option[selected]"))
        if not options and not tag.has_attr("multiple"):
            options = list(tag.select("option")[:1])
        return [_option(option) for option in options]
    if kind in {"checkbox", "radio"}:
        return [attribute(tag, "value") or "on"] if tag.has_attr("checked") else []
    if kind == "file":
        return []
    if kind == "textarea":
        return [tag.get_text().removeprefix("\n").replace("\n", "\r\n")]
    return [attribute(tag, "value")]


def _option(tag: Tag) -> str:
    return attribute(tag, "value") if tag.has_attr("value") else words(tag)


def _chosen(tags: list[Tag], given: Given) -> object:
    """Return what is sent after the reader's choice."""
    kind = _kind(tags[0])
    if given is None:
        return None
    if kind == "file":
        return _file(given)
    if kind in {"checkbox", "radio", "select"}:
        return _choice(tags, kind, given)
    assert isinstance(given, str | int), f"{attribute(tags[0], 'name')} takes text"
    if kind == "textarea":
        return str(given).replace("\r\n", "\n").replace("\n", "\r\n")
    return str(given)


def _file(given: Given) -> FileStorage:
    if isinstance(given, Path):
        return FileStorage(given.open("rb"), filename=given.name)
    assert isinstance(given, FileStorage), "a file field takes a path or a FileStorage"
    return given


def _choice(tags: list[Tag], kind: str, given: Given) -> object:
    offered = [
        _option(o) if kind == "select" else attribute(o, "value") or "on"
        for tag in tags
        for o in (tag.select("option") if kind == "select" else [tag])
        if not o.has_attr("disabled")
    ]
    if kind == "checkbox" and isinstance(given, bool):
        return offered[0] if given else None
    wanted = given if isinstance(given, list) else [str(given)]
    strange = [value for value in wanted if value not in offered]
    assert not strange, f"{strange} not among the choices {offered}"
    return wanted
