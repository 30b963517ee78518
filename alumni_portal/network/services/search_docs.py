"""What recruiters find people by: made anew in the transaction that changes what is shown (S24).

Whoever does not agree to be contacted by recruiters has no document, and a field that is not shown
to recruiters is not in it, so nothing hidden can be found.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, text

from alumni_portal.consents.models import Purpose
from alumni_portal.consents.queries import agreed
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.terms import Term, terms_of
from alumni_portal.network import rules
from alumni_portal.network.models import (
    PersonSkill,
    Profile,
    ProfileChange,
    SearchDoc,
    Skill,
    VocabularyTerm,
)
from alumni_portal.network.rules import Field, ViewerKind
from alumni_portal.people.models import Employment, Person, Unit
from alumni_portal.people.queries import Period, timelines

#: One writer at a time: changes become visible in the order of their numbers.
_LOCK = 5_110_002
#: So many changes stay for processes that read on; one further behind reads everything.
CHANGES_KEPT = 1000


class Doc(NamedTuple):
    """The four texts of a document, by their columns."""

    nm: list[Term]
    hd: list[Term]
    sk: list[Term]
    bd: list[Term]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(" ".join(term.term for term in part) for part in self)


def note_profile_change(person_ids: Collection[int]) -> None:
    """Make the documents of these people anew, and say that what a search shows may have changed.

    Call it in the transaction of every change to profile, skills, employment, consent, name or
    interest. Who may not be found any more has no document afterwards.
    """
    ids = sorted(set(person_ids))
    if not ids:
        return
    db.session.flush()
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    before, after = _stored(ids), _made(ids)
    changed = [i for i in ids if before.get(i) != (after[i].texts if i in after else None)]
    gone = [i for i in changed if i in before]
    if gone:
        db.session.execute(delete(SearchDoc).where(SearchDoc.person_id.in_(gone)))
    rows = [
        dict(zip(("person_id", *Doc._fields), (i, *after[i].texts), strict=True))
        for i in changed
        if i in after
    ]
    if rows:
        db.session.execute(insert(SearchDoc), rows)
    _count_terms((before[i] for i in gone), [after[i] for i in changed if i in after])
    db.session.execute(insert(ProfileChange), [{"person_id": i} for i in ids])


def _stored(ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    rows = db.session.execute(
        select(SearchDoc.person_id, SearchDoc.nm, SearchDoc.hd, SearchDoc.sk, SearchDoc.bd).where(
            SearchDoc.person_id.in_(ids)
        )
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def _made(ids: Sequence[int]) -> dict[int, Doc]:
    found = agreed(Purpose.RECRUITER_CONTACT, ids)
    if not found:
        return {}
    people = db.session.execute(
        select(Person.id, Person.first_name, Person.last_name, Profile)
        .outerjoin(Profile, Profile.person_id == Person.id)
        .where(Person.id.in_(found))
    ).all()
    times, skills, above = timelines(found), skill_names_of(found), _units_above(found)
    return {
        row.id: _doc_of(row, times.get(row.id, []), skills.get(row.id, []), above.get(row.id, []))
        for row in people
    }


def _units_above(person_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the names of the units above those that people worked in, the root left out."""
    units = {
        row.id: row for row in db.session.execute(select(Unit.id, Unit.name, Unit.parent_id)).all()
    }
    jobs = select(Employment.person_id, Employment.unit_id).where(
        Employment.person_id.in_(person_ids), Employment.unit_id.is_not(None)
    )
    found: dict[int, list[str]] = {}
    for person_id, unit_id in db.session.execute(jobs.order_by(Employment.id)):
        seen, above = {unit_id}, units[unit_id].parent_id
        while above is not None and units[above].parent_id is not None and above not in seen:
            found.setdefault(person_id, []).append(units[above].name)
            seen.add(above)
            above = units[above].parent_id
    return found


def skill_names_of(person_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the names of these people's skills."""
    rows = db.session.execute(
        select(PersonSkill.person_id, Skill.name)
        .join(Skill, Skill.id == PersonSkill.skill_id)
        .where(PersonSkill.person_id.in_(person_ids))
        .order_by(PersonSkill.place, PersonSkill.skill_id)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row.name)
    return found


def _doc_of(
    row: Any,  # noqa: ANN401 - a row of `_made`
    times: list[Period],
    skills: list[str],
    above: list[str],
) -> Doc:
    told: Profile = row.Profile or Profile()

    def shown(part: Field, *texts: str) -> tuple[str, ...]:
        is_seen = row.Profile is not None and rules.is_visible(
            told.audience(part), ViewerKind.RECRUITER
        )
        return texts if is_seen else ()

    heads = (
        *shown(Field.HEADLINE, told.headline),
        *shown(Field.WORK, told.now_title),
        *shown(Field.ROLES, *(time.title for time in times)),
    )
    body = (
        *shown(Field.ABOUT, told.about),
        *shown(Field.WORK, told.now_employer),
        *shown(Field.CITY, told.city),
        *(time.unit for time in times),
        *above,
        *sorted(rules.years_of(((t.begins_on, t.ends_on) for t in times), today=clock.today())),
    )
    parts = ((row.first_name, row.last_name), heads, shown(Field.SKILLS, *skills), body)
    return Doc(*(_once(terms_of(text for text in part if text)) for part in parts))


def _once(terms: Iterable[Term]) -> list[Term]:
    """Return each term once, in order: how often somebody writes a word counts for nothing."""
    return list({term.term: term for term in terms}.values())


def _count_terms(before: Iterable[tuple[str, ...]], after: Sequence[Doc]) -> None:
    """Keep how many people have each term; a term that nobody has is forgotten."""
    counts: Counter[str] = Counter()
    forms: dict[str, Term] = {}
    for texts in before:
        counts.subtract(set(" ".join(texts).split()))
    for doc in after:
        terms = {term.term: term for part in doc for term in part}
        counts.update(terms.keys())
        _keep_shortest(forms, terms)
    more = [{**forms[term]._asdict(), "n": number} for term, number in counts.items() if number > 0]
    same = [{**one._asdict(), "n": 0} for term, one in forms.items() if counts[term] <= 0]
    less = [{"term": term, "n": number} for term, number in counts.items() if number < 0]
    _write(more + same, less)


def _keep_shortest(forms: dict[str, Term], terms: Mapping[str, Term]) -> None:
    for term, one in terms.items():
        forms[term] = min(one, forms.get(term, one), key=lambda form: (len(form.plain), form))


_ADD = text(
    "INSERT INTO vocab (term, plain, written, n) VALUES (:term, :plain, :written, :n) "
    "ON CONFLICT (term) DO UPDATE SET n = vocab.n + excluded.n, "
    "plain = CASE WHEN length(excluded.plain) < length(vocab.plain) "
    "THEN excluded.plain ELSE vocab.plain END, "
    "written = CASE WHEN length(excluded.plain) < length(vocab.plain) "
    "THEN excluded.written ELSE vocab.written END"
)


def _write(more: list[dict[str, Any]], less: list[dict[str, Any]]) -> None:
    if more:
        db.session.execute(_ADD, sorted(more, key=lambda row: str(row["term"])))
    if less:
        lowered = text("UPDATE vocab SET n = n + :n WHERE term = :term")
        db.session.execute(lowered, sorted(less, key=lambda row: str(row["term"])))
        db.session.execute(delete(VocabularyTerm).where(VocabularyTerm.n <= 0))


def forget_changes() -> int:
    """Forget whose profile changed, but for the latest thousand times; return how many.

    A process that is further behind reads everything anew.
    """
    latest = db.session.scalar(select(func.max(ProfileChange.seq))) or 0
    old = ProfileChange.seq <= latest - CHANGES_KEPT
    gone = db.session.execute(delete(ProfileChange).where(old))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
