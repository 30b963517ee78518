"""What happened, said by a lower slice so that a higher one can react without being imported."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask, current_app

Handler = Callable[[Any], None]
Table = Mapping[type, Sequence[Handler]]


def install(app: Flask, table: Table) -> None:
    """Give an application its one table of reactions."""
    app.extensions["alumni_portal.facts"] = table


def state(fact: object) -> None:
    """Say that something happened: its handlers run now, in written order, same transaction."""
    table: Table = current_app.extensions["alumni_portal.facts"]
    for handler in table.get(type(fact), ()):
        handler(fact)
