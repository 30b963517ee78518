"""What a complaint is about, in the reader's words."""

from alumni_portal.core.text import lazy as _l

#: What a complaint says that it is (RFC 5965 7.3, RFC 6430), which its machine says in English.
FEEDBACK = {
    "abuse": _l("Anmält som skräppost"),
    "fraud": _l("Anmält som bedrägeri"),
    "virus": _l("Anmält för skadlig kod"),
    "other": _l("Anmält, utan skäl"),
    "not-spam": _l("Inte skräppost"),
    "auth-failure": _l("Underskriften stämde inte"),
    "opt-out": _l("Vill inte ha mejlen"),
    "opt-out-list": _l("Vill inte ha mejlen"),
    "miscategorized": _l("Sorterat fel"),
}


def told(answer: str) -> str:
    """Return what a server said, or what a complaint's machine word means to a reader."""
    word, _space, whose = answer.partition(" ")
    meaning = FEEDBACK.get(word.casefold())
    if meaning is None:
        return answer
    return f"{meaning} ({whose})" if whose else str(meaning)
