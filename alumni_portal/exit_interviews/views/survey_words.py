"""What files of earlier interviews are called, and what is wrong with them, in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from alumni_portal.core import language
from alumni_portal.exit_interviews.queries.codes import book
from alumni_portal.exit_interviews.rules.survey_columns import QUESTIONS, Part
from alumni_portal.exit_interviews.rules.survey_mapping import NO, YES, BadMapping, FlawKind
from alumni_portal.exit_interviews.rules.survey_rows import Problem

NAMES = {
    "competence": _l("Får använda sitt kunnande"),
    "expectations": _l("Som man väntat sig"),
    "workload": _l("Arbetsbelastning"),
    "balance": _l("Arbete och fritid"),
    "leadership": _l("Närmaste chef"),
    "recognition": _l("Uppskattning"),
    "development": _l("Utveckling"),
    "climate": _l("Klimat i gruppen"),
    "processes": _l("Arbetssätt och beslut"),
    "would_recommend": _l("Skulle rekommendera oss, 0–10"),
    "would_return": _l("Skulle komma tillbaka, 0–10"),
    "reasons": _l("Skäl"),
}
PROBLEMS = {
    Problem.TOO_MANY_CELLS: _l("Raden har fler celler än rubrikraden"),
    Problem.NO_DATE: _l("Går inte att läsa som datum"),
    Problem.NO_CODE: _l("Värdet har ingen betydelse i mappningen"),
    Problem.OFF_THE_SCALE: _l("Utanför skalan"),
    Problem.NO_RANK: _l("Går inte att läsa som ordningsnummer"),
}
FLAWS = {
    FlawKind.NOT_TOML: _l("Filen är inte skriven som TOML."),
    FlawKind.UNKNOWN_KEY: _l("Okänt ord i filen:"),
    FlawKind.WRONG_SHAPE: _l("Fel sorts värde:"),
    FlawKind.UNKNOWN_TARGET: _l("Det finns inget sådant att läsa in:"),
    FlawKind.UNKNOWN_QUESTION: _l("Det finns ingen sådan fråga:"),
    FlawKind.UNKNOWN_REASON: _l("Det finns inget sådant skäl:"),
    FlawKind.UNKNOWN_VALUE: _l("Värdet finns inte hos oss:"),
    FlawKind.NO_SUCH_COLUMN: _l("Filen har ingen sådan kolumn:"),
    FlawKind.NEVER_READ: _l("Kön, ålder, ursprung och funktionsnedsättning läses aldrig:"),
    FlawKind.TWICE: _l("Bara en kolumn kan vara:"),
    FlawKind.NOTHING_MAPPED: _l("Säg åtminstone vad en kolumn är."),
}
_PLAIN = (
    (Part.EXIT_DATE, _l("Slutdatum")),
    (Part.EXIT_YEAR, _l("Slutår")),
    (Part.EXIT_MONTH, _l("Slutmånad")),
    (Part.EXIT_TYPE, _l("Typ av avslut")),
    (Part.BEGIN_DATE, _l("Började")),
    (Part.TENURE, _l("År i anställningen")),
    (Part.UNIT, _l("Avdelning")),
)
_BANDS = (
    ("<1", _l("Under ett år")),
    ("1-3", _l("1–3 år")),
    ("3-7", _l("3–7 år")),
    ("7+", _l("Över 7 år")),
)
Options = list[tuple[str, object]]


def flaw_text(error: BadMapping) -> str:
    """Return in words all that is wrong with a mapping."""
    return " ".join(f"{FLAWS[one.kind]} {one.where}".strip() for one in error.flaws)


def reason_options() -> Options:
    """Return the reasons of the code book in use, by name."""
    spoken = language.current()
    return [(code, reason.name.of(spoken)) for code, reason in book().reasons_in_use().items()]


def target_groups() -> list[tuple[str, Options]]:
    """Return everything that a column can be, in groups."""
    reasons = reason_options()
    return [
        (_("Avslutet"), [(part.value, words) for part, words in _PLAIN]),
        (_("Svar på en fråga"), [(f"question:{code}", NAMES[code]) for code in QUESTIONS]),
        (_("Ett skäl, ja eller nej"), [(f"reason:{code}", words) for code, words in reasons]),
        (_("Ett skäl, med ordningsnummer"), [(f"rank:{code}", words) for code, words in reasons]),
        (
            _("Skäl med ord"),
            [
                ("reasons", _("Ett eller flera skäl")),
                *((f"reasons:{at}", _("Skäl nummer %(n)s", n=at)) for at in (1, 2, 3)),
            ],
        ),
    ]


def meanings(part: Part, low: int, high: int) -> Options:
    """Return what a value can mean in columns of one kind."""
    none: Options = [("", _("Inget svar"))]
    if part is Part.QUESTION:
        return [*none, *((str(one), str(one)) for one in range(low, high + 1))]
    if part is Part.EXIT_TYPE:
        return [*none, ("own", _("Egen begäran")), ("other", _("Annat"))]
    if part is Part.TENURE:
        return [*none, *_BANDS]
    if part is Part.REASON:
        return [*none, (YES, _("Ja")), (NO, _("Nej"))]
    return [("", _("Inget av våra skäl")), *reason_options()]
