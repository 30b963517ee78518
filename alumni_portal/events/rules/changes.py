"""Whom a change is news to, and what of it those are told is new."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

SWEDISH = "sv"
#: What a change of goes without a letter, unless HR asks for one: in the order of the letter.
QUIET = ("title", "agenda", "directions")


def languages_told(before: Mapping[str, object], after: Mapping[str, object]) -> frozenset[str]:
    """Return the languages of those who are told of a change; both say what each reads.

    What is written in Swedish is so for everybody. A change to another language's text alone is
    news only to those who read that.
    """
    other = {language for language, said in after.items() if said != before[language]}
    return frozenset(after) if SWEDISH in other else frozenset(other)


@dataclass(frozen=True)
class Said:
    """What an event says, by language: what is told of anyway, and the quiet texts by name."""

    loud: Mapping[str, object]
    quiet: Mapping[str, Mapping[str, object]]


@dataclass(frozen=True)
class News:
    """The languages of those who are told of a change, and the quiet texts new to each of them."""

    languages: frozenset[str]
    new: Mapping[str, Sequence[str]]


def news_of(before: Said, after: Said, *, asked: bool) -> News:
    """Return to whom a change goes, and which of title, agenda and directions is new to them.

    These go only when HR asked for it; where a letter goes anyway, it names them too.
    """
    new: dict[str, list[str]] = {language: [] for language in after.loud}
    for name in QUIET:
        for language in languages_told(_read(before, name), _read(after, name)):
            new[language].append(name)
    told = languages_told(before.loud, after.loud)
    if asked:
        told |= {language for language, names in new.items() if names}
    return News(told, {language: names for language, names in new.items() if language in told})


def texts_in(news: Iterable[News]) -> list[str]:
    """Return which of title, agenda and directions these news tell anybody of, by name."""
    told = {name for one in news for names in one.new.values() for name in names}
    return [name for name in QUIET if name in told]


def _read(said: Said, name: str) -> dict[str, object]:
    return {language: texts[name] for language, texts in said.quiet.items()}


def with_earlier(
    earlier: Mapping[str, Collection[str]], new: Mapping[str, Collection[str]]
) -> dict[str, list[str]]:
    """Return what is new to each language when an earlier change has not been told of yet."""
    return {
        language: [
            name
            for name in QUIET
            if name in earlier.get(language, ()) or name in new.get(language, ())
        ]
        for language in {*earlier, *new}
    }
