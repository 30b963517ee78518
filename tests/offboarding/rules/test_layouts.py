"""Layouts that nobody has seen can be mapped by a person in few actions."""

import re
from datetime import date
from pathlib import Path

import pytest

from alumni_portal.offboarding.rules.checking import check
from alumni_portal.offboarding.rules.columns import FIELDS, Kind
from alumni_portal.offboarding.rules.guessing import completed, guess
from alumni_portal.offboarding.rules.heading_words import likeness
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.profile import Profile
from alumni_portal.offboarding.rules.reading import open_table
from tests.offboarding.rules.invented import VOCABULARIES
from tests.offboarding.rules.layouts import Invented, layouts, truth, write

#: The issue allows 25; upload, continue, name the mapping, save, dry run and store take 6.
ALLOWED = 25 - 6
LATEST = 2036
LAYOUTS = list(layouts(60, seed=7))


def corrections(layout: Invented, path: Path) -> list[str]:
    """Return what a person must choose anew, one action each; codes follow their columns."""
    with open_table(path) as table:
        profile = Profile.of(table.headings, table.rows)
    found, right = guess(profile, Kind.LEAVERS, latest=LATEST).mapping(), truth(layout)
    wrong = [
        field.key
        for field in FIELDS[Kind.LEAVERS]
        if right.columns.get(field.key) != found.columns.get(field.key)
    ]
    chosen = Mapping(columns=right.columns, name_order=found.name_order)
    filled = completed(chosen, profile, latest=LATEST)
    dates = {**filled.dates, **{k: s for k, s in found.dates.items() if k not in wrong}}
    wrong += [f"style of {key}" for key in right.dates if dates.get(key) != right.dates[key]]
    wrong += [
        f"{key} {code}"
        for key, codes in right.codes.items()
        for code, meaning in codes.items()
        if filled.codes[key].get(code) != meaning
    ]
    order = "full_name" in right.columns and found.name_order != right.name_order
    return wrong + ["name order"] * order


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_an_unseen_layout_needs_few_actions(layout: Invented, tmp_path: Path) -> None:
    assert len(corrections(layout, write(layout, tmp_path))) <= ALLOWED


def test_most_layouts_need_hardly_any_but_for_codes_that_say_nothing(tmp_path: Path) -> None:
    opaque = re.compile(r".* (Z\d|\d)")
    needed = sorted(
        len([one for one in corrections(layout, write(layout, tmp_path)) if not opaque.match(one)])
        for layout in LAYOUTS
    )
    assert needed[len(needed) // 2] <= 1
    assert needed[-1] <= 6


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_right_mapping_imports_every_row(layout: Invented, tmp_path: Path) -> None:
    with open_table(write(layout, tmp_path)) as table:
        tally = check(table, truth(layout), today=date(2026, 11, 22)).finished()
    assert tally.rejected == []
    assert tally.accepted == 60
    assert len(table.dropped) == 1


def test_the_headings_of_the_layouts_are_truly_unseen() -> None:
    known = [
        (key, heading)
        for words in VOCABULARIES
        for key, headings in words.headings.items()
        for heading in headings
        if likeness(key, heading) == 1
    ]
    assert known == []


def test_the_same_seed_invents_the_same_layouts() -> None:
    assert list(layouts(5, seed=3)) == list(layouts(5, seed=3))
    assert list(layouts(5, seed=3)) != list(layouts(5, seed=4))
