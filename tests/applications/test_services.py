"""Applying, taking back, moving and ending, on both databases."""

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from alumni_portal.applications import queries, services
from alumni_portal.applications.models import (
    Application,
    ApplicationDraft,
    Measure,
    Stage,
)
from alumni_portal.consents import services as consents
from alumni_portal.consents.rules import How, Purpose
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.openings import services as openings
from alumni_portal.openings.models import Opening
from alumni_portal.openings.queries import criteria_of
from alumni_portal.people.models import Person
from tests.applications.making import (
    Scene,
    answers,
    apply,
    decline,
    load,
    put,
    scene,
    sent_by,
)
from tests.openings.making import opening
from tests.support.covers import covers
from tests.support.hours import on_day
from tests.support.letters import Outbox
from tests.support.make import Make, days

pytestmark = pytest.mark.both_databases


@pytest.fixture
def here(make: Make, inside: Flask) -> Scene:
    return scene(make)


def me(here: Scene) -> Person:
    return db.session.get_one(Person, here.amira.person_id)


def role(here: Scene) -> Opening:
    return db.session.get_one(Opening, here.opening.id)


def test_an_application_is_kept_with_its_receipt(make: Make, here: Scene, outbox: Outbox) -> None:
    ref = apply(make, here.amira, here.opening)
    found = load(ref)
    assert (found.stage, found.learned, found.hours) == (Stage.SUBMITTED, ["Budgetansvar"], "full")
    assert [move.to_stage for move in queries.moves_of(found.id)] == [Stage.SUBMITTED]
    letter = outbox.last("amira@post.example")
    assert letter.subject == "Vi har din ansökan: Projektledare stationer"
    assert "Sofia Lindqvist" in letter.text
    assert letter.link.endswith(f"/applications/mine/{ref}")


@covers("S56")
def test_sent_twice_it_is_one_application_with_one_receipt(
    make: Make, here: Scene, outbox: Outbox
) -> None:
    first = apply(make, here.amira, here.opening)
    second = apply(make, here.amira, here.opening, why="Något annat")
    assert first == second
    assert load(first).why != "Något annat"
    assert len(outbox.letters("amira@post.example")) == 1


def test_the_database_itself_refuses_a_second_one(make: Make, here: Scene) -> None:
    found = load(apply(make, here.amira, here.opening))
    twin = Application(
        opening_id=found.opening_id, applicant_id=found.applicant_id, can_begin="talk", hours="talk"
    )
    db.session.add(twin)
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_closed_opening_takes_no_application_and_the_draft_stays(
    make: Make, here: Scene, outbox: Outbox
) -> None:
    with make.work():
        services.save_draft(me(here), role(here), {"why": "Jag saknar er."}, by=SYSTEM)
        openings.close(role(here), by=SYSTEM)
    with pytest.raises(Refusal, match="stängt") as refused, make.work():
        services.submit(me(here), role(here), answers(), by=SYSTEM)
    assert refused.value.field == "opening"
    draft = queries.draft_of(here.amira.person_id, here.opening.id)
    assert draft is not None
    assert draft.answers["why"] == "Jag saknar er."
    assert (sent_by(here.amira), len(outbox)) == ([], 0)


def test_who_works_here_or_never_did_is_told_so(make: Make, here: Scene) -> None:
    for somebody in (make.employee("Per Nyström"), make.person("Ny Person", private="n@x.example")):
        who = db.session.get_one(Person, somebody.id)
        with pytest.raises(Refusal), make.work():
            services.submit(who, role(here), answers(), by=SYSTEM)


def test_nothing_is_taken_from_whom_no_letter_would_reach(make: Make, here: Scene) -> None:
    nobody = make.person("Olle Wallin")
    make.employment(nobody, ends=days(-90))
    with pytest.raises(Refusal, match="privat adress"), make.work():
        services.submit(db.session.get_one(Person, nobody.id), role(here), answers(), by=SYSTEM)


def test_an_application_stands_when_the_membership_ends(make: Make, here: Scene) -> None:
    """It rests on the applicant's own request, not on a consent (GDPR 6.1 b)."""
    ref = apply(make, here.amira, here.opening)
    with make.work():
        centre = How.CONSENT_CENTRE
        consents.withdraw(me(here), Purpose.MEMBERSHIP, how=centre, by=SYSTEM)
    put(make, ref, Stage.SCREENING)
    assert load(ref).stage is Stage.SCREENING
    assert queries.reveals_contact_details(here.amira.person_id)


def test_taken_back_everything_written_is_gone_at_once(make: Make, here: Scene) -> None:
    ref = apply(make, here.amira, here.opening, history_wrong="Jag slutade i maj.")
    put(make, ref, Stage.WITHDRAWN)
    found = load(ref)
    left = (found.why, found.now_doing, found.learned, found.history_wrong)
    assert left == ("", "", [], "")
    assert not queries.reveals_contact_details(here.amira.person_id)
    assert not queries.has_applied_to(here.amira.person_id, here.opening.id)


def test_somebody_who_took_it_back_may_send_it_anew(
    make: Make, here: Scene, outbox: Outbox
) -> None:
    ref = apply(make, here.amira, here.opening)
    put(make, ref, Stage.WITHDRAWN)
    assert apply(make, here.amira, here.opening, why="Nu menar jag det.") == ref
    assert (load(ref).stage, load(ref).why) == (Stage.SUBMITTED, "Nu menar jag det.")
    assert len(outbox.letters("amira@post.example")) == 2


def test_a_decided_application_cannot_be_taken_back(make: Make, here: Scene) -> None:
    ref = apply(make, here.amira, here.opening)
    put(make, ref, Stage.DECLINED)
    with pytest.raises(Conflict), make.work():
        services.withdraw(load(ref), by=SYSTEM)


def test_a_step_on_is_told_by_letter_and_a_step_back_is_not(
    make: Make, here: Scene, outbox: Outbox
) -> None:
    ref = apply(make, here.amira, here.opening)
    put(make, ref, Stage.INTERVIEW)
    put(make, ref, Stage.SCREENING)
    assert outbox.subjects("amira@post.example") == [
        "Vi har din ansökan: Projektledare stationer",
        "Du är vidare till intervju: Projektledare stationer",
    ]
    told = [(one.to_stage, one.told) for one in queries.moves_of(load(ref).id)]
    assert told == [("screening", False), ("interview", True), ("submitted", True)]


def test_two_who_move_the_same_card_do_not_both_win(make: Make, here: Scene) -> None:
    ref = apply(make, here.amira, here.opening)
    put(make, ref, Stage.SCREENING)
    with pytest.raises(Conflict, match="Samtal"), make.work():
        services.move(load(ref), Stage.INTERVIEW, by=SYSTEM, was=Stage.SUBMITTED)
    assert load(ref).stage is Stage.SCREENING


@pytest.mark.parametrize("to", [Stage.DECLINED, Stage.HIRED, Stage.WITHDRAWN, Stage.SUBMITTED])
def test_no_plain_move_ends_or_hires(make: Make, here: Scene, to: Stage) -> None:
    ref = apply(make, here.amira, here.opening)
    with pytest.raises(Refusal), make.work():
        services.move(load(ref), to, by=SYSTEM)


def test_an_ending_has_a_criterion_of_the_opening_and_a_sentence(
    make: Make, here: Scene, outbox: Outbox
) -> None:
    ref = apply(make, here.amira, here.opening)
    with make.work():
        decline(load(ref), "En annan har ritat fler.")
    found = load(ref)
    assert found.criterion is not None
    assert (found.criterion.text, found.measure) == ("Har projekterat ställverk", "better_met")
    letter = outbox.last("amira@post.example")
    assert "Har projekterat ställverk" in letter.text
    assert "En annan har ritat fler." in letter.text


def test_no_ending_without_an_objective_reason(make: Make, here: Scene) -> None:
    ref = apply(make, here.amira, here.opening)
    other = criteria_of(opening(make).id)[0].public_id
    own = criteria_of(here.opening.id)[0].public_id
    for criterion, reason, field in ((other, "x", "criterion"), (own, "  ", "reason")):
        ground = services.Ground(criterion=criterion, measure=Measure.NOT_MET, reason=reason)
        with pytest.raises(Refusal) as refused, make.work():
            services.decline(load(ref), ground, by=SYSTEM)
        assert refused.value.field == field
    assert load(ref).stage is Stage.SUBMITTED
    bare = update(Application).where(Application.public_id == ref).values(stage="declined")
    with pytest.raises(IntegrityError), make.work():
        db.session.execute(bare)


def test_taken_up_again_the_old_reason_is_gone(make: Make, here: Scene) -> None:
    ref = apply(make, here.amira, here.opening)
    put(make, ref, Stage.DECLINED)
    put(make, ref, Stage.SCREENING)
    found = load(ref)
    assert (found.stage, found.reason, found.measure, found.decided_at) == (
        Stage.SCREENING, "", None, None,
    )  # fmt: skip


def test_drafts_go_after_thirty_days_and_decided_applications_after_two_years(
    make: Make, here: Scene
) -> None:
    ref = apply(make, here.amira, here.opening)
    put(make, ref, Stage.DECLINED)
    with make.work():
        services.save_draft(me(here), role(here), {"why": "x"}, by=SYSTEM)
    for day, drafts, applications in ((29, 1, 1), (31, 0, 1), (729, 0, 1), (731, 0, 0)):
        with on_day(days(day), tick=False), make.work():
            services.forget_drafts()
            services.forget_applications()
        count = select(func.count())
        assert db.session.scalar(count.select_from(ApplicationDraft)) == drafts
        assert len(sent_by(here.amira)) == applications


def test_every_change_is_in_the_audit_chain_without_what_was_written(
    make: Make, here: Scene
) -> None:
    ref = apply(make, here.amira, here.opening)
    put(make, ref, Stage.SCREENING)
    put(make, ref, Stage.DECLINED)
    rows = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == ref)).all()
    assert [row.action for row in rows] == [
        "application.submitted", "application.moved", "application.moved", "application.declined",
    ]  # fmt: skip
    assert "ställverk" not in str([row.detail for row in rows])
