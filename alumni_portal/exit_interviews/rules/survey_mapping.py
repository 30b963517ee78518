"""How one survey's export is read: a file that a person can write, or make in the browser."""

import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from alumni_portal.exit_interviews.rules.kinds import ExitType
from alumni_portal.exit_interviews.rules.reasons import REASONS
from alumni_portal.exit_interviews.rules.survey_columns import (
    QUESTIONS,
    REPEATED,
    WITH_DETAIL,
    Part,
    Target,
    is_never_read,
    target,
)
from alumni_portal.exit_interviews.rules.survey_dates import BANDS

YES, NO = "yes", "no"
#: What values of a kind of column can mean. Reasons are those of the code book.
_OURS: Mapping[Part, Collection[str]] = {
    Part.REASON: (YES, NO),
    Part.EXIT_TYPE: tuple(ExitType),
    Part.TENURE: BANDS,
}
_KEYS = frozenset({"name", "missing", "separator", "month_first", "columns", "codes", "scales"})
_NAME_LENGTH = 36


class FlawKind(StrEnum):
    """Why a mapping cannot be used."""

    NOT_TOML = "not_toml"
    UNKNOWN_KEY = "unknown_key"
    WRONG_SHAPE = "wrong_shape"
    UNKNOWN_TARGET = "unknown_target"
    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_REASON = "unknown_reason"
    UNKNOWN_VALUE = "unknown_value"
    NO_SUCH_COLUMN = "no_such_column"
    NEVER_READ = "never_read"
    TWICE = "twice"
    NOTHING_MAPPED = "nothing_mapped"


@dataclass(frozen=True)
class Flaw:
    """One thing wrong with a mapping, and where."""

    kind: FlawKind
    where: str = ""


class BadMapping(Exception):
    """A mapping cannot be used; `flaws` says all that is wrong with it."""

    def __init__(self, flaws: Collection[Flaw]) -> None:
        super().__init__("; ".join(f"{one.kind}: {one.where}" for one in flaws))
        self.flaws = tuple(flaws)


@dataclass(frozen=True)
class Scale:
    """Answers in figures: from the worst to the best."""

    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class SurveyMapping:
    """What each column is, and what each of its values means."""

    name: str = ""
    columns: Mapping[str, Target] = field(default_factory=dict)
    #: Heading, target (`question:pay`) or part (`question`) → value in the file → ours.
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    #: Values that mean that nothing was answered.
    missing: frozenset[str] = frozenset()
    #: What stands between several reasons in one cell.
    separator: str = ";"
    month_first: bool = False

    def codes_of(self, heading: str) -> Mapping[str, str]:
        """Return the codes of a column: its own, else those of its target, else of its kind."""
        return next((self.codes[key] for key in self._keys(heading) if key in self.codes), {})

    def scale_of(self, heading: str) -> Scale | None:
        """Return the scale of a column, found the same way."""
        return next((self.scales[key] for key in self._keys(heading) if key in self.scales), None)

    def _keys(self, heading: str) -> tuple[str, str, str]:
        found = self.columns[heading]
        return heading, str(found), found.part.value

    def is_missing(self, value: str) -> bool:
        """Say whether a value means that nothing was answered."""
        return not value or value.casefold() in self.missing


def from_toml(text: str, reasons: Collection[str] = frozenset(REASONS)) -> SurveyMapping:
    """Return the mapping in a TOML file; `reasons` are the codes of the code book in use.

    Raises BadMapping with every flaw.
    """
    try:
        return from_plain(tomllib.loads(text), reasons)
    except tomllib.TOMLDecodeError:
        raise BadMapping([Flaw(FlawKind.NOT_TOML)]) from None


def from_plain(
    plain: Mapping[str, Any], reasons: Collection[str] = frozenset(REASONS)
) -> SurveyMapping:
    """Return the mapping in plain values. Raises BadMapping with every flaw."""
    flaws = [Flaw(FlawKind.UNKNOWN_KEY, key) for key in plain if key not in _KEYS]
    flaws += list(_wrong_shapes(plain))
    if flaws:
        raise BadMapping(flaws)
    named = {heading: target(text) for heading, text in plain.get("columns", {}).items()}
    flaws += [
        Flaw(FlawKind.UNKNOWN_TARGET, heading) for heading, found in named.items() if not found
    ]
    columns = {heading: found for heading, found in named.items() if found}
    made = SurveyMapping(
        name=plain.get("name", ""),
        columns=columns,
        codes={
            key: {value.casefold(): str(code) for value, code in codes.items()}
            for key, codes in plain.get("codes", {}).items()
        },
        scales={key: Scale(**ends) for key, ends in plain.get("scales", {}).items()},
        missing=frozenset(value.casefold() for value in plain.get("missing", ())),
        separator=plain.get("separator", ";"),
        month_first=plain.get("month_first", False),
    )
    flaws += _flaws_of(made, reasons)
    if flaws:
        raise BadMapping(flaws)
    return made


def _wrong_shapes(plain: Mapping[str, Any]) -> Iterator[Flaw]:
    kinds = {"name": str, "separator": str, "month_first": bool, "missing": list}
    for key, kind in kinds.items():
        if not isinstance(plain.get(key, kind()), kind):
            yield Flaw(FlawKind.WRONG_SHAPE, key)
    missing = plain.get("missing", [])
    if isinstance(missing, list) and not all(isinstance(one, str) for one in missing):
        yield Flaw(FlawKind.WRONG_SHAPE, "missing")
    for key, fits in (("columns", _is_text), ("codes", _is_codes), ("scales", _is_scale)):
        table = plain.get(key, {})
        if not isinstance(table, dict):
            yield Flaw(FlawKind.WRONG_SHAPE, key)
        else:
            yield from (
                Flaw(FlawKind.WRONG_SHAPE, f"{key}.{name}")
                for name, value in table.items()
                if not fits(value)
            )


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_codes(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(one, str | int) and not isinstance(one, bool) for one in value.values()
    )


def _is_scale(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"low", "high"}
        and all(isinstance(one, int | float) for one in value.values())
        and value["low"] != value["high"]
    )


def _flaws_of(mapping: SurveyMapping, reasons: Collection[str]) -> list[Flaw]:
    flaws = [
        Flaw(FlawKind.NEVER_READ, heading)
        for heading in {*mapping.columns, *mapping.codes, *mapping.scales}
        if is_never_read(heading)
    ]
    flaws += [
        Flaw(kind, heading)
        for heading, found in mapping.columns.items()
        if (kind := _unknown(found, reasons)) is not None
    ]
    once = [str(found) for found in mapping.columns.values() if found.part not in REPEATED]
    flaws += [Flaw(FlawKind.TWICE, name) for name in sorted(set(once)) if once.count(name) > 1]
    if not mapping.columns:
        flaws.append(Flaw(FlawKind.NOTHING_MAPPED))
    if not flaws:
        flaws += [
            Flaw(FlawKind.UNKNOWN_VALUE, f"{heading}: {code}")
            for heading, found in mapping.columns.items()
            for code in mapping.codes_of(heading).values()
            if not _is_ours(found, code, reasons)
        ]
    return list(dict.fromkeys(flaws))


def _unknown(found: Target, reasons: Collection[str]) -> FlawKind | None:
    if found.part is Part.QUESTION and found.detail not in QUESTIONS:
        return FlawKind.UNKNOWN_QUESTION
    if found.part in {Part.REASON, Part.RANK} and found.detail not in reasons:
        return FlawKind.UNKNOWN_REASON
    if found.part is Part.TEXT and not (
        found.detail.isidentifier() and len(found.detail) < _NAME_LENGTH
    ):
        return FlawKind.UNKNOWN_TARGET
    if found.part is Part.REASONS and found.detail and not found.detail.isdigit():
        return FlawKind.UNKNOWN_TARGET
    return None


def _is_ours(found: Target, code: str, reasons: Collection[str]) -> bool:
    """Say whether a code is something that a column of this kind can mean; empty is no answer."""
    if code and found.part is Part.QUESTION:
        low, high = QUESTIONS[found.detail]
        return code.isdigit() and low <= int(code) <= high
    ours = reasons if found.part is Part.REASONS else _OURS.get(found.part)
    return not code or ours is None or code in ours


def missing_columns(mapping: SurveyMapping, headings: Collection[str]) -> list[Flaw]:
    """Return the columns that a mapping names and a file has not."""
    known = set(headings)
    return [Flaw(FlawKind.NO_SUCH_COLUMN, one) for one in mapping.columns if one not in known]


def to_toml(mapping: SurveyMapping) -> str:
    """Return a mapping as a file that `from_toml` reads back."""
    lines = [f"name = {_quoted(mapping.name)}", f"separator = {_quoted(mapping.separator)}"]
    lines.append(f"missing = [{', '.join(map(_quoted, sorted(mapping.missing)))}]")
    lines.append(f"month_first = {str(mapping.month_first).lower()}")
    lines += ["", "[columns]"]
    lines += [f"{_quoted(key)} = {_quoted(str(one))}" for key, one in mapping.columns.items()]
    for key, codes in mapping.codes.items():
        lines += ["", f"[codes.{_quoted(key)}]"]
        lines += [f"{_quoted(value)} = {_quoted(code)}" for value, code in codes.items()]
    for key, scale in mapping.scales.items():
        lines += ["", f"[scales.{_quoted(key)}]", f"low = {scale.low}", f"high = {scale.high}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a basic string of TOML; JSON escapes the same signs the same way."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


__all__ = ["NO", "WITH_DETAIL", "YES", "BadMapping", "SurveyMapping", "from_toml"]
