"""Private addresses that somebody else gives a person: to whom, and who is told (S20, S59)."""

from alumni_portal.accounts import emails, queries
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import STAFF, Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.people import queries as people
from alumni_portal.people import services as addresses
from alumni_portal.people.models import AddressKind, EmailAddress, Person


def may_be_given_an_address(person: Person, by: Actor, *, field: str = "address") -> None:
    """Make sure that somebody else may say which private address is a person's.

    Raises Refusal for oneself, for the dead and for somebody with a staff role (S20).
    """
    if person.id == by.person_id:
        raise Refusal(_l("Din egen adress kan någon annan på HR byta åt dig."), field=field)
    if person.died_on is not None:
        raise Refusal(_l("Personen är avliden, så adressen byts inte."), field=field)
    refuse_staff(person, field=field)


def refuse_staff(person: Person, *, field: str = "address") -> None:
    """Raise Refusal for somebody with a staff role: who gives the address away gets the rights."""
    _account, roles = queries.account_with_roles(person.id)
    if roles & STAFF:
        raise Refusal(
            _l("Personen har en roll i portalen. Rollen måste tas bort innan adressen byts."),
            field=field,
        )


def check_is_new_here(person: Person, canonical: str, *, field: str) -> None:
    """Make sure that an address that a stranger proved takes no other address's place.

    Raises Refusal when the person has another proved private address, or an account.
    """
    own = people.address_of(person.id, AddressKind.PRIVATE)
    if own is not None and own.canonical == canonical:
        return
    if own is not None or queries.account_of(person.id) is not None:
        raise Refusal(
            _l(
                "Personen har redan en egen adress eller ett konto. "
                "Gå via Förlorade adresser, så kontrolleras vem det är."
            ),
            field=field,
        )


def take_into_use(person: Person, address: EmailAddress, *, by: Actor) -> None:
    """Note that a private address is proved, and tell those it replaces and the one at work.

    Raises Conflict when the address has become somebody else's.
    """
    if address.is_proved:
        return
    before = people.address_of(person.id, AddressKind.PRIVATE)
    addresses.prove_address(address, by=by)
    if before is not None:
        emails.address_changed(person, before.address)
    work = people.address_of(person.id, AddressKind.WORK, proved=False)
    if work is not None and people.is_employed(person.id):
        emails.address_proved(person, work.address, address.address)
