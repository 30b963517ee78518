"""Write and read mappings: TOML for people and the command line, plain values for storage."""

import tomllib
from collections.abc import Mapping as Lookup
from enum import StrEnum
from typing import Any, TypeVar

from alumni_portal.offboarding.rules.columns import Kind, Shape, keys_with
from alumni_portal.offboarding.rules.dates import DateStyle
from alumni_portal.offboarding.rules.mapping import (
    BadMapping,
    Flaw,
    Mapping,
    MappingProblem,
    style_flaws,
)
from alumni_portal.offboarding.rules.names import NameOrder

_KEYS = frozenset({"kind", "name", "name_order", "file", "columns", "dates", "codes", "defaults"})
_FILE_KEYS = ("encoding", "separator", "sheet")
_Enum = TypeVar("_Enum", bound=StrEnum)


def to_plain(mapping: Mapping) -> dict[str, Any]:
    """Return a mapping as plain values, fit for JSON; `from_plain` reads them back."""
    file = {key: getattr(mapping, key) for key in _FILE_KEYS if getattr(mapping, key)}
    return {
        "kind": mapping.kind.value,
        "name": mapping.name,
        "name_order": mapping.name_order.value,
        "file": file,
        "columns": dict(mapping.columns),
        "dates": {key: style.value for key, style in mapping.dates.items()},
        "codes": {key: dict(codes) for key, codes in mapping.codes.items()},
        "defaults": dict(mapping.defaults),
    }


def from_plain(plain: Lookup[str, Any]) -> Mapping:
    """Return the mapping that plain values describe. Raises `BadMapping` with every flaw."""
    flaws = [Flaw(MappingProblem.UNKNOWN_KEY, key) for key in plain if key not in _KEYS]
    flaws += _not_text(plain)
    if flaws:
        raise BadMapping(flaws)
    kind = _member(Kind, plain.get("kind", "leavers"), "kind", MappingProblem.UNKNOWN_KIND, flaws)
    order = _member(
        NameOrder,
        plain.get("name_order", "last_first"),
        "name_order",
        MappingProblem.UNKNOWN_ORDER,
        flaws,
    )
    mapping = Mapping(
        kind=kind or Kind.LEAVERS,
        columns=dict(plain.get("columns", {})),
        dates=_styles(plain.get("dates", {}), kind or Kind.LEAVERS, flaws),
        codes={key: dict(codes) for key, codes in plain.get("codes", {}).items()},
        defaults=dict(plain.get("defaults", {})),
        name_order=order or NameOrder.LAST_FIRST,
        name=plain.get("name", ""),
        **{key: plain.get("file", {}).get(key) for key in _FILE_KEYS},
    )
    flaws += style_flaws(mapping)
    if flaws:
        raise BadMapping(flaws)
    return mapping


def _not_text(plain: Lookup[str, Any]) -> list[Flaw]:
    """Check the shape: names are texts, the rest are tables of texts, codes tables of tables."""
    wrong = [
        key for key in ("kind", "name", "name_order") if not isinstance(plain.get(key, ""), str)
    ]
    codes = plain.get("codes", {})
    tables: dict[str, Any] = {
        key: plain.get(key, {}) for key in ("file", "columns", "dates", "defaults")
    }
    if isinstance(codes, dict):
        tables |= {f"codes.{key}": table for key, table in codes.items()}
    else:
        wrong.append("codes")
    for key, table in tables.items():
        if not isinstance(table, dict):
            wrong.append(key)
        else:
            wrong += [f"{key}.{k}" for k, value in table.items() if not isinstance(value, str)]
    file = tables["file"] if isinstance(tables["file"], dict) else {}
    unknown = [f"file.{key}" for key in file if key not in _FILE_KEYS]
    return [Flaw(MappingProblem.NOT_TEXT, key) for key in wrong] + [
        Flaw(MappingProblem.UNKNOWN_KEY, key) for key in unknown
    ]


def _member(
    enum: type[_Enum], value: str, key: str, problem: MappingProblem, flaws: list[Flaw]
) -> _Enum | None:
    try:
        return enum(value)
    except ValueError:
        flaws.append(Flaw(problem, key))
        return None


def _styles(table: Lookup[str, str], kind: Kind, flaws: list[Flaw]) -> dict[str, DateStyle]:
    """Return the style of each date field; `all` speaks for those that are not named."""
    styles: dict[str, DateStyle] = {}
    for key, value in table.items():
        style = _member(DateStyle, value, f"dates.{key}", MappingProblem.UNKNOWN_STYLE, flaws)
        if style:
            styles[key] = style
    everywhere = styles.pop("all", None)
    if everywhere:
        styles = dict.fromkeys(keys_with(kind, Shape.DATE), everywhere) | styles
    return styles


def from_toml(text: str) -> Mapping:
    """Return the mapping in a TOML file. Raises `BadMapping` with every flaw."""
    try:
        return from_plain(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        raise BadMapping([Flaw(MappingProblem.NOT_TOML)]) from None


def to_toml(mapping: Mapping) -> str:
    """Return a mapping as a TOML file that `from_toml` reads back."""
    plain = to_plain(mapping)
    tables = {key: plain[key] for key in ("file", "columns", "dates", "defaults")}
    tables |= {f"codes.{key}": codes for key, codes in plain["codes"].items()}
    lines = [f"{key} = {_quoted(plain[key])}" for key in ("kind", "name", "name_order")]
    for title, table in tables.items():
        if table:
            lines += ["", f"[{title}]"]
            lines += [f"{_key(key)} = {_quoted(value)}" for key, value in table.items()]
    return "\n".join(lines) + "\n"


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").isalnum() else _quoted(key)


def _quoted(text: str) -> str:
    """Return a basic string of TOML: quotes, backslashes and control signs are escaped."""
    signs = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(signs.get(sign) or _sign(sign) for sign in text) + '"'


def _sign(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if sign < " " or sign == "\x7f" else sign
