"""What a column of an earlier survey can be, and which columns are never read."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from alumni_portal.core.text import words


class Part(StrEnum):
    """What a column tells of one exit. Those with a detail name a question, reason or place."""

    EXIT_DATE = "exit_date"
    EXIT_YEAR = "exit_year"
    EXIT_MONTH = "exit_month"
    EXIT_TYPE = "exit_type"
    BEGIN_DATE = "begin_date"
    #: Years in the employment, as a number or as one of the bands.
    TENURE = "tenure"
    UNIT = "unit"
    #: Answers to a question of ours: `question:workload`. Two columns for one give their mean.
    QUESTION = "question"
    #: A free text, sealed and read by coders: `text:stay`.
    TEXT = "text"
    #: Yes or no to one reason: `reason:pay`.
    REASON = "reason"
    #: The place of one reason among the others, 1 first: `rank:pay`.
    RANK = "rank"
    #: One reason, or several in one cell; `reasons:2` comes after `reasons:1`.
    REASONS = "reasons"


WITH_DETAIL = frozenset({Part.QUESTION, Part.TEXT, Part.REASON, Part.RANK})
#: Parts that more than one column may be.
REPEATED = frozenset({Part.QUESTION, Part.REASON, Part.REASONS})
#: Questions and their scales: lowest and highest answer.
AGREE, LIKELY = (1, 5), (0, 10)
QUESTIONS = {
    **dict.fromkeys(
        (
            "competence",
            "expectations",
            "workload",
            "balance",
            "leadership",
            "recognition",
            "development",
            "climate",
            "processes",
        ),
        AGREE,
    ),
    "would_recommend": LIKELY,
    "would_return": LIKELY,
}
#: Beginnings of words, in small letters without accents, that mark what is never read: who people
#: are is not what an exit is about (A3; diskrimineringslagen 1:5). `=` asks for the whole word.
_NEVER = (
    "=age", "=ages", "aged", "alder", "birth", "born", "fodd", "fodel", "fodelse",
    "gender", "=sex", "=kon", "konstillhorighet", "konsidentitet", "sexual", "pronoun",
    "ethnic", "etnisk", "etnicitet", "=race", "racial", "aborigin", "torres", "south sea",
    "indigen", "nesb", "ursprung", "=origin", "nationalit", "citizen", "medborgarskap",
    "immigra", "hudfarg", "samisk",
    "disab", "funktionsneds", "funktionshinder", "handikapp",
    "religio", "trosupp", "union member", "fackligt medl",
)  # fmt: skip


def is_never_read(heading: str) -> bool:
    """Say whether a column is about gender, age, origin, disability or belief: it is left out."""
    said = words(heading)
    text = " " + " ".join(said)
    for mark in _NEVER:
        if mark.startswith("=") and mark[1:] in said:
            return True
        if not mark.startswith("=") and f" {mark}" in text:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Target:
    """What one column is."""

    part: Part
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.part}:{self.detail}" if self.detail else self.part.value


def target(text: str) -> Target | None:
    """Return the target that a text names (`reason:pay`), or nothing when it names none."""
    part, _colon, detail = text.strip().partition(":")
    if part not in set(Part):
        return None
    kind = Part(part)
    if (kind in WITH_DETAIL) != bool(detail) and kind is not Part.REASONS:
        return None
    return Target(kind, detail)


def kept(headings: Iterable[str]) -> list[int]:
    """Return the places of the columns that may be read at all."""
    return [place for place, heading in enumerate(headings) if not is_never_read(heading)]
