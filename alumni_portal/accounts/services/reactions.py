"""What accounts do when something happens to people (see `wiring.FACTS`)."""

from alumni_portal.accounts import queries
from alumni_portal.accounts.services.sessions import end_all_sessions
from alumni_portal.core import audit, clock
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.people.facts import PersonDied, PrivateAddressProved


def close_accounts_of_the_dead(fact: PersonDied) -> None:
    """Let nobody in any more by the account of somebody who has died."""
    for person_id in fact.person_ids:
        account = queries.account_of(person_id)
        if account is not None and account.closed_at is None:
            account.closed_at = clock.now()
            end_all_sessions(account, by=SYSTEM)
            audit.record("account.closed", by=SYSTEM, subject=account.public_id)


def end_sessions_after_address_change(fact: PrivateAddressProved) -> None:
    """Sign out everywhere whoever got a new private address (S1)."""
    for person_id in fact.person_ids:
        account = queries.account_of(person_id)
        if account is not None:
            end_all_sessions(account, by=SYSTEM)
