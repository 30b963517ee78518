"""Letters about ways in."""

from datetime import datetime

from alumni_portal.accounts.models import Account
from alumni_portal.core import tokens
from alumni_portal.core.rendering import link
from alumni_portal.mail import services as mail
from alumni_portal.people.models import EmailAddress


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
