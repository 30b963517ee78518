"""The code book is HR's to word and to add to; what is used is retired, never lost (§3)."""

from typing import Any

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import COMMAND_LINE, Actor, Role
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import REASONS, THEMES, Force, Reach, Seat
from alumni_portal.exit_interviews.queries import coding
from alumni_portal.exit_interviews.queries.codes import book, reason_themes
from alumni_portal.exit_interviews.rules.codebook import Words
from alumni_portal.exit_interviews.rules.suggestions import suggestions
from alumni_portal.exit_interviews.services import codes as changes
from alumni_portal.exit_interviews.services.codes import Description
from alumni_portal.insights.services import releasing
from tests.exit_interviews.making import Asked, asked
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make

PAGE = "/exit-interviews/code-book"
GIVEN: dict[str, Any] = {
    "name": "Nattpassen",
    "name_en": "Night shifts",
    "definition": "Att arbeta natt.",
    "definition_en": "Working at night.",
    "example": "”Jag sov aldrig.”",
    "example_en": "“I never slept.”",
}


@pytest.fixture
def hr(make: Make) -> Account:
    return make.staff(Role.HR)


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    found = asked(make, outbox)
    found.choose(Reach.HR_ONLY)
    found.save(stay_open="Fler nätter.")
    found.say_done()
    return found


def nights(make: Make, theme: str = "workload") -> str:
    said = Description(
        name=Words("Nattpassen", "Night shifts"),
        definition=Words("Att arbeta natt.", "Working at night."),
        example=Words("", ""),
        keywords="natt night",
    )
    with make.work():
        return changes.describe_reason(None, said, by=COMMAND_LINE, theme=theme, force=Force.PUSH)


def code_as_all(elin: Asked, codes: list[str]) -> None:
    """Let every coder find the same in Elin's text."""
    with elin.make.work():
        found = elin.interview()
        for one in [r for r in found.readers if r.seat is Seat.CODER]:
            by = Actor(person_id=one.person_id)
            services.code(found.public_id, "stay_open", codes, by=by)


@pytest.mark.parametrize("theme", list(THEMES))
def test_a_shipped_theme_is_explained_in_both_languages(theme: str) -> None:
    words = THEMES[theme].definition
    assert words.sv
    assert words.en
    assert words.sv != words.en


def test_hr_words_a_shipped_reason_anew_and_its_theme_stays(
    app: Flask, browser: Browser, hr: Account
) -> None:
    page = browser.as_(hr).go(f"{PAGE}/reasons/leadership")
    page = page.submit("Spara", name="Chefskapet", keywords="bas, boss")
    assert page.flashes == ["Kodboken är ändrad."]
    assert "Chefskapet" in page
    with app.app_context():
        one = book().reasons["leadership"]
    assert (one.name.sv, one.theme, one.keywords) == ("Chefskapet", "leadership", ("bas", "boss"))
    assert one.example == REASONS["leadership"].example


def test_hr_adds_a_reason_and_it_can_be_coded(app: Flask, browser: Browser, hr: Account) -> None:
    page = browser.as_(hr).go(PAGE).follow("Nytt skäl")
    page = page.submit("Spara", **GIVEN, theme="workload", force="push", keywords="natt")
    assert "Nattpassen" in page
    with app.app_context():
        found = book()
        assert reason_themes()["own_1"] == "workload"
    (hint,) = suggestions("Det var många nattpass.", [found.reasons["own_1"]])
    assert hint.found == ("nattpass",)


def test_hr_adds_a_theme(app: Flask, browser: Browser, hr: Account) -> None:
    page = browser.as_(hr).go(PAGE).follow("Nytt tema").submit("Spara", **GIVEN)
    assert page.flashes == ["Kodboken är ändrad."]
    with app.app_context():
        assert book().themes["own_1"].name.en == "Night shifts"


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("definition_en", "", "Förklaring på engelska: Fyll i det här fältet."),
        ("name", "Ledarskapet", "Namn: Det namnet finns redan."),
        ("name_en", "x" * 201, "Namn på engelska: "),
    ],
)
def test_bad_words_are_said_at_their_field_and_nothing_typed_is_lost(
    app: Flask, browser: Browser, hr: Account, field: str, typed: str, error: str
) -> None:
    page = browser.as_(hr).go(f"{PAGE}/reasons/new")
    page = page.submit("Spara", **(GIVEN | {field: typed}), theme="workload", force="push")
    assert page.errors[0].startswith(error)
    assert page.value("example_en") == GIVEN["example_en"]
    with app.app_context():
        assert set(book().reasons) == set(REASONS)


def test_a_retired_reason_is_offered_no_longer_and_counts_still(
    app: Flask, browser: Browser, elin: Asked
) -> None:
    code = nights(elin.make)
    code_as_all(elin, [code])
    browser.as_(elin.hr).go(f"{PAGE}/reasons/{code}").submit("Ta ur bruk")
    with app.app_context():
        assert code not in book().reasons_in_use()
        assert coding.agreed_themes()[elin.interview().id] == ("workload",)
    browser.go(f"{PAGE}/reasons/{code}").submit("Ta i bruk igen")
    with app.app_context():
        assert code in book().reasons_in_use()


def test_a_retired_theme_takes_its_reasons_along(elin: Asked) -> None:
    with elin.make.work():
        changes.retire_theme("pay", by=COMMAND_LINE)
    with pytest.raises(Refusal, match="kodboken"):
        code_as_all(elin, ["pay"])


def test_a_used_reason_is_not_deleted_and_an_unused_one_is(
    app: Flask, browser: Browser, hr: Account, elin: Asked
) -> None:
    code = nights(elin.make)
    code_as_all(elin, [code])
    page = browser.as_(hr).go(f"{PAGE}/reasons/{code}").submit("Ta bort")
    assert page.flashes == ["Skälet är använt. Ta det ur bruk i stället, så finns svaren kvar."]
    code_as_all(elin, [])
    page.submit("Ta bort")
    with app.app_context():
        assert code not in book().reasons


def test_shipped_codes_are_never_deleted(make: Make) -> None:
    for what in (changes.delete_reason, changes.delete_theme):
        with make.work(), pytest.raises(Refusal, match="ur bruk i stället"):
            what("pay", by=COMMAND_LINE)
    with make.work(), pytest.raises(NotFound):
        changes.delete_reason("mars", by=COMMAND_LINE)


def test_a_theme_of_hr_s_own_goes_only_without_reasons(make: Make) -> None:
    said = Description(
        name=Words("Skift", "Shifts"), definition=Words("När.", "When."), example=Words("", "")
    )
    with make.work():
        theme = changes.describe_theme(None, said, by=COMMAND_LINE)
    code = nights(make, theme)
    with make.work(), pytest.raises(Refusal, match="har skäl"):
        changes.delete_theme(theme, by=COMMAND_LINE)
    with make.work():
        changes.delete_reason(code, by=COMMAND_LINE)
        changes.delete_theme(theme, by=COMMAND_LINE)


@pytest.mark.parametrize("path", ["/reasons/mars", "/themes/mars"])
def test_no_such_code(browser: Browser, hr: Account, path: str) -> None:
    browser.as_(hr).go(PAGE + path, status=404)


def test_releases_know_the_theme_of_a_reason_of_hr_s_own(app: Flask, make: Make) -> None:
    code = nights(make)
    with app.app_context():
        assert releasing.themes()[code] == "workload"
