"""Every code that the rules can answer with has words for people, and stands in the format."""

import jinja2
import pytest

from alumni_portal.offboarding.rules.codes import MEANINGS
from alumni_portal.offboarding.rules.columns import FIELDS, Kind
from alumni_portal.offboarding.rules.dates import DateStyle
from alumni_portal.offboarding.rules.formats import ReadProblem
from alumni_portal.offboarding.rules.guessing import Because
from alumni_portal.offboarding.rules.mapping import MappingProblem
from alumni_portal.offboarding.rules.records import Attention, Note, Reason
from tests.support.repository import ROOT, TEMPLATES

WORDED = [
    ("reason_text", list(Reason)),
    ("warning_text", [*Attention, *Note]),
    ("read_problem_text", list(ReadProblem)),
    ("mapping_problem_text", list(MappingProblem)),
    ("because_text", list(Because)),
]


@pytest.fixture(scope="module")
def words() -> jinja2.environment.TemplateModule:
    loader = jinja2.FileSystemLoader(TEMPLATES)
    jinja = jinja2.Environment(loader=loader, undefined=jinja2.StrictUndefined, autoescape=True)
    jinja.globals["_"] = str
    return jinja.get_template("offboarding/_reasons.html").make_module()


@pytest.mark.parametrize(("macro", "codes"), WORDED)
def test_every_code_has_a_sentence(
    words: jinja2.environment.TemplateModule, macro: str, codes: list[str]
) -> None:
    sentences = [str(getattr(words, macro)(code)).strip() for code in codes]
    assert all(sentence[-1] in ".?" for sentence in sentences)
    assert len(set(sentences)) == len(codes)


def test_the_format_names_every_key_code_and_reason() -> None:
    page = (ROOT / "docs" / "formats" / "leavers-import.md").read_text(encoding="utf-8")
    keys = {field.key for kind in Kind for field in FIELDS[kind]}
    meanings = {meaning.value for enum in MEANINGS.values() for meaning in enum}
    wanted = keys | meanings | {*map(str, Reason), *map(str, DateStyle), *map(str, Attention)}
    assert {word for word in wanted if word not in page} == set()
