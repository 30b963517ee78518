"""The board: applications by stage, for those who may see them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import contains_eager, joinedload

from alumni_portal.applications.models import Applicant, Application
from alumni_portal.applications.rules import (
    BOARD,
    ENDED,
    GOAL_DAYS,
    Stage,
    late_since,
    working_days,
)
from alumni_portal.core import clock, paging
from alumni_portal.core.charts.stays import DAYS_A_YEAR
from alumni_portal.core.db import db
from alumni_portal.core.paging import Page
from alumni_portal.openings.models import Opening
from alumni_portal.people.queries import timelines
from alumni_portal.rehire.models import Level
from alumni_portal.rehire.queries import findable

#: So many cards a lane shows; the list has all.
MOST = 40
UNDER_WAY = (Stage.SUBMITTED, Stage.SCREENING, Stage.INTERVIEW, Stage.OFFER)


@dataclass(frozen=True)
class Card:
    """One application as the board and the list show it."""

    application: Application
    years: int
    days: int
    is_late: bool
    #: First day of the employment that came of it.
    begins_on: date | None = None
    #: The applicant's own answer about coming back, when recruiters may know it.
    level: Level | None = None


@dataclass(frozen=True)
class Counted:
    """How many applications are new, have waited too long, say that the history is wrong."""

    new: int
    late: int
    wrong_histories: int


def _seen(visible: ColumnElement[bool]) -> Select[Application]:
    return (
        select(Application)
        .join(Application.opening)
        .join(Application.applicant)
        .options(
            contains_eager(Application.opening),
            contains_eager(Application.applicant).joinedload(Applicant.person),
            joinedload(Application.employment),
        )
        .where(visible)
    )


def listed(visible: ColumnElement[bool]) -> dict[Stage, list[Card]]:
    """Return the lanes of the board, who has waited longest first; a lane is cut at forty."""
    place = func.row_number().over(
        partition_by=Application.stage, order_by=(Application.stage_since, Application.id)
    )
    ranked = (
        select(Application.id, place.label("place"))
        .join(Application.opening)
        .join(Application.applicant)
        .where(visible, Application.stage.in_(BOARD))
        .subquery()
    )
    query = _seen(visible).join(ranked, ranked.c.id == Application.id).where(ranked.c.place <= MOST)
    rows = list(
        db.session.scalars(query.order_by(Application.stage_since, Application.id)).unique()
    )
    lanes: dict[Stage, list[Card]] = {stage: [] for stage in BOARD}
    for card in cards(rows):
        lanes[card.application.stage].append(card)
    return lanes


def page_of(
    visible: ColumnElement[bool],
    stage: Stage | None = None,
    *,
    after: str | None = None,
    before: str | None = None,
) -> Page[Card]:
    """Return one page of the list, the newest first; all stages, ended ones too, or one."""
    query = _seen(visible)
    if stage is not None:
        query = query.where(Application.stage == stage)
    found = paging.page(
        query, [-Application.id], lambda row: [-row[0].id], after=after, before=before
    )
    return Page(cards([row[0] for row in found.rows]), found.next, found.previous)


def cards(applications: Collection[Application]) -> list[Card]:
    """Return applications as cards, in a few statements whatever their number."""
    if not applications:
        return []
    people = [one.applicant.person_id for one in applications if one.applicant.person_id]
    times, answers = timelines(people), findable(people)
    today = clock.today()
    days_here: dict[int, float] = defaultdict(float)
    for person_id, periods in times.items():
        for period in periods:
            last = min(period.ends_on or today, today)
            days_here[person_id] += max((last - period.begins_on).days, 0)
    found = []
    for one in applications:
        person_id = one.applicant.person_id or 0
        answer = answers.get(person_id)
        since = clock.local(one.stage_since).date()
        days = working_days(since, today)
        found.append(
            Card(
                one,
                years=int(days_here.get(person_id, 0) / DAYS_A_YEAR),
                days=days,
                is_late=one.stage in UNDER_WAY and days > GOAL_DAYS,
                begins_on=one.employment.begins_on if one.employment else None,
                level=answer.level if answer else None,
            )
        )
    return found


def counts(visible: ColumnElement[bool]) -> dict[Stage, int]:
    """Return how many visible applications stand in each stage."""
    rows = db.session.execute(
        select(Application.stage, func.count())
        .join(Application.opening)
        .join(Application.applicant)
        .where(visible)
        .group_by(Application.stage)
    )
    found = {row[0]: row[1] for row in rows}
    return {stage: found.get(stage, 0) for stage in Stage}


def _late() -> ColumnElement[bool]:
    """Return the condition that an application has waited more than five working days."""
    day = late_since(clock.today()) + timedelta(days=1)
    moment = datetime.combine(day, time(), tzinfo=clock.HOME)
    return and_(Application.stage.in_(UNDER_WAY), Application.stage_since < moment)


def waiting(visible: ColumnElement[bool]) -> Counted:
    """Return how many visible applications wait for something, in one statement."""
    wrong = and_(
        Application.history_wrong != "",
        Application.history_settled_at.is_(None),
        Application.stage.not_in(ENDED),
    )
    row = db.session.execute(
        select(
            func.count().filter(Application.stage == Stage.SUBMITTED),
            func.count().filter(_late()),
            func.count().filter(wrong),
        )
        .select_from(Application)
        .join(Application.opening)
        .join(Application.applicant)
        .where(visible)
    ).one()
    return Counted(row[0], row[1], row[2])


def applicants_for(visible: ColumnElement[bool], opening_id: int) -> list[Card]:
    """Return the running applications for an opening, first come first."""
    query = _seen(visible).where(
        Application.opening_id == opening_id, Application.stage.not_in(ENDED)
    )
    return cards(list(db.session.scalars(query.order_by(Application.id).limit(MOST))))


def own_openings(visible: ColumnElement[bool]) -> list[Opening]:
    """Return the openings that have visible applications, by title."""
    ids = (
        select(Application.opening_id)
        .join(Application.opening)
        .join(Application.applicant)
        .where(visible)
    )
    query = select(Opening).where(Opening.id.in_(ids)).options(joinedload(Opening.unit))
    return list(db.session.scalars(query.order_by(Opening.title, Opening.id)))
