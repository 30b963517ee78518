"""The walls around exit answers: who may load their key, who may read the rows for releases."""

import re

from tests.support.repository import PACKAGE, listing, python_files

OWN = PACKAGE / "exit_interviews"
#: Names that only the slice itself may write: its key, its vault.
KEPT = re.compile(r"\bVault\b|exit_key|exit-answers")
#: The settings read it from the environment; the demo writes invented answers.
MAY_NAME_THE_KEY = {"core/settings.py", "demo/exits.py"}
ONE_READER = "insights/services/releasing.py"


def test_only_exit_interviews_load_the_key_of_the_answers() -> None:
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in python_files("alumni_portal")
        if not path.is_relative_to(OWN) and KEPT.search(path.read_text(encoding="utf-8"))
    ]
    foreign = sorted(set(found) - MAY_NAME_THE_KEY)
    assert not foreign, listing(foreign)


def test_only_releases_read_the_rows_of_exits() -> None:
    readers = [
        path.relative_to(PACKAGE).as_posix()
        for path in python_files("alumni_portal")
        if not path.is_relative_to(OWN)
        and re.search(r"\brelease_rows\(", path.read_text(encoding="utf-8"))
    ]
    assert set(readers) <= {ONE_READER}, listing(readers)


def test_no_page_of_exits_reads_rows_for_releases() -> None:
    pages = [
        path.relative_to(PACKAGE).as_posix()
        for path in python_files("alumni_portal")
        if path.is_relative_to(OWN / "views") and "release_rows" in path.read_text(encoding="utf-8")
    ]
    assert not pages, listing(pages)
