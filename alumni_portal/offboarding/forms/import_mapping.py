"""The form that says what a file means: made from its columns, read back as a mapping."""

from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from wtforms import Field as FormField

from alumni_portal.core import clock
from alumni_portal.core.formats import date_long
from alumni_portal.offboarding.forms import imports as fields
from alumni_portal.offboarding.models import ImportBatch
from alumni_portal.offboarding.rules.codes import MEANINGS, code_key, guess_code
from alumni_portal.offboarding.rules.columns import Shape, keys_with
from alumni_portal.offboarding.rules.dates import DateStyle, read_date
from alumni_portal.offboarding.rules.mapping import Mapping, MappingProblem, heading_key
from alumni_portal.offboarding.rules.mapping_file import from_plain
from alumni_portal.offboarding.rules.names import NameOrder

_EXAMPLES = 3


@dataclass
class Column:
    """One column of the file as the page shows it."""

    place: int
    heading: str
    examples: list[str]
    #: Why it was guessed to be what it is; empty when a person or a saved mapping said so.
    because: str
    select: FormField
    style: FormField | None


@dataclass
class Codes:
    """The codes of one column, each with how many rows have it."""

    key: str
    label: str
    heading: str
    rows: list[tuple[str, int, FormField]]
    more: int


class MappingPage:
    """What the page shows, and what comes back from it."""

    def __init__(self, batch: ImportBatch, *, fresh: bool = False) -> None:
        self.batch, self.kind = batch, batch.kind
        self.shown: Mapping = from_plain(batch.mapping or {"kind": batch.kind.value})
        self._columns: list[dict[str, Any]] = batch.profile["columns"]
        self._dates = set(keys_with(self.kind, Shape.DATE))
        self._field_of = {heading_key(h): key for key, h in self.shown.columns.items()}
        self._coded = {
            key: column
            for key in MEANINGS
            if (column := self._column_of(self.shown.columns.get(key, "")))
        }
        self.form = fields.with_fields(self._fields(), self._data(), fresh=fresh)

    def _column_of(self, heading: str) -> dict[str, Any] | None:
        wanted = heading_key(heading)
        found = [one for one in self._columns if heading and heading_key(one["heading"]) == wanted]
        return found[0] if found else None

    def _field(self, column: dict[str, Any]) -> str:
        return self._field_of.get(heading_key(column["heading"]), "")

    def _fields(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for place, column in enumerate(self._columns):
            made[f"column-{place}"] = fields.column_select(column["heading"], self.kind)
            if self._holds_dates(column):
                choices = self._styles(column)
                made[f"date-{place}"] = fields.style_select(column["heading"], choices)
        for key, column in self._coded.items():
            for number, code in enumerate(column["codes"]):
                made[f"code-{key}-{number}"] = fields.code_select(key, code)
        return made

    def _holds_dates(self, column: dict[str, Any]) -> bool:
        return column["heading"] in self.batch.profile["styles"] or (
            self._field(column) in self._dates
        )

    def _styles(self, column: dict[str, Any]) -> list[tuple[str, str]]:
        """Return the styles that read this column, each with how it reads an example."""
        example = _telling(column["examples"])
        choices = []
        for style in DateStyle:
            day = read_date(example, style, latest=_latest())
            if day or style is self._style(column):
                read = date_long(day) if day else _("går inte att läsa")
                text = f"{fields.STYLES[style]}: {example} → {read}"
                choices.append((style.value, text))
        return choices

    def _style(self, column: dict[str, Any]) -> DateStyle:
        key = self._field(column)
        guessed = self.batch.profile["styles"].get(column["heading"], {}).get("style")
        return self.shown.dates.get(key) or DateStyle(guessed or DateStyle.ISO)

    def _data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"name_order": self.shown.name_order.value}
        for place, column in enumerate(self._columns):
            data[f"column-{place}"] = self._field(column)
            if self._holds_dates(column):
                data[f"date-{place}"] = self._style(column).value
        for key, column in self._coded.items():
            known = {code_key(c): m for c, m in self.shown.codes.get(key, {}).items()}
            for number, code in enumerate(column["codes"]):
                data[f"code-{key}-{number}"] = known.get(code_key(code), "")
        return data

    @property
    def columns(self) -> list[Column]:
        """Return the columns of the file in their order."""
        guessed = self.batch.profile["guessed"]
        return [
            Column(
                place,
                column["heading"],
                column["examples"][:_EXAMPLES],
                self._because(column, guessed.get(column["heading"], {})),
                self.form[f"column-{place}"],
                self.form[f"date-{place}"] if self._holds_dates(column) else None,
            )
            for place, column in enumerate(self._columns)
        ]

    def _because(self, column: dict[str, Any], guess: dict[str, Any]) -> str:
        is_guess = not self.shown.name and guess.get("field") == self._field(column)
        return str(guess.get("because", "")) if is_guess else ""

    @property
    def codes(self) -> list[Codes]:
        """Return the codes that have to be explained, by field."""
        return [
            Codes(
                key,
                fields.field_label(key, self.kind),
                column["heading"],
                [
                    (code, count, self.form[f"code-{key}-{number}"])
                    for number, (code, count) in enumerate(column["codes"].items())
                ],
                max(0, column["different"] - len(column["codes"])),
            )
            for key, column in self._coded.items()
        ]

    def chosen(self) -> Mapping | None:
        """Return the mapping that was sent, or nothing when the page must be shown again.

        What a person changed goes before a guess that they left as it was.
        """
        picked = {place: self.form[f"column-{place}"].data for place in range(len(self._columns))}
        places = self._places(picked)
        if places is None:
            return None
        mapping = replace(
            self.shown,
            columns={key: self._columns[place]["heading"] for key, place in places.items()},
            dates={
                key: self._sent_style(place) for key, place in places.items() if key in self._dates
            },
            codes={key: self._sent_codes(key, places[key]) for key in MEANINGS if key in places},
            name_order=NameOrder(self.form.name_order.data),
        )
        for flaw in mapping.flaws():
            self._tell(flaw.problem, flaw.key)
        return None if self.form.form_errors else mapping

    def _places(self, picked: dict[int, str]) -> dict[str, int] | None:
        """Return field → place of its column; nothing when two columns claim one field."""
        claims: dict[str, list[int]] = {}
        for place, key in picked.items():
            if key:
                claims.setdefault(key, []).append(place)
        found: dict[str, int] = {}
        for key, places in claims.items():
            new = [one for one in places if self._field(self._columns[one]) != key]
            settled = new if len(places) > 1 and len(new) == 1 else places
            found[key] = settled[0]
            if len(settled) > 1:
                for place in settled:
                    error = _("Två kolumner är ”%(field)s”. Välj en.", field=self._label(key))
                    self.form[f"column-{place}"].errors = [error]
        return None if self.form.errors else found

    def _sent_style(self, place: int) -> DateStyle:
        name = f"date-{place}"
        if name in self.form and self.form[name].data:
            return DateStyle(self.form[name].data)
        return self._style(self._columns[place])

    def _sent_codes(self, key: str, place: int) -> dict[str, str]:
        """Return what the codes mean; those of a column that was just chosen are guessed."""
        column = self._columns[place]
        if self._coded.get(key) is not column:
            guesses = {code: guess_code(key, code) for code in column["codes"]}
            return {code: meaning for code, meaning in guesses.items() if meaning}
        present = {code_key(code) for code in column["codes"]}
        kept = {
            c: m for c, m in self.shown.codes.get(key, {}).items() if code_key(c) not in present
        }
        sent = {
            code: self.form[f"code-{key}-{number}"].data
            for number, code in enumerate(column["codes"])
        }
        return kept | {code: meaning for code, meaning in sent.items() if meaning}

    def needs_a_look(self, mapping: Mapping) -> list[str]:
        """Return the headings of codes that the person has not seen yet."""
        return [
            mapping.columns[key]
            for key in MEANINGS
            if key in mapping.columns
            and self._coded.get(key) is not self._column_of(mapping.columns[key])
        ]

    def _tell(self, problem: MappingProblem, key: str) -> None:
        if problem is MappingProblem.FIELD_MISSING:
            self.form.form_errors.append(
                _("Välj vilken kolumn som är ”%(field)s”.", field=self._label(key))
            )

    def _label(self, key: str) -> str:
        return fields.field_label(key, self.kind)


def _latest() -> int:
    return clock.today().year + 10


def _telling(examples: list[str]) -> str:
    """Return the example that tells day from month, or else the first."""
    for example in examples:
        first = read_date(example, DateStyle.DAY_FIRST, latest=_latest())
        second = read_date(example, DateStyle.MONTH_FIRST, latest=_latest())
        if bool(first) != bool(second) or (first and first != second):
            return example
    return examples[0] if examples else ""


__all__ = ["Codes", "Column", "MappingPage"]
