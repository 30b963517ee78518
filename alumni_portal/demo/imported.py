"""One finished import with rejected rows, and somebody in it who looks like somebody we know."""

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.demo import names, population
from alumni_portal.demo.sundmark import Sundmark
from alumni_portal.offboarding.services import importing
from alumni_portal.people.models import Person
from alumni_portal.people.queries import address_of
from alumni_portal.people.rules import AddressKind

_NAME = "slutar-{month}.csv"
_ROWS = 22
_FIRST_NUMBER = 31_001
_DAY = timedelta(days=1)
_MAPPING = """
kind = "leavers"
name = "Lönesystemet"
[columns]
employee_number = "Anstnr"
first_name = "Förnamn"
last_name = "Efternamn"
work_address = "E-post arbete"
private_address = "Privat e-post"
unit = "Avdelning"
workplace = "Driftsenhet"
title = "Befattning"
employment_kind = "Anställningsform"
begins_on = "Anst.datum"
notice_on = "Uppsägningsdatum"
ends_on = "Slutdatum"
exit_ground = "Avgångsorsak"
[dates]
all = "iso"
[codes.employment_kind]
"Tillsvidare" = "permanent"
"SÄVA" = "sava"
"Vikariat" = "substitute"
[codes.exit_ground]
"Egen begäran" = "own_request"
"""


def seed(found: Sundmark, chance: Random) -> None:
    """Import a small file as HR would have done this morning."""
    today = found.company.today
    rows = [_row(chance, today, number) for number in range(_ROWS)]
    rows += [_known(found, today, _ROWS), *_broken(chance, today)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / _NAME.format(month=f"{today:%Y-%m}")
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, population.HEADINGS, delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
        mapping = importing.read_mapping(_MAPPING, importing.Kind.LEAVERS)
        importing.import_file(path, mapping, by=found.actor("maria", Role.HR))


def _row(chance: Random, today: date, number: int) -> dict[str, str]:
    first, last = names.full_name(chance)
    row = dict(zip(population.HEADINGS, population.row(chance, today, number), strict=True))
    ahead = number % 7 == 0
    ends = today + (15 + number) * _DAY if ahead else today - (200 + number * 9) * _DAY
    return {
        **row,
        "Anstnr": str(_FIRST_NUMBER + number),
        "Förnamn": first,
        "Efternamn": last,
        "E-post arbete": f"{names.mailbox(first, last)}.{number}@sundmark.example",
        "Privat e-post": f"{names.mailbox(first, last)}.{number}@post.example",
        "Anst.datum": (ends - 1500 * _DAY).isoformat(),
        "Uppsägningsdatum": (ends - 61 * _DAY).isoformat(),
        "Slutdatum": ends.isoformat(),
        "Avgångsorsak": "Egen begäran",
    }


def _known(found: Sundmark, today: date, number: int) -> dict[str, str]:
    """Return somebody with the private address and the name of somebody who left long ago."""
    person = db.session.get_one(Person, found.person_id("farah"))
    address = address_of(person.id, AddressKind.PRIVATE)
    row = _row(Random(number), today, number)
    return {
        **row,
        "Förnamn": person.first_name,
        "Efternamn": person.last_name,
        "Privat e-post": address.address if address else "",
    }


def _broken(chance: Random, today: date) -> list[dict[str, str]]:
    """Return rows that no import should take: no number, no address, an unknown ground."""
    one, other, third = (_row(chance, today, _ROWS + n) for n in (2, 3, 4))
    return [
        {**one, "Anstnr": ""},
        {**other, "Privat e-post": "ring i stället"},
        {**third, "Avgångsorsak": "kod 47"},
    ]
