"""Invent files of HR systems that nobody has seen: headings, codes, order, dates, encodings."""

import csv
import io
from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

import openpyxl

from alumni_portal.offboarding.rules.dates import DateStyle
from alumni_portal.offboarding.rules.mapping import Mapping
from alumni_portal.offboarding.rules.names import NameOrder
from tests.offboarding.rules.invented import ID_HEADINGS, NOISE, VOCABULARIES, Words

_ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "iso-8859-1", "utf-16", "mac_roman", "cp850")
DATES = ("begins_on", "notice_on", "ends_on", "birth_date")
_SEPARATORS = (";", ",", "\t", "|")
_GIVEN = (
    "Karin", "Erik", "Sofia", "Göran", "Åsa", "Hugo", "Petra", "Örjan", "Märta", "Johan",
    "Linnéa", "Björn", "Ellen", "José", "Noor",
)  # fmt: skip
_FAMILY = (
    "Lindmark", "Öhrn", "von Essen", "Åkerström", "Haddad", "Bergqvist", "Garcia-Lopez",
    "Nilsson", "Sandell",
)  # fmt: skip
_UNITS = (
    "Elkraft",
    "Konstruktion",
    "Ekonomi",
    "Kundtjänst",
    "Vatten och miljö",
    "Digitala tjänster",
)
_PLACES = ("Stockholm", "Göteborg", "Luleå", "Örebro")
_TITLES = ("Projektledare", "Ekonom", "Elkraftsingenjör", "HR-specialist", "Systemutvecklare")
_AREAS = ("Teknikavtalet", "IF Metall", "Unionen")
_MAIL = ("gmail.example", "post.example", "telia.example", "hemma.example", "brev.example")
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """One layout, and what a person would say it means."""

    name: str
    headings: Lookup[str, str]
    order: tuple[str, ...]
    codes: Lookup[str, Lookup[str, str]]
    style: DateStyle
    sign: str
    name_order: NameOrder
    separator: str
    encoding: str
    workbook: bool
    titles: int
    extra: Lookup[str, str] = field(default_factory=dict)

    @property
    def filename(self) -> str:
        return f"{self.name}.{'xlsx' if self.workbook else 'csv'}"


def layouts(how_many: int, *, seed: int = 1) -> Iterator[Invented]:
    """Yield layouts; the same seed gives the same ones."""
    for number in range(how_many):
        yield _layout(Random(f"{seed}-{number}"), number)


def write(layout: Invented, folder: Path, *, rows: int = 60, seed: int = 1) -> Path:
    """Write a file in a layout, with invented people, and return its path."""
    rnd = Random(f"{seed}-{layout.name}")
    table = [[layout.headings.get(key) or layout.extra[key] for key in layout.order]]
    table += [_row(layout, rnd, number) for number in range(rows)]
    above = [["Avgångar", *[""] * (len(layout.order) - 1)], [""] * len(layout.order)]
    table = above[: layout.titles] + table
    path = folder / layout.filename
    if layout.workbook:
        _write_workbook(path, table)
    else:
        _write_text(path, table, layout)
    return path


def truth(layout: Invented) -> Mapping:
    """Return the mapping that a person would make of a layout."""
    return Mapping(
        columns=dict(layout.headings),
        dates={key: layout.style for key in DATES if key in layout.headings},
        codes={key: dict(table) for key, table in layout.codes.items() if key in layout.headings},
        name_order=layout.name_order,
    )


def _layout(rnd: Random, number: int) -> Invented:
    words: Words = VOCABULARIES[number % len(VOCABULARIES)]
    headings = {key: rnd.choice(options) for key, options in words.headings.items()}
    if rnd.random() < 0.3:
        del headings["first_name"], headings["last_name"]
    else:
        del headings["full_name"]
    for key in ("language", "agreement_area", "workplace", "birth_date", "notice_on"):
        if rnd.random() < 0.25:
            headings.pop(key, None)
    extra = {f"extra{i}": text for i, text in enumerate(rnd.sample(NOISE, rnd.randrange(4)))}
    extra["national_id"] = rnd.choice(ID_HEADINGS)
    order = [*headings, *extra]
    rnd.shuffle(order)
    style = rnd.choice([s for s in DateStyle if s is not DateStyle.SHORT])
    return Invented(
        name=f"layout-{number}",
        headings=headings,
        order=tuple(order),
        codes={key: rnd.choice(tables) for key, tables in words.codes.items()},
        style=style,
        sign=rnd.choice("./-"),
        name_order=rnd.choice(list(NameOrder)),
        separator=rnd.choice(_SEPARATORS),
        encoding=rnd.choice(_ENCODINGS),
        workbook=rnd.random() < 0.25,
        titles=rnd.choice((0, 0, 0, 1, 2)),
        extra=extra,
    )


def _row(layout: Invented, rnd: Random, number: int) -> list[str]:
    first, last = rnd.choice(_GIVEN), rnd.choice(_FAMILY)
    begins = date(2003, 1, 1) + timedelta(days=rnd.randrange(6500))
    ends = begins + timedelta(days=90 + rnd.randrange(2000))
    born = date(1958, 1, 1) + timedelta(days=rnd.randrange(12000))
    local = f"{first}.{last}".lower().replace(" ", "")
    plain = local.translate(str.maketrans("åäöéüø", "aaoeuo"))
    texts = {
        "employee_number": str(20000 + number * 7),
        "first_name": first,
        "last_name": last,
        "full_name": f"{first} {last}"
        if layout.name_order is NameOrder.FIRST_LAST
        else f"{last}, {first}",
        "work_address": f"{plain}@sundmark.example",
        "private_address": "" if number % 17 == 5 else f"{plain}{number}@{rnd.choice(_MAIL)}",
        "phone": f"07{rnd.randrange(10)}-{rnd.randrange(1000000, 9999999)}",
        "unit": rnd.choice(_UNITS),
        "workplace": rnd.choice(_PLACES),
        "title": rnd.choice(_TITLES),
        "manager_number": str(90000 + rnd.randrange(9)),
        "agreement_area": rnd.choice(_AREAS),
        "national_id": invented_id(born, rnd),
        "begins_on": written(begins, layout),
        "notice_on": written(ends - timedelta(days=60), layout),
        "ends_on": written(ends, layout),
        "birth_date": written(born, layout),
    }
    for key, table in layout.codes.items():
        texts[key] = rnd.choice(list(table))
    return [texts.get(key) or _noise(layout.extra.get(key, ""), rnd) for key in layout.order]


def _noise(heading: str, rnd: Random) -> str:
    return (
        f"{rnd.randrange(100)}" if "%" in heading else rnd.choice(("Ja", "Nej", "")) * bool(heading)
    )


def written(day: date, layout: Invented) -> str:
    """Return a day in the style of a layout."""
    sign = layout.sign
    forms = {
        DateStyle.ISO: day.isoformat(),
        DateStyle.DAY_FIRST: f"{day.day:02}{sign}{day.month:02}{sign}{day.year}",
        DateStyle.MONTH_FIRST: f"{day.month:02}/{day.day:02}/{day.year}",
        DateStyle.COMPACT: f"{day:%Y%m%d}",
        DateStyle.MONTH_NAMES: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
        DateStyle.EXCEL_SERIAL: str((day - date(1899, 12, 30)).days),
    }
    return forms[layout.style]


def invented_id(born: date, rnd: Random) -> str:
    """Return a national id that passes the check; made here, written down nowhere."""
    nine = f"{born:%y%m%d}{rnd.randrange(100, 980):03}"
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(nine))
    return f"{nine[:6]}-{nine[6:]}{-total % 10}"


def _write_text(path: Path, table: list[list[str]], layout: Invented) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=layout.separator).writerows(table)
    path.write_bytes(text.getvalue().encode(layout.encoding))


def _write_workbook(path: Path, table: list[list[str]]) -> None:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Export")
    for cells in table:
        sheet.append(cells)
    workbook.save(path)
