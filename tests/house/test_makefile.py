"""What `make` does on machines that have less than ours."""

import shutil
import subprocess
from pathlib import Path

from tests.support.repository import ROOT


def test_an_ordinary_user_without_chromium_is_told_in_one_line(tmp_path: Path) -> None:
    who = tmp_path / "id"
    who.write_text("#!/bin/sh\necho 1000\n")
    who.chmod(0o755)
    made = subprocess.run(
        [str(shutil.which("make")), "--no-print-directory", "chromium"],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout.splitlines() == [
        "Left out: the tests in a real browser, for there is no Chromium here."
    ]
    assert made.stderr == ""
