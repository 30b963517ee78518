"""What comes of answers stays on its side of the wall too: codings, releases, actions, texts.

What HR publishes at `/what-changed` is for everybody by intent, recruiters among them: words about
the company or a division that ten people at least stand behind, read by two people, without a name
or a day. No page of hiring quotes or links it, and that it is there changes none of them.
"""

import pytest
from sqlalchemy import select
from time_machine import travel

from alumni_portal.accounts.models import Account
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.exit_interviews.models import Coding, Interview
from alumni_portal.insights import services
from alumni_portal.insights.models import Action, FollowUp, Publication, Release
from tests.applications.making import Scene, apply
from tests.exit_interviews.test_wall import HIRING, bodies, here, say_something
from tests.insights.making_actions import WORDS, action, backed, closed, late, published
from tests.rehire.making import candidate
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make, days

__all__ = ["here"]

pytestmark = pytest.mark.both_databases


def act_on_it(make: Make, owner: Account) -> None:
    """Let what was said be coded, released, acted on, written about and published."""
    with make.work():
        ids = db.session.scalars(select(Interview.id)).all()
        db.session.add_all(
            Coding(interview_id=one, question="stay_open", coder_id=owner.person_id, codes=["pay"])
            for one in ids
        )
        services.ask("leadership", "elin@home.example", language="sv")
    backed(make)
    published(make, closed(make, owner=owner))
    late(make, due_on=days(-9), owner=owner, goal="Kanariefågel i bur")
    drafted = action(make, owner=owner, goal="Kanariefågel i träd")
    with make.work():
        found = db.session.get_one(Action, drafted.id)
        services.write(found, services.Told(heard_sv="Kanariefågel."), by=SYSTEM)


def rows(make: Make) -> list[int]:
    with make.work():
        kinds = (Coding, Release, Action, Publication, FollowUp)
        return [len(db.session.scalars(select(kind)).all()) for kind in kinds]


@covers("S22")
def test_what_comes_of_answers_changes_no_page_of_hiring(
    make: Make, browser: Browser, here: Scene
) -> None:
    candidate(make, "Greta Falk", unit=here.unit)
    ref = apply(make, here.amira, here.opening)
    owner = make.staff(Role.MANAGER, name="Anders Ekdahl")
    # The administrator's start page shows the log, in which all of this stands, as it must.
    readers = {
        "recruiter": here.recruiter,
        "manager": make.manager_of(here.unit, name="Lena Ek"),
    }
    places = (*HIRING, f"/applications/{ref}", f"/openings/{here.opening.public_id}")
    with travel(clock.now(), tick=False):
        browsers = {who: browser.another().as_(account) for who, account in readers.items()}
        bodies(browsers, places)
        before, told = bodies(browsers, places), browser.get("insights.what_changed")
        say_something(make, "kanariefågel")
        act_on_it(make, owner)
        assert min(rows(make)) > 0
        assert bodies(browsers, places) == before
    assert WORDS["heard_sv"] not in told
    assert WORDS["heard_sv"] in browser.get("insights.what_changed")


def test_hr_sees_late_actions_at_the_start_and_hires_by_the_same_pages(
    make: Make, browser: Browser, here: Scene
) -> None:
    """HR does both, so its start page tells of actions; its pages of hiring do not."""
    owner = make.staff(Role.MANAGER, name="Anders Ekdahl")
    places = tuple(place for place in HIRING if place != "/start")
    with travel(clock.now(), tick=False):
        browsers = {"HR": browser.as_(make.staff(Role.HR))}
        bodies(browsers, places)
        before = bodies(browsers, places)
        say_something(make, "kanariefågel")
        act_on_it(make, owner)
        assert bodies(browsers, places) == before
    assert "Kanariefågel i bur" in browser.get("home.staff")
