"""Numbers have one reader and answers one taker (A12): who names what, by the text of the code."""

from tests.support.covers import covers
from tests.support.repository import listing, named, python_files

#: Word → the only files of the application in which it may stand.
GATES = {
    "ReleaseCell": (
        "alumni_portal/insights/models/",
        "alumni_portal/insights/queries/cells.py",
        "alumni_portal/insights/queries/ledger.py",
        "alumni_portal/insights/services/releasing.py",
    ),
    "release_rows(": (
        "alumni_portal/exit_interviews/queries/release_rows.py",
        "alumni_portal/insights/services/releasing.py",
    ),
}


@covers("S92")
def test_figures_and_answers_are_read_through_one_gate() -> None:
    past_it = [
        f"{named(path)}: {word}"
        for path in python_files("alumni_portal")
        for word, allowed in GATES.items()
        if not named(path).startswith(allowed) and word in path.read_text(encoding="utf-8")
    ]
    assert not past_it, listing(past_it)
