"""Nobody climbs: roles under 2,000 steps in any order (S20)."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from alumni_portal.accounts import queries, services
from alumni_portal.accounts.models import Account
from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import SYSTEM, Actor, Role
from alumni_portal.core.transaction import unit
from tests.support.covers import covers
from tests.support.make import Make

STAFF_ROLES = sorted(set(Role) - {Role.ALUMNUS})
MAY_GIVE: dict[Role, set[Role]] = {
    Role.HR: {Role.RECRUITER, Role.MANAGER, Role.INTERVIEWER},
    Role.HR_LEAD: {Role.RECRUITER, Role.MANAGER, Role.INTERVIEWER, Role.HR, Role.DPO},
    Role.ADMIN: set(),
}
ROLES_OF_FIVE = [
    (Role.ADMIN,),
    (Role.ADMIN,),
    (Role.HR_LEAD,),
    (Role.HR,),
    (Role.RECRUITER, Role.MANAGER),
]
Step = tuple[int, str, int, Role]
STEPS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from(["grant", "revoke", "close", "reopen"]),
        st.integers(0, 4),
        st.sampled_from(STAFF_ROLES),
    ),
    min_size=50,
    max_size=50,
)


def do(account: Account, verb: str, role: Role, by: Actor) -> None:
    if verb == "grant":
        services.grant(account, role, by=by)
    elif verb == "revoke":
        services.revoke(account, role, by=by)
    elif verb == "close":
        services.close_account(account, by=by)
    else:
        services.reopen_account(account, by=by)


def take(step: Step, accounts: list[Account]) -> None:
    """Take one step and check what it changed against what its actor may change."""
    actor, verb, target, role = step
    before = {one.id: queries.roles_of(one.id) for one in accounts}
    one = accounts[actor]
    by = Actor(account_id=one.id, ref=one.public_id, roles=before[one.id])
    with suppress(Refusal, NotFound), unit():
        account = queries.account(accounts[target].public_id)
        assert account is not None
        do(account, verb, role, by)
    allowed: set[Role] = set().union(*(MAY_GIVE.get(held, set()) for held in by.roles))
    for account_id, roles in before.items():
        changed = roles ^ queries.roles_of(account_id)
        assert not changed or (account_id == accounts[target].id != by.account_id)
        assert changed <= allowed
    assert queries.holders_of(Role.ADMIN), "an administrator stays"
    db.session.rollback()


@covers("S20")
def test_nobody_climbs_by_any_order_of_grants(app: Flask, make: Make) -> None:
    accounts = [make.staff(*roles) for roles in ROLES_OF_FIVE]

    @given(STEPS)
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    def climb(steps: list[Step]) -> None:
        with app.app_context():
            for step in steps:
                take(step, accounts)

    climb()
    with app.app_context():
        assert audit.verify() is None


def take_away(account: Account) -> None:
    services.revoke(account, Role.ADMIN, by=SYSTEM)


def shut(account: Account) -> None:
    services.close_account(account, by=SYSTEM)


@pytest.mark.both_databases
@pytest.mark.parametrize("verb", [take_away, shut])
@covers("S20")
def test_the_last_administrator_stays(
    app: Flask, make: Make, verb: Callable[[Account], None]
) -> None:
    only = make.staff(Role.ADMIN)
    with app.app_context(), unit():
        account = queries.account(only.public_id)
        assert account is not None
        with pytest.raises(Refusal, match="minst en administratör"):
            verb(account)
    with app.app_context():
        assert queries.roles_of(only.id) == {Role.ADMIN}


@covers("S20")
def test_every_grant_is_in_the_audit_chain(app: Flask, make: Make) -> None:
    account = make.staff(Role.RECRUITER)
    with app.app_context():
        entries = db.session.scalars(select(audit.AuditEntry)).all()
    found = [(one.action, one.subject) for one in entries if one.action.startswith("role.")]
    assert found == [("role.granted", account.public_id)]
