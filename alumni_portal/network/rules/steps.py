"""What would make a profile more useful, one concrete step at a time."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """One thing to do with a profile, in the order it is suggested."""

    WORK = "work"
    SKILLS_SINCE = "skills_since"
    SKILLS_THEN = "skills_then"
    CITY = "city"
    TOPICS = "topics"
    AUDIENCE = "audience"


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What a profile has so far."""

    work: bool
    city: bool
    skills_then: bool
    skills_since: bool
    topics: bool
    #: Somebody besides the owner sees something of it.
    shared: bool


def steps_left(filled: Filled) -> list[Step]:
    """Return the steps not taken yet, the most useful first."""
    done = {
        Step.WORK: filled.work,
        Step.SKILLS_SINCE: filled.skills_since,
        Step.SKILLS_THEN: filled.skills_then,
        Step.CITY: filled.city,
        Step.TOPICS: filled.topics,
        Step.AUDIENCE: filled.shared,
    }
    return [step for step in Step if not done[step]]
