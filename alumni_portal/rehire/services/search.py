"""The search follows what people answer."""

from alumni_portal.network.services import note_profile_change
from alumni_portal.rehire.facts import InterestAnswered


def follow_answers(fact: InterestAnswered) -> None:
    """React to answers, renewed or gone: the very next search knows of them."""
    note_profile_change(fact.person_ids)
