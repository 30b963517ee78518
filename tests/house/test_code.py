"""Habits that a linter does not know: one commit, one clock, quiet comments, reasoned ignores."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.repository import files, listing, named, python_files

#: The one place that makes changes lasting.
COMMITTER = "alumni_portal/core/transaction.py"
BARE_IGNORE = re.compile(r"#\s*(type: ignore(?!\[)|noqa(?!: ?[A-Z]))")
UNREASONED = re.compile(r"#\s*type: ignore\[[^\]]+\]\s*$")
#: No traces of how or where the code was written.
WORKSHOP = re.compile(
    r"/work/|/root/|/home/\w+/|pypi\.org|registry\.npmjs|claude|chatgpt|\bLLM\b", re.IGNORECASE
)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Yield every call on something: its line and the dotted name as far as it is plain."""
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, ast.unparse(node.func)


def test_nothing_but_the_edge_commits() -> None:
    found = [
        f"{named(path)}:{line}: {name}"
        for path in python_files("alumni_portal")
        if named(path) != COMMITTER
        for line, name in calls(path)
        if name.endswith("session.commit")
        or (name.endswith("session.rollback") and "/core/" not in named(path))
    ]
    assert not found, listing(found)


def test_nobody_uses_the_old_query_or_leaves_tables_to_chance() -> None:
    old = ("query", "create_all", "drop_all", "get_or_404", "first_or_404")
    found = [
        f"{named(path)}:{line}: {name}"
        for path in python_files("alumni_portal")
        for line, name in calls(path)
        if name.split(".")[0] == "db" and name.split(".")[-1] in old
    ]
    assert not found, listing(found)


def may_abort(path: Path) -> bool:
    return "views" in {path.stem, path.parent.name} or path.parts[-2] in {"core", "demo"}


def test_only_views_abort() -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in python_files("alumni_portal")
        if not may_abort(path)
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"abort", "flask.abort"}
    ]
    assert not found, listing(found)


def test_every_ignore_names_its_rule_and_its_reason() -> None:
    found = [
        f"{named(path)}:{number}: {line.strip()}"
        for path in python_files("alumni_portal", "migrations", "tests")
        for number, line in enumerate(text(path).splitlines(), 1)
        if BARE_IGNORE.search(line) or UNREASONED.search(line)
    ]
    assert not found, listing(found)


@pytest.mark.parametrize("suffix", [".py", ".html", ".txt", ".md", ".toml", ".css", ".js", ".po"])
def test_no_trace_of_a_workshop(suffix: str) -> None:
    found = [
        f"{named(path)}:{number}: {line.strip()[:100]}"
        for path in files(suffix)
        if path.name != Path(__file__).name
        for number, line in enumerate(text(path).splitlines(), 1)
        if WORKSHOP.search(line)
    ]
    assert not found, listing(found)


def test_relationships_are_never_loaded_by_chance() -> None:
    """`lazy="raise"`: a page that forgets what it shows fails in tests instead of being slow."""
    found = [
        f"{named(path)}:{node.lineno}"
        for path in python_files("alumni_portal")
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] == "relationship"
        and not any(k.arg == "lazy" and ast.unparse(k.value) == "'raise'" for k in node.keywords)
    ]
    assert not found, listing(found)
