"""A guide as HR has changed it: other words, questions taken out, one added."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from alumni_portal.exit_interviews.rules.codebook import Words
from alumni_portal.exit_interviews.rules.guide import GuideText, Kind, Question, Section

#: What may be added; choices belong to the questions that have them.
ADDABLE = (Kind.SCALE, Kind.NUMBER, Kind.TEXT)


@dataclass(frozen=True, kw_only=True)
class Added:
    """A question that HR adds to a section."""

    section: str
    kind: Kind
    text: Words


def edited(
    guide: GuideText,
    words: Mapping[str, Words],
    *,
    dropped: Collection[str] = (),
    added: Added | None = None,
) -> GuideText:
    """Return the changed guide; codes stay, so that answers of all versions count together.

    Raises ValueError for a question without words in both languages, or with none left.
    """
    sections = [_section(one, words, set(dropped), guide, added) for one in guide.sections]
    left = tuple(one for one in sections if one.questions)
    if not left:
        raise ValueError("no question left")
    return replace(guide, sections=left)


def _section(
    section: Section,
    words: Mapping[str, Words],
    dropped: set[str],
    guide: GuideText,
    added: Added | None,
) -> Section:
    kept = [
        replace(one, text=words.get(one.code, one.text))
        for one in section.questions
        if one.code not in dropped
    ]
    if added is not None and added.section == section.code:
        kept.append(Question(code=_code(guide, added.kind), kind=added.kind, text=added.text))
    for one in kept:
        if not (one.text.sv.strip() and one.text.en.strip()):
            raise ValueError(one.code)
    return replace(section, questions=tuple(kept))


def _code(guide: GuideText, kind: Kind) -> str:
    """Return a code that no question has; those of texts end in `_open`, as everywhere."""
    taken = {one.code for one in guide.questions()}
    number = 1
    while f"own_{number}" in taken or f"own_{number}_open" in taken:
        number += 1
    return f"own_{number}_open" if kind is Kind.TEXT else f"own_{number}"
