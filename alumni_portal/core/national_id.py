"""Find national identity numbers, so that they are gone before anything is stored or logged."""

import re
from collections.abc import Callable, Collection
from datetime import date

#: What stands where a number stood.
MASK = "[personnummer]"

#: Digits become noughts, signs between them dashes; what is not Latin-1, a long dash too, is "?".
_TRACE_OF = bytes.maketrans(b"123456789+ \xa0?", b"000000000----")

_SWEDISH = re.compile(
    r"(?<!\d)(?P<century>1[89]|20)?(?P<year>\d\d)(?P<month>[01]\d)(?P<day>\d\d)"
    r"(?P<sign> ?[-+\u2010-\u2014\u2212] ?|[ \u00a0\u202f]|)(?P<last>\d{4})(?!\d)"
)
_FINNISH = re.compile(r"(\d{6})[-+A-FU-Y](\d{3})([0-9A-FHJ-NPR-Y])", re.IGNORECASE)
_FINNISH_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_NORWEGIAN = re.compile(r"(\d{6}) ?(\d{5})")
_NORWEGIAN_WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))

#: A heading that says so: the column goes, whatever it holds.
_SAYS_SO = re.compile(
    r"person ?nummer|person ?nr\b|pers ?nummer|samordnings ?n(umme)?r"
    r"|identitets ?(nummer|nr\b|beteckning)|national ident|national id|nat id\b"
    r"|citizen id|\bssn\b|social (security|insurance) n|civic (registration )?n"
    r"|personal (id|identity|identification) (n|code)|f[oø]dsels ?n(umme)?r\b"
    r"|\bcpr\b|henkil[oö] ?tunnus|\bhetu\b|\bsotu\b|kennitala"
)
#: A heading that may also mean an employee number (SAP: "Pers.No."): the values decide.
_MAY_SAY_SO = re.compile(
    r"\bp ?nr\b|\bpers ?(nr|no)\b|\bfnr\b|\bid ?(nr|nummer|number|no)\b|\bident"
    r"|\bpersonal n|\bbirth ?(number|no)\b|tunnus\b"
)


def may_hold_one(text: str) -> bool:
    """Tell cheaply whether a text could hold a national id; `masked` then looks closely."""
    trace = text.encode("latin-1", "replace").translate(_TRACE_OF)
    return b"0000000000" in trace or b"000000-0000" in trace or b"000000---0000" in trace


def masked(text: str, *, phone: bool = False) -> str:
    """Return the text with every Swedish national id replaced by `MASK`.

    In a column of phone numbers, digits without a dash stay: 0708112345 is a mobile phone.
    """

    def replace(found: re.Match[str]) -> str:
        if phone and not found["century"] and not found["sign"].strip():
            return found[0]
        return MASK if _is_date(found) and _luhn(found) else found[0]

    return _SWEDISH.sub(replace, text)


def holds_one(text: str) -> bool:
    """Tell whether a text holds a valid personnummer or samordningsnummer."""
    return may_hold_one(text) and masked(text) != text


def heading_says_so(heading: str) -> bool:
    """Tell whether a heading names a national id, in a language of the North or English."""
    return bool(_SAYS_SO.search(_plain(heading)))


def is_id_column(heading: str, values: Collection[str]) -> bool:
    """Tell whether a column holds national ids, by its heading or by what it holds.

    A doubtful heading is believed when half of the values have the shape; without a heading
    half must also pass the check digit, so ten digits of an employee number are not enough.
    """
    if heading_says_so(heading):
        return True
    filled = [value.strip() for value in values if value.strip()]
    test = _has_shape if _MAY_SAY_SO.search(_plain(heading)) else _is_valid
    return bool(filled) and _at_least_half(filled, test)


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]+", " ", heading.casefold()).strip()


def _at_least_half(values: Collection[str], test: Callable[[str], bool]) -> bool:
    return 2 * sum(map(test, values)) >= len(values)


def _has_shape(value: str) -> bool:
    found = _SWEDISH.fullmatch(value)
    return bool(found and _is_date(found)) or _is_finnish(value) or _is_norwegian(value)


def _is_valid(value: str) -> bool:
    found = _SWEDISH.fullmatch(value)
    swedish = bool(found and _is_date(found) and _luhn(found))
    return swedish or _is_finnish(value) or _is_norwegian(value)


def _is_date(found: re.Match[str]) -> bool:
    """Tell whether the first digits are a day; a samordningsnummer adds 60 to it."""
    day = int(found["day"])
    try:
        date(
            int((found["century"] or "20") + found["year"]),
            int(found["month"]),
            day - 60 * (day > 60),
        )
    except ValueError:
        return False
    return True


def _luhn(found: re.Match[str]) -> bool:
    """Check the last digit (Skatteverket: modulus 10 over the last ten digits)."""
    digits = found["year"] + found["month"] + found["day"] + found["last"]
    total = 0
    for place, digit in enumerate(digits):
        product = int(digit) * (1 if place % 2 else 2)
        total += product - 9 * (product > 9)
    return total % 10 == 0


def _is_finnish(value: str) -> bool:
    found = _FINNISH.fullmatch(value)
    if not found:
        return False
    return _FINNISH_CHECK[int(found[1] + found[2]) % 31] == found[3].upper()


def _is_norwegian(value: str) -> bool:
    found = _NORWEGIAN.fullmatch(value)
    if not found:
        return False
    digits = [int(digit) for digit in found[1] + found[2]]
    return all(sum(map(int.__mul__, weights, digits)) % 11 == 0 for weights in _NORWEGIAN_WEIGHTS)
