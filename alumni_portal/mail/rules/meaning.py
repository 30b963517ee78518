"""What a server's last word on a mail means, for a reader who knows no codes (RFC 3463)."""

import re

from alumni_portal.core.text import lazy as _l
from alumni_portal.mail.rules.answers import NotSent
from alumni_portal.mail.rules.pacing import is_about_us
from alumni_portal.mail.rules.retries import nobody_is_there

#: The first that fits; a status stands for more than the code before it.
_MEANS = (
    (re.compile(r"5\d\d 5\.6\.7\b"), _l("Vår mejlserver kan inte skriva till en sådan adress")),
    (re.compile(r"5\d\d 5\.6\.0 it cannot be made"), _l("Brevet gick inte att göra färdigt")),
    (re.compile(r"5\d\d 5\.2\.2\b"), _l("Brevlådan är full")),
    (re.compile(r"5\d\d 5\.2\.1\b"), _l("Brevlådan är stängd")),
    (re.compile(r"5\d\d 5\.[23]\.[34]\b"), _l("Brevet är för stort för mottagaren")),
)
_NOBODY = _l("Adressen finns inte")
_ABOUT_US = _l("Mottagarens server tar inte emot mejl från oss")
_REFUSED = _l("Mottagarens server tog inte emot brevet")
_LATER = _l("Servern bad oss försöka senare, ända tills två dygn hade gått")
_LOST = _l("Förbindelsen bröts gång på gång, ända tills två dygn hade gått")


def meaning(answer: str) -> str:
    """Return why a mail failed whose last answer was this."""
    found = next((said for pattern, said in _MEANS if pattern.match(answer)), None)
    if found is not None:
        return str(found)
    if nobody_is_there(answer):
        return str(_NOBODY)
    if is_about_us(NotSent(answer, final=True)):
        return str(_ABOUT_US)
    if answer[:1] == "4":
        return str(_LATER)
    return str(_REFUSED if answer[:1] == "5" else _LOST)
