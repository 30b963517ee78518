"""What two answers must have in common when nobody may tell them apart (S6, S17, S22, S57)."""

import re

#: What is new at every request and says nothing: secrets in forms, the number of an error.
_NEW_EACH_TIME = re.compile(
    r"""(?P<head> name="(?:csrf_token|once|nonce)"[^>]*?\bvalue=" ) [^"]*
      | (?P<number> \bid=" ) [0-9a-f]{8} (?=")
    """,
    re.VERBOSE,
)


def alike(html: str, *own: str) -> str:
    """Return a page without what differs between any two requests.

    `own` are the reader's own words that the page repeats: the name in the address that
    was asked for, what was typed.
    """
    text = _NEW_EACH_TIME.sub(lambda found: found["head"] or found["number"], html)
    for word in own:
        text = text.replace(word, "")
    return text
