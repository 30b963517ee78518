"""Who is written to, and what the one who tipped may know."""

from datetime import UTC, datetime, timedelta

import pytest

from alumni_portal.referrals.rules import (
    ANSWER_WITHIN,
    Known,
    ReferralState,
    Status,
    may_be_written_to,
    status,
)

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
LATELY, LONG_AGO = NOW - timedelta(days=29), NOW - ANSWER_WITHIN


@pytest.mark.parametrize(
    ("known", "answer"),
    [
        (Known(), True),
        (Known(letters_lately=2), True),
        (Known(letters_lately=3), False),
        (Known(told_before=True), False),
        (Known(is_suppressed=True), False),
        (Known(is_employed=True), False),
        (Known(has_died=True), False),
    ],
)
def test_who_is_written_to(known: Known, answer: object) -> None:
    assert may_be_written_to(known) is answer


@pytest.mark.parametrize(
    ("state", "told_at", "seen"),
    [
        (ReferralState.TOLD, LATELY, Status.WAITING),
        (ReferralState.DECLINED, LATELY, Status.WAITING),
        (ReferralState.EXPIRED, LATELY, Status.WAITING),
        (ReferralState.TOLD, LONG_AGO, Status.SILENT),
        (ReferralState.DECLINED, LONG_AGO, Status.SILENT),
        (ReferralState.EXPIRED, LONG_AGO, Status.SILENT),
        (ReferralState.CONFIRMED, LATELY, Status.YES),
        (ReferralState.CONFIRMED, LONG_AGO, Status.YES),
        (ReferralState.HIRED, LONG_AGO, Status.HIRED),
    ],
)
def test_a_no_and_silence_look_the_same_to_who_tipped(
    state: ReferralState, told_at: datetime, seen: Status
) -> None:
    assert status(state, told_at, NOW) is seen
