from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from alumni_portal.consents.models import Purpose
from alumni_portal.consents.queries import standing, wishes
from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import COMMAND_LINE as HR
from alumni_portal.offboarding import services
from alumni_portal.offboarding.models import (
    Anchor,
    Case,
    CaseEvent,
    CaseKind,
    CaseState,
    CaseTask,
    LeaverLink,
    TaskOwner,
)
from alumni_portal.offboarding.queries import links
from alumni_portal.offboarding.services.forgetting import forget_cases
from alumni_portal.people import services as people
from alumni_portal.people.models import Employment, ExitGround, Person
from tests.offboarding.making import change, leaver, load, open_for, task
from tests.support.letters import Outbox
from tests.support.make import Make, days


def count(model: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_case_has_the_template_of_its_exit_ground(inside: Flask, make: Make) -> None:
    for ground in ExitGround:
        public_id = open_for(make, make.leaver(ground=ground))
        assert load(public_id).kind.value == ground.value


def test_one_case_for_one_ending_employment_however_often_it_is_asked_for(
    inside: Flask, make: Make
) -> None:
    employment = make.leaver()
    with make.work():
        assert services.open_cases([employment.id, employment.id], by=HR) == 1
        assert services.open_cases([employment.id], by=HR) == 0
    assert count(Case) == 1


def test_who_has_already_left_or_does_not_leave_gets_no_case(inside: Flask, make: Make) -> None:
    gone, today, stays = make.leaver(ends=days(-1)), make.leaver(ends=days(0)), make.employee()
    with make.work():
        ids = [gone.id, today.id]
        ids += db.session.scalars(select(Employment.id).where(Employment.person_id == stays.id))
        assert services.open_cases(ids, by=HR) == 1
    assert db.session.scalars(select(Case.employment_id)).all() == [today.id]


def test_many_cases_cost_as_many_statements_as_few(inside: Flask, make: Make) -> None:
    asked: list[str] = []
    event.listen(
        db.engine, "before_cursor_execute", lambda _c, _cu, statement, *_: asked.append(statement)
    )
    costs = []
    for number in (2, 40):
        ids = [make.leaver(f"Person Nummer{n}").id for n in range(number)]
        asked.clear()
        with make.work():
            assert services.open_cases(ids, by=HR) == number
        costs.append(len([one for one in asked if one.startswith(("INSERT", "SELECT"))]))
    assert costs[0] == costs[1]


def test_opening_cases_sends_no_mail(make: Make, outbox: Outbox) -> None:
    open_for(make, make.leaver())
    assert outbox.letters() == []


def test_a_moved_last_day_moves_what_is_left_but_not_what_is_done_or_dated_by_hand(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    who = leaver(make, outbox)
    case = load(who.public_id)
    done, dated, left = (task(case, k) for k in ("access_list", "equipment", "handover_approved"))
    before = {one.key: one.due_on for one in case.tasks}
    change(make, who.public_id, services.save_checklist, done=[done.public_id], undone=[])
    with make.work():
        own = load(who.public_id)
        services.change_due_date(own, task(own, dated.key), days(3), by=HR)
    move(make, who.public_id, days(34))
    case = load(who.public_id)
    assert task(case, "access_list").due_on == before["access_list"]
    assert task(case, "equipment").due_on == days(3)
    assert task(case, "equipment").anchor is Anchor.FIXED
    assert task(case, left.key).due_on == before["handover_approved"] + timedelta(days=10)


def move(make: Make, public_id: str, to: date, ground: ExitGround = ExitGround.OWN_REQUEST) -> None:
    change(make, public_id, services.move_last_day, ends_on=to, notice_on=days(-66), ground=ground)


def test_a_moved_last_day_is_told_to_the_leaver_who_has_a_link_and_the_link_lives_on(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    told, untold = leaver(make, outbox, name="Ada Ek"), leaver(make, outbox, name="Bo Al")
    told.link()
    for one in (told, untold):
        move(make, one.public_id, days(40))
    assert "flyttad" in outbox.last(told.address).text
    assert outbox.letters(untold.address) == []
    link = db.session.scalars(select(LeaverLink)).one()
    assert link.expires_at == links.closes_at(days(40))


def test_another_ground_brings_another_list_and_keeps_what_is_done(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    who = leaver(make, outbox)
    first = task(load(who.public_id), "tell_the_group")
    change(make, who.public_id, services.save_checklist, done=[first.public_id], undone=[])
    move(make, who.public_id, days(24), ExitGround.REDUNDANCY)
    case = load(who.public_id)
    keys = {one.key for one in case.tasks}
    assert case.kind is CaseKind.REDUNDANCY
    assert {"tell_the_group", "priority_right_8"} <= keys
    assert "confirm_resignation" not in keys


def test_a_last_day_before_the_first_is_refused_and_nothing_is_moved(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    who = leaver(make, outbox)
    with pytest.raises(Refusal):
        move(make, who.public_id, date(2001, 1, 1))
    assert load(who.public_id).last_day == days(24)


def test_a_last_day_set_by_an_import_moves_the_case_without_a_letter(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    who = leaver(make, outbox)
    who.link()
    outbox.clear()
    end(make, who.employment, days(50))
    assert load(who.public_id).last_day == days(50)
    assert task(load(who.public_id), "equipment").due_on == days(50)
    assert outbox.letters(who.address) == []


def end(make: Make, employment: Employment, ends_on: date | None) -> None:
    with make.work():
        people.end_employment(
            db.session.merge(employment, load=False),
            ends_on=ends_on,
            ground=ExitGround.OWN_REQUEST if ends_on else None,
            notice_on=None,
            by=HR,
        )


def test_a_withdrawn_notice_takes_back_the_end_the_links_and_the_wishes(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    who = leaver(make, outbox)
    who.link()
    change(make, who.public_id, services.answer, {Purpose.MEMBERSHIP}, language="sv")
    change(make, who.public_id, services.withdraw_notice)
    case = load(who.public_id)
    assert case.state is CaseState.CANCELLED
    assert case.employment.ends_on is None
    assert wishes(case.person_id) == {}
    assert db.session.scalars(select(LeaverLink.revoked_at)).one() is not None
    assert outbox.last(who.address).subject == "Du är kvar hos Sundmark"


def test_a_later_notice_opens_a_case_of_its_own(inside: Flask, make: Make, outbox: Outbox) -> None:
    who = leaver(make, outbox)
    change(make, who.public_id, services.withdraw_notice)
    end(make, who.employment, days(90))
    again = open_for(make, who.employment)
    assert again != who.public_id
    assert count(Case) == 2


def test_an_import_that_takes_the_last_day_back_cancels_the_case(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    who = leaver(make, outbox)
    end(make, who.employment, None)
    assert load(who.public_id).state is CaseState.CANCELLED


def test_nothing_can_be_changed_in_a_cancelled_case(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    who = leaver(make, outbox)
    first = load(who.public_id).tasks[0].public_id
    change(make, who.public_id, services.withdraw_notice)
    with pytest.raises(Conflict):
        change(make, who.public_id, services.save_checklist, done=[first], undone=[])
    with pytest.raises(Conflict):
        move(make, who.public_id, days(30))


def test_after_a_death_hr_has_its_own_list_and_every_letter_stops(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    who = leaver(make, outbox)
    who.link()
    with make.work():
        services.send_link(load(who.public_id), by=HR)
        services.note_death(load(who.public_id), on=days(0), by=HR)
    case = load(who.public_id)
    assert case.kind is CaseKind.DEATH
    assert {one.owner for one in case.tasks} == {TaskOwner.HR}
    assert all(one.due_on >= days(0) for one in case.tasks)
    assert case.employment.ends_on == case.last_day == days(0)
    assert len(outbox.letters(who.address)) == 1
    assert db.session.scalars(select(LeaverLink.revoked_at)).one() is not None
    with pytest.raises(Refusal):
        change(make, who.public_id, services.send_link)


def test_an_employment_that_ends_by_death_has_hrs_list_and_notes_the_death(
    inside: Flask, make: Make
) -> None:
    employment = make.leaver(ground=ExitGround.DEATH, ends=days(0))
    case = load(open_for(make, employment))
    assert case.kind is CaseKind.DEATH
    assert case.is_open
    assert db.session.get_one(Person, case.person_id).died_on == days(0)


def test_a_case_is_closed_after_the_last_day_only(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    who = leaver(make, outbox)
    with pytest.raises(Refusal):
        change(make, who.public_id, services.close_case)
    late = leaver(make, outbox, ends=days(0))
    end(make, late.employment, days(-1))
    change(make, late.public_id, services.close_case)
    assert load(late.public_id).state is CaseState.CLOSED
    change(make, late.public_id, services.reopen_case)
    assert load(late.public_id).is_open


def test_an_undone_import_takes_its_cases_with_it(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    who = leaver(make, outbox)
    who.proof()
    with make.work():
        assert forget_cases([who.employment.id], by=HR) == 1
    assert [count(one) for one in (Case, CaseTask, CaseEvent, LeaverLink)] == [0, 0, 0, 0]


def test_what_is_done_in_a_case_stands_in_the_audit_chain(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    who = leaver(make, outbox)
    who.link()
    move(make, who.public_id, days(30))
    change(make, who.public_id, services.withdraw_notice)
    noted = set(db.session.scalars(select(audit.AuditEntry.action)))
    assert {"case.opened", "case.link_sent", "case.moved", "case.cancelled"} <= noted
    assert audit.verify() is None


def test_a_wish_is_no_consent(inside: Flask, make: Make, outbox: Outbox) -> None:
    who = leaver(make, outbox)
    change(make, who.public_id, services.answer, {Purpose.MEMBERSHIP}, language="sv")
    assert standing(load(who.public_id).person_id) == {}
