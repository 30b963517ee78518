"""The sentences of the home page, true to the person's own years."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from alumni_portal.consents.models import Purpose
from alumni_portal.core.access_log import Look, Seen
from alumni_portal.core.formats import period
from alumni_portal.home.rules import Career
from alumni_portal.people.queries import Period

_NUMBERS = (
    _l("noll"),
    _l("ett"),
    _l("två"),
    _l("tre"),
    _l("fyra"),
    _l("fem"),
    _l("sex"),
    _l("sju"),
    _l("åtta"),
    _l("nio"),
    _l("tio"),
    _l("elva"),
    _l("tolv"),
)

#: What one has said yes to, as short as a line on the home page needs it.
AGREED = {
    Purpose.MEMBERSHIP: _l("Medlem i nätverket"),
    Purpose.RECRUITER_CONTACT: _l("Rekryterare får höra av sig"),
    Purpose.NEWSLETTER: _l("Nyhetsbrev"),
    Purpose.EVENTS: _l("Inbjudningar till träffar"),
    Purpose.MENTORING: _l("Mentor och bollplank"),
}

#: Who looked at what, as short as a line needs it.
SAW = {
    Look.CARD: _l("Öppnade ditt kort"),
    Look.DIRECTORY: _l("Såg dig i katalogen"),
    Look.PERSON: _l("Öppnade dina personuppgifter"),
    Look.CASE: _l("Öppnade ditt avslut"),
    Look.CASE_LIST: _l("Såg dig i listan över avslut"),
    Look.MATCH: _l("Jämförde dig med en inläst fil"),
    Look.PERSON_LIST: _l("Såg dig i en sökning"),
    Look.APPLICATION: _l("Öppnade din ansökan"),
    Look.EXIT_ANSWERS: _l("Läste dina svar från avgångssamtalet"),
    Look.APPLICATION_LIST: _l("Såg din ansökan i en lista"),
}


def in_words(number: int) -> str:
    """Return a small number as a word, a larger one in figures."""
    return str(_NUMBERS[number]) if 0 <= number < len(_NUMBERS) else str(number)


def _length(career: Career) -> str:
    if career.is_told_in_months:
        return str(ngettext("en månad", "%(num)s månader", career.months))
    if career.years == 1:
        return str(_("ett år"))
    return str(_("%(years)s år", years=in_words(career.years)))


def lead(career: Career | None) -> str:
    """Return the sentence under the greeting."""
    if career is None:
        return str(_("Här samlas allt som rör dig och nätverket."))
    length = _length(career)
    if career.is_here:
        return str(_("Välkommen tillbaka! Du har varit hos oss i %(length)s.", length=length))
    if career.rounds > 1:
        rounds = in_words(career.rounds)
        return _(
            "Du var hos oss i %(length)s, i %(rounds)s omgångar.", length=length, rounds=rounds
        )
    return str(_("Du var hos oss i %(length)s.", length=length))


def career_words(periods: Sequence[Period]) -> list[str]:
    """Return the career line as sentences, for those who hear the page."""
    said = []
    for one in periods:
        years = period(one.begins_on, one.ends_on)
        if one.unit and one.workplace:
            where = _("%(unit)s i %(place)s", unit=one.unit, place=one.workplace)
        else:
            where = one.unit or one.workplace
        said.append(f"{years}: {one.title}, {where}" if where else f"{years}: {one.title}")
    return said


def saw(look: Seen) -> str:
    """Return what somebody looked at, as the person who was seen reads it."""
    return str(SAW.get(look.look, _("Såg dina uppgifter")))
