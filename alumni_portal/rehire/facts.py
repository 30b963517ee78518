"""What happened to answers about coming back, for the search to react to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InterestAnswered:
    """People answered whether they want to come back, renewed it, or their answer is gone."""

    person_ids: tuple[int, ...]
