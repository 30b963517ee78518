"""What somebody typed into a form that could not be taken: they send it again, nothing is lost."""

from flask import request

Fields = list[tuple[str, str]]
_MOST = 200_000


def typed() -> Fields:
    """Return the fields of this request's form, without files and the token against forgery.

    Nothing of a form that holds a password, or that is longer than anybody types.
    """
    if any("password" in name.casefold() for name in request.form):
        return []
    found = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
    return found if sum(map(_length, found)) <= _MOST else []


def _length(pair: tuple[str, str]) -> int:
    return len(pair[0]) + len(pair[1])


def written(fields: Fields) -> list[str]:
    """Return what somebody wrote in words of their own, as far as that can be told."""
    return [value.strip() for _name, value in fields if " " in value.strip()]
