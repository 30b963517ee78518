import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumni_portal.offboarding.rules.codes import ExitGround
from alumni_portal.offboarding.rules.columns import FIELDS, Kind, Shape, keys_with
from alumni_portal.offboarding.rules.dates import DateStyle
from alumni_portal.offboarding.rules.mapping import BadMapping, Flaw, Mapping, MappingProblem
from alumni_portal.offboarding.rules.mapping_file import from_plain, from_toml, to_plain, to_toml
from alumni_portal.offboarding.rules.names import NameOrder
from tests.support.repository import ROOT

EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.toml"))

texts = st.text(st.characters(codec="utf-8"), max_size=20)


def mappings() -> st.SearchStrategy[Mapping]:
    keys = [field.key for field in FIELDS[Kind.LEAVERS] if field.shape is not Shape.CODE]
    return st.builds(
        Mapping,
        kind=st.just(Kind.LEAVERS),
        columns=st.dictionaries(st.sampled_from(keys), texts),
        dates=st.dictionaries(
            st.sampled_from(keys_with(Kind.LEAVERS, Shape.DATE)), st.sampled_from(DateStyle)
        ),
        codes=st.fixed_dictionaries(
            {"exit_ground": st.dictionaries(texts, st.sampled_from([*map(str, ExitGround)]))}
        ),
        defaults=st.dictionaries(st.sampled_from(keys), texts),
        name_order=st.sampled_from(NameOrder),
        encoding=st.sampled_from([None, "cp1252"]),
        separator=st.sampled_from([None, ";", "\t"]),
        sheet=st.none(),
        name=texts,
    )


@given(mappings())
def test_a_mapping_comes_back_from_toml_and_from_storage(mapping: Mapping) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(mapping)))) == mapping
    back = from_toml(to_toml(mapping))
    assert {key: codes for key, codes in to_plain(back)["codes"].items() if codes} == {
        key: codes for key, codes in to_plain(mapping)["codes"].items() if codes
    }
    assert to_plain(back) | {"codes": {}} == to_plain(mapping) | {"codes": {}}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_can_be_used(path: Path) -> None:
    assert from_toml(path.read_text(encoding="utf-8")).flaws() == ()


def test_there_are_examples_of_every_kind() -> None:
    kinds = {from_toml(path.read_text(encoding="utf-8")).kind for path in EXAMPLES}
    assert kinds == set(Kind)


def test_one_style_can_speak_for_all_dates() -> None:
    mapping = from_toml('[dates]\nall = "day_first"\nbirth_date = "iso"\n')
    assert mapping.dates["ends_on"] is DateStyle.DAY_FIRST
    assert mapping.dates["birth_date"] is DateStyle.ISO


@pytest.mark.parametrize(
    ("toml", "flaw"),
    [
        ("kind = ", Flaw(MappingProblem.NOT_TOML)),
        ("colour = 1", Flaw(MappingProblem.UNKNOWN_KEY, "colour")),
        ('kind = "cats"', Flaw(MappingProblem.UNKNOWN_KIND, "kind")),
        ('name_order = "x"', Flaw(MappingProblem.UNKNOWN_ORDER, "name_order")),
        ("kind = 1", Flaw(MappingProblem.NOT_TEXT, "kind")),
        ("columns = 1", Flaw(MappingProblem.NOT_TEXT, "columns")),
        ("codes = 1", Flaw(MappingProblem.NOT_TEXT, "codes")),
        ("file = 1", Flaw(MappingProblem.NOT_TEXT, "file")),
        ("[columns]\nunit = 3", Flaw(MappingProblem.NOT_TEXT, "columns.unit")),
        ("[codes]\nexit_ground = 3", Flaw(MappingProblem.NOT_TEXT, "codes.exit_ground")),
        ('[file]\ncolour = "x"', Flaw(MappingProblem.UNKNOWN_KEY, "file.colour")),
        ('[columns]\nshoe = "x"', Flaw(MappingProblem.UNKNOWN_FIELD, "shoe")),
        ('[dates]\nunit = "iso"', Flaw(MappingProblem.UNKNOWN_FIELD, "unit")),
        ('[dates]\nends_on = "x"', Flaw(MappingProblem.UNKNOWN_STYLE, "dates.ends_on")),
        ('[codes.unit]\na = "b"', Flaw(MappingProblem.UNKNOWN_FIELD, "unit")),
        ('[codes.language]\na = "b"', Flaw(MappingProblem.UNKNOWN_MEANING, "language: a")),
        ('[defaults]\nlanguage = "b"', Flaw(MappingProblem.UNKNOWN_MEANING, "defaults: language")),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(toml: str, flaw: Flaw) -> None:
    with pytest.raises(BadMapping) as caught:
        from_toml(toml)
    assert flaw in caught.value.flaws


def needed(**columns: str) -> Mapping:
    fields = FIELDS[Kind.LEAVERS]
    return Mapping(columns={field.key: field.key for field in fields if field.required} | columns)


def test_every_needed_field_must_have_a_column_or_a_default() -> None:
    assert needed().flaws() == ()
    missing = {flaw.key for flaw in Mapping().flaws()}
    assert missing == {field.key for field in FIELDS[Kind.LEAVERS] if field.required}
    assert "unit" not in {flaw.key for flaw in Mapping(defaults={"unit": "Okänd"}).flaws()}


def test_a_full_name_does_instead_of_first_and_last_name() -> None:
    columns = dict(needed(full_name="Namn").columns)
    del columns["first_name"], columns["last_name"]
    assert Mapping(columns=columns).flaws() == ()


def test_one_column_cannot_be_two_fields() -> None:
    flaws = needed(title="A", workplace=" a").flaws()
    assert flaws == (Flaw(MappingProblem.COLUMN_USED_TWICE, "workplace"),)


def test_a_mapping_tells_which_columns_a_file_lacks() -> None:
    mapping = Mapping(columns={"unit": "Avdelning", "title": "Titel"})
    assert mapping.fits(["avdelning ", "Titel"]) == ()
    assert mapping.fits(["Titel"]) == (Flaw(MappingProblem.COLUMN_MISSING, "Avdelning"),)
    assert mapping.named("Lön").name == "Lön"


def test_every_field_has_a_name_in_both_languages() -> None:
    fields = [field for kind in Kind for field in FIELDS[kind]]
    assert all(field.label and field.label_en != field.label for field in fields)
    assert len({field.label for field in FIELDS[Kind.LEAVERS]}) == len(FIELDS[Kind.LEAVERS])
