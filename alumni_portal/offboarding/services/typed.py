"""What people type: one line, and never a national identity number."""

from alumni_portal.core import national_id
from alumni_portal.core.errors import Refusal
from alumni_portal.core.text import clean_line
from alumni_portal.core.text import lazy as _l


def told(text: str) -> str:
    """Return a text as it may be kept: on one line, national ids taken out."""
    return national_id.masked(clean_line(text))


def employee_number(text: str) -> str:
    """Return a typed employee number. Raises Refusal (field `number`) for a national id."""
    number = clean_line(text)
    if national_id.holds_one(number):
        raise Refusal(
            _l("Det där ser ut som ett personnummer. Skriv anställningsnumret i stället."),
            field="number",
        )
    return number
