import json

import pytest
from click.testing import Result
from flask import Flask

from alumni_portal.accounts import queries, services
from alumni_portal.accounts.models import Account
from alumni_portal.cli.audit import audit
from alumni_portal.cli.users import users
from alumni_portal.core.permissions import Role
from tests.support.make import Make

ADA = "ada@sundmark.example"


def say(app: Flask, *words: str, typed: str = "") -> Result:
    return app.test_cli_runner().invoke(users, words, input=typed)


def account(app: Flask) -> tuple[Account, frozenset[Role]] | None:
    with app.app_context():
        found = queries.let_in_by(ADA)
        return (found[0], queries.roles_of(found[0].id)) if found else None


def test_the_first_administrator_is_made_at_the_machine(app: Flask) -> None:
    told = say(app, "add", ADA, "--role", "admin", "--name", "Ada Min")
    assert told.exit_code == 0, told.output
    found = account(app)
    assert found is not None
    assert found[1] == {Role.ADMIN}
    again = say(app, "add", ADA, "--role", "admin", "--role", "dpo")
    assert again.exit_code == 0
    listed = json.loads(say(app, "list", "--json").output)
    assert [(one["name"], one["roles"]) for one in listed] == [("Ada Min", ["admin", "dpo"])]


def test_a_password_is_read_from_standard_input(app: Flask) -> None:
    password = "havet glittrar på kvällen"
    words = ("add", ADA, "--role", "admin", "--name", "Ada Min", "--password-stdin")
    told = say(app, *words, typed=password + "\n")
    assert told.exit_code == 0, told.output
    with app.app_context():
        assert services.check_password(ADA, password) is not None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", ADA, "--role", "admin"), "--name"),
        (("add", "no address", "--role", "admin", "--name", "A B"), "no e-mail address"),
        (("grant", ADA, "--role", "hr"), "has no account"),
        (("revoke", ADA, "--role", "hr"), "has no account"),
    ],
)
def test_what_cannot_be_done_ends_with_one(app: Flask, words: tuple[str, ...], said: str) -> None:
    told = say(app, *words)
    assert told.exit_code == 1
    assert said in told.output


def test_a_weak_password_makes_no_user(app: Flask) -> None:
    words = ("add", ADA, "--role", "admin", "--name", "Ada Min", "--password-stdin")
    assert say(app, *words, typed="demo-sundmark\n").exit_code == 1
    assert account(app) is None


def test_roles_come_and_go_but_the_last_administrator_stays(app: Flask) -> None:
    say(app, "add", ADA, "--role", "admin", "--name", "Ada Min")
    assert say(app, "grant", ADA, "--role", "hr").exit_code == 0
    assert say(app, "revoke", ADA, "--role", "hr").exit_code == 0
    assert say(app, "revoke", ADA, "--role", "hr").exit_code == 1
    assert say(app, "revoke", ADA, "--role", "admin").exit_code == 1
    found = account(app)
    assert found is not None
    assert found[1] == {Role.ADMIN}


def test_an_unknown_role_is_wrong_usage(app: Flask) -> None:
    assert say(app, "add", ADA, "--role", "king").exit_code == 2


def test_the_chain_is_verified_at_the_machine(app: Flask, make: Make) -> None:
    make.staff(Role.HR)
    told = app.test_cli_runner().invoke(audit, ["verify", "--json"])
    assert told.exit_code == 0
    assert json.loads(told.output)["broken"] is None
