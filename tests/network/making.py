"""Profiles for tests."""

from collections.abc import Mapping

from alumni_portal.accounts.models import Account
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.network import services
from alumni_portal.network.models import Audience, Field, Since, Topic
from alumni_portal.people.models import Person
from tests.support.make import Make

EVERYBODY: Mapping[Field, Audience] = dict.fromkeys(Field, Audience.RECRUITERS)


def profile(
    make: Make,
    account: Account,
    *,
    audiences: Mapping[Field, Audience] = EVERYBODY,
    then: tuple[str, ...] = (),
    since: tuple[str, ...] = (),
    topics: tuple[Topic, ...] = (),
    **texts: str,
) -> str:
    """Fill in a member's profile, shown to everybody unless said otherwise; return the address."""
    with make.work():
        person = db.session.get_one(Person, account.person_id)
        services.describe(person, services.Texts(**texts), by=SYSTEM)
        services.choose_skills(person, {Since.THEN: then, Since.SINCE_LEFT: since}, by=SYSTEM)
        services.choose_topics(person, topics, by=SYSTEM)
        services.choose_audiences(person, audiences, by=SYSTEM)
        return f"/colleagues/{person.public_id}"
