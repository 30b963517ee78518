"""Letters about ways in."""

from datetime import datetime

from alumni_portal.accounts.models import Account
from alumni_portal.core import tokens
from alumni_portal.core.formats import masked
from alumni_portal.core.rendering import link
from alumni_portal.mail import services as mail
from alumni_portal.people.models import EmailAddress, Person


def sign_in(
    account: Account | None,
    address: EmailAddress | None,
    token: str,
    *,
    expires_at: datetime,
    language: str,
) -> None:
    """Send the link and its code; for nobody, do the same work and send nothing."""
    draft = mail.Draft(
        kind="accounts/sign_in",
        to=address.address if address else "nobody@portal.example",
        language=account.person.language if account else language,
        person_id=account.person_id if account else None,
        expires_at=expires_at,
        urgent=True,
        values={
            "name": account.person.first_name if account else "Nobody",
            "url": link("accounts.enter", token=token),
            "code": tokens.code_of(token),
        },
    )
    if account is None:
        mail.pretend(draft)
    else:
        mail.post(draft)


def new_address(person: Person, to: str, token: str, *, expires_at: datetime) -> None:
    """Ask whoever reads the new address to show that it is theirs."""
    mail.post(
        mail.Draft(
            kind="accounts/new_address",
            to=to,
            language=person.language,
            person_id=person.id,
            expires_at=expires_at,
            values={
                "name": person.first_name,
                "url": link("accounts.new_address", token=token),
                "until": expires_at,
            },
        )
    )


def address_changed(person: Person, to: str) -> None:
    """Tell the old address that it no longer lets anybody in (S59)."""
    mail.post(
        mail.Draft(
            kind="accounts/address_changed",
            to=to,
            language=person.language,
            person_id=person.id,
            values={"name": person.first_name},
        )
    )


def address_proved(person: Person, to: str, proved: str) -> None:
    """Tell somebody at work that a private address is theirs from now on."""
    mail.post(
        mail.Draft(
            kind="accounts/address_proved",
            to=to,
            language=person.language,
            person_id=person.id,
            values={"name": person.first_name, "address": masked(proved)},
        )
    )
