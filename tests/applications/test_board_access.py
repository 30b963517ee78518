"""Who sees which application, what of it, and who may decide."""

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.applications.models import Stage
from alumni_portal.core.access_log import Look, seen
from alumni_portal.core.permissions import Role
from tests.applications.making import Scene, apply, load, person, put, scene, sent_by
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make

MOVE = "Flytta Amira Haddad"


@pytest.fixture
def here(make: Make) -> Scene:
    return scene(make)


@pytest.fixture
def ref(make: Make, here: Scene) -> str:
    return apply(make, here.amira, here.opening)


@pytest.fixture
def sofia(browser: Browser, here: Scene) -> Browser:
    """Return the browser of the recruiter."""
    return browser.another().as_(here.recruiter)


def readers(make: Make, here: Scene) -> dict[str, tuple[Account, bool]]:
    """Return everybody who might ask, and whether they may see the application."""
    elsewhere = make.unit("Vattenkraft")
    return {
        "the recruiter": (here.recruiter, True),
        "another recruiter": (make.staff(Role.RECRUITER), False),
        "HR": (make.staff(Role.HR), True),
        "HR lead": (make.staff(Role.HR_LEAD), True),
        "the unit's manager": (make.manager_of(here.unit), True),
        "another manager": (make.manager_of(elsewhere, "Siv Berg"), False),
        "an interviewer": (make.staff(Role.INTERVIEWER), False),
        "the admin": (make.staff(Role.ADMIN), False),
        "the DPO": (make.staff(Role.DPO), False),
        "another alumnus": (make.alumnus("Oskar Lindmark"), False),
        "the applicant": (here.amira, False),
    }


@covers("S17")
def test_each_reader_sees_exactly_the_matrix(
    browser: Browser, make: Make, here: Scene, ref: str
) -> None:
    for name, (account, may) in readers(make, here).items():
        reader = browser.another().as_(account)
        for path in (f"/applications/{ref}", f"/applications/{ref}/attachment"):
            status = reader.open(path).status_code
            assert status == (200 if may and path.endswith(ref) else 404), (name, path)
        board = reader.open("/applications")
        names_her = b"Amira Haddad</a>" in board.get_data()
        assert names_her == may, name


@covers("S17")
def test_only_who_decides_may_move_end_or_hire(
    app: Flask, browser: Browser, make: Make, here: Scene, ref: str
) -> None:
    for name, (account, _may) in readers(make, here).items():
        if name in {"the recruiter", "HR", "HR lead"}:
            continue
        reader = browser.another().as_(account)
        token = reader.get("accounts.account").value("csrf_token")
        for verb in ("move", "decline", "hire"):
            path, data = f"/applications/{ref}/{verb}", {"csrf_token": token, "to": "interview"}
            assert reader.open(path, method="POST", data=data).status_code == 404, (name, verb)
    with app.app_context():
        assert load(ref).stage is Stage.SUBMITTED


def test_recruiters_reach_an_applicant_and_managers_do_not(
    browser: Browser, sofia: Browser, make: Make, here: Scene, ref: str
) -> None:
    assert "amira@post.example" in sofia.get("applications.application", public_id=ref)
    manager = browser.as_(make.manager_of(here.unit))
    page = manager.get("applications.application", public_id=ref)
    assert "amira@post.example" not in page
    assert MOVE not in page.buttons()
    put(make, ref, Stage.DECLINED)
    assert "amira@post.example" not in sofia.get("applications.application", public_id=ref)


def test_each_look_is_kept_for_the_applicant(
    app: Flask, browser: Browser, sofia: Browser, here: Scene, ref: str
) -> None:
    sofia.get("applications.board")
    sofia.get("applications.application", public_id=ref)
    with app.app_context():
        looks = [one.look for one in seen(here.amira.person_id)]
    assert looks == [Look.APPLICATION, Look.APPLICATION_LIST]
    assert "Öppnade din ansökan" in browser.as_(here.amira).get("consents.looks")


def test_the_opening_and_the_person_show_their_applications(
    browser: Browser, sofia: Browser, make: Make, here: Scene, ref: str
) -> None:
    place = here.opening.public_id
    assert "Amira Haddad" in sofia.get("openings.opening", public_id=place)
    own = browser.as_(here.amira).get("openings.opening", public_id=place)
    assert own.follow("Se din ansökan").heading == "Vi har din ansökan"
    assert "Sökande" not in own.texts("h2")
    stranger = browser.another().get("openings.opening", public_id=place)
    assert stranger.follow("Ansök").heading == "Logga in"
    hr = browser.another().as_(make.staff(Role.HR))
    with make.work():
        public_id = load(ref).applicant.person.public_id  # type: ignore[union-attr]  # a returner
    page = hr.get("people.person", public_id=public_id)
    assert page.follow("Projektledare stationer").heading == "Amira Haddad"


def test_a_recruiter_who_applied_does_not_see_the_own_application_from_inside(
    app: Flask, browser: Browser, make: Make, here: Scene
) -> None:
    returner = make.alumnus("Farah Mohammadi")
    ref = apply(make, returner, here.opening)
    with app.app_context():
        assert len(sent_by(returner)) == 1
    as_staff = make.account(person(returner), Role.HR)
    assert browser.as_(as_staff).open(f"/applications/{ref}").status_code == 404


def test_a_list_of_roles_leads_straight_to_the_application(
    browser: Browser, sofia: Browser, here: Scene
) -> None:
    words = "Ansök Projektledare stationer"
    page = browser.as_(here.amira).get("openings.index")
    assert page.follow(words).heading == "Sök jobb hos oss igen"
    assert words not in sofia.get("openings.index").links()
