"""Understand the codes of HR systems: why somebody leaves, how somebody is employed."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from alumni_portal.core.text import normalise


class ExitGround(StrEnum):
    """The legal ground of an exit, never the leaver's stated reason."""

    OWN_REQUEST = "own_request"
    REDUNDANCY = "redundancy"
    FIXED_TERM_ENDED = "fixed_term_ended"
    RETIREMENT = "retirement"
    AGREEMENT = "agreement"
    PERSONAL_REASONS = "personal_reasons"
    DEATH = "death"


class EmploymentKind(StrEnum):
    """The form of employment that LAS tells apart."""

    PERMANENT = "permanent"
    SAVA = "sava"
    SUBSTITUTE = "substitute"
    SEASONAL = "seasonal"
    PROBATIONARY = "probationary"
    OTHER = "other"


class Language(StrEnum):
    """The languages of letters and pages."""

    SWEDISH = "sv"
    ENGLISH = "en"


#: Tried in order; the first that is found decides. Words are folded: a for å and ä, o for ö.
#: Narrow meanings come first: "slut på vikariat" is no pension, "involuntary" is not voluntary.
_GROUNDS = (
    (
        ExitGround.DEATH,
        (r"avlid|avled|dodsfall|\bdod\b|death|deceased|died|kuollut|kuolema|dods"),
    ),
    (
        ExitGround.REDUNDANCY,
        (
            r"arbetsbrist|redundan|lay ?off|laid off|reduction in force|\brif\b|downsiz|omorganis"
            r"|nedskar|overtal|shortage of work|lack of work|restructur|nedbeman|tuotannollis"
            r"|position elim|overtallig|job elimination|role elimination|driftsnedlagg|site clos"
            r"|betriebsbed"
        ),
    ),
    (
        ExitGround.RETIREMENT,
        (
            r"pension|retire|alderspens|elakkee|elake|ruhestand|\brente\b|avgang med alder"
            r"|\b6[5-9] ar\b"
        ),
    ),
    (
        ExitGround.AGREEMENT,
        (
            r"overenskom|mutual|settlement|severance|negotiated|by agreement|utkop|\bavtal\b"
            r"|avgangsvederlag|sluttavtale|fratradelsesavtale|sopimus|aufhebung|exit package"
            r"|buy ?out|omsesidig|gemensam"
        ),
    ),
    (
        ExitGround.FIXED_TERM_ENDED,
        (
            r"tidsbegr|visstid|fixed term"
            r"|end of (contract|assign|temp|term|season|employment period)"
            r"|contract (end|expir|compl)|expir|vikariat|provanst|season|sasong|sava|temporary"
            r"|term(en)? (ended|slut)|upphor|midlertidig|maaraaika|befrist|avtal(et)? (slut|lop)"
            r"|lopt ut|projektet slut|project end|tidsbestam|probation|assignment (end|compl)"
            r"|kontrakt|utlop"
        ),
    ),
    (
        ExitGround.PERSONAL_REASONS,
        (
            r"personliga|personlig(a|e)? (skal|forhold|grund)|avsked|dismiss|performance|misconduct"
            r"|for cause|conduct|misskot|gross|personal (reason|ground|circumst)|illojal|absen[ct]e"
            r"|terminated for|uppsagd av arbetsgivaren|fired|dismissal|disciplin|breach"
            r"|henkilo(kohtai|perus)"
        ),
    ),
    (
        ExitGround.OWN_REQUEST,
        (
            r"egen|eget|frivillig|(?<!in)voluntar|resign"
            r"|own (request|initiative|accord|notice|choice)|self|quit"
            r"|employee (init|dec|notice|choice|request)|sagt upp sig|sager upp sig|slutar sjalv"
            r"|selv|oma pyynto|omasta|irtisanoutu|kundigung durch (den )?arbeitnehmer"
            r"|annat (jobb|arbete)|new (job|opportunity)|better (job|offer)|career|studier|relocat"
            r"|flytt|other job|egen begaran|medarbetarens|arbetstagarens|pa begaran"
            r"|nytt (jobb|arbete)"
        ),
    ),
)
_KINDS = (
    (
        EmploymentKind.PROBATIONARY,
        (r"provanst|\bprov|probation|trial|koeaika|prove(tid|ans)|probezeit"),
    ),
    (
        EmploymentKind.SEASONAL,
        (r"sasong|season|sesong|saeson|kausi|saison"),
    ),
    (
        EmploymentKind.SUBSTITUTE,
        (r"vikari|substitut|replac|stand in|cover|sijai|vertret|\bvik\b|maternity|locum"),
    ),
    (
        EmploymentKind.SAVA,
        (
            r"\bsava\b|sarskild|visstid|fixed term|fixed-term|temporary|tidsbegr|tidsbestam"
            r"|allman vis|\bava\b|maaraaika|midlertidig|befrist|\btemp\b|term(ed)? contract"
            r"|contract(or)? fixed|projekt|limited|time limited|fast term|definite"
        ),
    ),
    (
        EmploymentKind.PERMANENT,
        (
            r"tills ?vidare|permanent|regular|\bfast\b|indefinite|vakinai|unbefrist|\btv\b|\btva?\b"
            r"|open ended|fastanst|varaktig|toistaiseksi|full time employee|ongoing|fastans"
        ),
    ),
    (
        EmploymentKind.OTHER,
        (
            r"^(annan|annat|ovrig[at]*|other|intern(ship)?|praktik(ant)?|larling|apprentic\w*|trainee|timanst\w*|timavlon\w*|hourly|konsult|consultant|behovsanst\w*|intermittent\w*)\b"
        ),
    ),
)
_LANGUAGES = (
    (
        Language.SWEDISH,
        (r"^(sv|se|swe|sv se|svenska|swedish|ruotsi|svensk)$"),
    ),
    (
        Language.ENGLISH,
        (r"^(en|eng|gb|us|en (gb|us)|engelska|english|englanti|engelsk)$"),
    ),
)
_WORDS: dict[str, tuple[tuple[StrEnum, re.Pattern[str]], ...]] = {
    field: tuple((meaning, re.compile(pattern)) for meaning, pattern in table)
    for field, table in (
        ("exit_ground", _GROUNDS),
        ("employment_kind", _KINDS),
        ("language", _LANGUAGES),
    )
}
#: What each coded field can mean.
MEANINGS: Mapping[str, type[StrEnum]] = {
    "exit_ground": ExitGround,
    "employment_kind": EmploymentKind,
    "language": Language,
}


def code_key(code: str) -> str:
    """Return a code as it is compared: case, accents and spaces do not count."""
    return normalise(code)


def guess_code(field: str, code: str) -> str | None:
    """Return what a code of a field most likely means, or None when it says nothing.

    Codes like "01" mean something else in every system; the person must say what.
    """
    plain = " ".join(re.sub(r"[\W_]+", " ", normalise(code)).split())
    for meaning, pattern in _WORDS[field]:
        if pattern.search(plain):
            return meaning.value
    return None


def guess_codes(field: str, codes: Iterable[str]) -> dict[str, str | None]:
    """Return the guess for every distinct code of a column, in order of appearance."""
    return {code: guess_code(field, code) for code in dict.fromkeys(codes) if code}
