"""Who may be sent what now: asked by the slice that sends, answered by the slices that know."""

from collections.abc import Callable, Collection, Mapping

from flask import Flask, current_app

#: Purpose of a mailing, or kind of a letter → which of these people may receive it at this moment.
#: What they choose among within a purpose has an entry of its own: `purpose/what it is about`.
Table = Mapping[str, Callable[[Collection[int]], set[int]]]


def install(app: Flask, table: Table) -> None:
    """Give an application its one table of who may receive what."""
    app.extensions["alumni_portal.receiving"] = table


def is_purpose(purpose: str) -> bool:
    """Say whether somebody answers for a purpose."""
    return purpose in _table()


def may_receive(purpose: str, person_ids: Collection[int], *, about: str = "") -> set[int]:
    """Return which of these people may be sent something for a purpose at this moment.

    `about` is what they choose among within the purpose; one that nobody answers for by itself
    is allowed to whom the purpose is.
    """
    table = _table()
    answer = table.get(f"{purpose}/{about}", table[purpose])
    return set(answer(person_ids))


def _table() -> Table:
    table: Table = current_app.extensions["alumni_portal.receiving"]
    return table
