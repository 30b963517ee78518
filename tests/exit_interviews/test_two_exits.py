"""Somebody who leaves, returns and leaves again; all four interviews of one exit (A1, I1)."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import travel

from alumni_portal.accounts.models import Recusal
from alumni_portal.accounts.queries import account_of
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import COMMAND_LINE, SYSTEM
from alumni_portal.exit_interviews import queries, services
from alumni_portal.exit_interviews.models import Interview, Reach, Track
from alumni_portal.exit_interviews.queries import interviews as lookups
from alumni_portal.exit_interviews.services.booking import Talk
from alumni_portal.people.models import ExitGround, Person
from tests.exit_interviews.making import HERE, Asked, asked
from tests.offboarding.making import Leaver, load, open_for
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make, days

PRIVATE = "elin@post.example"


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    """Let Elin leave for the first time; her unit has a manager."""
    unit = make.unit("Lager")
    make.manager_of(unit)
    return asked(make, outbox, unit=unit, private=PRIVATE)


def again(elin: Asked, outbox: Outbox, *, in_days: int = 150) -> Asked:
    """Let her have returned and leave once more; she is asked anew."""
    with elin.make.work():
        person = elin.case().person
    ends = days(in_days)
    job = elin.make.employment(
        person,
        begins=ends - timedelta(days=60),
        ends=ends,
        notice=ends - timedelta(days=40),
        ground=ExitGround.OWN_REQUEST,
    )
    public_id = open_for(elin.make, job)
    with elin.make.work():
        services.open_questionnaire(load(public_id), by=SYSTEM)
    path = outbox.letters()[-1].link.removeprefix(HERE)
    return Asked(Leaver(elin.make, outbox, public_id, PRIVATE, job), elin.make, elin.hr, path)


def said(elin: Asked) -> dict[str, object]:
    with elin.make.work():
        return services.opened(elin.interview())


def rows(make: Make, *, after: int) -> list[queries.ReleaseRow]:
    """Return what a release counts so many days from now, when all has closed."""
    with travel(clock.now() + timedelta(days=after), tick=True):
        with make.work():
            services.close_due()
        with make.work():
            return queries.release_rows(until=clock.today())


def test_each_link_opens_its_own_exit_and_taking_one_back_leaves_the_other(
    browser: Browser, outbox: Outbox, elin: Asked
) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    second = again(elin, outbox)
    second.choose(Reach.HR_ONLY)
    browser.go(second.path).submit("Spara och fortsätt senare", workload="5")
    assert (said(elin), said(second)) == ({"workload": 2}, {"workload": 5})
    browser.go(second.path).submit("Ta tillbaka alla svar")
    assert (said(elin), said(second)) == ({"workload": 2}, {})


def test_two_exits_of_somebody_with_a_name_count_once_the_latest(
    make: Make, outbox: Outbox, elin: Asked
) -> None:
    for one, value in ((elin, "2"), (again(elin, outbox), "5")):
        one.choose(Reach.HR_ONLY)
        one.save(workload=value)
    assert [row.scales["workload"] for row in rows(make, after=150 + 120)] == [5]


def test_who_has_no_name_the_second_time_keeps_it_the_first(
    app: Flask, browser: Browser, outbox: Outbox, elin: Asked
) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    token = again(elin, outbox).choose(Reach.AGGREGATE)
    browser.go(f"/leaving/answers/{token}").submit("Spara svaren", workload="5")
    assert said(elin) == {"workload": 2}
    with app.app_context():
        loose = lookups.nameless_by(token or "")
        assert loose is not None
        assert services.opened(loose) == {"workload": 5}
    assert sorted(row.scales["workload"] for row in rows(elin.make, after=270)) == [2, 5]


def talks(elin: Asked) -> None:
    """Let HR and the manager have talked with her, and note different things."""
    with elin.make.work():
        manager = lookups.find(Interview.id == elin.interview().id)
        assert manager is not None
        boss = next(one.person for one in manager.readers if one.seat.value == "manager")
        holders = {Track.HR: db.session.get_one(Person, elin.hr.person_id), Track.MANAGER: boss}
        at = Talk(starts_at=clock.now() + timedelta(days=2), place="Kaj 3")
        for number, (track, holder) in enumerate(holders.items()):
            made = services.book(elin.case(), track, holder, at, by=COMMAND_LINE)
            services.save(made, {"would_return": [str(number)]}, by_interviewer=True)


def pulse(elin: Asked) -> None:
    """Let her have said yes to a second pulse and answer it."""
    with elin.make.work():
        services.say_about_pulse(elin.interview(), wants=True)
    with travel(clock.now() + timedelta(days=24 + 92), tick=True):
        with elin.make.work():
            services.close_due()
            assert services.send_pulses() == 1
        with elin.make.work():
            found = lookups.find(Interview.track == Track.PULSE)
            assert found is not None
            services.save(found, {"would_return": ["9"]})


def test_all_four_interviews_of_an_exit_are_one_row_and_her_own_word_counts(elin: Asked) -> None:
    elin.choose(Reach.OPEN)
    elin.save(would_return="7")
    talks(elin)
    pulse(elin)
    (row,) = rows(elin.make, after=24 + 92 + 60)
    assert row.scales == {"would_return": 7, "pulse_would_return": 9}


def test_who_reads_one_interview_does_not_read_the_other_and_decides_on_neither(
    app: Flask, browser: Browser, elin: Asked
) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    elin.say_done()
    talks(elin)
    with app.app_context():
        found = {one.track: one for one in db.session.scalars(select(Interview))}
        refs = {track: one.public_id for track, one in found.items()}
        account = account_of(found[Track.MANAGER].interviewer_id or 0)
        assert account is not None
        assert elin.hr.person_id in set(db.session.scalars(select(Recusal.person_id)))
    here = browser.as_(account)
    here.go(f"/exit-interviews/{refs[Track.MANAGER]}")
    for track in (Track.QUESTIONNAIRE, Track.HR):
        here.go(f"/exit-interviews/{refs[track]}", status=404)


def test_erasing_takes_both_exits_and_all_their_interviews(
    app: Flask, outbox: Outbox, elin: Asked
) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    talks(elin)
    again(elin, outbox).choose(Reach.HR_ONLY)
    with elin.make.work():
        assert services.erase(elin.case().person, by=SYSTEM) == 4
    with app.app_context():
        assert db.session.scalars(select(Interview)).all() == []
    assert rows(elin.make, after=270) == []


def test_a_pulse_that_is_still_open_when_names_go_is_not_a_second_row(elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(would_return="7")
    elin.do(lambda one: services.say_about_pulse(one, wants=True))
    late = 24 + 180
    with travel(clock.now() + timedelta(days=late), tick=True), elin.make.work():
        services.close_due()
        assert services.send_pulses() == 1
    for day in (late + 5, late + 40):
        with travel(clock.now() + timedelta(days=day), tick=True):
            with elin.make.work():
                services.close_due()
            with elin.make.work():
                services.detach_due()
    assert [row.scales["would_return"] for row in rows(elin.make, after=late + 60)] == [7]


def test_names_go_from_all_interviews_of_an_exit_at_once(elin: Asked, outbox: Outbox) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    talks(elin)
    again(elin, outbox, in_days=30).choose(Reach.HR_ONLY)
    with travel(clock.now() + timedelta(days=300), tick=True), elin.make.work():
        services.close_due()
        both = lookups.to_detach(clock.today())
        first = lookups.to_detach(clock.today(), exits=1)
    assert len({one.employment_id for one in both}) == 2
    assert {one.track for one in first} == {Track.QUESTIONNAIRE, Track.HR, Track.MANAGER}
