"""What was written so far, for the parts of the demo that build on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from alumni_portal.accounts.models import Account
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.demo.inventing import Company
from alumni_portal.demo.membership import Membership


@dataclass(frozen=True, kw_only=True)
class Sundmark:
    """The invented employer with the row ids it got. Places are positions in the company."""

    company: Company
    #: Row ids of units by code.
    units: Mapping[str, int]
    #: Row ids of people by place.
    ids: Sequence[int]
    #: Places of unit leads by unit code.
    leads: Mapping[str, int]
    #: Row id of each place's latest employment.
    employments: Mapping[int, int]
    joined: Membership
    #: The accounts that anybody may try, by key.
    accounts: Mapping[str, Account]

    @cached_property
    def place_of(self) -> dict[int, int]:
        """Return the places of people by row id."""
        return {row_id: place for place, row_id in enumerate(self.ids)}

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the tables whose rows are counted aloud."""
        return (
            "person",
            "employment",
            "unit",
            "email_address",
            "account",
            "consent_entry",
            "offboarding_case",
        )

    def person_id(self, key: str) -> int:
        """Return the row id of a told person."""
        return self.ids[self.company.index(key)]

    def actor(self, key: str, role: Role) -> Actor:
        """Return a told person with a demo account as who acts."""
        account = self.accounts[key]
        return Actor(
            account_id=account.id,
            ref=account.public_id,
            person_id=self.person_id(key),
            roles=frozenset({role}),
        )
