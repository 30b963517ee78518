"""What a release may count: once each, after closing, by the unit that was left (A1, I7)."""

from datetime import date, timedelta

import pytest
from flask import Flask
from time_machine import travel

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.exit_interviews import queries, services
from alumni_portal.exit_interviews.models import Interview, InterviewState, Reach, Seat, Track
from alumni_portal.exit_interviews.queries import interviews as lookups
from alumni_portal.people.models import Employment
from tests.exit_interviews.making import Asked, asked
from tests.support.hours import on_day
from tests.support.letters import Outbox
from tests.support.make import Make, days

pytestmark = pytest.mark.both_databases


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    unit = make.unit("Lager", parent=make.unit("Bolaget"))
    return asked(make, outbox, unit=unit, private="elin@post.example")


def after_closing(elin: Asked) -> travel:
    """Travel past the closing day, to the next quarter."""
    return travelled(elin, 120)


def travelled(elin: Asked, number: int) -> travel:
    """Travel so many days past the last day."""
    last = elin.who.employment.ends_on
    assert last is not None
    return on_day(last + timedelta(days=number))


def code(elin: Asked, question: str, *judgements: list[str]) -> None:
    """Let the coders judge a text, one judgement each."""
    with elin.make.work():
        found = elin.interview()
        coders = [one.person_id for one in found.readers if one.seat is Seat.CODER]
        for coder, codes in zip(coders, judgements, strict=False):
            services.code(found.public_id, question, codes, by=Actor(person_id=coder))


def pulse(elin: Asked, outbox: Outbox, **answers: str) -> None:
    """Let the second pulse be sent and answered."""
    with elin.make.work():
        services.close_due()
        assert services.send_pulses() == 1
    token = outbox.last("elin@post.example").link.rpartition("/")[2]
    with elin.make.work():
        found = lookups.pulse_by(token)
        assert found is not None
        services.save(found, {question: [value] for question, value in answers.items()})


def rows(elin: Asked) -> list[queries.ReleaseRow]:
    with elin.make.work():
        services.close_due()
    with elin.make.work():
        return queries.release_rows(until=clock.today())


def test_a_closed_questionnaire_is_one_row_without_text(app: Flask, elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2", would_return="9", reasons=["career", "pay"], stay_open="Mer tid.")
    with after_closing(elin):
        found = rows(elin)
    assert len(found) == 1
    row = found[0]
    assert dict(row.scales) == {"workload": 2, "would_return": 9}
    assert row.reasons == ("career", "pay")
    assert (row.answered, row.exit_type) == (True, "own")
    assert len(row.unit_path) == 2


def test_who_did_not_answer_is_a_row_too(elin: Asked) -> None:
    with after_closing(elin):
        found = rows(elin)
    assert [row.answered for row in found] == [False]


def test_nothing_counts_before_closing(elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    with elin.make.work():
        assert queries.release_rows(until=date(2100, 1, 1)) == []


def test_the_nameless_count_once_and_alone(elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    elin.choose(Reach.AGGREGATE)
    with after_closing(elin):
        found, again = rows(elin), rows(elin)
    assert [dict(row.scales) for row in found] == [{"workload": 2}]
    assert [row.token for row in found] == [row.token for row in again]


def test_what_was_taken_back_does_not_count(elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    elin.do(services.withdraw)
    with after_closing(elin):
        found = rows(elin)
    assert [row.answered for row in found] == [False]


def test_themes_count_when_both_coders_found_them(elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(stay_open="Bättre lön och en annan chef.", change_open="Lönen.")
    elin.say_done()
    code(elin, "stay_open", ["pay", "leadership"], ["pay"])
    code(elin, "change_open", ["career"])
    with after_closing(elin):
        found = rows(elin)
    assert [row.coded for row in found] == [("pay",)]


def test_the_second_pulse_stands_beside_the_first_once_it_is_closed(
    elin: Asked, outbox: Outbox
) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(would_return="9")
    elin.do(lambda one: services.say_about_pulse(one, wants=True))
    with travelled(elin, 95):
        pulse(elin, outbox, would_return="4")
        before = rows(elin)
    with travelled(elin, 150):
        after = rows(elin)
    assert [dict(row.scales) for row in before] == [{"would_return": 9}]
    assert [dict(row.scales) for row in after] == [{"would_return": 9, "pulse_would_return": 4}]
    assert [row.token for row in before] == [row.token for row in after]


def test_a_person_s_tokens_are_those_of_the_rows(elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    with after_closing(elin):
        found = rows(elin)
    with elin.make.work():
        assert queries.release_tokens(elin.who.employment.person_id) == [found[0].token]


def test_nobody_s_tokens_lead_to_what_was_said_without_a_name(elin: Asked) -> None:
    elin.choose(Reach.AGGREGATE)
    with after_closing(elin):
        found = rows(elin)
    with elin.make.work():
        known = queries.release_tokens(elin.who.employment.person_id)
    assert {row.token for row in found}.isdisjoint(known)


def test_a_talk_that_closes_later_makes_nobody_a_new_person(elin: Asked) -> None:
    """The audit would take a new token for somebody else, and miss what two releases give away."""
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    with after_closing(elin):
        before = [row.token for row in rows(elin)]
        with elin.make.work():
            asked_first = elin.interview()
            db.session.add(
                Interview(
                    track=Track.HR,
                    state=InterviewState.CLOSED,
                    person_id=asked_first.person_id,
                    employment_id=asked_first.employment_id,
                )
            )
        assert [row.token for row in rows(elin)] == before


def test_who_left_twice_within_a_year_counts_once(elin: Asked) -> None:
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    with elin.make.work():
        first = elin.interview()
        last = elin.who.employment.ends_on or date.max
        earlier = Employment(
            person_id=first.person_id,
            number="900",
            unit_id=elin.who.employment.unit_id,
            begins_on=last - (days(300) - days(0)),
            ends_on=last - (days(100) - days(0)),
        )
        db.session.add(earlier)
        db.session.flush()
        db.session.add(
            Interview(
                track=Track.QUESTIONNAIRE,
                state=InterviewState.CLOSED,
                person_id=first.person_id,
                employment_id=earlier.id,
            )
        )
    with after_closing(elin):
        assert [dict(row.scales) for row in rows(elin)] == [{"workload": 2}]
