"""The wall: hiring sees nothing of what was said on leaving, and named readers do not decide."""

import pytest
from sqlalchemy import select
from time_machine import travel

from alumni_portal.accounts import services as accounts
from alumni_portal.accounts.models import Account
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.exit_interviews.models import (
    Answer,
    Interview,
    InterviewState,
    Precision,
    Reach,
    Track,
)
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.people.models import Employment
from tests.applications.making import Scene, apply, scene
from tests.rehire.making import candidate
from tests.support.alike import alike
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

pytestmark = pytest.mark.both_databases
HIRING = (
    "/candidates",
    "/candidates?q=amira",
    "/candidates?q=kanarief%C3%A5gel",
    "/applications",
    "/applications/list",
    "/openings",
    "/openings/manage",
    "/referrals",
    "/people",
    "/colleagues",
    "/start",
)


@pytest.fixture
def here(make: Make) -> Scene:
    return scene(make)


def say_something(make: Make, words: str) -> None:
    """Let everybody who has left have said something on leaving, with a name and without."""
    with make.work():
        vault = Vault()
        ended = select(Employment).where(Employment.ends_on.is_not(None))
        for number, job in enumerate(db.session.scalars(ended).all()):
            named = _interview(person_id=job.person_id, employment_id=job.id)
            loose = _interview(id=-1 - number, exit_year=2026, exit_month=1, unit_id=job.unit_id)
            db.session.add_all([named, loose])
            db.session.flush()
            db.session.add_all(
                Answer(interview_id=one.id, question="stay_open", value=vault.seal(words))
                for one in (named, loose)
            )


def _interview(**values: object) -> Interview:
    return Interview(
        track=Track.QUESTIONNAIRE,
        state=InterviewState.CLOSED,
        reach=Reach.HR_ONLY,
        precision=Precision.QUARTER,
        sent_in=True,
        **values,
    )


def bodies(browsers: dict[str, Browser], places: tuple[str, ...]) -> dict[str, str]:
    """Return what each reader is answered, without the tokens that are new on every page."""
    return {
        f"{who} {place}": alike(browser.open(place).get_data(as_text=True))
        for who, browser in browsers.items()
        for place in places
    }


@covers("S22")
def test_databases_that_differ_only_in_exit_data_answer_hiring_alike(
    make: Make, browser: Browser, here: Scene
) -> None:
    candidate(make, "Greta Falk", unit=here.unit)
    ref = apply(make, here.amira, here.opening)
    readers = {
        "recruiter": here.recruiter,
        "manager": make.manager_of(here.unit),
        "HR": make.staff(Role.HR),
        "admin": make.staff(Role.ADMIN),
    }
    places = (*HIRING, f"/applications/{ref}", f"/openings/{here.opening.public_id}")
    with travel(clock.now(), tick=False):
        browsers = {who: browser.another().as_(account) for who, account in readers.items()}
        bodies(browsers, places)
        before = bodies(browsers, places)
        say_something(make, "kanariefågel")
        assert bodies(browsers, places) == before
    assert sum(len(body) > 2000 for body in before.values()) > 20


def test_a_named_reader_is_told_that_a_colleague_must_decide(
    make: Make, browser: Browser, here: Scene
) -> None:
    ref = apply(make, here.amira, here.opening)
    hr = make.staff(Role.HR)
    page = browser.as_(hr).go(f"/applications/{ref}")
    assert "En kollega måste avgöra" not in page
    with make.work():
        accounts.recuse(here.amira.person_id, [hr.person_id])
    page = browser.go(f"/applications/{ref}")
    assert "En kollega måste avgöra" in page
    assert "avgångssamtal" not in page.one("main").get_text().lower()
    answer = browser.open(f"/applications/{ref}/decline")
    assert answer.status_code >= 400


def test_others_still_decide(make: Make, browser: Browser, here: Scene) -> None:
    ref = apply(make, here.amira, here.opening)
    hr: Account = make.staff(Role.HR)
    with make.work():
        accounts.recuse(here.amira.person_id, [hr.person_id])
    assert "En kollega måste avgöra" not in browser.as_(here.recruiter).go(f"/applications/{ref}")
