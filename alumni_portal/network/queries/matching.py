"""Matching words against the documents: the only read that the two databases do differently."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, and_, or_, select, text

from alumni_portal.core.db import db
from alumni_portal.core.terms import SHORTEST_PART, Term, terms_of
from alumni_portal.network import rules
from alumni_portal.network.models import VocabularyTerm
from alumni_portal.network.rules import BEGINNING, Known, Meant

Ids = NDArray[np.int32]

#: Words reach these texts as letters and digits only, so no syntax of a query comes with them.
_SQLITE = text("SELECT group_concat(rowid) FROM search_fts WHERE search_fts MATCH :wanted")
_POSTGRESQL = text(
    "SELECT string_agg(person_id::text, ',') FROM search_doc WHERE tsv @@ CAST(:wanted AS tsquery)"
)
_NEAR = (
    "SELECT term, plain, written, n FROM vocab WHERE term IN ({0}) OR plain IN ({0}) ORDER BY term"
)
_NEAR_SQLITE = text(_NEAR.format("SELECT value FROM json_each(:slips)"))
_NEAR_POSTGRESQL = text(_NEAR.format("SELECT json_array_elements_text(CAST(:slips AS json))"))


@dataclass(frozen=True)
class Understood:
    """What somebody typed, word for word, as the vocabulary of the index knows it."""

    words: tuple[Meant, ...]

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """Return what `match` is asked for."""
        return [one.terms for one in self.words]

    @property
    def sought(self) -> tuple[Term, ...]:
        """Return the words that were looked for, slips put right."""
        return tuple(
            term
            for one in self.words
            for term in (terms_of([one.instead]) if one.instead else [one.typed])
        )

    @property
    def instead(self) -> list[tuple[str, str]]:
        """Return which typed words were searched as another word."""
        return [(one.typed.written, one.instead) for one in self.words if one.instead]

    @property
    def unknown(self) -> list[str]:
        """Return the typed words that nobody has anything like."""
        return [one.typed.written for one in self.words if not one.terms]


def understand(typed: str) -> Understood:
    """Return what typed words stand for: inflected, inside compounds, begun, or slipped.

    Two small statements against the vocabulary at most; the second only for unknown words.
    """
    terms = rules.typed_terms(typed)
    if not terms:
        return Understood(())
    meant = rules.meanings(terms, _known(or_(*map(_resembles, terms))))
    slipped = {slip for one in meant if not one.terms for slip in rules.slips_of(one.typed)}
    if slipped:
        known = {form: word for word in _near(slipped) for form in (word.plain, word.term)}
        meant = [one if one.terms else rules.corrected(one, known) for one in meant]
    return Understood(tuple(meant))


def _resembles(one: Term) -> ColumnElement[bool]:
    word = VocabularyTerm
    like: list[ColumnElement[bool]] = [word.term.in_({one.term, one.plain})]
    for column, part in ((word.term, one.term), (word.plain, one.plain)):
        if len(part) >= SHORTEST_PART:
            like.append(column.like(f"%{part}%"))
    if rules.SHORTEST_BEGINNING <= len(one.plain) < SHORTEST_PART:
        like.append(and_(word.plain >= one.plain, word.plain < one.plain + "{"))
    return or_(*like)


def _known(condition: ColumnElement[bool]) -> list[Known]:
    word = VocabularyTerm
    rows = db.session.execute(
        select(word.term, word.plain, word.written, word.n).where(condition).order_by(word.term)
    )
    return [Known(*row) for row in rows]


def _near(slips: set[str]) -> list[Known]:
    """Return the known words among many; they go as one value, not as two thousand."""
    is_sqlite = db.session.get_bind().dialect.name == "sqlite"
    rows = db.session.execute(
        _NEAR_SQLITE if is_sqlite else _NEAR_POSTGRESQL, {"slips": json.dumps(sorted(slips))}
    )
    return [Known(*row) for row in rows]


def match(groups: Sequence[Sequence[str]]) -> Ids:
    """Return the sorted ids of people who have a term of every group.

    A term is made of a-z and 0-9; one that ends with `*` stands for every word that begins so.
    """
    if not groups or not all(groups):
        return np.empty(0, np.int32)
    is_sqlite = db.session.get_bind().dialect.name == "sqlite"
    wanted = _fts5(groups) if is_sqlite else _tsquery(groups)
    found = db.session.scalar(_SQLITE if is_sqlite else _POSTGRESQL, {"wanted": wanted})
    return np.sort(np.fromstring(found or "", np.int32, sep=","))


def _fts5(groups: Sequence[Sequence[str]]) -> str:
    def one(term: str) -> str:
        return f'"{_bare(term)}"' + ("*" if term.endswith(BEGINNING) else "")

    return " AND ".join("(" + " OR ".join(map(one, group)) + ")" for group in groups)


def _tsquery(groups: Sequence[Sequence[str]]) -> str:
    def one(term: str) -> str:
        return f"'{_bare(term)}'" + (":*" if term.endswith(BEGINNING) else "")

    return " & ".join("(" + " | ".join(map(one, group)) + ")" for group in groups)


def _bare(term: str) -> str:
    """Return a term without its mark. Raises ValueError for anything but letters and digits."""
    bare = term.removesuffix(BEGINNING)
    if not (bare.isascii() and bare.isalnum()):
        raise ValueError("a term holds letters and digits only")
    return bare
