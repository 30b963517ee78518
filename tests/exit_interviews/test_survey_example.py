"""What the release of the 2014 survey shows: worked out anew from the file, without our code."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from flask import Flask

from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.exit_interviews.rules.survey_mapping import from_toml
from alumni_portal.exit_interviews.services import surveys
from alumni_portal.insights import queries, services
from alumni_portal.insights.queries import Cell
from tests.support.repository import ROOT

DETE = ROOT / "tests/data/exit_survey/dete_2014.csv"
DOCUMENT = ROOT / "docs/exit-survey-example.md"
QUARTER = "2013Q4"
AGREE = {"SA": 5, "A": 4, "N": 3, "D": 2, "SD": 1}
STATEMENTS = {
    "balance": ["Worklife balance"],
    "leadership": ["Performance of supervisor"],
    "recognition": ["Feedback"],
    "development": [
        "Professional Development",
        "Opportunities for promotion",
        "Career Aspirations",
    ],
    "climate": ["Staff morale", "Peer support"],
    "competence": ["Skills"],
    "processes": ["My say", "Kept informed"],
}
#: Reasons in the order in which they count, and the theme of each.
THEMES = [
    ("Dissatisfaction with the department", "processes"),
    ("Job dissatisfaction", "tasks"),
    ("Interpersonal conflicts", "cooperation"),
    ("Lack of recognition", "recognition"),
    ("Workload", "workload"),
    ("Work life balance", "balance"),
    ("Lack of job security", "security"),
    ("Employment conditions", "pay"),
    ("Physical work environment", "workplace"),
    ("Work location", "workplace"),
    ("Career move to public sector", "development"),
    ("Career move to private sector", "development"),
    ("Study/Travel", "private_life"),
    ("Maternity/family", "private_life"),
    ("Relocation", "private_life"),
]
GROUPS = {"all": None, "own": True, "other": False}
Line = Mapping[str, str]


def half_up(value: Decimal, step: str) -> Decimal:
    return (value / Decimal(step)).quantize(Decimal(1), ROUND_HALF_UP) * Decimal(step)


def people(group: str) -> list[Line]:
    """Return who left in 2013 with a month, all of them or by whose wish it was."""
    with DETE.open(encoding="utf-8", newline="") as file:
        lines = [one for one in csv.DictReader(file) if one["Cease Date"].endswith("/2013")]
    own = GROUPS[group]
    return [
        one
        for one in lines
        if own is None or one["SeparationType"].startswith("Resignation") == own
    ]


def mean(lines: Iterable[Line], question: str) -> Decimal:
    marks = []
    for one in lines:
        said = [AGREE[one[name]] for name in STATEMENTS[question] if one[name] in AGREE]
        if said:
            marks.append(half_up(Decimal(sum(said)) / len(said), "1"))
    return half_up(sum(marks, Decimal()) / len(marks), "0.1")


def shares(lines: Iterable[Line]) -> dict[str, Decimal]:
    first = [next((theme for name, theme in THEMES if one[name] == "TRUE"), "") for one in lines]
    counts = Counter(theme for theme in first if theme)
    whole = sum(counts.values())
    return {theme: half_up(Decimal(count) / whole, "0.05") for theme, count in counts.items()}


@pytest.fixture
def released(inside: Flask) -> None:
    text = (ROOT / "docs/examples/surveys/dete_2014.toml").read_text(encoding="utf-8")
    with unit():
        surveys.import_file(Path(DETE), from_toml(text), by=SYSTEM)
    with unit():
        services.release(QUARTER, by=SYSTEM)


def cell(group: str, measure: str) -> Cell:
    made = queries.release(QUARTER).public_id
    if group == "all":
        return queries.cell(made, "company", {}, measure)
    return queries.cell(made, "type", {"type": group}, measure)


@pytest.mark.usefixtures("released")
def test_every_figure_is_that_of_a_plain_computation() -> None:
    shown = 0
    for group in GROUPS:
        lines, told = people(group), shares(people(group))
        assert cell(group, "exits").n == half_up(Decimal(len(lines)), "5")
        for question in STATEMENTS:
            assert Decimal(str(cell(group, question).value)) == mean(lines, question)
        for theme, share in told.items():
            found = cell(group, f"themes:{theme}")
            if found.is_shown:
                shown += 1
                assert Decimal(str(found.value)) == share
    assert shown == 18


@pytest.mark.usefixtures("released")
def test_the_document_says_what_the_release_shows() -> None:
    rows = re.findall(
        r"^\| `([a-z_:]+)` \|(.+)\|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(rows) == 1 + len(STATEMENTS) + len({theme for _name, theme in THEMES})
    for measure, figures in rows:
        said = [one.strip() for one in figures.split("|")]
        assert said == [as_written(cell(group, measure), measure) for group in GROUPS]


def as_written(found: Cell, measure: str) -> str:
    if not found.is_shown or found.value is None:
        return "too few"
    if measure == "exits":
        return str(found.n)
    if measure.startswith("themes:"):
        return f"{found.value:.0%}"
    return f"{found.value:.1f}"
