"""The files of this checkout, for the tests that police them."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "alumni_portal"
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
#: Vendored, and data handed to us: not ours to judge.
FOREIGN = ("tests/vendor/", "static/vendor/", "tests/data/")


#: What tools leave behind and what a running portal writes.
IGNORED = {"__pycache__", "build", "dist", "htmlcov", "instance", "test-results", "node_modules"}


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(".") and path.name != ".ci"
        if path.is_dir() and not hidden and path.name not in IGNORED:
            yield from _walk(path)
        elif path.is_file() and not path.name.startswith("."):
            yield path


@cache
def all_files() -> tuple[Path, ...]:
    """Return every file that belongs to the project."""
    return tuple(_walk(ROOT))


def files(*suffixes: str, under: str = "", foreign: bool = False) -> list[Path]:
    """Return the project's files with these endings, below a folder."""
    return [
        path
        for path in all_files()
        if path.name.endswith(suffixes or ("",))
        and named(path).startswith(under)
        and (foreign or not named(path).startswith(FOREIGN))
    ]


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in files(".py", under=f"{folder}/")]


def named(path: Path) -> str:
    """Return a path as people write it."""
    return path.relative_to(ROOT).as_posix()


def slices() -> list[str]:
    """Return the built slices, by name."""
    found = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    return sorted(found - {"cli", "core", "demo", "translations", "wiring"})


def listing(problems: Iterable[str]) -> str:
    """Return problems as a readable assertion message."""
    return "\n  " + "\n  ".join(sorted(problems))
