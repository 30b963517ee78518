"""The same letter to several people of the staff, each at work and in their own language."""

from collections.abc import Callable, Iterable, Mapping

from alumni_portal.core import language
from alumni_portal.mail.services.letters import Draft, post
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import address_of


def tell_at_work(
    people: Iterable[Person], kind: str, values: Callable[[Person], Mapping[str, object]]
) -> None:
    """Post a kind of letter to each of these people who has a work address.

    `values` is asked for each while their language is spoken; the first name is added as `name`.
    """
    for one in people:
        found = address_of(one.id, AddressKind.WORK)
        if found is None:
            continue
        with language.spoken(one.language):
            told = {"name": one.first_name, **values(one)}
        post(
            Draft(kind=kind, to=found.address, language=one.language, person_id=one.id, values=told)
        )
