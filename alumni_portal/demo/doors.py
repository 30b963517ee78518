"""Addresses and accounts: who of the invented people can come in."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from alumni_portal.accounts import services
from alumni_portal.accounts.models import Account, RoleGrant
from alumni_portal.accounts.services.doors import store_password
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.demo import names
from alumni_portal.demo.characters import ACCOUNTS, PASSWORD
from alumni_portal.demo.inventing import Company
from alumni_portal.demo.membership import Membership
from alumni_portal.demo.rows import add, at, public_id, write
from alumni_portal.people.models import EmailAddress, Person
from alumni_portal.people.rules import AddressKind

_DAY = timedelta(days=1)
#: Who of the told leavers has given a private address, and whether it is proved.
_TOLD = {"elin": False, "samir": True, "birgitta": True, "ebba": True, "tomas": False}
_ROLE_KEYS = {account.key: account for account in ACCOUNTS}


def write_private_addresses(
    company: Company, found: Membership, ids: Sequence[int], chance: Random
) -> None:
    """Write the private addresses: proved for members, given but unproved for some leavers."""
    members, taken = set(found.members), {line.place for line in found.said}
    rows = []
    for place, one in enumerate(company.people):
        last = one.last_day
        if place in members | taken:
            rows.append(_row(company, place, ids, chance, proved=True))
        elif one.key in _TOLD:
            rows.append(_row(company, place, ids, chance, proved=_TOLD[one.key]))
        elif one.key:
            continue  # Olle leaves in three days, and nobody knows where to reach him
        elif last is not None and last >= company.today - 40 * _DAY and chance.random() < 0.86:
            rows.append(_row(company, place, ids, chance, proved=chance.random() < 0.84))
        elif last is not None and chance.random() < 0.3:
            rows.append(_row(company, place, ids, chance, proved=chance.random() < 0.8))
    add(EmailAddress, rows)


def _row(
    company: Company, place: int, ids: Sequence[int], chance: Random, *, proved: bool
) -> dict[str, Any]:
    one = company.people[place]
    box = names.mailbox(one.first, one.last, place if not one.key else 0)
    address = f"{box}@{chance.choice(names.HOSTS)}"
    if one.key in _ROLE_KEYS:
        address = _ROLE_KEYS[one.key].address
    given = min(one.last_day or company.today, company.today) - 12 * _DAY
    return {
        "person_id": ids[place],
        "kind": AddressKind.PRIVATE,
        "address": address,
        "canonical": address,
        "verified_at": at(given + _DAY, 19) if proved else None,
        "retired_at": None,
        "created_at": at(given, 18),
    }


def write_member_accounts(
    company: Company, found: Membership, ids: Sequence[int], chance: Random
) -> None:
    """Open an account for every member, in the role of an alumnus."""
    since = {place: said[0] for (place, _p), said in found.standing.items()}
    told = [place for place in found.members if company.people[place].key not in _ROLE_KEYS]
    rows = [
        {"public_id": public_id(chance), "person_id": ids[place], "created_at": since[place]}
        for place in told
    ]
    grants = zip(write(Account, rows), told, strict=True)
    add(
        RoleGrant,
        [
            {
                "account_id": account_id,
                "role": Role.ALUMNUS,
                "granted_at": since[place],
                "granted_by": SYSTEM.ref,
            }
            for account_id, place in grants
        ],
    )


def open_demo_accounts(company: Company, ids: Sequence[int]) -> Mapping[str, Account]:
    """Open the accounts that anybody may try and return them by key."""
    found = {}
    for told in ACCOUNTS:
        person = db.session.get_one(Person, ids[company.index(told.key)])
        account = services.open_account(person, by=SYSTEM)
        services.grant(account, told.role, by=SYSTEM)
        store_password(account, PASSWORD, by=SYSTEM)
        found[told.key] = account
    return found


def staff_addresses(company: Company) -> dict[int, str]:
    """Return the work address of those with a demo account, by place: `hr@`, not their name."""
    return {
        company.index(told.key): told.address for told in ACCOUNTS if told.role is not Role.ALUMNUS
    }
