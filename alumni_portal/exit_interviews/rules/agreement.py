"""How far two coders agree, beyond what chance gives."""

from collections.abc import Mapping, Sequence

Codes = frozenset[str]


def kappa(first: Sequence[bool], second: Sequence[bool]) -> float | None:
    """Return Cohen's kappa of two judges over the same cases; nothing when it is not defined.

    Source: Cohen, J. (1960), A coefficient of agreement for nominal scales. Nothing for no case,
    and when both always say the same (chance alone then agrees fully).
    """
    if not first or len(first) != len(second):
        return None
    many = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / many
    yes_first, yes_second = sum(first) / many, sum(second) / many
    by_chance = yes_first * yes_second + (1 - yes_first) * (1 - yes_second)
    if by_chance == 1:
        return None
    return (observed - by_chance) / (1 - by_chance)


def agreed_codes(judgements: Sequence[Codes]) -> Codes:
    """Return the codes of one text that at least two coders found on their own."""
    found = [code for codes in judgements for code in codes]
    return frozenset(code for code in found if found.count(code) > 1)


def agreement(
    first: Mapping[str, Codes], second: Mapping[str, Codes], codes: Sequence[str]
) -> float | None:
    """Return the kappa over every pair of text and code that both coders have judged."""
    shared = sorted(set(first) & set(second))
    pairs = [(text, code) for text in shared for code in codes]
    return kappa(
        [code in first[text] for text, code in pairs],
        [code in second[text] for text, code in pairs],
    )
