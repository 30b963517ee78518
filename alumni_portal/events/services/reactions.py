"""What events do when something happens to somebody."""

from alumni_portal.events.services.replies import forget_person
from alumni_portal.people.facts import PersonDied


def after_death(fact: PersonDied) -> None:
    """Free the seats of somebody who has died."""
    for person_id in fact.person_ids:
        forget_person(person_id)
