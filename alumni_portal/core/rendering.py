"""Templates for what is not a page: letters, whose text must come out exactly as it is."""

from collections.abc import Callable
from typing import Any

from flask import current_app, url_for
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from alumni_portal.core import formats
from alumni_portal.core.installation import brand, settings


class Link(str):
    """An address made by us, which a letter shows unchanged."""

    __slots__ = ()


def link(endpoint: str, **values: Any) -> Link:  # noqa: ANN401 - as Flask's url_for
    """Return the full address of a page, made from BASE_URL, never from a request (S13)."""
    base = settings().base_url
    with current_app.test_request_context(base_url=base):
        return Link(url_for(endpoint, _external=True, **values))


def letter_environment(clean: Callable[[str], str]) -> Environment:
    """Return the environment of letters in which each value passes through `clean`."""
    made: dict[object, Environment] = current_app.extensions.setdefault("alumni_portal.letters", {})
    if clean not in made:
        made[clean] = _letter_environment(clean)
    return made[clean]


def _letter_environment(clean: Callable[[str], str]) -> Environment:

    def shown(value: object) -> object:
        return value if isinstance(value, Link | Markup | int) else clean(str(value))

    environment = Environment(
        loader=current_app.jinja_loader,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text; `finalize` escapes for Markdown
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        date_long=formats.date_long,
        date_weekday=formats.date_weekday,
        date_short=formats.date_short,
        date_time=formats.date_time,
    )
    environment.globals.update(brand=brand().name, link=link)
    return environment


def render(template: str, **values: Any) -> str:  # noqa: ANN401 - as Flask's render_template
    """Return a template drawn outside a page."""
    return current_app.jinja_env.get_template(template).render(brand=brand(), **values)
