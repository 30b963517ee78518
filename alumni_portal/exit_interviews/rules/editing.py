"""A guide as HR has changed it: other words, choices and order; questions retired and added."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from alumni_portal.exit_interviews.rules.codebook import NO_WORDS, Words
from alumni_portal.exit_interviews.rules.guide import GuideText, Kind, Option, Question, Section

#: What may be added. Ranked reasons belong to the question that has them.
ADDABLE = (Kind.SCALE, Kind.NUMBER, Kind.TEXT, Kind.SINGLE)
_FEWEST = 2
#: What the row of a new choice is called before it has a code.
NEW = "new"


class Wrong(StrEnum):
    """What is wrong with a field of a changed guide."""

    MISSING = "missing"
    FEW = "few"
    EMPTY = "empty"


class BadGuide(ValueError):
    """A changed guide that cannot be asked: what is wrong, by the name of its field."""

    def __init__(self, fields: Mapping[str, Wrong]) -> None:
        super().__init__(str(dict(fields)))
        self.fields = fields


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What HR has written about one question."""

    text: Words
    hint: Words = NO_WORDS
    required: bool = False
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Added:
    """A question that HR adds to a section."""

    section: str
    kind: Kind
    text: Words
    options: tuple[Option, ...] = ()
    #: Codes of earlier versions, which nothing new may take.
    reserved: frozenset[str] = frozenset()


def edited(
    guide: GuideText,
    changes: Mapping[str, Changed],
    *,
    order: Sequence[str] = (),
    dropped: Collection[str] = (),
    restored: Collection[tuple[str, Question]] = (),
    added: Added | None = None,
) -> GuideText:
    """Return the changed guide; codes stay, so that answers of all versions count together.

    `restored` are retired questions, each with the section that it comes back to. Raises BadGuide
    for words missing in a language, a choice with fewer than two ways, or no question left.
    """
    wrong: dict[str, Wrong] = {}
    sections = []
    for section in guide.sections:
        kept = [_changed(one, changes.get(one.code)) for one in section.questions]
        kept = [one for one in kept if one.code not in set(dropped)]
        kept += [one for code, one in restored if code == section.code]
        if added is not None and added.section == section.code:
            kept.append(_made(guide, added))
        wrong |= _wrong_over(section) if kept else {}
        for one in kept:
            wrong |= _wrong_with(one, name="new" if _is_new(guide, one, restored) else one.code)
        kept = [replace(one, options=_coded(one.options)) for one in kept]
        sections.append(replace(section, questions=_in_order(kept, order)))
    left = tuple(one for one in sections if one.questions)
    if not left:
        wrong["drop"] = Wrong.EMPTY
    if wrong:
        raise BadGuide(wrong)
    return replace(guide, sections=left)


def _wrong_over(section: Section) -> dict[str, Wrong]:
    name = f"section-{section.code}"
    found = {f"{name}-title-{lang}": Wrong.MISSING for lang in _missing(section.title)}
    if _missing(section.lead) != ["sv", "en"]:
        found |= {f"{name}-lead-{lang}": Wrong.MISSING for lang in _missing(section.lead)}
    return found


def _is_new(guide: GuideText, one: Question, restored: Collection[tuple[str, Question]]) -> bool:
    known = {each.code for _section, each in restored}
    return guide.question(one.code) is None and one.code not in known


def _changed(one: Question, change: Changed | None) -> Question:
    if change is None:
        return one
    return replace(
        one,
        text=change.text,
        hint=change.hint,
        required=change.required,
        options=change.options if one.kind in {Kind.SINGLE, Kind.RANKED} else (),
    )


def _made(guide: GuideText, added: Added) -> Question:
    return Question(
        code=_code(guide, added),
        kind=added.kind,
        text=added.text,
        options=added.options if added.kind is Kind.SINGLE else (),
    )


def _in_order(kept: list[Question], order: Sequence[str]) -> tuple[Question, ...]:
    places = {code: place for place, code in enumerate(order)}
    return tuple(sorted(kept, key=lambda one: places.get(one.code, len(places))))


def _wrong_with(one: Question, *, name: str) -> dict[str, Wrong]:
    found = {f"{name}-{lang}": Wrong.MISSING for lang in _missing(one.text)}
    if _missing(one.hint) != ["sv", "en"]:
        found |= {f"{name}-hint-{lang}": Wrong.MISSING for lang in _missing(one.hint)}
    if one.kind in {Kind.SINGLE, Kind.RANKED} and len(one.options) < _FEWEST:
        found[f"{name}-options"] = Wrong.FEW
    for option in one.options:
        found |= {
            f"{name}-option-{option.code}-{lang}": Wrong.MISSING for lang in _missing(option.name)
        }
    return found


def _coded(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Return choices with codes of their own for new ones, which come under the name of a row."""
    taken = {one.code for one in options}
    made: list[Option] = []
    for one in options:
        number = 1
        while f"own_{number}" in taken:
            number += 1
        code = f"own_{number}" if one.code.startswith(NEW) else one.code
        taken.add(code)
        made.append(replace(one, code=code))
    return tuple(made)


def _missing(words: Words) -> list[str]:
    return [lang for lang in ("sv", "en") if not words.of(lang).strip()]


def _code(guide: GuideText, added: Added) -> str:
    """Return a code that no question has; those of texts end in `_open`, as everywhere."""
    taken = {one.code for one in guide.questions()} | set(added.reserved)
    number = 1
    while f"own_{number}" in taken or f"own_{number}_open" in taken:
        number += 1
    return f"own_{number}_open" if added.kind is Kind.TEXT else f"own_{number}"


def moved(guide: GuideText, order: Sequence[str], code: str, step: int) -> list[str]:
    """Return the order after a question went one step up (-1) or down (1) in its section."""
    codes: list[str] = []
    for section in guide.sections:
        own = [one.code for one in _in_order(list(section.questions), order)]
        if code in own:
            at = own.index(code)
            to = min(max(at + step, 0), len(own) - 1)
            own.insert(to, own.pop(at))
        codes += own
    return codes


def retired(guide: GuideText, earlier: Sequence[GuideText]) -> dict[str, tuple[str, Question]]:
    """Return the questions that a guide asks no longer: code → section and latest wording."""
    now = {one.code for one in guide.questions()}
    found: dict[str, tuple[str, Question]] = {}
    here = [section.code for section in guide.sections]
    for text in earlier:
        for section in text.sections:
            for one in section.questions:
                if one.code not in now and one.code not in found:
                    back_to = section.code if section.code in here else here[0]
                    found[one.code] = (back_to, one)
    return found
