"""Default deny: every view says what it asks for, and who holds it is reviewed as a table."""

import re

import pytest
from flask import Flask

from alumni_portal.accounts.models import Account
from alumni_portal.core.permissions import MATRIX, Needed, Permission, Role, needed_by
from tests.house.conftest import Compare
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make
from tests.support.repository import listing

VARIABLE = re.compile(r"<[^>]+>")
OPEN = {"public", "signed link"}
#: Reads what people wrote or who they are: never the administrator's (DESIGN: reads no content).
CONTENT = ("cases", "consents", "contact_details", "directory", "exit_ground", "people", "profiles")


def endpoints(app: Flask) -> list[str]:
    return sorted({r.endpoint for r in app.url_map.iter_rules() if r.endpoint != "static"})


def marks(permissions: tuple[Permission, ...], kind: str) -> list[str]:
    """Return who gets through, role by role."""
    if kind in OPEN or kind == "signed in":
        return ["x"] * len(Role)
    return ["x" if MATRIX[role] & set(permissions) else "." for role in Role]


def line(name: str, cells: list[str]) -> str:
    columns = "  ".join(cell.center(len(role)) for cell, role in zip(cells, Role, strict=True))
    return f"{name:<36}  {columns}"


@covers("S17")
def test_every_endpoint_declares_what_it_asks_for(declared: Flask) -> None:
    bare = [name for name in endpoints(declared) if needed_by(declared, name) is None]
    assert not bare, listing(bare)


def test_every_declared_permission_exists_and_is_held_by_somebody() -> None:
    held = frozenset().union(*MATRIX.values())
    assert set(MATRIX) == set(Role)
    assert not set(Permission) - held, listing(set(Permission) - held)
    assert list(Permission) == sorted(Permission)


@covers("S18")
def test_who_may_do_what_is_what_was_reviewed(declared: Flask, as_checked_in: Compare) -> None:
    head = line("", [str(role) for role in Role]).rstrip()
    lines = ["Permissions", head]
    lines += [line(right, marks((right,), "permission")) for right in Permission]
    lines += ["", "Pages", head]
    for name in endpoints(declared):
        needed = needed_by(declared, name) or Needed("nothing declared")
        lines.append(f"{line(name, marks(needed.permissions, needed.kind))}  {needed}")
    as_checked_in("permission_matrix.txt", lines)


def test_an_administrator_reads_no_content() -> None:
    seen = [right for right in MATRIX[Role.ADMIN] if right.split(":")[0] in CONTENT]
    assert not seen, listing(seen)


def asked(app: Flask) -> list[tuple[str, str, str]]:
    """Return every page behind a door: its endpoint, a method and an address."""
    return [
        (rule.endpoint, method, VARIABLE.sub("x" * 14, rule.rule))
        for rule in app.url_map.iter_rules()
        if (needed := needed_by(app, rule.endpoint)) is not None and needed.kind not in OPEN
        for method in sorted({"GET", "POST"} & (rule.methods or set()))
    ]


@pytest.mark.both_databases
@covers("S17")
def test_a_stranger_gets_no_further_than_the_sign_in_page(app: Flask, browser: Browser) -> None:
    app.config["WTF_CSRF_ENABLED"] = False  # this door stands before the one that is looked at
    let_in = []
    for endpoint, method, path in asked(app):
        answer = browser.open(path, method=method)
        if answer.status_code != 303 or "/sign-in" not in answer.headers["Location"]:
            let_in.append(f"{endpoint}: {method} {path}: {answer.status}")
    assert not let_in, listing(let_in)


def holders(make: Make) -> dict[Role, Account]:
    return {role: make.alumnus() if role is Role.ALUMNUS else make.staff(role) for role in Role}


@covers("S17", "S18")
def test_a_page_that_a_role_may_not_see_is_missing_for_it(
    app: Flask, browser: Browser, make: Make
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    let_in = []
    for role, account in holders(make).items():
        reader = browser.another().as_(account)
        for endpoint, method, path in asked(app):
            needed = needed_by(app, endpoint)
            if needed is None or needed.kind == "signed in" or MATRIX[role] & {*needed.permissions}:
                continue
            answer = reader.open(path, method=method)
            if answer.status_code != 404:
                let_in.append(f"{role}: {method} {path}: {answer.status}")
    assert not let_in, listing(let_in)
