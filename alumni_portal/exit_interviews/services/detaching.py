"""Taking the name off answers: at the leaver's choice at once, of all others after six months."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import delete, update

from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import (
    Answer,
    BreakGlass,
    Coding,
    Interview,
    InterviewState,
    Precision,
    Reach,
    Reader,
    Redaction,
    Track,
)
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.queries.coding import agreed_themes
from alumni_portal.exit_interviews.rules.exits import (
    CODED,
    exit_type_of,
    first_month,
    pulse_code,
    tenure_band,
)
from alumni_portal.exit_interviews.rules.timing import ANSWER_UNTIL
from alumni_portal.exit_interviews.services.mixing import random_id, take_turn
from alumni_portal.people.models import Employment

#: How long answers keep their name, from the last day.
NAMED_FOR = timedelta(days=183)
Themes = Mapping[int, tuple[str, ...]]
_ORDER = {Track.MANAGER: 0, Track.HR: 1, Track.QUESTIONNAIRE: 2}


def without_a_name(interview: Interview, job: Employment) -> Interview:
    """Return a row with what releases count by: quarter, band, type, unit. No time, no person."""
    ends_on = job.ends_on or clock.today()
    made = Interview(
        id=random_id(),
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

    Several interviews of one person become one row (A1). Texts, codings and readers go; the themes
    that both coders found stay. A row of somebody who chose to be nameless is already counted and
    goes whole.
    """
    agreed = agreed_themes()
    together: dict[int, list[Interview]] = defaultdict(list)
    for one in queries.to_detach(clock.today() - NAMED_FOR):
        together[one.employment_id or 0].append(one)
    for many in together.values():
        _detach(sorted(many, key=lambda each: _ORDER.get(each.track, -1)), agreed)
    db.session.flush()
    return len(together)


def forget_nameless_texts() -> int:
    """Delete texts, codings and coders of answers given without a name and return of how many.

    No later than six months after closing. A row without a name knows only its quarter, so all of
    a quarter go on the day when the first of them must: which goes when tells nothing.
    """
    take_turn()
    agreed, old = agreed_themes(), queries.with_old_texts(clock.today() - ANSWER_UNTIL - NAMED_FOR)
    for one in old:
        if agreed.get(one.id):
            sealed = Vault().seal(list(agreed[one.id]))
            db.session.add(Answer(interview_id=one.id, question=CODED, value=sealed))
    ids = [one.id for one in old]
    texts = Answer.question.like("%\\_open", escape="\\")
    db.session.execute(delete(Answer).where(Answer.interview_id.in_(ids), texts))
    for table in (Coding, Redaction, Reader):
        db.session.execute(delete(table).where(table.interview_id.in_(ids)))
    db.session.flush()
    return len(ids)


def _detach(many: list[Interview], agreed: Themes) -> None:
    job = many[-1].employment
    counted = [one for one in many if one.track in _ORDER]
    if job is not None and counted and all(one.reach is not Reach.AGGREGATE for one in counted):
        kept = _kept(many, agreed)
        made = without_a_name(counted[-1], job)
        made.mark = min(counted, key=lambda each: each.id).mark  # as releases know the exit
        made.state = InterviewState.CLOSED
        db.session.add(made)
        db.session.flush()
        db.session.add_all(
            Answer(interview_id=made.id, question=code, value=value) for code, value in kept.items()
        )
    delete_whole([one.id for one in many])


def delete_whole(ids: Collection[int]) -> None:
    """Delete interviews with all that was said, coded and redacted; who broke the glass stays."""
    for table in (Answer, Coding, Redaction, Reader):
        db.session.execute(delete(table).where(table.interview_id.in_(ids)))
    db.session.execute(
        update(BreakGlass).where(BreakGlass.interview_id.in_(ids)).values(interview_id=None)
    )
    db.session.execute(delete(Interview).where(Interview.id.in_(ids)))


def _kept(many: list[Interview], agreed: Themes) -> dict[str, bytes]:
    """Return the sealed answers that stay: no text, but the themes that coders found in them."""
    kept: dict[str, bytes] = {}
    themes: set[str] = set()
    for one in many:
        if one.withdrawn:
            continue
        is_pulse = one.track is Track.PULSE
        for code, answer in queries.answers_of(one.id).items():
            if not code.endswith("_open"):
                kept[pulse_code(code) if is_pulse else code] = answer.value
        if not is_pulse:
            themes |= set(agreed.get(one.id, ()))
    if themes:
        kept[CODED] = Vault().seal(sorted(themes))
    return kept
