"""How dates, periods and numbers are written, in the reader's language and the employer's time."""

from datetime import date, datetime, time

import flask_babel
from babel.dates import format_skeleton, format_timedelta
from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from alumni_portal.core import clock
from alumni_portal.core.text import initials, tint


def _locale() -> str:
    return str(flask_babel.get_locale() or "sv")


def _as_date(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


def date_long(value: date | datetime | None) -> str:
    """Return `17 december 2026`."""
    return flask_babel.format_date(_as_date(value), "d MMMM y") if value else "–"


def date_weekday(value: date | datetime | None) -> str:
    """Return `Torsdag 17 december 2026`."""
    if not value:
        return "–"
    text = flask_babel.format_date(_as_date(value), "EEEE d MMMM y")
    return text[:1].upper() + text[1:]


def date_short(value: date | datetime | None) -> str:
    """Return `17 dec`, with the year when it is not this one."""
    if not value:
        return "–"
    day = _as_date(value)
    pattern = "d MMM" if day.year == clock.today().year else "d MMM y"
    return flask_babel.format_date(day, pattern).replace(".", "")


def date_time(value: datetime | None) -> str:
    """Return `21 november 14.12` (Swedish) or `21 November 14:12`, with another year's year."""
    if not value:
        return "–"
    here = clock.local(value)
    day = "d MMMM" if here.year == clock.today().year else "d MMMM y"
    clock_sign = "." if _locale().startswith("sv") else ":"
    written = flask_babel.format_date(here.date(), day)
    return f"{written} {here:%H}{clock_sign}{here:%M}"


def clock_time(value: datetime) -> str:
    """Return `07.30` (Swedish) or `07:30`, in the employer's time."""
    sign = "." if _locale().startswith("sv") else ":"
    return clock.local(value).strftime(f"%H{sign}%M")


#: What ends until then ends in the night after the day that it began on.
_NIGHT_ENDS = time(6)


def occasion(begins: datetime, ends: datetime) -> str:
    """Return when something is: `Torsdag 3 december 2026, 07.30–09.00`, also over midnight.

    On several days `3–4 december 2026, torsdag 13.00 till fredag 12.00`.
    """
    first, last = clock.local(begins), clock.local(ends)
    is_next_night = (last.date() - first.date()).days == 1 and last.time() <= _NIGHT_ENDS
    if first.date() == last.date() or is_next_night:
        return f"{date_weekday(begins)}, {clock_time(begins)}–{clock_time(ends)}"
    edges = [
        f"{flask_babel.format_date(at.date(), 'EEEE')} {clock_time(at)}" for at in (first, last)
    ]
    days = _days(first.date(), last.date())
    return f"{days}, " + _("%(begins)s till %(ends)s", begins=edges[0], ends=edges[1])


def _days(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_long(last)}"
    pattern = "d MMMM" if first.year == last.year else "d MMMM y"
    return f"{flask_babel.format_date(first, pattern)} – {date_long(last)}"


def month_year(value: date | None) -> str:
    """Return `december 2026`."""
    return format_skeleton("yMMMM", value, locale=_locale()) if value else "–"


def month_tile(value: date) -> str:
    """Return `DEC`, for the tile of a date."""
    return flask_babel.format_date(value, "MMM").replace(".", "").upper()[:3]


def period(begins: date, ends: date | None) -> str:
    """Return `2015–2022`, or `sedan 2015` for what goes on."""
    if ends is None:
        return _("sedan %(year)s", year=begins.year)
    return str(begins.year) if begins.year == ends.year else f"{begins.year}–{ends.year}"


def number(value: float) -> str:
    """Return a number with the reader's marks: `2 000`, `2,000`."""
    return flask_babel.format_decimal(value)


def percent(share: float) -> str:
    """Return a share of one as `75 %`."""
    return flask_babel.format_percent(share)


def ago(value: datetime | None) -> str:
    """Return how long ago something was: `3 dagar sedan`."""
    if not value:
        return "–"
    return format_timedelta(value - clock.now(), add_direction=True, locale=_locale())


def days_left(day: date) -> str:
    """Return the distance to a day: `24 dagar kvar`, `I dag`, `3 dagar sedan`."""
    days = (day - clock.today()).days
    if days == 0:
        return _("I dag")
    if days > 0:
        return ngettext("%(num)s dag kvar", "%(num)s dagar kvar", days)
    return ngettext("%(num)s dag sedan", "%(num)s dagar sedan", -days)


def masked(address: str) -> str:
    """Return an address that its owner recognises and nobody else learns: `e•••••@post.example`."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}•••••@{host}" if host else "•••••"


def install(app: Flask) -> None:
    """Give the templates these formats as filters."""
    for filter_ in (
        date_long,
        date_weekday,
        date_short,
        date_time,
        clock_time,
        month_year,
        month_tile,
        number,
        percent,
        ago,
        days_left,
        masked,
        initials,
        tint,
    ):
        app.add_template_filter(filter_)
    app.add_template_filter(clock.local)
    app.jinja_env.globals.update(period=period, occasion=occasion)
