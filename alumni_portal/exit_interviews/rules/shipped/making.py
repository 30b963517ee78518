"""Short ways to write a guide down."""

from alumni_portal.exit_interviews.rules.codebook import Words
from alumni_portal.exit_interviews.rules.guide import Kind, Option, Question, Section
from alumni_portal.exit_interviews.rules.reasons import REASONS


def scale(code: str, sv: str, en: str) -> Question:
    """Return a statement to agree with, one to five."""
    return Question(code=code, kind=Kind.SCALE, text=Words(sv, en))


def number(code: str, sv: str, en: str) -> Question:
    """Return a question of how likely, nought to ten."""
    return Question(code=code, kind=Kind.NUMBER, text=Words(sv, en))


def text(code: str, sv: str, en: str, hint_sv: str = "", hint_en: str = "") -> Question:
    """Return a question answered in one's own words."""
    return Question(code=code, kind=Kind.TEXT, text=Words(sv, en), hint=Words(hint_sv, hint_en))


def single(code: str, sv: str, en: str, *options: tuple[str, str, str]) -> Question:
    """Return a question with one choice."""
    made = tuple(Option(code=key, name=Words(s, e)) for key, s, e in options)
    return Question(code=code, kind=Kind.SINGLE, text=Words(sv, en), options=made)


def reasons(sv: str, en: str) -> Question:
    """Return the question of ranked reasons, with the choices of the code book."""
    made = tuple(Option(code=one.code, name=one.name) for one in REASONS.values())
    return Question(code="reasons", kind=Kind.RANKED, text=Words(sv, en), options=made)


def section(code: str, sv: str, en: str, *questions: Question) -> Section:
    """Return a section of a guide."""
    return Section(code=code, title=Words(sv, en), questions=questions)
