import pytest

from alumni_portal.offboarding.rules.codes import (
    MEANINGS,
    EmploymentKind,
    ExitGround,
    guess_code,
    guess_codes,
)
from alumni_portal.people import models


@pytest.mark.parametrize(
    ("code", "ground"),
    [
        ("Egen begäran", "own_request"),
        ("10 Eget val", "own_request"),
        ("Voluntary > Resignation", "own_request"),
        ("RES - Resigned, new job", "own_request"),
        ("Arbetsbrist", "redundancy"),
        ("Involuntary > Redundancy", "redundancy"),
        ("Layoff", "redundancy"),
        ("Tidsbegränsad upphör", "fixed_term_ended"),
        ("Other > End of Contract", "fixed_term_ended"),
        ("Slut på vikariat", "fixed_term_ended"),
        ("Provanställning avbruten", "fixed_term_ended"),
        ("Pension", "retirement"),
        ("Voluntary > Retirement", "retirement"),
        ("Överenskommelse", "agreement"),
        ("Mutual Agreement", "agreement"),
        ("Personliga skäl", "personal_reasons"),
        ("Involuntary > Performance", "personal_reasons"),
        ("Avsked", "personal_reasons"),
        ("Avliden", "death"),
        ("Deceased", "death"),
        ("Okänd kod 77", None),
        ("77", None),
        ("Z1", None),
        ("", None),
        ("Övrigt", None),
    ],
)
def test_what_an_exit_code_says(code: str, ground: str | None) -> None:
    assert guess_code("exit_ground", code) == ground


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("Tillsvidare", "permanent"),
        ("Regular", "permanent"),
        ("SÄVA", "sava"),
        ("Fixed Term (SAVA)", "sava"),
        ("Särskild visstidsanställning", "sava"),
        ("Vikariat", "substitute"),
        ("Temporary Substitute", "substitute"),
        ("Säsong", "seasonal"),
        ("Seasonal", "seasonal"),
        ("Provanställning", "probationary"),
        ("Probationary", "probationary"),
        ("Intern", "other"),
        ("1", None),
    ],
)
def test_what_a_code_of_employment_says(code: str, kind: str | None) -> None:
    assert guess_code("employment_kind", code) == kind


@pytest.mark.parametrize(("code", "language"), [("sv", "sv"), ("Engelska", "en"), ("Suomi", None)])
def test_what_a_code_of_language_says(code: str, language: str | None) -> None:
    assert guess_code("language", code) == language


def test_codes_are_guessed_once_each_in_their_order() -> None:
    assert guess_codes("language", ["en", "sv", "", "en"]) == {"en": "en", "sv": "sv"}


def test_the_meanings_are_those_that_are_stored() -> None:
    assert [*map(str, ExitGround)] == [*map(str, models.ExitGround)]
    assert [*map(str, EmploymentKind)] == [*map(str, models.EmploymentKind)]
    assert set(MEANINGS) == {"exit_ground", "employment_kind", "language"}
