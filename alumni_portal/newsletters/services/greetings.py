"""How greetings are set up: on or off, what they say, and one tried on oneself."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from alumni_portal.consents import services as consents
from alumni_portal.core import audit, clock, language
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.installation import brand, settings
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import services as mail
from alumni_portal.newsletters.models import GreetingPlan
from alumni_portal.newsletters.queries import greetings as reads
from alumni_portal.newsletters.rules.greeting_words import Words, stored, texts_of
from alumni_portal.newsletters.rules.greetings import GREETINGS, STEPS
from alumni_portal.newsletters.services.from_greetings import sample_stamp
from alumni_portal.newsletters.services.greeting_letters import SLOTS, edition
from alumni_portal.newsletters.services.left_out import note_cut_short
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.people.queries import BadAddress, address_of, canonical_address

__all__ = ["GREETINGS", "STEPS", "Words"]

TEST = "newsletters/greeting_test"
_DAY = timedelta(days=1)
_OWN = (AddressKind.WORK, AddressKind.PRIVATE)
_OVERTAKEN = _l(
    "Någon annan har ändrat texten sedan du öppnade sidan. Det du skrev står kvar här. Trycker du"
    " på Spara texten igen gäller ditt."
)


def greeting_texts(known: GreetingPlan | None) -> dict[int, dict[str, Words]]:
    """Return what every greeting says as they are set up, by greeting and language."""
    return texts_of(known.texts if known else {})


def greeting_version(words: Mapping[str, Words]) -> str:
    """Return the mark of what one greeting says."""
    said = json.dumps({spoken: vars(one) for spoken, one in words.items()}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:20]


def locked_plan() -> GreetingPlan:
    """Return how greetings are set up, held against others; made when nobody has set them up."""
    query = select(GreetingPlan).with_for_update().execution_options(populate_existing=True)
    if (found := db.session.scalar(query)) is not None:
        return found
    try:
        with db.session.begin_nested():
            db.session.add(GreetingPlan(id=1, is_on=False, texts={}, reply_to=""))
    except IntegrityError:  # somebody else was the first
        pass
    return db.session.scalars(query).one()


def set_up_greetings(*, is_on: bool, reply_to: str, by: Actor) -> None:
    """Turn greetings on or off and say where answers go; nothing: to whom the mail is from.

    Turned on they go from today: one whose day was before that goes to nobody, and is counted as
    left out when they had been on before. Turned off and on again on one day they go on as they
    were. Raises Refusal for an address that is none of the employer's.
    """
    _check_reply_to(reply_to)
    found = locked_plan()
    if is_on != found.is_on:
        turn = _turn_on if is_on else _turn_off
        turn(found)
        audit.record("greetings.turned_on" if is_on else "greetings.turned_off", by=by)
    if reply_to != found.reply_to:
        found.reply_to = reply_to
        audit.record("greetings.changed", by=by, what="reply_to")
    db.session.flush()


def _turn_off(plan: GreetingPlan) -> None:
    plan.is_on, plan.off_since = False, clock.today()


def _turn_on(plan: GreetingPlan) -> None:
    today = clock.today()
    if plan.off_since != today:
        note_cut_short(plan)
        plan.on_since = today
        if plan.ran_on == today:  # while they were off: today's have not gone
            plan.ran_on = today - _DAY
    plan.is_on, plan.off_since = True, None


def _check_reply_to(address: str) -> None:
    if not address:
        return
    try:
        domain = canonical_address(address).rpartition("@")[2]
    except BadAddress as error:
        raise Refusal(_l("Skriv en hel e-postadress."), field="reply_to") from error
    if domain not in settings().work_domains or not address.isascii():
        raise Refusal(_l("Svar kan bara gå till en av era egna adresser."), field="reply_to")


def write_greeting(step: int, words: Mapping[str, Words], *, began_with: str, by: Actor) -> None:
    """Let a greeting say something else in both languages, from the next one that goes.

    `began_with` is the mark of what it said when the form was opened. Raises Refusal at the field
    for a slot that there is none of, and when somebody else changed it meanwhile.
    """
    for spoken, said in words.items():
        made = edition(spoken, said)
        if unknown := made.slots - SLOTS:
            message = _l("Fältet %(name)s finns inte.", name=f"”{min(unknown)}”")
            part = "subject" if "{{" + min(unknown) in said.subject else "text"
            raise Refusal(message, field=f"{part}_{spoken}")
    found = locked_plan()
    known = texts_of(found.texts)
    if greeting_version(known[step]) not in {began_with, greeting_version(words)}:
        raise Refusal(_OVERTAKEN)
    if known[step] != dict(words):
        own = {one: said for one, said in known.items() if str(one) in found.texts or one == step}
        found.texts = stored({**own, step: words})
        audit.record("greetings.changed", by=by, what=str(step))
    db.session.flush()


def try_greeting(step: int, spoken: str, *, by: Actor) -> str:
    """Send a greeting in one language to whoever asks, and return where it went.

    What its links open changes nothing but the tester's own mails. Raises Refusal without a proved
    address.
    """
    own = db.session.get_one(Person, by.person_id)
    address = next(filter(None, (address_of(own.id, kind) for kind in _OWN)), None)
    if address is None:
        raise Refusal(_l("Du har ingen bekräftad adress."))
    known = reads.plan()
    reply_to = known.reply_to if known else ""
    written = edition(spoken, greeting_texts(known)[step][spoken], reply_to=reply_to).filled(
        {
            "first_name": own.first_name,
            "brand": brand().name,
            "reader": sample_stamp(step),
            "preferences": consents.preferences_link(own.public_id, "greeting"),
            "unsubscribe": mail.way_out_of(own.public_id, GREETINGS, "greeting"),
        }
    )
    with language.spoken(spoken):
        marked = replace(written, subject=str(_l("Prov: %(subject)s", subject=written.subject)))
    mail.post_written(marked, kind=TEST, to=address.address, language=spoken, person_id=own.id)
    audit.record("greetings.tested", by=by, step=step)
    return address.address
