"""Words against documents: inflected, inside compounds, with a slip, and only what is shown."""

from collections.abc import Sequence

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from alumni_portal.consents import services as consents
from alumni_portal.consents.models import How, Purpose
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.network import queries, services
from alumni_portal.network.models import Audience, Field, SearchDoc, VocabularyTerm
from alumni_portal.network.services import search_docs
from alumni_portal.people import services as people
from alumni_portal.people.models import Person
from tests.network.making import EVERYBODY, profile
from tests.support.covers import covers
from tests.support.make import Make, days

FINDABLE = (Purpose.MEMBERSHIP, Purpose.RECRUITER_CONTACT)


def member(make: Make, name: str, *, audiences: object = EVERYBODY, **told: object) -> int:
    """Make a member whom recruiters may find; return the row id."""
    title = str(told.pop("title", "Projektledare"))
    account = make.alumnus(name, agreed_to=FINDABLE, title=title)
    profile(make, account, audiences=audiences, **told)  # type: ignore[arg-type]  # texts by name
    assert account.person_id is not None
    return account.person_id


def found(typed: str) -> list[int]:
    understood = queries.understand(typed)
    return [int(one) for one in queries.match([word.terms for word in understood.words])]


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("typed", "hit"),
    [
        ("ingenjörerna", "inga"),  # inflected
        ("ingenjor", "inga"),  # without accents
        ("ingenjorerna", "inga"),
        ("konstruktör", "inga"),  # inside elkonstruktör
        ("utvecklare", "sven"),  # inside systemutvecklare
        ("utvecklarna", "sven"),
        ("ledare", "per"),  # the stem is short, the word is not
        ("chef", "bo"),  # butikschef
        ("C++", "sven"),
        ("café", "bo"),
        ("CAFE", "bo"),
        ("östergard", "bo"),
        ("projektl", "per"),
        ("ek", "per"),  # short: the word, or its beginning
        ("systemutvecklre", "sven"),  # a slip
        ("butikshcef", "bo"),  # two letters swapped
    ],
)
def test_a_word_finds_its_person(inside: Flask, make: Make, typed: str, hit: str) -> None:
    ids = {
        "inga": member(make, "Inga Ahl", title="Elkonstruktör", now_title="Ingenjör"),
        "sven": member(make, "Sven Dal", title="Systemutvecklare", since=("C++",)),
        "per": member(make, "Per Ekman", title="Projektledare"),
        "bo": member(make, "Bo Östergård", title="Butikschef", about="Äger ett café."),
    }
    assert found(typed) == [ids[hit]]


@pytest.mark.both_databases
def test_a_slip_is_searched_as_the_most_common_neighbour_and_told(
    inside: Flask, make: Make
) -> None:
    member(make, "Amira Haddad", title="Projektledare", city="Malmö")
    understood = queries.understand("Mallmö projektledare finnsinte")
    assert understood.instead == [("mallmö", "malmö")]
    assert understood.unknown == ["finnsinte"]


@pytest.mark.both_databases
def test_every_word_must_be_found_and_nothing_typed_is_syntax(inside: Flask, make: Make) -> None:
    person_id = member(make, "Amira Haddad", title="Projektledare", city="Malmö")
    assert found("amira malmö") == [person_id]
    assert found("amira luleå") == []
    for typed in ("amira OR luleå", "amira' | 'x", 'amira" NEAR(x)', "-*:^(){}", "nm:amira", "%_"):
        assert found(typed) in ([], [person_id])
    assert found("") == []
    with pytest.raises(ValueError, match="letters and digits"):
        queries.match([["a' | 'b"]])


@covers("S18")
@pytest.mark.both_databases
@pytest.mark.parametrize("audience", Audience, ids=str)
def test_a_hidden_field_is_not_in_the_index(inside: Flask, make: Make, audience: Audience) -> None:
    person_id = member(
        make,
        "Bo Berg",
        audiences=dict.fromkeys(Field, audience),
        title="kanarieroll",
        headline="kanarierubrik",
        now_title="kanariejobb",
        now_employer="kanariefirma",
        city="kanariestad",
        about="kanarieprosa",
        since=("kanariekunskap",),
    )
    shown = [person_id] if audience is Audience.RECRUITERS else []
    for word in ["roll", "rubrik", "jobb", "firma", "stad", "prosa", "kunskap"]:
        assert found(f"kanarie{word}") == shown, word
    assert found("berg") == [person_id]


@covers("S18", "S24")
@pytest.mark.both_databases
def test_what_is_hidden_or_taken_back_leaves_the_index_at_once(inside: Flask, make: Make) -> None:
    person_id = member(make, "Bo Berg", headline="kanarierubrik", since=("Vätgas",))
    person = db.session.get_one(Person, person_id)
    with make.work():
        services.choose_audiences(person, {Field.HEADLINE: Audience.ALUMNI}, by=SYSTEM)
    assert found("kanarierubrik") == []
    assert found("vätgas") == [person_id]
    with make.work():
        consents.withdraw(
            db.session.get_one(Person, person_id),
            Purpose.RECRUITER_CONTACT,
            how=How.CONSENT_CENTRE,
            by=SYSTEM,
        )
    assert number(SearchDoc) == number(VocabularyTerm) == 0


def number(model: type[SearchDoc | VocabularyTerm]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.both_databases
@pytest.mark.parametrize("ends", ["leaves", "employed", "dies", "renamed"])
def test_the_index_follows_the_person(inside: Flask, make: Make, ends: str) -> None:
    person_id = member(make, "Bo Berg")
    with make.work():
        person = db.session.get_one(Person, person_id)
        if ends == "leaves":
            consents.withdraw(person, Purpose.MEMBERSHIP, how=How.CONSENT_CENTRE, by=SYSTEM)
        elif ends == "employed":
            make.employment(person, begins=days(0))
        elif ends == "dies":
            people.note_death(person, on=days(-1), by=SYSTEM)
        else:
            people.rename(person, "Bo", "Lundh", by=SYSTEM)
    assert found("berg") == []
    assert found("lundh") == ([person_id] if ends == "renamed" else [])


@pytest.mark.both_databases
def test_only_who_agrees_to_recruiters_has_a_document(inside: Flask, make: Make) -> None:
    account = make.alumnus("Amira Haddad", agreed_to=(Purpose.MEMBERSHIP,))
    profile(make, account, headline="kanarierubrik")
    assert found("haddad") == []
    with make.work():
        person = db.session.get_one(Person, account.person_id)
        consents.give(
            person, Purpose.RECRUITER_CONTACT, language="sv", how=How.CONSENT_CENTRE, by=SYSTEM
        )
    assert found("haddad") == found("kanarierubrik") == [account.person_id]


@pytest.mark.both_databases
def test_changes_are_numbered_and_read_on(inside: Flask, make: Make) -> None:
    start = queries.last_change()
    person_id = member(make, "Bo Berg")
    changes = queries.changes_since(start, most=100)
    assert changes.person_ids == [person_id]
    assert changes.seq == queries.last_change()
    assert queries.changes_since(changes.seq, most=100).person_ids == []
    assert queries.changes_since(start, most=1).is_too_much


@pytest.mark.both_databases
def test_old_changes_are_forgotten_and_who_is_behind_reads_everything(
    inside: Flask, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_docs, "CHANGES_KEPT", 1)
    start = queries.last_change()
    member(make, "Bo Berg")
    latest = queries.last_change()
    with make.work():
        assert services.forget_changes() >= 1
    assert queries.changes_since(start, most=100).is_too_much
    assert queries.last_change() == latest
    assert not queries.changes_since(latest - 1, most=100).is_too_much


def test_the_index_of_sqlite_stays_whole_after_many_changes(inside: Flask, make: Make) -> None:
    if db.engine.dialect.name != "sqlite":
        return
    ids = [member(make, f"Bo B{n}", headline=f"rad {n}") for n in range(6)]
    change_a_lot(make, ids)
    check = "INSERT INTO search_fts(search_fts, rank) VALUES ('integrity-check', 1)"
    db.session.execute(text(check))
    db.session.rollback()
    db.session.execute(text("UPDATE search_fts_docsize SET id = id + 1000 WHERE id > 0"))
    with pytest.raises(DatabaseError):  # the check can fail
        db.session.execute(text(check))


def change_a_lot(make: Make, ids: Sequence[int]) -> None:
    chance = np.random.default_rng(7)
    for turn in range(40):
        person_id = int(chance.choice(ids))
        with make.work():
            person = db.session.get_one(Person, person_id)
            if turn % 5 == 0:
                people.rename(person, f"Bo{turn}", "Berg", by=SYSTEM)
            else:
                headline = f"ord{turn} rad{turn % 3}"
                services.describe(person, services.Texts(headline=headline), by=SYSTEM)
