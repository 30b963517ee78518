"""No spreadsheet works out what stands in a file of ours, and no text is lost by that (S25)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumni_portal.core.formulas import guarded, unguarded
from tests.support.covers import covers


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
@covers("S25")
def test_what_a_spreadsheet_works_out_is_guarded(start: str) -> None:
    assert guarded(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", ["'bo@post.example", "''", "'", "", "bo", "'a=1"])
def test_what_looks_like_a_guard_stays(cell: str) -> None:
    assert unguarded(cell) == guarded(cell) == cell


@given(st.text(alphabet=st.sampled_from("=+-@\t\r\n＝＋－＠ab 1"), max_size=8))
@covers("S25")
def test_what_is_guarded_comes_back(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in {*"=+-@\t\r\n＝＋－＠"}
