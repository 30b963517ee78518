"""What a guide is made of: sections of questions, in both languages, and how an answer is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from alumni_portal.exit_interviews.rules.codebook import Words

LONGEST_TEXT = 4000
#: Ranked reasons of the code book have no choices of their own in the guide.
REASONS_QUESTION = "reasons"


class Kind(StrEnum):
    """How a question is answered."""

    #: One of five, from "not at all" to "fully".
    SCALE = "scale"
    #: 0 to 10.
    NUMBER = "number"
    SINGLE = "single"
    #: Up to three, the most important first.
    RANKED = "ranked"
    TEXT = "text"


_RANGES = {Kind.SCALE: range(1, 6), Kind.NUMBER: range(11)}
MOST_RANKED = 3
NO_WORDS = Words("", "")


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice of a question."""

    code: str
    name: Words


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. Its code is stable from version to version; its words may change."""

    code: str
    kind: Kind
    text: Words
    hint: Words = NO_WORDS
    options: tuple[Option, ...] = ()
    #: Must be answered before the answers are sent in. Saving a part never asks for it.
    required: bool = False

    @property
    def steps(self) -> range:
        """Return the numbers to choose from, none for other kinds."""
        return _RANGES.get(self.kind, range(0))

    def codes(self) -> frozenset[str]:
        """Return the codes that may be chosen."""
        return frozenset(one.code for one in self.options)


@dataclass(frozen=True, kw_only=True)
class Section:
    """Questions that belong together."""

    code: str
    title: Words
    questions: tuple[Question, ...]
    #: A sentence under the title; may be left out.
    lead: Words = NO_WORDS


@dataclass(frozen=True, kw_only=True)
class GuideText:
    """The words of one version of a guide."""

    name: Words
    lead: Words
    sections: tuple[Section, ...]

    def questions(self) -> Iterator[Question]:
        """Yield every question, in order."""
        for section in self.sections:
            yield from section.questions

    def question(self, code: str) -> Question | None:
        """Return the question with a code."""
        return next((one for one in self.questions() if one.code == code), None)


def stored(guide: GuideText) -> dict[str, Any]:
    """Return a guide as its version keeps it."""
    return {
        "name": _both(guide.name),
        "lead": _both(guide.lead),
        "sections": [
            {
                "code": section.code,
                "title": _both(section.title),
                "lead": _both(section.lead),
                "questions": [_stored_question(one) for one in section.questions],
            }
            for section in guide.sections
        ],
    }


def _stored_question(one: Question) -> dict[str, Any]:
    return {
        "code": one.code,
        "kind": one.kind.value,
        "text": _both(one.text),
        "hint": _both(one.hint),
        "required": one.required,
        "options": [{"code": each.code, "name": _both(each.name)} for each in one.options],
    }


def read(content: Mapping[str, Any]) -> GuideText:
    """Return the guide that a version keeps."""
    return GuideText(
        name=_words(content["name"]),
        lead=_words(content["lead"]),
        sections=tuple(
            Section(
                code=section["code"],
                title=_words(section["title"]),
                lead=_words(section.get("lead", ["", ""])),
                questions=tuple(map(_question, section["questions"])),
            )
            for section in content["sections"]
        ),
    )


def _question(kept: Mapping[str, Any]) -> Question:
    return Question(
        code=kept["code"],
        kind=Kind(kept["kind"]),
        text=_words(kept["text"]),
        hint=_words(kept["hint"]),
        required=kept.get("required", False),
        options=tuple(Option(code=o["code"], name=_words(o["name"])) for o in kept["options"]),
    )


def _both(words: Words) -> list[str]:
    return [words.sv, words.en]


def _words(kept: list[str]) -> Words:
    return Words(*kept)


def answer_of(question: Question, typed: list[str]) -> int | str | list[str] | None:
    """Return what was typed as an answer, or nothing when nothing was.

    Raises ValueError for what the question does not offer. Ranked places that repeat a choice keep
    its first, and places may be left out.
    """
    given = [one.strip() for one in typed if one.strip()]
    if not given:
        return None
    if question.kind is Kind.TEXT:
        return _text(given[0])
    if question.kind is Kind.RANKED:
        return _ranked(question, given)
    if question.kind is Kind.SINGLE:
        if given[0] not in question.codes():
            raise ValueError(given[0])
        return given[0]
    number = int(given[0]) if given[0].isascii() and given[0].isdigit() else -1
    if number not in question.steps:
        raise ValueError(given[0])
    return number


def _text(typed: str) -> str:
    if len(typed) > LONGEST_TEXT:
        raise ValueError(len(typed))
    return typed


def _ranked(question: Question, given: list[str]) -> list[str]:
    unknown = set(given) - question.codes()
    if unknown:
        raise ValueError(sorted(unknown))
    return list(dict.fromkeys(given))[:MOST_RANKED]
