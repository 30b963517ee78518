"""What others made is what it says it is, and what is installed is what was locked."""

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support.repository import ROOT, listing

LISTS = [ROOT / "static/vendor/vendor.toml", ROOT / "tests/vendor/vendor.toml"]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PINNED = re.compile(r"^[a-z0-9][\w.-]*(\[[\w,-]+\])?==\S+( ; .+)? \\$", re.IGNORECASE)


def entries() -> list[tuple[Path, dict[str, Any]]]:
    return [
        (path.parent, entry)
        for path in LISTS
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["vendor"]
    ]


def test_every_vendored_file_has_the_hash_that_was_written_down() -> None:
    wrong = [
        f"{folder.parent.name}/{entry['folder']}/{name}"
        for folder, entry in entries()
        for name, digest in entry["sha256"].items()
        if hashlib.sha256((folder / entry["folder"] / name).read_bytes()).hexdigest() != digest
    ]
    assert not wrong, listing(wrong)


def test_every_vendored_file_is_written_down_and_has_a_licence() -> None:
    known = {folder / e["folder"] / name for folder, e in entries() for name in e["sha256"]}
    there = {p for f in LISTS for p in f.parent.glob("*/**/*") if p.is_file()}
    there = {path for path in there if "__pycache__" not in path.parts}
    assert there == known
    assert not [e["name"] for _folder, e in entries() if "LICENSE" not in e["sha256"]]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_version_and_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert not [b for b in blocks if not PINNED.match(b.splitlines()[0])]
    assert not [b.splitlines()[0] for b in blocks if "--hash=sha256:" not in b]
    assert "://" not in text
    assert "index" not in text.lower().replace("index-", "")


def test_both_locks_agree() -> None:
    pinned = re.compile(r"^(\S+?)==(\S+)", re.MULTILINE)
    run, dev = (dict(pinned.findall((ROOT / name).read_text(encoding="utf-8"))) for name in LOCKS)
    assert {name: dev.get(name) for name in run} == run
