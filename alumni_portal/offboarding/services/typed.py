"""What people type: one line, and never a national identity number."""

from alumni_portal.core import national_id
from alumni_portal.core.errors import Refusal
from alumni_portal.core.text import clean_line
from alumni_portal.core.text import lazy as _l

#: What stands in addresses of pages and mailboxes, and in no name.
_NO_NAME = ("/", "@", "www.")


def told(text: str) -> str:
    """Return a text as it may be kept: on one line, national ids taken out."""
    return national_id.masked(clean_line(text))


def name_of_somebody(text: str) -> str:
    """Return a typed name. Raises Refusal (field `name`) for what is an address of any kind."""
    name = told(text)
    if any(sign in name.casefold() for sign in _NO_NAME):
        raise Refusal(_l("Skriv bara ditt namn, utan länkar och adresser."), field="name")
    return name


def employee_number(text: str) -> str:
    """Return a typed employee number. Raises Refusal (field `number`) for a national id."""
    number = clean_line(text)
    if national_id.holds_one(number):
        raise Refusal(
            _l("Det där ser ut som ett personnummer. Skriv anställningsnumret i stället."),
            field="number",
        )
    return number
