"""Whom a change is news to."""

from collections.abc import Mapping

SWEDISH = "sv"


def languages_told(before: Mapping[str, object], after: Mapping[str, object]) -> frozenset[str]:
    """Return the languages of those who are told of a change; both say what each reads.

    What is written in Swedish is so for everybody. A change to another language's text alone is
    news only to those who read that.
    """
    other = {language for language, said in after.items() if said != before[language]}
    return frozenset(after) if SWEDISH in other else frozenset(other)
