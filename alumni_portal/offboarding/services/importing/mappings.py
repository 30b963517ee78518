"""Mappings: guessed, read from TOML, saved by name."""

from itertools import islice
from pathlib import Path

from sqlalchemy import select

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import clean_line
from alumni_portal.offboarding.models import SavedMapping
from alumni_portal.offboarding.rules.columns import FIELDS, Kind
from alumni_portal.offboarding.rules.guessing import Guess, guess
from alumni_portal.offboarding.rules.heading_words import SURE
from alumni_portal.offboarding.rules.mapping import BadMapping, Flaw, Mapping, MappingProblem
from alumni_portal.offboarding.rules.mapping_file import from_plain, from_toml, to_plain
from alumni_portal.offboarding.rules.profile import Profile
from alumni_portal.offboarding.rules.reading import open_table


def latest_year() -> int:
    """Return the last year that a date in a file may have."""
    return clock.today().year + 10


def read_mapping(text: str, kind: Kind) -> Mapping:
    """Return the mapping in a TOML file. Raises `BadMapping`, also for another kind of file."""
    mapping = from_toml(text)
    if mapping.kind is not kind:
        raise BadMapping([Flaw(MappingProblem.UNKNOWN_KIND, mapping.kind.value)])
    return mapping


def certain_mapping(path: Path, kind: Kind) -> Mapping:
    """Return the guess for a file when nothing in it is doubtful.

    Raises `BadMapping` that names what a person has to say, `Unreadable` for no table.
    """
    with open_table(path) as table:
        profile = Profile.of(table.headings, table.rows)
    guessed = guess(profile, kind, latest=latest_year())
    doubts = doubts_of(guessed)
    if doubts:
        raise BadMapping(doubts)
    return guessed.mapping()


def doubts_of(guessed: Guess) -> list[Flaw]:
    """Return what in a guess a person should decide: fields, ambiguous dates, unknown codes."""
    mapping = guessed.mapping()
    doubts = list(mapping.flaws())
    for field in FIELDS[guessed.kind]:
        found = guessed.columns.get(field.key)
        if found is None:
            continue
        if field.required and found.confidence < SURE:
            doubts.append(Flaw(MappingProblem.FIELD_MISSING, f"{field.key}: {found.heading}"))
        style = guessed.styles.get(found.heading)
        if field.key in mapping.dates and style is not None and style.ambiguous:
            doubts.append(Flaw(MappingProblem.UNKNOWN_STYLE, found.heading))
    doubts += [
        Flaw(MappingProblem.UNKNOWN_MEANING, f"{key}: {code}")
        for key, codes in guessed.codes.items()
        for code, meaning in codes.items()
        if meaning is None
    ]
    return doubts


def count_rows(path: Path) -> int:
    """Return about how many rows a file has, for a progress bar."""
    with path.open("rb") as stream:
        pieces = iter(lambda: stream.read(1 << 20), b"")
        lines = sum(piece.count(b"\n") for piece in islice(pieces, 64))
    return lines if path.suffix.lower() != ".xlsx" else 0


def saved(kind: Kind) -> list[SavedMapping]:
    """Return the saved mappings for a kind of file, by name."""
    query = select(SavedMapping).where(SavedMapping.kind == kind)
    return list(db.session.scalars(query.order_by(SavedMapping.name, SavedMapping.id)))


def find_saved(public_id: str) -> SavedMapping | None:
    """Return the saved mapping with this public id."""
    return db.session.scalar(select(SavedMapping).where(SavedMapping.public_id == public_id))


def that_fits(kind: Kind, headings: tuple[str, ...]) -> SavedMapping | None:
    """Return the newest saved mapping of which a file has every column."""
    fitting = [one for one in saved(kind) if not from_plain(one.mapping).fits(headings)]
    return max(fitting, key=lambda one: one.changed_at, default=None)


def save(mapping: Mapping, name: str, *, by: Actor) -> SavedMapping:
    """Keep a mapping under a name; the name's earlier one is replaced."""
    name = clean_line(name)[:200]
    query = select(SavedMapping).where(SavedMapping.kind == mapping.kind, SavedMapping.name == name)
    row = db.session.scalar(query)
    if row is None:
        row = SavedMapping(kind=mapping.kind, name=name, mapping={})
        db.session.add(row)
    row.mapping, row.changed_at = to_plain(mapping.named(name)), clock.now()
    db.session.flush()
    audit.record("mapping.saved", by=by, subject=row.public_id)
    return row


def forget(row: SavedMapping, *, by: Actor) -> None:
    """Delete a saved mapping."""
    audit.record("mapping.deleted", by=by, subject=row.public_id)
    db.session.delete(row)
    db.session.flush()
