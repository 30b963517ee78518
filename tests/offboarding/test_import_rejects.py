"""Rejected rows as a file: nothing that a spreadsheet would compute, and nothing lost."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from alumni_portal.core.formulas import guarded
from alumni_portal.offboarding.rules.cleaning import clean_cell
from tests.support.covers import covers

COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CELLS = st.one_of(
    st.text(max_size=40),
    st.builds("{}{}".format, st.sampled_from([*COMPUTED, "'", "'="]), st.text(max_size=20)),
)


@covers("S25")
@settings(max_examples=2_000, deadline=None)
@given(CELLS)
def test_a_rejected_cell_is_never_a_formula_and_comes_back_as_it_was(written: str) -> None:
    cell = clean_cell(written)
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow([guarded(cell), "x"])
    found = next(csv.reader(io.StringIO(out.getvalue()), delimiter=";"))[0]
    assert not found.startswith(COMPUTED)
    assert clean_cell(found) == cell
