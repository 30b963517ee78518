"""What the columns of an unknown survey probably are: proposals that a person looks over."""

from collections.abc import Collection, Mapping, Sequence

from alumni_portal.core.text import words
from alumni_portal.exit_interviews.rules.reasons import REASONS
from alumni_portal.exit_interviews.rules.survey_columns import QUESTIONS, Part, Target
from alumni_portal.exit_interviews.rules.survey_dates import moment

#: Words that name a question, besides its own code; small letters without accents.
_ABOUT = {
    "workload": {"belastning", "arbetsbelastning", "workload", "stress"},
    "balance": {"balans", "balance", "worklife", "fritid"},
    "leadership": {"chef", "ledarskap", "leadership", "manager", "supervisor"},
    "recognition": {"uppskattning", "erkannande", "recognition", "feedback", "aterkoppling"},
    "development": {"utveckling", "development", "karriar", "career", "training"},
    "climate": {"klimat", "climate", "stamning", "trivsel", "morale", "kollegor", "colleagues"},
    "processes": {"processer", "processes", "arbetssatt", "beslut", "communication", "information"},
    "competence": {"kompetens", "competence", "skills", "kunskap"},
    "expectations": {"forvantningar", "expectations", "forvantan"},
    "would_return": {"ateranstalld", "rehire", "tillbaka", "aterkomma", "rejoin"},
    "would_recommend": {"rekommendera", "recommend", "enps", "nps"},
}
_ENDS = {"slut", "slutdatum", "sista", "avgang", "cease", "exit", "end", "last", "termination"}
_BEGINS = {"start", "borjade", "anstalld", "anstallning", "hire", "begin", "startdatum"}
_TYPES = {"typ", "type", "separationtype", "avgangstyp", "sort", "anledningstyp"}
_UNITS = {"avdelning", "enhet", "unit", "department", "division"}
_YES_NO = {"yes", "no", "ja", "nej", "true", "false", "sant", "falskt", "x", "y", "n", "j"}
_MISSING = {
    "not stated", "n/a", "na", "-", "vet ej", "vet inte", "ej angivet", "uppgift saknas",
    "don't know", "no answer", "inget svar", "null", "none", "missing",
}  # fmt: skip
#: More different values than this are no codes.
_MOST = 30
_SHARE = 0.6


def missing_words(values: Collection[str]) -> list[str]:
    """Return which values probably mean that nothing was answered."""
    return sorted({value for value in values if value.casefold() in _MISSING})


def guesses(columns: Mapping[str, Sequence[str]]) -> dict[str, Target]:
    """Return what each column (heading → its values) probably is; others are left out.

    What only one column may be goes to the first that fits.
    """
    found: dict[str, Target] = {}
    for heading, values in columns.items():
        filled = [one for one in values if one and one.casefold() not in _MISSING]
        guessed = _guess(heading, filled) if filled else None
        if guessed and (_may_repeat(guessed) or guessed not in found.values()):
            found[heading] = guessed
    return found


def _may_repeat(target: Target) -> bool:
    return target.part in {Part.REASON, Part.QUESTION}


def _guess(heading: str, values: Sequence[str]) -> Target | None:
    said = set(words(heading))
    if said & (_ENDS | _BEGINS) and _are_dates(values):
        return Target(Part.EXIT_DATE if said & _ENDS else Part.BEGIN_DATE)
    different = {value.casefold() for value in values}
    if len(different) > _MOST:
        return None
    if said & (_TYPES | _UNITS):
        return Target(Part.EXIT_TYPE if said & _TYPES else Part.UNIT)
    return _guess_answer(said, different)


def _guess_answer(said: Collection[str], different: Collection[str]) -> Target | None:
    if set(different) <= _YES_NO:
        reason = _nearest(said, {code: _words_of(code) for code in REASONS})
        return Target(Part.REASON, reason) if reason else None
    question = _nearest(said, _ABOUT)
    return Target(Part.QUESTION, question) if question in QUESTIONS and question else None


def _words_of(code: str) -> set[str]:
    name = REASONS[code].name
    short = {"the", "of", "and", "in", "too", "i", "och", "till", "for", "av", "work"}
    return set(words(f"{code.replace('_', ' ')} {name.sv} {name.en}")) - short


def _nearest(said: Collection[str], known: Mapping[str, Collection[str]]) -> str | None:
    shared = {code: len(set(said) & set(names)) for code, names in known.items()}
    best = max(shared, key=lambda code: shared[code])
    return best if shared[best] else None


def _are_dates(values: Sequence[str]) -> bool:
    return sum(moment(value) is not None for value in values) >= _SHARE * len(values)
