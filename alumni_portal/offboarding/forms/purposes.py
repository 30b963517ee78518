"""The five purposes as they are asked about: a title, what it means, and the exact wording."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from alumni_portal.consents.models import Purpose
from alumni_portal.consents.services import words_now

TITLES = {
    Purpose.MEMBERSHIP: _l("Medlem i nätverket"),
    Purpose.NEWSLETTER: _l("Nyhetsbrev"),
    Purpose.EVENTS: _l("Inbjudningar till träffar"),
    Purpose.RECRUITER_CONTACT: _l("Rekryterare får kontakta mig om jobb"),
    Purpose.MENTORING: _l("Mentor och bollplank"),
}
_MEANINGS = {
    Purpose.MEMBERSHIP: _l("Du får en profil, hittar tidigare kollegor och kan läsa nyheter."),
    Purpose.NEWSLETTER: _l("Högst ett brev i månaden. Ber det om svar kan en påminnelse komma."),
    Purpose.EVENTS: _l("Frukostar, studiebesök och föredrag nära dig."),
    Purpose.RECRUITER_CONTACT: _l(
        "Du syns för rekryterare först när du också har sagt att du är intresserad."
    ),
    Purpose.MENTORING: _l("Kollegor kan fråga dig om råd. Du svarar ja eller nej varje gång."),
}


@dataclass(frozen=True)
class Choice:
    """One purpose as a page asks about it."""

    value: str
    title: LazyString
    meaning: LazyString
    wording: str
    is_ticked: bool
    #: Ticked before the last day. Shown, never ticked again by us: a yes is the person's own act.
    was_wished: bool = False


def choices(
    language: str, ticked: Collection[Purpose], *, wished: Collection[Purpose] = ()
) -> list[Choice]:
    """Return the purposes with today's wording in a language, some of them ticked or wished."""
    return [
        Choice(
            purpose.value,
            TITLES[purpose],
            _MEANINGS[purpose],
            words_now(purpose, language).text,
            purpose in ticked,
            purpose in wished,
        )
        for purpose in Purpose
    ]


def picked(values: Collection[str]) -> set[Purpose]:
    """Return the purposes among what was sent; anything else is left out."""
    return {purpose for purpose in Purpose if purpose.value in values}
