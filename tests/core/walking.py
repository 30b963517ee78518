"""Every address of the portal, for tests that walk over all of them."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

#: What stands in the place of a value that names nothing.
NOTHING = "n0such"


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """Return the routes that answer a method, files left out."""
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or set()) and rule.endpoint != "static":
            yield rule


def address(app: Flask, rule: Rule) -> str:
    """Return an address of a route; its values name nothing."""
    values = dict(rule.defaults or {}) | {
        name: 1 if type(found).__name__ == "IntegerConverter" else NOTHING
        for name, found in rule._converters.items()
    }
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, values))
