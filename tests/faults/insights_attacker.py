"""An attacker of our own: reads what is published, knows who left, and solves with fractions.

Nothing here is shared with the audit: cells are told apart by their printed dimensions, members are
found anew from the rows, equations are solved exactly, and groups are tried one by one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm
from operator import add, neg
from typing import Any

from alumni_portal.exit_interviews.rules import ReleaseRow

Equation = list[Fraction]
Whole = tuple[int, ...]


def quarters_back(quarter: str, number: int) -> str:
    year, part = int(quarter[:4]), int(quarter[-1]) - number
    while part < 1:
        year, part = year - 1, part + 4
    return f"{year}Q{part}"


def is_in(row: ReleaseRow, dims: Mapping[str, str], last: str) -> bool:
    """Say whether a leaver belongs to a cell, as anybody in the house could know."""
    path = row.unit_path
    if row.manager_of in path:
        path = path[: path.index(row.manager_of)]
    facts = {"tenure": row.tenure_band, "type": row.exit_type, "quarter": row.quarter}
    inside = quarters_back(last, 3) <= row.quarter <= last
    return inside and all(
        value in path if name == "unit" else facts[name] == value for name, value in dims.items()
    )


def has_answered(row: ReleaseRow, question: str) -> bool:
    """Say whether a leaver answered a question: the attacker is given even that."""
    if question in {"exits", "response_rate"}:
        return True
    if question == "answers":
        return row.answered
    if question == "comments":
        return bool(row.coded)
    return bool(row.reasons) if question == "themes" else question in row.scales


def member_sets(
    exports: Iterable[tuple[Mapping[str, Any], Sequence[ReleaseRow]]],
) -> dict[str, list[frozenset[str]]]:
    """Return by question who is in each published cell, over all releases."""
    found: dict[str, set[frozenset[str]]] = {}
    for export, rows in exports:
        for cell in export["cells"]:
            if cell["state"] == "shown":
                question = cell["measure"].split(":")[0]
                inside = frozenset(
                    row.token
                    for row in rows
                    if has_answered(row, question) and is_in(row, cell["dims"], export["quarter"])
                )
                asked = "exits" if question == "response_rate" else question
                found.setdefault(asked, set()).add(inside)
    return {question: sorted(sets, key=sorted) for question, sets in found.items()}


def reduced(equations: Sequence[Equation]) -> list[tuple[int, Equation]]:
    """Return the equations in reduced form with the column of each one's leading number."""
    done: list[tuple[int, Equation]] = []
    for equation in equations:
        rest = _without(equation, done)
        lead = next((n for n, value in enumerate(rest) if value), None)
        if lead is None:
            continue
        rest = [value / rest[lead] for value in rest]
        done = [(at, _minus(row, rest, row[lead])) for at, row in done]
        done.append((lead, rest))
    return done


def _minus(row: Equation, other: Equation, factor: Fraction) -> Equation:
    return [a - factor * b if b else a for a, b in zip(row, other, strict=True)] if factor else row


def _without(row: Equation, known: Sequence[tuple[int, Equation]]) -> Equation:
    for at, other in known:
        row = _minus(row, other, row[at])
    return row


def solved_groups(sets: Sequence[frozenset[str]], k: int) -> list[frozenset[str]]:
    """Return every smallest group of fewer than k people whose sum follows from the cells."""
    people = sorted(frozenset().union(*sets))
    alike: dict[tuple[bool, ...], list[str]] = {}
    for person in people:
        alike.setdefault(tuple(person in cell for cell in sets), []).append(person)
    atoms = sorted(alike.values())
    equations = [[Fraction(atom[0] in cell) for atom in atoms] for cell in sets]
    known = reduced(equations)
    small = [number for number, atom in enumerate(atoms) if len(atom) < k]
    rests = _whole({number: _rest_of(number, known, len(atoms)) for number in small})
    groups = [_people(group, atoms) for group in _cancelling(rests)]
    return [group for group in groups if len(group) < k]


def solved_groups_of_many(sets: Sequence[frozenset[str]], k: int) -> list[frozenset[str]]:
    """Return groups of fewer than k people whose sum follows from few cells, however many atoms.

    Every such sum takes some of the reduced equations once: all choices are tried.
    """
    people = sorted(frozenset().union(*sets))
    alike: dict[tuple[bool, ...], list[str]] = {}
    for person in people:
        alike.setdefault(tuple(person in cell for cell in sets), []).append(person)
    atoms = sorted(alike.values())
    equations = [[Fraction(atom[0] in cell) for atom in atoms] for cell in sets]
    found: list[Equation] = [[Fraction(0)] * len(atoms)]
    for lead, row in reduced(equations):
        if len(atoms[lead]) < k:
            found += [list(map(add, one, row)) for one in found]
    groups = [
        _people((n for n, value in enumerate(one) if value), atoms)
        for one in found
        if any(one) and set(one) <= {0, 1}
    ]
    return [group for group in groups if len(group) < k]


def _people(group: Iterable[int], atoms: Sequence[Sequence[str]]) -> frozenset[str]:
    return frozenset(person for number in group for person in atoms[number])


def _rest_of(number: int, known: Sequence[tuple[int, Equation]], width: int) -> Equation:
    """Return what stays of one atom when everything known is taken away from it."""
    return _without([Fraction(n == number) for n in range(width)], known)


def _whole(rests: Mapping[int, Equation]) -> dict[int, Whole]:
    """Return the same rests in whole numbers: all times one common denominator."""
    whole = lcm(*(value.denominator for rest in rests.values() for value in rest))
    return {n: tuple(int(value * whole) for value in rest) for n, rest in rests.items()}


def _plus(one: Whole, other: Whole) -> Whole:
    return tuple(map(add, one, other))


def _cancelling(rests: Mapping[int, Whole]) -> Iterator[frozenset[int]]:
    """Yield groups of up to four atoms of which nothing stays: open to whoever adds up."""
    sums: dict[Whole, list[frozenset[int]]] = {}
    for size in (1, 2):
        for group in combinations(rests, size):
            total = rests[group[0]] if size == 1 else _plus(rests[group[0]], rests[group[1]])
            sums.setdefault(total, []).append(frozenset(group))
    for total, groups in sums.items():
        if not any(total):
            yield from groups
        for other in sums.get(tuple(map(neg, total)), ()):
            yield from (group | other for group in groups if not group & other)
