"""How the columns and codes of one HR system are understood; saved by name, used again."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field, replace
from enum import StrEnum

from alumni_portal.core.text import normalise
from alumni_portal.offboarding.rules.codes import MEANINGS
from alumni_portal.offboarding.rules.columns import Field, Kind, Shape, fields_of, keys_with
from alumni_portal.offboarding.rules.dates import DateStyle
from alumni_portal.offboarding.rules.names import NameOrder


class MappingProblem(StrEnum):
    """What is wrong with a mapping."""

    NOT_TOML = "not_toml"
    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_STYLE = "unknown_style"
    UNKNOWN_MEANING = "unknown_meaning"
    UNKNOWN_ORDER = "unknown_order"
    NOT_TEXT = "not_text"
    #: A column that every row needs is not named.
    FIELD_MISSING = "field_missing"
    #: One column cannot be two fields.
    COLUMN_USED_TWICE = "column_used_twice"
    #: The file has no such column.
    COLUMN_MISSING = "missing_columns"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with a mapping, and where."""

    problem: MappingProblem
    key: str = ""


class BadMapping(ValueError):
    """A mapping that cannot be read; `flaws` say everything that is wrong with it."""

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        super().__init__(", ".join(f"{flaw.problem.value} {flaw.key}".strip() for flaw in flaws))
        self.flaws = tuple(flaws)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column is which field, how dates are written and what codes mean."""

    kind: Kind = Kind.LEAVERS
    #: Field → heading.
    columns: Lookup[str, str] = field(default_factory=dict)
    #: Date field → style; ISO where nothing is said.
    dates: Lookup[str, DateStyle] = field(default_factory=dict)
    #: Coded field → code as the file writes it → meaning.
    codes: Lookup[str, Lookup[str, str]] = field(default_factory=dict)
    #: Field → what stands when the cell is empty, or (coded field) the code unknown.
    defaults: Lookup[str, str] = field(default_factory=dict)
    name_order: NameOrder = NameOrder.LAST_FIRST
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    name: str = ""

    def flaws(self) -> tuple[Flaw, ...]:
        """Return what keeps the mapping from being used, in the order of the page."""
        fields = fields_of(self.kind)
        missing = [Flaw(MappingProblem.FIELD_MISSING, f.key) for f in self._unmet(fields)]
        used: dict[str, str] = {}
        for key, heading in self.columns.items():
            other = used.setdefault(heading_key(heading), key)
            if other != key:
                missing.append(Flaw(MappingProblem.COLUMN_USED_TWICE, key))
        return tuple(missing)

    def _unmet(self, fields: Lookup[str, Field]) -> list[Field]:
        given = self.columns.keys() | self.defaults.keys()
        return [
            one
            for one in fields.values()
            if one.required and one.key not in given and one.instead not in given
        ]

    def fits(self, headings: Iterable[str]) -> tuple[Flaw, ...]:
        """Return which columns of the mapping a file lacks; nothing when it fits."""
        present = {heading_key(heading) for heading in headings}
        return tuple(
            Flaw(MappingProblem.COLUMN_MISSING, heading)
            for heading in self.columns.values()
            if heading_key(heading) not in present
        )

    def places(self, headings: Sequence[str]) -> dict[str, int]:
        """Return field → place of its column in a file."""
        place = {heading_key(heading): index for index, heading in enumerate(headings)}
        return {
            key: place[heading_key(heading)]
            for key, heading in self.columns.items()
            if heading_key(heading) in place
        }

    def heading_of(self, key: str) -> str:
        """Return the heading that a field is read from; its own key when there is none."""
        return self.columns.get(key, key)

    def named(self, name: str) -> "Mapping":
        """Return the same mapping under a name."""
        return replace(self, name=name)


def heading_key(heading: str) -> str:
    """Return a heading as it is compared: case and spaces do not count, signs do."""
    return normalise(heading)


def style_flaws(mapping: Mapping) -> list[Flaw]:
    """Return the keys of a mapping that name no field, meaning or date field of its kind."""
    fields = fields_of(mapping.kind)
    days = keys_with(mapping.kind, Shape.DATE)
    flaws = [
        Flaw(MappingProblem.UNKNOWN_FIELD, key)
        for key in (*mapping.columns, *mapping.defaults)
        if key not in fields
    ]
    flaws += [Flaw(MappingProblem.UNKNOWN_FIELD, key) for key in mapping.dates if key not in days]
    return flaws + _code_flaws(mapping, fields)


def _code_flaws(mapping: Mapping, fields: Lookup[str, Field]) -> list[Flaw]:
    flaws = []
    for key, codes in mapping.codes.items():
        if key not in MEANINGS or key not in fields:
            flaws.append(Flaw(MappingProblem.UNKNOWN_FIELD, key))
            continue
        known = set(MEANINGS[key])
        flaws += [
            Flaw(MappingProblem.UNKNOWN_MEANING, f"{key}: {code}")
            for code, meaning in codes.items()
            if meaning not in known
        ]
    for key in mapping.defaults.keys() & MEANINGS.keys():
        if mapping.defaults[key] not in set(MEANINGS[key]):
            flaws.append(Flaw(MappingProblem.UNKNOWN_MEANING, f"defaults: {key}"))
    return flaws
