"""Taking the name off answers: at the leaver's choice at once, of all others after six months."""

import secrets
from collections import defaultdict
from datetime import timedelta

from sqlalchemy import delete

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import (
    Answer,
    Coding,
    Interview,
    InterviewState,
    Precision,
    Reach,
    Reader,
    Track,
)
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.rules.exits import exit_type_of, first_month, tenure_band
from alumni_portal.people.models import Employment

#: How long answers keep their name, from the last day.
NAMED_FOR = timedelta(days=183)
_ORDER = {Track.MANAGER: 0, Track.HR: 1, Track.QUESTIONNAIRE: 2}


def without_a_name(interview: Interview, job: Employment) -> Interview:
    """Return a row with what releases count by: quarter, band, type, unit. No time, no person."""
    ends_on = job.ends_on or clock.today()
    made = Interview(
        # Below zero and random: the order of rows tells nobody whose they are.
        id=-1 - secrets.randbelow(2**31 - 2),
        track=Track.QUESTIONNAIRE,
        version_id=interview.version_id,
        exit_year=ends_on.year,
        exit_month=first_month(ends_on),
        precision=Precision.QUARTER,
        exit_type=exit_type_of(job.exit_ground),
        unit_id=job.unit_id,
        led_unit_id=queries.unit_led(job),
        tenure_band=tenure_band(job.begins_on, ends_on),
        reach=Reach.AGGREGATE,
    )
    made.version = interview.version
    return made


def detach_due() -> int:
    """Take the name off what was said by people who left six months ago and return how many.

    Several interviews of one person become one row (A1). Texts, codings and readers go; a row of
    somebody who chose to be nameless is already counted and goes whole. Second pulses go too.
    """
    together: dict[int, list[Interview]] = defaultdict(list)
    for one in queries.to_detach(clock.today() - NAMED_FOR):
        together[one.employment_id or 0].append(one)
    for many in together.values():
        _detach(sorted(many, key=lambda each: _ORDER.get(each.track, -1)))
    db.session.flush()
    return len(together)


def _detach(many: list[Interview]) -> None:
    job = many[-1].employment
    counted = [one for one in many if one.track in _ORDER]
    if job is not None and counted and all(one.reach is not Reach.AGGREGATE for one in counted):
        kept: dict[str, Answer] = {}
        for one in counted:
            if not one.withdrawn:
                kept |= queries.answers_of(one.id)
        made = without_a_name(counted[-1], job)
        made.mark, made.state = counted[-1].mark, InterviewState.CLOSED
        db.session.add(made)
        db.session.flush()
        db.session.add_all(
            Answer(interview_id=made.id, question=code, value=answer.value, reach=answer.reach)
            for code, answer in kept.items()
            if not code.endswith("_open")
        )
    ids = [one.id for one in many]
    for table in (Answer, Coding, Reader):
        db.session.execute(delete(table).where(table.interview_id.in_(ids)))
    db.session.execute(delete(Interview).where(Interview.id.in_(ids)))
