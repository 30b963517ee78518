"""Any export can be mapped without code: other columns, scales, reasons, dates, encodings."""

from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest
from flask import Flask

from alumni_portal.exit_interviews.rules.survey_mapping import from_toml, to_toml
from alumni_portal.exit_interviews.rules.survey_rows import SurveyRow
from alumni_portal.exit_interviews.services import surveys
from alumni_portal.exit_interviews.services.survey_checks import Checked, read_rows
from tests.exit_interviews import surveys_made
from tests.exit_interviews.surveys_made import Layout

SCALES = ("plain", "words", "backwards", "hundred")
REASON_LAYOUTS = ("yes_no", "rank", "one_column", "columns")
DATES = ("parts", "quarter", "american", "named")


def read(file: Path, mapping: str) -> tuple[Checked, list[SurveyRow]]:
    with surveys.opened(file) as survey:
        found = Checked()
        return found, list(read_rows(survey, from_toml(mapping), found))


def as_meant(row: SurveyRow, layout: Layout) -> Mapping[str, object]:
    named = row.answers.get("reasons", [])
    assert isinstance(named, list)
    return {
        "quarter": (row.year, ((row.month or 0) - 1) // 3),
        "workload": row.answers.get("workload"),
        "climate": row.answers.get("climate"),
        "would_return": row.answers.get("would_return"),
        "reasons": sorted(named) if layout.reasons == "yes_no" else named,
        "own": row.exit_type == "own",
    }


def expected(one: Mapping[str, object], layout: Layout) -> Mapping[str, object]:
    if layout.reasons != "yes_no":
        return one
    named = one["reasons"]
    assert isinstance(named, list)
    return {**one, "reasons": sorted(named)}


@pytest.mark.parametrize(("scale", "reasons"), [*product(SCALES, REASON_LAYOUTS)])
def test_a_survey_of_another_employer_is_read_as_it_was_meant(
    inside: Flask, tmp_path: Path, scale: str, reasons: str
) -> None:
    number = SCALES.index(scale) * 4 + REASON_LAYOUTS.index(reasons)
    separator, encoding = (";", "cp1252") if number % 2 else (",", "utf-8")
    layout = Layout(scale, reasons, DATES[(number + number // 4) % 4], separator, encoding)
    people = surveys_made.meant(number)
    found, rows = read(surveys_made.written(people, layout, tmp_path), surveys_made.mapping(layout))
    assert found.rejected == []
    assert [as_meant(row, layout) for row in rows] == [expected(one, layout) for one in people]
    assert "Kön" in found.dropped


@pytest.mark.parametrize("scale", SCALES)
def test_a_mapping_written_down_is_read_back(scale: str) -> None:
    made = from_toml(surveys_made.mapping(Layout(scale, "columns", "parts")))
    assert from_toml(to_toml(made)) == made
