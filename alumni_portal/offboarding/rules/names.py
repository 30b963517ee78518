"""Split full names, and compare names as people would."""

from enum import StrEnum

from alumni_portal.core.text import normalise


class NameOrder(StrEnum):
    """Which name comes first where one column holds both."""

    LAST_FIRST = "last_first"  # Efternamn, Förnamn
    FIRST_LAST = "first_last"  # Förnamn Efternamn


#: They belong to the name that follows.
_PARTICLES = frozenset(
    (
        "af", "av", "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du",
        "la", "le", "ter", "ten", "zu", "zur", "vom", "bin", "ibn", "al", "el",
    )
)  # fmt: skip


def split_name(full: str, order: NameOrder) -> tuple[str, str]:
    """Return first and last name; a comma says more than the order.

    Without a comma the last name is one word and the particles before it: "Eva von Essen".
    """
    last, comma, first = full.partition(",")
    if comma:
        return first.strip(), last.strip()
    words = full.split()
    if len(words) < 2:
        return "", full.strip()
    if order is NameOrder.FIRST_LAST:
        cut = len(words) - 1
        while cut > 1 and words[cut - 1].casefold() in _PARTICLES:
            cut -= 1
        return " ".join(words[:cut]), " ".join(words[cut:])
    cut = 1
    while cut < len(words) - 1 and words[cut - 1].casefold() in _PARTICLES:
        cut += 1
    return " ".join(words[cut:]), " ".join(words[:cut])


def same_person_named(first: str, last: str, other_first: str, other_last: str) -> bool:
    """Tell whether two names may be one person's, one of them changed: a marriage, a nickname.

    With the same employee number, one equal part is enough; two other names are two people.
    """
    return normalise(first) == normalise(other_first) or normalise(last) == normalise(other_last)
