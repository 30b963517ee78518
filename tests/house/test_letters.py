"""Every letter is written in both languages, has a subject and can be rendered."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from alumni_portal.core import clock
from alumni_portal.core.rendering import letter_environment
from alumni_portal.mail import services
from tests.support.repository import TEMPLATES, listing

LANGUAGES = {"sv", "en"}
NAME = re.compile(r"^(?P<letter>[a-z_]+)\.(?P<language>sv|en)\.txt$")
LETTERS = sorted(TEMPLATES.glob("*/emails/*.txt"))
LONGEST_SUBJECT = 78


class Anything(str):
    """A value that a letter may print, walk through, ask of and compare."""

    __slots__ = ()

    def __getattr__(self, name: str) -> "Anything":
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything(f"«{name}»")

    def __getitem__(self, key: Any) -> "Anything":
        return Anything(f"«{key}»")

    def __call__(self, *_args: Any, **_kwargs: Any) -> "Anything":
        return self


def kind_of(path: Path) -> str:
    match = NAME.match(path.name)
    return f"{path.parent.parent.name}/{match['letter']}" if match else path.name


def ids(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def values_of(path: Path) -> dict[str, object]:
    """Return something for every value that a letter shows, dates where it formats dates."""
    environment = letter_environment(str)
    tree = environment.parse(path.read_text(encoding="utf-8"))
    dated = {
        node.node.name
        for node in tree.find_all(nodes.Filter)
        if node.name.startswith("date") and isinstance(node.node, nodes.Name)
    }
    wanted = find_undeclared_variables(tree) - set(environment.globals)
    return {name: clock.today() if name in dated else Anything(f"«{name}»") for name in wanted}


def test_every_letter_exists_in_both_languages() -> None:
    misnamed = [ids(path) for path in LETTERS if not NAME.match(path.name)]
    assert not misnamed, listing(misnamed)
    wanted = {(kind_of(path), language) for path in LETTERS for language in LANGUAGES}
    missing = wanted - {(kind_of(path), path.name.split(".")[1]) for path in LETTERS}
    assert not missing, listing(f"{kind} in {language}" for kind, language in missing)


@pytest.mark.parametrize("path", LETTERS, ids=ids)
def test_a_letter_has_a_subject_and_both_bodies(declared: Flask, path: Path) -> None:
    with declared.app_context():
        language = path.name.split(".")[1]
        written = services.write(kind_of(path), language, values_of(path))
    assert 3 < len(written.subject) <= LONGEST_SUBJECT
    assert not written.subject.endswith(".")
    assert len(written.text) > 40
    assert f'lang="{language}"' in written.html
    assert "{{" not in written.text


def test_both_languages_of_a_letter_use_the_same_values(declared: Flask) -> None:
    used: dict[str, list[set[str]]] = {}
    with declared.app_context():
        for path in LETTERS:
            used.setdefault(kind_of(path), []).append(set(values_of(path)))
    uneven = [kind for kind, sets in used.items() if any(one != sets[0] for one in sets)]
    assert not uneven, listing(uneven)
