"""Commands for users: the first administrator, and what a person at the machine may put right."""

import json
import sys

import click
from flask.cli import with_appcontext

from alumni_portal.accounts import queries, services
from alumni_portal.accounts.models import Account
from alumni_portal.core.errors import Refusal
from alumni_portal.core.installation import settings
from alumni_portal.core.permissions import COMMAND_LINE, STAFF, Role
from alumni_portal.core.transaction import unit
from alumni_portal.people import queries as people
from alumni_portal.people import services as people_services
from alumni_portal.people.models import Person
from alumni_portal.people.rules import AddressKind, BadAddress, canonical_address, is_work_domain

ROLES = click.Choice(sorted(role.value for role in STAFF))


@click.group()
def users() -> None:
    """Accounts of those who work here, and their roles."""


@users.command()
@click.argument("email")
@click.option("--role", "roles", type=ROLES, multiple=True, required=True)
@click.option("--name", help="Whose address it is, when nobody here has it yet.")
@click.option("--password-stdin", is_flag=True, help="Read a password from standard input.")
@with_appcontext
def add(email: str, roles: tuple[str, ...], name: str | None, *, password_stdin: bool) -> None:
    """Open an account for an address and give it roles; the operator vouches for the address."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    with _refusals(), unit():
        person = _owner(email) or _new_person(email, name)
        account = services.open_account(person, by=COMMAND_LINE)
        for role in roles:
            services.grant(account, Role(role), by=COMMAND_LINE)
        if password is not None:
            services.set_password(account, password, by=COMMAND_LINE)
    click.echo(f"{email}: {', '.join(roles)}")


@users.command("list")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def list_users(*, as_json: bool) -> None:
    """List the accounts with a staff role."""
    found = queries.users()
    if as_json:
        rows = [
            {
                "id": account.public_id,
                "name": account.person.name,
                "roles": sorted(roles),
                "open": account.closed_at is None,
            }
            for account, roles in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for account, roles in found:
        closed = "  (closed)" if account.closed_at else ""
        click.echo(
            f"{account.public_id}  {account.person.name}  {', '.join(sorted(roles))}{closed}"
        )


@users.command()
@click.argument("email")
@click.option("--role", type=ROLES, required=True)
@with_appcontext
def grant(email: str, role: str) -> None:
    """Give the account behind an address a role."""
    with _refusals(), unit():
        services.grant(_account(email), Role(role), by=COMMAND_LINE)


@users.command()
@click.argument("email")
@click.option("--role", type=ROLES, required=True)
@with_appcontext
def revoke(email: str, role: str) -> None:
    """Take a role from the account behind an address; the last administrator stays."""
    with _refusals(), unit():
        account = _account(email)
        if Role(role) not in queries.roles_of(account.id):
            raise click.ClickException(f"{email} does not have that role")
        services.revoke(account, Role(role), by=COMMAND_LINE)


class _refusals:  # noqa: N801 - reads as a word in `with`
    """Turn a refusal into a message and exit code 1."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Say what was refused."""
        if isinstance(error, Refusal):
            raise click.ClickException(str(error.message)) from error
        if isinstance(error, BadAddress):
            raise click.ClickException("that is no e-mail address") from error


def _owner(email: str) -> Person | None:
    known = people.owner_of(canonical_address(email))
    return known.person if known else None


def _account(email: str) -> Account:
    owner = _owner(email)
    account = queries.account_of(owner.id) if owner else None
    if account is None:
        raise click.ClickException(f"{email} has no account")
    return account


def _new_person(email: str, name: str | None) -> Person:
    if not name:
        raise click.ClickException("nobody here has that address; say whose it is with --name")
    first, _space, last = name.strip().partition(" ")
    person = people_services.register_person(first, last, by=COMMAND_LINE)
    domains = settings().work_domains
    at_work = is_work_domain(canonical_address(email), domains)
    kind = AddressKind.WORK if at_work else AddressKind.PRIVATE
    address = people_services.give_address(
        person, email, kind, work_domains=domains, by=COMMAND_LINE
    )
    people_services.prove_address(address, by=COMMAND_LINE)
    return person
