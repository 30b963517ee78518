"""What can be imported: the fields of leavers, staff and units, and what their columns hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from alumni_portal.offboarding.rules.vocabulary import LABELS


class Kind(StrEnum):
    """What a file lists."""

    LEAVERS = "leavers"
    STAFF = "staff"
    UNITS = "units"


class Shape(StrEnum):
    """What the cells of a field look like."""

    NUMBER = "number"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    ADDRESS = "address"
    PHONE = "phone"
    DATE = "date"
    CODE = "code"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an import. A label is the Swedish source text, with its English twin."""

    key: str
    shape: Shape
    required: bool = False
    #: Another field that does instead: a full name for first and last name.
    instead: str | None = None
    longest: int = 200

    @property
    def label(self) -> str:
        """Return the Swedish name of the field."""
        return LABELS[self.key][0]

    @property
    def label_en(self) -> str:
        """Return the English name of the field."""
        return LABELS[self.key][1]


_PERSON = (
    Field("employee_number", Shape.NUMBER, required=True, longest=60),
    Field("first_name", Shape.GIVEN_NAME, required=True, instead="full_name"),
    Field("last_name", Shape.FAMILY_NAME, required=True, instead="full_name"),
    Field("full_name", Shape.FULL_NAME),
    Field("work_address", Shape.ADDRESS, longest=320),
    Field("private_address", Shape.ADDRESS, longest=320),
    Field("phone", Shape.PHONE, longest=40),
    Field("unit", Shape.WORD, required=True),
    Field("workplace", Shape.WORD),
    Field("title", Shape.WORD),
    Field("manager_number", Shape.NUMBER, longest=60),
    Field("employment_kind", Shape.CODE),
    Field("begins_on", Shape.DATE, required=True),
)
_BACKGROUND = (
    Field("agreement_area", Shape.WORD),
    Field("birth_date", Shape.DATE),
    Field("language", Shape.CODE),
)
LEAVER_FIELDS = (
    *_PERSON,
    Field("notice_on", Shape.DATE),
    Field("ends_on", Shape.DATE, required=True),
    Field("exit_ground", Shape.CODE, required=True),
    *_BACKGROUND,
)
STAFF_FIELDS = (
    *_PERSON,
    *_BACKGROUND,
    Field("leads_unit", Shape.WORD),
    Field("deputy_for_unit", Shape.WORD),
)
UNIT_FIELDS = (
    Field("unit_code", Shape.NUMBER, longest=60),
    Field("name", Shape.WORD, required=True),
    Field("parent", Shape.WORD),
    Field("lead_number", Shape.NUMBER, longest=60),
    Field("deputy_number", Shape.NUMBER, longest=60),
    Field("valid_from", Shape.DATE),
    Field("closes_on", Shape.DATE),
)
FIELDS: Mapping[Kind, tuple[Field, ...]] = {
    Kind.LEAVERS: LEAVER_FIELDS,
    Kind.STAFF: STAFF_FIELDS,
    Kind.UNITS: UNIT_FIELDS,
}


def fields_of(kind: Kind) -> Mapping[str, Field]:
    """Return the fields of a kind of file by their key, in the order of the page."""
    return {field.key: field for field in FIELDS[kind]}


def keys_with(kind: Kind, shape: Shape) -> tuple[str, ...]:
    """Return the keys of the fields with a shape."""
    return tuple(field.key for field in FIELDS[kind] if field.shape is shape)
