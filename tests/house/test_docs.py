"""What the documents promise is there: files, make targets, settings, and tests by their number."""

import ast
import re
from pathlib import Path

from tests.support.repository import PACKAGE, ROOT, files, listing, named, python_files

LINK = re.compile(
    r"\]\((?!https?:|mailto:|#)(?P<target>[^)#\s]+)(#[^)]*)?\)|src=\"(?P<image>[^\"]+)\""
)
COMMAND = re.compile(r"\bmake ([a-z][a-z0-9-]*)")
TARGET = re.compile(r"^([a-z][a-z0-9-]*):", re.MULTILINE)
SETTING = re.compile(r"[\"'(]([A-Z][A-Z_]+)[\"'],")
NUMBER = re.compile(r"\bS\d{1,2}\b")
SECURITY = ROOT / "docs/security.md"


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def documents() -> list[Path]:
    return files(".md")


def test_every_document_leads_somewhere() -> None:
    lost = [
        f"{named(path)}: {target}"
        for path in documents()
        for match in LINK.finditer(text(path))
        if (target := match["target"] or match["image"]) and not (path.parent / target).exists()
    ]
    assert not lost, listing(lost)


def test_every_make_target_that_is_spoken_of_exists() -> None:
    targets = set(TARGET.findall(text(ROOT / "Makefile")))
    code = re.compile(r"`[^`]+`|^    .*$|^```.*?^```", re.MULTILINE | re.DOTALL)
    lost = [
        f"{named(path)}: make {name}"
        for path in documents()
        for piece in code.findall(text(path))
        for name in COMMAND.findall(piece)
        if name not in targets
    ]
    assert not lost, listing(lost)


def test_the_first_two_commands_of_the_readme_are_demo_and_test() -> None:
    assert COMMAND.findall(text(ROOT / "README.md"))[:2] == ["demo", "test"]


def test_the_pipeline_runs_the_command_of_the_readme() -> None:
    script = ROOT / ".ci/run"
    assert script.stat().st_mode & 0o111
    assert text(script).rstrip().endswith("make test")


def test_every_setting_is_described() -> None:
    known = set(SETTING.findall(text(PACKAGE / "core/settings.py")))
    assert "DATABASE_URL" in known
    described = text(ROOT / "docs/operations.md")
    missing = [f"ALUMNI_{name}" for name in known if f"ALUMNI_{name}" not in described]
    assert not missing, listing(missing)


def covered() -> dict[str, str]:
    """Return the security numbers that tests stand for, each with one of its tests."""
    return {
        argument.value: f"{named(path)}::{node.name}"
        for path in python_files("tests")
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.FunctionDef)
        for mark in node.decorator_list
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "covers"
        for argument in mark.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_marks_are_security_numbers() -> None:
    assert covered()
    assert not [number for number in covered() if not NUMBER.fullmatch(number)]


def test_the_list_of_security_numbers_says_what_is_covered() -> None:
    """A row of the list: `| S17 | covered | … |` or `| S64 | not yet | why |`."""
    rows = re.findall(r"^\|\s*(S\d{1,2})\s*\|\s*([\w ]+?)\s*\|", text(SECURITY), re.MULTILINE)
    claimed = {number for number, state in rows if state == "covered"}
    assert claimed == set(covered())
