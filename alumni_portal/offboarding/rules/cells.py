"""Take the cells of a row apart by field, and read coded cells."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from operator import itemgetter
from typing import Generic, TypeVar

from alumni_portal.offboarding.rules.codes import code_key
from alumni_portal.offboarding.rules.mapping import Mapping

Meaning = TypeVar("Meaning", bound=StrEnum)


class CodeReader(Generic[Meaning]):
    """Reads the codes of one column as the mapping explains them."""

    def __init__(self, mapping: Mapping, key: str, enum: type[Meaning]) -> None:
        codes = mapping.codes.get(key, {})
        self._meanings = {code_key(code): enum(meaning) for code, meaning in codes.items()}
        default = mapping.defaults.get(key)
        self._default = enum(default) if default else None
        self._known: dict[str, Meaning | None] = {"": self._default}

    def __call__(self, text: str) -> Meaning | None:
        """Return what a code means, or None when nobody has said."""
        try:
            return self._known[text]
        except KeyError:
            meaning = self._meanings.get(code_key(text), self._default)
            if len(self._known) < 10_000:
                self._known[text] = meaning
            return meaning


def picker(
    mapping: Mapping, headings: Sequence[str], keys: Sequence[str]
) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """Return what takes the cells of a row and gives the texts of the fields, in their order.

    A field without a column, and an empty cell, has the default of the mapping.
    """
    found = mapping.places(headings)
    width = len(headings)
    constants = [""]
    places = []
    for key in keys:
        if key in found:
            places.append(found[key])
        else:
            places.append(width + len(constants))
            constants.append(mapping.defaults.get(key, ""))
    pick: Callable[[Sequence[str]], tuple[str, ...]] = itemgetter(*places)
    fill = {keys.index(key): mapping.defaults[key] for key in keys if key in mapping.defaults}

    def picked(cells: Sequence[str]) -> tuple[str, ...]:
        return pick([*cells, *constants])

    def filled(cells: Sequence[str]) -> tuple[str, ...]:
        texts = pick([*cells, *constants])
        return tuple(text or fill.get(place, "") for place, text in enumerate(texts))

    return filled if fill else picked
