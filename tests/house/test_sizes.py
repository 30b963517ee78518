"""Small enough to read: files, functions, views, templates and tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.repository import PACKAGE, files, listing, named, python_files, slices

FILE, FUNCTION, VIEW, TEMPLATE, TEST, CONFTEST = 300, 40, 25, 120, 25, 120
DRAWERS = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base"}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each function with its length: decorators and docstring do not count."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            told = ast.get_docstring(node, clean=False)
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            yield node.name, length - (len(told.splitlines()) if told else 0)


def is_views(path: Path) -> bool:
    return path.name == "views.py" or path.parent.name == "views"


def limit_of(path: Path, function: str) -> int:
    if function.startswith("test_"):
        return TEST
    return VIEW if is_views(path) else FUNCTION


def test_no_python_file_is_longer_than_a_sitting() -> None:
    code = [path for path in python_files("alumni_portal", "tests") if lines(path) > FILE]
    code += [p for p in files("conftest.py", under="tests/") if lines(p) > CONFTEST]
    assert not code, listing(f"{named(path)}: {lines(path)} lines" for path in code)


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{named(path)}: {name} has {length} lines, {limit_of(path, name)} allowed"
        for path in python_files("alumni_portal", "tests")
        for name, length in functions(path)
        if length > limit_of(path, name)
    ]
    assert not long, listing(long)


def test_no_template_is_longer_than_a_screen_or_two() -> None:
    long = [p for p in files(".html", ".txt", under="templates/") if lines(p) > TEMPLATE]
    assert not long, listing(f"{named(path)}: {lines(path)} lines" for path in long)


@pytest.mark.parametrize("folder", ["alumni_portal", "tests", "bench"])
def test_no_module_is_a_drawer(folder: str) -> None:
    drawers = [
        named(path)
        for path in python_files(folder)
        if DRAWERS & {path.stem, *path.relative_to(path.parents[-2]).parts}
    ]
    assert not drawers, listing(drawers)


def test_a_slice_says_nothing_in_its_init() -> None:
    full = [name for name in slices() if (PACKAGE / name / "__init__.py").stat().st_size]
    assert not full, listing(full)
