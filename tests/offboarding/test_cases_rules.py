from datetime import date, timedelta

import pytest

from alumni_portal.offboarding.rules.case_kinds import (
    CaseKind,
    CaseState,
    TaskOwner,
    Tone,
    kind_of,
    may_move,
    tone_of,
)
from alumni_portal.offboarding.rules.case_steps import STEPS
from alumni_portal.offboarding.rules.case_template import (
    NAMES,
    keys_of,
    owners_in,
    short_of,
    steps_of,
    title_of,
)
from alumni_portal.offboarding.rules.due_dates import (
    Anchor,
    Nudge,
    Offset,
    Span,
    due_on,
    months_later,
    nudge,
)
from alumni_portal.people.models import ExitGround

NOTICE, LAST = date(2026, 9, 17), date(2026, 12, 17)
SPAN = Span(NOTICE, LAST, NOTICE)
LIVING = [kind for kind in CaseKind if kind is not CaseKind.DEATH]


@pytest.mark.parametrize(
    ("anchor", "offset", "due"),
    [
        (Anchor.NOTICE, Offset(), NOTICE),
        (Anchor.NOTICE, Offset(7), date(2026, 9, 24)),
        (Anchor.LAST_DAY, Offset(), LAST),
        (Anchor.LAST_DAY, Offset(-14), date(2026, 12, 3)),
        (Anchor.LAST_DAY, Offset(25), date(2027, 1, 11)),
        (Anchor.LAST_DAY, Offset(months=-1), date(2026, 11, 17)),
        (Anchor.LAST_DAY, Offset(months=-2), date(2026, 10, 17)),
        (Anchor.LAST_DAY, Offset(months=-1, days=-1), date(2026, 11, 16)),
    ],
)
def test_a_task_is_due_relative_to_notice_or_last_day(
    anchor: Anchor, offset: Offset, due: date
) -> None:
    assert due_on(anchor, offset, SPAN) == due


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2028, 3, 31), -1, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 5, 31), -12, date(2025, 5, 31)),
    ],
)
def test_a_month_ends_on_its_own_last_day(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_nothing_is_late_when_a_case_is_opened_late() -> None:
    opened = date(2026, 12, 1)
    dues = [
        due_on(step.anchor, step.offset, Span(NOTICE, LAST, opened))
        for kind in CaseKind
        for step in steps_of(kind)
    ]
    assert min(dues) == opened


def test_what_follows_the_notice_is_done_by_the_last_day() -> None:
    short = Span(NOTICE, NOTICE + timedelta(days=5), NOTICE)
    assert due_on(Anchor.NOTICE, Offset(28), short) == short.last_day


@pytest.mark.parametrize(
    ("left", "why"),
    [(8, None), (7, Nudge.SOON), (6, None), (3, None), (2, Nudge.SOON), (1, None), (0, None)]
    + [(-days, Nudge.LATE) for days in (1, 2, 30)],
)
def test_reminders_go_seven_and_two_days_before_and_daily_when_late(
    left: int, why: Nudge | None
) -> None:
    today = date(2026, 11, 22)
    assert nudge(today + timedelta(days=left), today) is why


@pytest.mark.parametrize("ground", list(ExitGround))
def test_every_exit_ground_has_its_own_template(ground: ExitGround) -> None:
    kind = kind_of(ground)
    assert kind.value == ground.value
    assert len(steps_of(kind)) >= 5
    assert NAMES[kind].sv
    assert NAMES[kind].en


def test_an_unknown_ground_gets_what_every_exit_needs_in_neutral_words() -> None:
    assert kind_of(None) is CaseKind.OTHER
    assert not any("LAS" in step.title.sv for step in steps_of(CaseKind.OTHER))
    assert "confirm_end" in keys_of(CaseKind.OTHER)


@pytest.mark.parametrize("step", STEPS.values(), ids=lambda step: step.key)
def test_every_task_is_written_in_both_languages(step: object) -> None:
    words = STEPS[step.key].title  # type: ignore[attr-defined]  # pytest's parameter
    assert 5 < len(words.sv) < 100
    assert 5 < len(words.en) < 100
    assert words.sv != words.en
    assert not words.sv.endswith(".")


@pytest.mark.parametrize("kind", LIVING)
def test_a_living_leaver_has_tasks_for_everybody_and_no_double(kind: CaseKind) -> None:
    assert owners_in(keys_of(kind)) == set(TaskOwner)
    assert len(keys_of(kind)) == len(steps_of(kind))
    assert {"nda", "certificate", "accounts_closed", "equipment", "private_address"} <= keys_of(
        kind
    )


def test_the_law_stands_on_the_list_where_it_applies() -> None:
    assert {"notice_8", "priority_right_8"} <= keys_of(CaseKind.REDUNDANCY)
    assert {"notice_15", "priority_right_16"} <= keys_of(CaseKind.FIXED_TERM_ENDED)
    assert not {"priority_right_8", "priority_right_16"} & keys_of(CaseKind.OWN_REQUEST)
    assert "§ 16" in STEPS["priority_right_16"].title.en


def test_after_a_death_only_hr_has_something_to_do_and_the_leaver_never() -> None:
    assert owners_in(keys_of(CaseKind.DEATH)) == {TaskOwner.HR}
    assert all(step.is_confidential for step in steps_of(CaseKind.DEATH))
    assert tone_of(CaseKind.DEATH) is Tone.SILENT


def test_whoever_did_not_wish_to_leave_is_spoken_to_with_care() -> None:
    assert tone_of(CaseKind.OWN_REQUEST) is tone_of(CaseKind.RETIREMENT) is Tone.WARM
    for kind in (CaseKind.REDUNDANCY, CaseKind.PERSONAL_REASONS, CaseKind.FIXED_TERM_ENDED):
        assert tone_of(kind) is Tone.CAREFUL
        assert "farewell_as_wished" in keys_of(kind)


def test_a_manager_sees_the_same_tasks_whatever_the_ground_is() -> None:
    seen = {
        tuple(step.key for step in steps_of(kind) if not step.is_confidential) for kind in LIVING
    }
    assert len(seen) == 1


def test_no_title_that_a_manager_sees_tells_the_exit_ground() -> None:
    telling = ("§", "arbetsbrist", "uppsägning", "pension", "överenskommelse", "arbetsgivarintyg")
    told = [
        step.title.sv
        for kind in LIVING
        for step in steps_of(kind)
        if not step.is_confidential and any(word in step.title.sv.lower() for word in telling)
    ]
    assert not told


def test_a_task_somebody_wrote_keeps_its_words_in_every_language() -> None:
    assert title_of("", "Ring Bosse", "en") == "Ring Bosse"
    assert title_of("nda", "", "en") == "Remind about confidentiality"
    assert short_of("nda", "sv") is None
    assert short_of("handover_plan", "en") == "Handover plan"


def test_a_cancelled_case_stays_cancelled() -> None:
    assert may_move(CaseState.OPEN, CaseState.CLOSED)
    assert may_move(CaseState.CLOSED, CaseState.OPEN)
    assert not any(may_move(CaseState.CANCELLED, to) for to in CaseState)
