"""The wheel is whole: installed alone into an empty environment, it answers."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support.repository import PACKAGE, ROOT, STATIC, TEMPLATES

ASK = """
import sys, alumni_portal
from alumni_portal.app import create_app
client = create_app().test_client()
page = client.get("/sign-in", base_url="http://localhost")
sheet = client.get("/static/portal.css", base_url="http://localhost")
assert page.status_code == 200, page.status
assert b"<h1" in page.data
assert sheet.status_code == 200, sheet.status
print(alumni_portal.__file__)
"""


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    """Run a command far from this checkout and return what it prints."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "ALUMNI_"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**plain, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture
def empty(tmp_path: Path, wheel: Path) -> Path:
    """Return an environment with the wheel; what it needs is borrowed from this one."""
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    python = tmp_path / "env/bin/python"
    pip = [sys._base_executable, "-m", "pip", "--python", python]  # type: ignore[attr-defined]  # no public name
    run(*pip, "install", "-q", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    site = next((tmp_path / "env/lib").glob("python*/site-packages"))
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def test_an_installed_wheel_shows_the_sign_in_page(empty: Path, tmp_path: Path) -> None:
    env = {"ALUMNI_MODE": "demo", "ALUMNI_INSTANCE": str(tmp_path / "instance")}
    run(empty.with_name("alumni-portal"), "db", "upgrade", cwd=tmp_path, **env)
    where = run(empty, "-c", ASK, cwd=tmp_path, **env)
    assert Path(where.strip()).is_relative_to(tmp_path)


def test_the_wheel_holds_all_that_is_shown_and_nothing_that_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in ((TEMPLATES, "templates"), (STATIC, "static")):
        shown = {p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
        wanted = {f"alumni_portal/{inside}/{p.relative_to(folder).as_posix()}" for p in shown}
        assert not wanted - names
    translated = {path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.mo")}
    assert not {path for path in translated if f"alumni_portal/{path}" not in names}
    assert not [name for name in names if name.startswith(("tests/", "bench/"))]
