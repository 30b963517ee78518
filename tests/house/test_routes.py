"""Addresses: nouns in kebab-case, public ids, endpoints by slice; none comes or goes unnoticed."""

import re
from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from alumni_portal.core.paths import resource
from tests.house.conftest import Compare
from tests.support.repository import PACKAGE, listing

SAFE = {"HEAD", "OPTIONS"}
SEGMENT = re.compile(r"^(\.well-known|<[^>]+>|[a-z0-9]+([-.][a-z0-9]+)*)(\.[a-z]+)?$")
VARIABLE = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")
#: Numbers in addresses that are no row ids.
COUNTED = {"year", "month", "number", "step", "version", "page", "row"}
VERBS = {"get", "post", "create", "delete", "update", "remove", "show", "list"}
ENDPOINT = re.compile(r"^[a-z_]+\.[a-z][a-z0-9_]*$")


def rules(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static")


def test_the_routes_are_those_that_were_reviewed(declared: Flask, as_checked_in: Compare) -> None:
    lines = sorted(
        f"{rule.rule}  {','.join(sorted((rule.methods or set()) - SAFE))}  {rule.endpoint}"
        for rule in rules(declared)
    )
    as_checked_in("routes.txt", lines)


def test_addresses_are_kebab_case_nouns(declared: Flask) -> None:
    wrong = [
        f"{rule.rule}: {part}"
        for rule in rules(declared)
        for part in rule.rule.strip("/").split("/")
        if part and (not SEGMENT.match(part) or part in VERBS)
    ]
    assert not wrong, listing(wrong)


def test_no_address_ends_in_a_slash(declared: Flask) -> None:
    wrong = [rule.rule for rule in rules(declared) if rule.rule != "/" and rule.rule.endswith("/")]
    assert not wrong, listing(wrong)


def test_no_row_id_stands_in_an_address(declared: Flask) -> None:
    wrong = [
        rule.rule
        for rule in rules(declared)
        for match in VARIABLE.finditer(rule.rule)
        if (match["kind"] == "int" and match["name"] not in COUNTED)
        or match["kind"] == "path"
        or (match["name"] == "id" and match["kind"] == "int")
    ]
    assert not wrong, listing(wrong)


def test_every_endpoint_is_named_by_its_slice(declared: Flask) -> None:
    wrong = [
        rule.endpoint
        for rule in rules(declared)
        if not ENDPOINT.match(rule.endpoint) or not (PACKAGE / rule.endpoint.split(".")[0]).exists()
    ]
    assert not wrong, listing(wrong)


def test_blueprints_leave_templates_and_files_to_the_house(declared: Flask) -> None:
    wrong = [
        name
        for name, blueprint in declared.blueprints.items()
        if blueprint.template_folder or blueprint.static_folder
    ]
    assert not wrong, listing(wrong)
    assert declared.template_folder == str(resource("templates"))


def test_nothing_that_only_shows_changes_by_get_and_nothing_is_put(declared: Flask) -> None:
    """Forms know GET and POST; PUT, PATCH and DELETE belong to the interfaces for programs."""
    odd = [
        f"{rule.rule} {sorted(rule.methods or ())}"
        for rule in rules(declared)
        if {"PUT", "PATCH", "DELETE"} & (rule.methods or set())
        and not rule.rule.startswith(("/api/", "/scim/"))
    ]
    assert not odd, listing(odd)
