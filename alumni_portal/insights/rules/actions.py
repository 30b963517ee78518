"""Pure decisions about actions: where one stands, when its owner is reminded, what may be told."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

#: The owner is reminded so long before the day, on the day, and then every week.
SOON = timedelta(days=7)
AGAIN = timedelta(days=7)


class ActionState(StrEnum):
    """Where an action stands."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


OPEN = frozenset({ActionState.PLANNED, ActionState.UNDER_WAY})
#: From where one gets to a state.
MOVES: Mapping[ActionState, frozenset[ActionState]] = {
    ActionState.UNDER_WAY: frozenset({ActionState.PLANNED}),
    ActionState.DONE: OPEN,
    ActionState.DROPPED: OPEN,
}


def is_overdue(state: ActionState, due_on: date, today: date) -> bool:
    """Say whether an action should have been closed before today."""
    return state in OPEN and due_on < today


def is_to_be_reminded(due_on: date, reminded_on: date | None, today: date) -> bool:
    """Say whether the owner of an open action gets a letter today.

    A week before the day, on the day, and every week after it: never twice for the same moment,
    and at once when the day was moved closer.
    """
    if today < due_on - SOON:
        return False
    if reminded_on is None or reminded_on < due_on - SOON:
        return True
    if today < due_on:
        return False
    return reminded_on < due_on or today >= reminded_on + AGAIN


def quarter_of(day: date) -> str:
    """Return the quarter of a day: `2026Q3`."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def missing_words(words: Mapping[str, str]) -> list[str]:
    """Return which texts of a publication are empty: everybody is told in both languages."""
    return [name for name, text in words.items() if not text.strip()]


def quarters_before(quarter: str, number: int) -> str:
    """Return the quarter so many quarters before another; quarters compare as text."""
    year, place = int(quarter[:4]), int(quarter[-1])
    index = year * 4 + place - 1 - number
    return f"{index // 4}Q{index % 4 + 1}"
