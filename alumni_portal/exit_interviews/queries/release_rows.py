"""What releases count: one row per exit, without name, date or text. Read by `insights` alone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from alumni_portal.core.db import db
from alumni_portal.exit_interviews.models import (
    Answer,
    Interview,
    InterviewState,
    Reach,
    SurveyImport,
    SurveyState,
    Track,
)
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.exit_interviews.queries.codes import book
from alumni_portal.exit_interviews.queries.coding import agreed_themes
from alumni_portal.exit_interviews.rules import ExitType, ReleaseRow
from alumni_portal.exit_interviews.rules.exits import (
    CODED,
    exit_type_of,
    is_of_the_exit,
    pulse_code,
    quarter_of,
    quarter_start,
    tenure_band,
)
from alumni_portal.people.models import Employment, Unit, UnitLead, UnitVersion

#: Whose answer counts when one person answered the same question twice (A1).
_ORDER = {Track.QUESTIONNAIRE: 2, Track.HR: 1, Track.MANAGER: 0, Track.PULSE: -1}


def release_rows(*, until: date) -> list[ReleaseRow]:
    """Return everybody asked whose exit lies in a quarter before `until`, answered or not.

    A person counts once, whatever they answered how often (A1), and only after closing: an answer
    that can still be changed is nobody's number. Where somebody chose to be nameless, only the
    nameless row counts. Only `insights.services.release` may call this (house test).
    """
    known, before = _Known(), quarter_start(until)
    rows = [_named(many, known) for many in _exits(before)]
    rows += [_nameless(one, known) for one in _loose(before)]
    return sorted(rows, key=lambda row: row.token)


def release_tokens(person_id: int) -> list[str]:
    """Return what releases know the exits of a person by, while these bear the person's name.

    Answers without a name cannot be found and are not among them: neither those that were given
    so, nor those that lost their name six months after the last day.
    """
    vault = Vault()
    marks = db.session.scalars(
        select(Interview.mark).where(
            Interview.person_id == person_id, Interview.track != Track.PULSE
        )
    )
    return sorted(vault.mark(mark) for mark in marks)


class _Known:
    """What all rows need: answers in clear, what coders agree on, the units of each day."""

    def __init__(self) -> None:
        self.vault, self.units = Vault(), _Units()
        self.answers = _answers(self.vault)
        self.marks = _first_marks()
        self.coded = agreed_themes()
        self.book = frozenset(book().reasons)

    def coded_in(self, many: Iterable[Interview]) -> tuple[str, ...]:
        """Return the themes that both coders found in what was said at the exit."""
        found: set[str] = set()
        for one in many:
            if one.track is Track.PULSE or one.withdrawn:
                continue
            kept = self.answers.get(one.id, {}).get(CODED)
            found |= set(kept) if isinstance(kept, list) else set()
            found |= set(self.coded.get(one.id, ()))
        return tuple(sorted(found))


def _answers(vault: Vault) -> Mapping[int, Mapping[str, object]]:
    found: dict[int, dict[str, object]] = defaultdict(dict)
    query = (
        select(Answer.interview_id, Answer.question, Answer.value)
        .join(Interview, Interview.id == Answer.interview_id)
        .where(Interview.state == InterviewState.CLOSED, Interview.withdrawn.is_(False))
        .where(Answer.question.not_like("%\\_open", escape="\\"))
    )
    for interview_id, question, sealed in db.session.execute(query):
        value = vault.open(sealed)
        if value is not None:  # a sealed nothing hides which questions were answered
            found[interview_id][question] = value
    return found


def _exits(before: date) -> Iterable[list[Interview]]:
    rows = db.session.scalars(
        select(Interview)
        .join(Employment, Employment.id == Interview.employment_id)
        .where(Interview.state == InterviewState.CLOSED, Employment.ends_on < before)
        .options(joinedload(Interview.employment))
        .order_by(Interview.id)
    )
    found: dict[int | None, list[Interview]] = defaultdict(list)
    for one in rows:
        found[one.employment_id].append(one)
    return _once_each(
        many
        for many in found.values()
        if any(one.track is not Track.PULSE for one in many)
        and all(one.reach is not Reach.AGGREGATE for one in many)
    )


def _once_each(exits: Iterable[list[Interview]]) -> list[list[Interview]]:
    """Return the latest exit of each person: who left twice counts once (A1)."""
    latest: dict[int | None, list[Interview]] = {}
    for many in sorted(exits, key=lambda each: _last_day(each[0])):
        latest[many[0].person_id] = many
    return list(latest.values())


def _last_day(one: Interview) -> date:
    if one.employment is None or one.employment.ends_on is None:
        raise LookupError(one.public_id)  # the join above leaves none
    return one.employment.ends_on


def _first_marks() -> Mapping[int | None, str]:
    """Return by employment the mark of the interview that was made first, in whatever state.

    It stays the same when another closes later: with a new one the same person would look like
    somebody else in the next release. It also stays when the name goes (`services.detaching`).
    """
    query = select(Interview.employment_id, Interview.mark).where(
        Interview.person_id.is_not(None), Interview.track != Track.PULSE
    )
    found = db.session.execute(query.order_by(Interview.id.desc()))
    return {row.employment_id: row.mark for row in found}


def _loose(before: date) -> Iterable[Interview]:
    """Return rows without a person; of files of earlier interviews only those that are whole."""
    on_their_way = select(SurveyImport.public_id).where(SurveyImport.state == SurveyState.DRAFT)
    rows = db.session.scalars(
        select(Interview).where(
            Interview.person_id.is_(None),
            or_(Interview.batch.is_(None), Interview.batch.not_in(on_their_way)),
            Interview.state == InterviewState.CLOSED,
            Interview.exit_year.is_not(None),
        )
    )
    return [one for one in rows if date(one.exit_year or 1, one.exit_month or 12, 1) < before]


def _named(many: list[Interview], known: _Known) -> ReleaseRow:
    job = many[0].employment
    if job is None or job.ends_on is None:
        raise LookupError(many[0].public_id)  # the join above leaves none
    given: dict[str, object] = {}
    pulse: dict[str, object] = {}
    for one in sorted(many, key=lambda each: _ORDER[each.track]):
        (pulse if one.track is Track.PULSE else given).update(known.answers.get(one.id, {}))
    return ReleaseRow(
        token=known.vault.mark(known.marks[job.id]),
        unit_path=known.units.path(job.unit_id, job.ends_on),
        quarter=quarter_of(job.ends_on.year, job.ends_on.month),
        tenure_band=tenure_band(job.begins_on, job.ends_on),
        exit_type=exit_type_of(job.exit_ground).value,
        answered=bool(given),
        scales=_scales(given) | _scales({pulse_code(code): pulse[code] for code in pulse}),
        reasons=_reasons(given, known.book),
        coded=known.coded_in(many),
        manager_of=known.units.led_by(job.person_id, job.ends_on),
    )


def _nameless(one: Interview, known: _Known) -> ReleaseRow:
    given = known.answers.get(one.id, {})
    year = one.exit_year or 0
    return ReleaseRow(
        token=known.vault.mark(one.mark),
        unit_path=known.units.path(one.unit_id, date(year, one.exit_month or 12, 1)),
        quarter=quarter_of(year, one.exit_month),
        tenure_band=one.tenure_band or "",
        exit_type=(one.exit_type or ExitType.OTHER).value,
        answered=any(is_of_the_exit(code) for code in given),
        scales=_scales(given),
        reasons=_reasons(given, known.book),
        coded=known.coded_in([one]),
        manager_of=known.units.ref(one.led_unit_id),
        is_imported=one.batch is not None,
    )


def _scales(given: Mapping[str, object]) -> dict[str, int]:
    return {code: value for code, value in given.items() if isinstance(value, int)}


def _reasons(given: Mapping[str, object], book: Collection[str]) -> tuple[str, ...]:
    said = given.get("reasons")
    return tuple(code for code in said if code in book) if isinstance(said, list) else ()


class _Units:
    """The tree of units as it stood on a day, and who led them."""

    def __init__(self) -> None:
        self._refs: dict[int, str] = {}
        self._now: dict[int, int | None] = {}
        for unit_id, ref, parent in db.session.execute(
            select(Unit.id, Unit.public_id, Unit.parent_id)
        ):
            self._refs[unit_id], self._now[unit_id] = ref, parent
        self._then: dict[int, list[tuple[date, int | None]]] = defaultdict(list)
        for unit_id, since, parent in db.session.execute(
            select(UnitVersion.unit_id, UnitVersion.valid_from, UnitVersion.parent_id).order_by(
                UnitVersion.valid_from
            )
        ):
            self._then[unit_id].append((since, parent))
        self._leads: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
        for person, unit, since, until in db.session.execute(
            select(UnitLead.person_id, UnitLead.unit_id, UnitLead.from_on, UnitLead.until_on).where(
                UnitLead.is_deputy.is_(False)
            )
        ):
            self._leads[person].append((unit, since, until))

    def path(self, unit_id: int | None, day: date) -> tuple[str, ...]:
        """Return the public ids from the company down to a unit on a day (I7)."""
        found: list[str] = []
        while unit_id is not None and self._refs[unit_id] not in found:
            found.append(self._refs[unit_id])
            unit_id = self._parent(unit_id, day)
        return tuple(reversed(found))

    def ref(self, unit_id: int | None) -> str | None:
        """Return the public id of a unit."""
        return self._refs.get(unit_id) if unit_id is not None else None

    def _parent(self, unit_id: int, day: date) -> int | None:
        before = [parent for since, parent in self._then.get(unit_id, ()) if since <= day]
        return before[-1] if before else self._now[unit_id]

    def led_by(self, person_id: int, day: date) -> str | None:
        """Return the unit that somebody led on a day; of several the highest (A10)."""
        led = [
            unit
            for unit, since, until in self._leads.get(person_id, ())
            if since <= day and (until is None or until >= day)
        ]
        highest = min(led, key=lambda unit: (len(self.path(unit, day)), unit), default=None)
        return self.ref(highest)


__all__ = ["release_rows", "release_tokens"]
