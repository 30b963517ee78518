"""Making a release, and what erasure does to those that were made."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import insert, select, update

from alumni_portal.core import audit, clock, tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.exit_interviews import queries as exits
from alumni_portal.insights import queries
from alumni_portal.insights.models import LedgerToken, Release, ReleaseCell
from alumni_portal.insights.rules import erasure, measures, population
from alumni_portal.insights.rules.draft import (
    HIGHEST_K,
    Draft,
    K,
    Past,
    Verdict,
    Why,
    with_past,
    worked_out,
)
from alumni_portal.insights.rules.population import COMPANY, Leaver
from alumni_portal.insights.services.quoting import drop_gone
from alumni_portal.people.queries import open_units


def release_from(
    rows: Iterable[Leaver],
    quarter: str,
    *,
    by: Actor,
    theme_of: Mapping[str, str] | None = None,
    k: int = K,
) -> Release:
    """Freeze the figures of a quarter from rows and return the release.

    Raises Refusal when the text is no quarter, its forms are not closed, or it or a later one has
    been released, or k is below five: what is published is never made again.
    """
    check(quarter, k)
    past = queries.past()
    draft = worked_out(rows, quarter, past=past, theme_of=theme_of, k=k)
    return _store(draft, theme_of or {}, by=by)


def release(quarter: str, *, by: Actor, k: int = K) -> Release:
    """Freeze the figures of a quarter from the exit interviews: their only reader.

    Raises Refusal like `release_from`.
    """
    found = material(quarter, k)
    return release_from(found.rows, quarter, by=by, theme_of=themes(), k=k)


@dataclass(frozen=True)
class Material:
    """What a release is worked out from."""

    rows: Sequence[Leaver]
    past: Past
    k: int


def material(quarter: str, k: int = K) -> Material:
    """Return exits and earlier releases that a release is worked out from.

    Raises Refusal like `release_from`.
    """
    check(quarter, k)
    rows = exits.release_rows(until=population.first_day_after(quarter))
    return Material(rows, queries.past(), k)


def freeze(draft: Draft, *, by: Actor) -> Release:
    """Store what was worked out from the exit interviews, and return the release.

    Raises Refusal like `release_from`.
    """
    check(draft.quarter, draft.k)
    return _store(draft, themes(), by=by)


def themes() -> dict[str, str]:
    """Return reason to theme, as the code book has them."""
    return exits.reason_themes()


def release_series(
    rows: Collection[Leaver],
    quarters: Iterable[str],
    *,
    by: Actor,
    theme_of: Mapping[str, str] | None = None,
) -> list[Release]:
    """Freeze several quarters from the same rows, one after the other, as if made in their time."""
    return release_each(dict.fromkeys(quarters, rows), by=by, theme_of=theme_of)


def release_each(
    rows: Mapping[str, Collection[Leaver]],
    *,
    by: Actor,
    theme_of: Mapping[str, str] | None = None,
) -> list[Release]:
    """Freeze several quarters, each from the rows that it is given, as if made in its time."""
    past, made = queries.past(), []
    for quarter in sorted(rows):
        check(quarter, K)
        draft = worked_out(rows[quarter], quarter, past=past, theme_of=theme_of)
        made.append(_store(draft, theme_of or {}, by=by))
        past = with_past(past, draft)
    return made


def check(quarter: str, k: int = K) -> None:
    """Raise Refusal when a quarter cannot be released, or not with this k."""
    if not population.is_quarter(quarter):
        raise Refusal(_l("Skriv kvartalet som 2026Q3."), field="quarter")
    if population.closes_on(quarter) > clock.today():
        raise Refusal(
            _l("Kvartalet går att publicera först när alla formulär är stängda."), field="quarter"
        )
    last = db.session.scalar(select(Release.quarter).order_by(Release.quarter.desc()).limit(1))
    if last is not None and quarter <= last:
        raise Refusal(
            _l("Kvartalet, eller ett senare, är redan publicerat. Siffror görs inte om."),
            field="quarter",
        )
    if k < K:
        raise Refusal(_l("Gränsen kan höjas, aldrig sänkas under fem."), field="k")
    if k > HIGHEST_K:
        raise Refusal(
            _l("Gränsen kan vara högst sju: med en högre hinner inte alla grupper granskas."),
            field="k",
        )


def _store(draft: Draft, theme_of: Mapping[str, str], *, by: Actor) -> Release:
    release = Release(
        quarter=draft.quarter,
        k=draft.k,
        input_hash=tokens.mac("release", draft.input_hash.encode()),
        made_by=by.ref,
        units=_units(draft),
        measures=_measures(draft, theme_of),
        voiced=sorted(draft.voiced),
        refused=_refused(draft),
    )
    db.session.add(release)
    db.session.flush()
    shown = [verdict for verdict in draft.verdicts if verdict.why is Why.SHOWN]
    if shown:
        db.session.execute(
            insert(ReleaseCell),
            [_row(verdict, release.id, len(draft.tokens)) for verdict in shown],
        )
    if draft.tokens:
        rows = [
            {"release_id": release.id, "position": at, "token": token, "is_erased": False}
            for at, token in enumerate(draft.tokens)
        ]
        db.session.execute(insert(LedgerToken), rows)
    audit.record(
        "release.made",
        by=by,
        subject=release.public_id,
        quarter=draft.quarter,
        k=draft.k,
        input=release.input_hash,
        shown=len(shown),
        refused=len(draft.verdicts) - len(shown),
    )
    return release


def _units(draft: Draft) -> list[str]:
    """Return every unit there is, so that none without leavers looks unlike one with a few.

    Of those that are closed, only what has a figure.
    """
    found = {
        v.where.dims["unit"]
        for v in draft.verdicts
        if v.why is Why.SHOWN and "unit" in v.where.dims
    }
    return sorted(found | {unit.public_id for unit in open_units()})


def _measures(draft: Draft, theme_of: Mapping[str, str]) -> list[str]:
    """Return every measure of the release, shown or not; themes of the code book are all there.

    A question that too few in the whole company have answered is not among them: that somebody has
    (the second pulse, say) would be told by its being there (A4).
    """
    found = {measures.EXITS, measures.RESPONSE_RATE, measures.ANSWERS}
    asked = {v.question for v in draft.verdicts if v.where == COMPANY and v.why is not Why.FEW}
    for question in asked - found:
        if parts := measures.parts_of(question):
            found |= {f"{question}:{name}" for name, _lowest in parts}
        elif question in {measures.THEMES, measures.COMMENTS}:
            found |= {f"{question}:{theme}" for theme in theme_of.values()}
            found |= {measure for verdict in draft.verdicts for measure in verdict.told.values}
        else:
            found.add(question)
    return sorted(found)


def _refused(draft: Draft) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for verdict in draft.verdicts:
        if verdict.why is not Why.SHOWN:
            name = "|".join((verdict.where.table, *verdict.where.values))
            found.setdefault(verdict.question, {}).setdefault(verdict.why, []).append(name)
    return found


def _row(verdict: Verdict, release_id: int, people: int) -> dict[str, Any]:
    flags = np.zeros(people, dtype=np.bool_)
    flags[list(verdict.members)] = True
    return {
        "release_id": release_id,
        "place": verdict.where.table,
        "key": "|".join(verdict.where.values),
        "question": verdict.question,
        "n": verdict.n,
        "values": verdict.told.values,
        "pooled": sorted(verdict.told.pooled),
        "members": np.packbits(flags).tobytes(),
        "newest": verdict.newest,
        "is_for_managers": verdict.is_for_managers,
        "withdrawn_at": None,
    }


def forget(people: Collection[str], *, by: Actor) -> int:
    """Cut the tie between erased people and the ledger; return how many cells were withdrawn (A11).

    Each gets a token that is nobody's, the same in every release, so that later audits still count
    the person as one to be kept hidden. A cell stays while k others stand behind it.
    """
    for token in people:
        db.session.execute(
            update(LedgerToken)
            .where(LedgerToken.token == token)
            .values(token=f"erased-{secrets.token_hex(20)}", is_erased=True)
        )
    withdrawn = [cell.id for cell, live, k in queries.live_counts() if not erasure.stands(live, k)]
    if withdrawn:
        db.session.execute(
            update(ReleaseCell)
            .where(ReleaseCell.id.in_(withdrawn))
            .values(withdrawn_at=clock.now())
        )
    drop_gone()
    audit.record("release.forgotten", by=by, people=len(people), withdrawn=len(withdrawn))
    return len(withdrawn)
