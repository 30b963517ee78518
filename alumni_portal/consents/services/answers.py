"""What a person answers in one go: changes to the ledger and one receipt for all of them."""

from collections.abc import Collection, Sequence

from alumni_portal.consents import emails, queries, rules
from alumni_portal.consents.models import ConsentEntry
from alumni_portal.consents.rules import Act, How, Purpose
from alumni_portal.consents.services import ledger
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.people.models import Person
from alumni_portal.people.queries import is_employed


def answer(
    person: Person, wanted: Collection[Purpose], *, language: str, how: How, by: Actor
) -> rules.Answers:
    """Let a person agree to exactly these purposes, send one receipt, and return what changed.

    Raises Refusal for somebody employed here, and when something is wanted without membership.
    """
    changed = rules.changes(set(queries.standing(person.id)), set(wanted))
    if changed is None:
        raise Refusal(
            _l("Det där hör till nätverket. Slå på medlemskapet också, eller stäng av det andra."),
            field=Purpose.MEMBERSHIP,
        )
    if changed.yes and is_employed(person.id):
        raise Refusal(_l("Du är anställd här. Nätverket är för dig som har slutat."))
    for purpose in changed.no:
        ledger.withdraw(person, purpose, how=how, by=by)
    given = [ledger.give(person, one, language=language, how=how, by=by) for one in changed.yes]
    emails.receipt(person, given, changed.no)
    return changed


def take_back(person: Person, purpose: Purpose, *, how: How, by: Actor) -> rules.Answers:
    """Withdraw one yes, and with membership all that needs it; send a receipt when one stood."""
    before = set(queries.standing(person.id))
    ledger.withdraw(person, purpose, how=how, by=by)
    ended = tuple(one for one in Purpose if one in before - set(queries.standing(person.id)))
    emails.receipt(person, [], ended)
    return rules.Answers((), ended)


def renew(person: Person, purpose: Purpose, *, language: str, how: How, by: Actor) -> ConsentEntry:
    """Let a standing yes go on from today with today's wording; send a receipt.

    Raises Refusal when it no longer stands: then it must be given anew.
    """
    if purpose not in queries.standing(person.id):
        raise Refusal(_l("Det samtycket gäller inte längre. Du kan slå på det igen."))
    entry = ledger.give(person, purpose, language=language, how=how, by=by)
    emails.receipt(person, [entry], ())
    return entry


def confirm(person: Person, entries: Sequence[ConsentEntry]) -> None:
    """Send the receipt for yeses that were noted one by one."""
    emails.receipt(person, [one for one in entries if one.act in {Act.GIVEN, Act.RENEWED}], ())
