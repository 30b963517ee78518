"""Surveys of other employers, invented: other columns, other scales, other layouts of reasons."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from alumni_portal.exit_interviews.rules import REASONS

ROWS = 40
CODES = list(REASONS)[:6]
_PARTS = {"yes_no": "reason", "rank": "rank"}
_ENDS = {"backwards": (5, 1), "hundred": (0, 100)}
#: Question → answer 1 to 5; what every invented survey says in its own way.
Meant = dict[str, Any]


@dataclass(frozen=True)
class Layout:
    """How one employer writes its survey down."""

    scale: str
    reasons: str
    date: str
    separator: str = ","
    encoding: str = "utf-8"


def meant(seed: int) -> list[Meant]:
    """Return what the people of an invented survey mean."""
    chance = Random(seed)
    return [
        {
            "quarter": (2024 + chance.randrange(2), chance.randrange(4)),
            "workload": chance.choice([None, 1, 2, 3, 4, 5]),
            "climate": chance.choice([None, 1, 2, 3, 4, 5]),
            "would_return": chance.choice([None, *range(11)]),
            "reasons": chance.sample(CODES, chance.randrange(4)),
            "own": chance.random() < 0.7,
        }
        for _ in range(ROWS)
    ]


_WORDS = (
    "Stämmer inte alls",
    "Stämmer dåligt",
    "Varken eller",
    "Stämmer ganska bra",
    "Stämmer helt",
)


def _scaled(value: object, layout: Layout) -> str:
    if value is None:
        return "Vet ej"
    number = int(str(value))
    if layout.scale == "words":
        return _WORDS[number - 1]
    if layout.scale == "backwards":
        return str(6 - number)
    return str(25 * (number - 1)) if layout.scale == "hundred" else str(number)


def _date(quarter: tuple[int, int], layout: Layout) -> list[str]:
    year, place = quarter
    month = 3 * place + 2
    if layout.date == "parts":
        return [str(year), ("Februari", "Maj", "Augusti", "November")[place]]
    forms = {
        "quarter": f"{year} Q{place + 1}",
        "american": f"{month}/28/{year}",
        "named": f"28 {('feb', 'maj', 'aug', 'nov')[place]} {year}",
    }
    return [forms[layout.date]]


def _reasons(named: Sequence[str], layout: Layout) -> list[str]:
    if layout.reasons == "yes_no":
        return ["Ja" if code in named else "Nej" for code in CODES]
    if layout.reasons == "rank":
        return [str(named.index(code) + 1) if code in named else "" for code in CODES]
    labels = [f"Skäl {CODES.index(code)}" for code in named]
    if layout.reasons == "one_column":
        return ["|".join(labels)]
    return [*labels, "", "", ""][:3]


def headings(layout: Layout) -> list[str]:
    dates = ["Slutår", "Slutmånad"] if layout.date == "parts" else ["Sista dag"]
    many = {"yes_no": 6, "rank": 6, "one_column": 1, "columns": 3}[layout.reasons]
    return [
        "Svarsnummer", *dates, "Kön", "Belastning", "Stämning", "Kommer åter (0-10)", "Sort",
        *(f"Orsak {number}" for number in range(many)),
    ]  # fmt: skip


def written(people: Sequence[Meant], layout: Layout, folder: Path) -> Path:
    """Write an invented survey to a file."""
    text = io.StringIO()
    sheet = csv.writer(text, delimiter=layout.separator)
    sheet.writerow(headings(layout))
    for number, one in enumerate(people):
        again = one["would_return"]
        sheet.writerow(
            [
                number,
                *_date(one["quarter"], layout),
                "Kvinna-som-aldrig-läses",
                _scaled(one["workload"], layout),
                _scaled(one["climate"], layout),
                "Vet ej" if again is None else again,
                "Egen begäran" if one["own"] else "Arbetsbrist",
                *_reasons(one["reasons"], layout),
            ]
        )
    file = folder / "enkat.csv"
    file.write_bytes(text.getvalue().encode(layout.encoding))
    return file


def mapping(layout: Layout) -> str:
    """Return the mapping that a person writes for such a survey."""
    return "\n".join([*_columns(layout), *_reason_codes(layout), *_scale_codes(layout)])


def _columns(layout: Layout) -> list[str]:
    dates = {"Slutår": "exit_year", "Slutmånad": "exit_month"}
    columns = {
        **(dates if layout.date == "parts" else {"Sista dag": "exit_date"}),
        "Sort": "exit_type",
        "Belastning": "question:workload",
        "Stämning": "question:climate",
        "Kommer åter (0-10)": "question:would_return",
    }
    if layout.reasons in _PARTS:
        part = _PARTS[layout.reasons]
        columns |= {f"Orsak {at}": f"{part}:{code}" for at, code in enumerate(CODES)}
    elif layout.reasons == "one_column":
        columns["Orsak 0"] = "reasons"
    else:
        columns |= {f"Orsak {at}": f"reasons:{at + 1}" for at in range(3)}
    return [
        'missing = ["Vet ej"]',
        'separator = "|"',
        f"month_first = {str(layout.date == 'american').lower()}",
        "[columns]",
        *(f'"{heading}" = "{target}"' for heading, target in columns.items()),
    ]


def _reason_codes(layout: Layout) -> list[str]:
    types = ["[codes.exit_type]", '"Egen begäran" = "own"', '"Arbetsbrist" = "other"']
    if layout.reasons in _PARTS:
        return types
    labels = [f'"Skäl {at}" = "{code}"' for at, code in enumerate(CODES)]
    return [*types, "[codes.reasons]", *labels]


def _scale_codes(layout: Layout) -> list[str]:
    lines = []
    for question in ("workload", "climate"):
        if layout.scale == "words":
            lines.append(f'[codes."question:{question}"]')
            lines += [f'"{words}" = {at}' for at, words in enumerate(_WORDS, 1)]
        elif layout.scale in _ENDS:
            low, high = _ENDS[layout.scale]
            lines += [f'[scales."question:{question}"]', f"low = {low}", f"high = {high}"]
    return lines
