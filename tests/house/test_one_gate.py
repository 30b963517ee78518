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


def words_past_it(name: str, text: str) -> list[str]:
    """Return the words in a file that may not stand there."""
    return [
        word for word, allowed in GATES.items() if not name.startswith(allowed) and word in text
    ]


@covers("S92")
def test_figures_and_answers_are_read_through_one_gate() -> None:
    past_it = [
        f"{named(path)}: {word}"
        for path in python_files("alumni_portal")
        for word in words_past_it(named(path), path.read_text(encoding="utf-8"))
    ]
    assert not past_it, listing(past_it)


@covers("S92")
def test_a_reader_past_the_gate_would_be_seen() -> None:
    view = "alumni_portal/insights/views/figures.py"
    assert words_past_it(view, "select(ReleaseCell.members)") == ["ReleaseCell"]
    assert words_past_it(view, "exits.release_rows(until=day)") == ["release_rows("]
    assert not words_past_it(
        "alumni_portal/insights/queries/ledger.py", "select(ReleaseCell.members)"
    )
