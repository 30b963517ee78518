"""HR sees which addresses get no mail, lets them in again, and reads what no machine understood."""

import io
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from alumni_portal.bounces import services
from alumni_portal.bounces.models import Way
from alumni_portal.core import audit
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.core.transaction import unit
from alumni_portal.mail import services as mail
from alumni_portal.mail.models import SuppressedBy, Suppression
from alumni_portal.mail.queries import is_suppressed
from tests.bounces.making import Sent, hr, sent, take, with_bounces
from tests.bounces.samples import ARF, DSN, written
from tests.support.browser import Browser
from tests.support.covers import covers
from tests.support.make import Make
from tests.support.page import Page

ANNA = "anna0@post.example"


@pytest.fixture
def news(app: Flask, make: Make) -> Sent:
    with_bounces(app)
    with app.app_context():
        return sent(make)


@pytest.fixture
def maria(browser: Browser, make: Make) -> Browser:
    return hr(browser, make)


def came(app: Flask, news: Sent, place: int = 0, sample: str = DSN, **more: str) -> None:
    with app.app_context():
        take(news.local(place), sample, **more)


def suppressed(app: Flask, address: str = ANNA) -> bool:
    with app.app_context():
        return is_suppressed(address)


def actions(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(db.select(audit.AuditEntry.action)))


def test_hr_is_asked_for_another_address(app: Flask, news: Sent, maria: Browser) -> None:
    came(app, news)
    came(app, news, 1, ARF)
    page = maria.get("home.staff").follow("Mejl kommer inte fram")
    assert [row["Person"] for row in page.table("Spärrade adresser")] == ["Anna0 Ek"], (
        "who complained is not asked for another address"
    )
    page = page.follow("Anna0 Ek")
    assert "Utskick når inte personen" in page
    assert "550 5.1.1 User unknown" in page
    assert page.follow("Se spärren").heading == ANNA


def test_the_list_is_searched_and_one_is_lifted(app: Flask, news: Sent, maria: Browser) -> None:
    came(app, news)
    came(app, news, 1, ARF)
    page = maria.get("bounces.suppressions")
    assert [row["Adress"] for row in page.table("Spärrade adresser")] == [
        "anna1@post.example",
        ANNA,
    ]
    page = maria.get("bounces.suppressions", q="ANNA0")
    assert [row["Person"] for row in page.table("Spärrade adresser")] == ["Anna0 Ek"]
    page = maria.get("bounces.suppressions", source="complaint")
    assert [row["Adress"] for row in page.table("Spärrade adresser")] == ["anna1@post.example"]
    assert "Ingen adress hittades" in maria.get("bounces.suppressions", q="%")
    page = maria.get("bounces.suppressions", q="anna0").follow(ANNA)
    page = page.submit("Häv spärren", reason=" ")
    assert page.errors == ["Varför: Fyll i det här fältet."]
    assert suppressed(app)
    page = page.submit("Häv spärren", reason="Anna har rensat sin brevlåda")
    assert page.flashes == ["Adressen får utskick igen."]
    assert not suppressed(app)
    assert "suppression.lifted" in actions(app)


@pytest.mark.parametrize(
    ("address", "reason", "said"),
    [
        ("ingen adress", "Bad om det", "E-postadress: Det är ingen mejladress."),
        ("", "Bad om det", "E-postadress: Fyll i det här fältet."),
        ("ny@post.example", "", "Varför: Fyll i det här fältet."),
        (f" {ANNA.upper()} ", "Bad om", "E-postadress: Adressen finns redan på spärrlistan."),
    ],
)
def test_what_cannot_be_added_is_told_at_its_field(
    app: Flask, news: Sent, maria: Browser, address: str, reason: str, said: str
) -> None:
    came(app, news)
    page = maria.get("bounces.suppress").submit("Spärra", address=address, reason=reason)
    assert page.errors == [said]
    assert page.value("reason") == reason


def test_one_is_added_by_hand(app: Flask, maria: Browser) -> None:
    page = maria.get("bounces.suppressions").follow("Lägg till")
    page = page.submit("Spärra", address="Bo@Post.example", reason="Bad om det")
    (row,) = page.table("Spärrade adresser")
    assert (row["Adress"], row["Hur vi vet"]) == ("bo@post.example", "Tillagd för hand")
    assert "suppression.added" in actions(app)


def sent_file(reader: Browser, content: bytes) -> Page:
    page = reader.get("bounces.upload")
    return page.submit("Granska filen", file=FileStorage(io.BytesIO(content), "lista.csv"))


@covers("S25")
def test_a_file_is_looked_through_before_it_counts(
    app: Flask, news: Sent, maria: Browser, browser: Browser, make: Make
) -> None:
    came(app, news)
    rows = f"Namn;E-post\nBo;Bo@Post.example\nX;ingen\nY;\nZ;bo@post.example\nÅ;{ANNA}\n"
    page = sent_file(maria, rows.encode("cp1252"))
    assert page.table("Läses inte in") == [
        {"Rad": "3", "Står i filen": "ingen", "Varför": "Ingen mejladress"},
        {"Rad": "4", "Står i filen": "Y,", "Varför": "Ingen adress på raden"},
        {"Rad": "5", "Står i filen": "bo@post.example", "Varför": "Stod redan längre upp"},
    ]
    assert not suppressed(app, "bo@post.example")
    address = page.address
    hr(browser, make).get(address, status=404)
    page = page.submit("Spärra 2 adresser")
    assert page.flashes == ["1 ny adress är spärrad."]
    assert suppressed(app, "bo@post.example")
    maria.get(address, status=404)


@pytest.mark.parametrize("content", [b"", b"\0\1", b" \n"], ids=["empty", "bytes", "blank"])
def test_a_file_without_rows_is_refused(maria: Browser, content: bytes) -> None:
    assert "går inte att läsa" in sent_file(maria, content).errors[0]


def test_a_file_can_be_thrown_away(app: Flask, maria: Browser) -> None:
    page = sent_file(maria, b"bo@post.example\n").submit("Kasta filen")
    assert page.flashes == ["Filen är kastad. Ingenting ändrades."]
    assert not suppressed(app, "bo@post.example")


@covers("S25")
def test_the_file_that_goes_out_holds_no_formula(app: Flask, maria: Browser) -> None:
    with app.app_context(), unit():
        mail.suppress("=cmd@post.example", "=1+1", source=SuppressedBy.HAND)
    answer = maria.open(maria.address_of("bounces.export"))
    heading, row = answer.text.lstrip("\ufeff").splitlines()
    assert heading == "email;since;source;reason"
    assert row.startswith("'=cmd@post.example;")
    assert row.endswith(";hand;'=1+1")
    assert "suppression.exported" in actions(app)


def test_what_went_out_as_a_file_comes_in_as_it_was(app: Flask, maria: Browser) -> None:
    spring = datetime(2026, 3, 1, tzinfo=UTC)
    was = (
        ("ann@post.example", "abuse", SuppressedBy.COMPLAINT, spring),
        ("bo@post.example", "550 5.1.1 nobody", SuppressedBy.BOUNCE, spring),
        ("=x@post.example", "=1+1", SuppressedBy.HAND, spring),
    )
    with app.app_context(), unit():
        mail.suppress_all([mail.Barred(*one) for one in was], by="somebody")
    content = maria.open(maria.address_of("bounces.export")).data
    with app.app_context(), unit():
        for one in db.session.scalars(select(Suppression)):
            db.session.delete(one)
    page = sent_file(maria, content)
    assert page.table("Adresser")[0] == {
        "Adress": "ann@post.example",
        "Hur vi vet": "Klagomål",
        "Varför": "Anmält som skräppost",
        "Sedan": "1 mars",
    }
    page.submit("Spärra 3 adresser")
    with app.app_context():
        found = db.session.scalars(select(Suppression).order_by(Suppression.id)).all()
        assert [(one.canonical, one.reason, one.source, one.at) for one in found] == list(was)


def test_a_complaint_in_a_file_outweighs_a_bounce_and_not_the_other_way(
    app: Flask, maria: Browser
) -> None:
    with app.app_context(), unit():
        mail.suppress("ann@post.example", "550", source=SuppressedBy.BOUNCE)
        mail.suppress("bo@post.example", "spam", source=SuppressedBy.COMPLAINT)
    rows = "email;source\nann@post.example;complaint\nbo@post.example;bounce\n"
    page = sent_file(maria, rows.encode()).submit("Spärra 2 adresser")
    assert page.flashes == ["0 nya adresser är spärrade."]
    with app.app_context():
        assert set(db.session.scalars(select(Suppression.source))) == {SuppressedBy.COMPLAINT}


def test_what_no_machine_understood_is_settled_by_hand(
    app: Flask, news: Sent, maria: Browser
) -> None:
    with app.app_context(), unit():
        services.take(b"Subject: <b>Hej\n\nSluta <script>", way=Way.FILE)
    assert "Returer att läsa" in maria.get("home.staff")
    page = maria.get("bounces.returned")
    page = page.follow(page.texts("tbody th a")[0])
    assert page.texts("pre") == ["Subject: <b>Hej Sluta <script>"]
    page = page.submit("Spara")
    assert page.errors == ["Vad betyder det? Välj vad det betyder."]
    page = page.submit("Spara", verdict="complaint", address="")
    assert page.errors == ["Adressen det gäller: Skriv adressen det gäller."]
    again = maria.get(page.address)
    page = page.submit("Spara", verdict="complaint", address=ANNA)
    assert page.heading == "Returer"
    assert "Inget att läsa" in page
    assert suppressed(app)
    assert {"suppression.added", "returned_mail.settled"} <= set(actions(app))
    stale = again.submit("Spara", verdict="nothing")
    assert "Någon annan har redan avgjort den här." in stale
    assert "Avgjort" in maria.get(again.address).texts("h2")


def test_what_came_is_listed_by_kind(app: Flask, news: Sent, maria: Browser) -> None:
    came(app, news)
    came(app, news, 1, ARF)
    for show, said in (("bounce", "Adressen finns inte"), ("complaint", "Klagomål")):
        (row,) = maria.get("bounces.returned", show=show).table("Returer")
        assert row["Vad det är"] == said
    told = maria.get("bounces.returned", show="complaint").table("Returer")[0]["Serverns ord"]
    assert told == "Anmält som skräppost (SomeGenerator/1.0)"
    assert len(maria.get("bounces.returned", show="all").table("Returer")) == 2
    assert "Inget att läsa" in maria.get("bounces.returned")


def test_a_person_sees_it_when_they_come_in(app: Flask, browser: Browser, make: Make) -> None:
    bo = make.alumnus("Bo Ek", private="bo@post.example")
    reader = browser.as_(bo)
    with app.app_context(), unit():
        mail.suppress("bo@post.example", "spam", source=SuppressedBy.COMPLAINT)
    page = reader.get("home.alumnus").submit("Skicka dem till mig igen")
    assert page.flashes == ["Du får våra utskick igen."]
    assert not suppressed(app, "bo@post.example")
    with app.app_context(), unit():
        mail.suppress("bo@post.example", "550 5.1.1", source=SuppressedBy.BOUNCE)
    page = reader.get("home.alumnus")
    assert "Våra mejl kommer inte fram till dig" in page
    assert "Skicka dem till mig igen" not in page.buttons()
    assert page.follow("Byt adress").heading


def test_nobody_s_own_word_makes_a_dead_address_work(
    app: Flask, browser: Browser, make: Make
) -> None:
    reader = browser.as_(make.alumnus("Bo Ek", private="bo@post.example"))
    with app.app_context(), unit():
        mail.suppress("bo@post.example", "spam", source=SuppressedBy.COMPLAINT)
    page = reader.get("home.alumnus")
    with app.app_context(), unit():
        mail.lift("bo@post.example")
        mail.suppress("bo@post.example", "550 5.1.1", source=SuppressedBy.BOUNCE)
    page = page.submit("Skicka dem till mig igen")
    assert page.flashes == ["Mejl till adressen kommer inte fram. Byt adress i stället."]
    assert suppressed(app, "bo@post.example")


def test_others_find_nothing(app: Flask, news: Sent, browser: Browser, make: Make) -> None:
    came(app, news)
    for role in (Role.RECRUITER, Role.MANAGER, Role.ADMIN):
        reader = browser.another().as_(make.staff(role))
        for place in ("suppressions", "suppress", "upload", "export", "returned"):
            reader.get(f"bounces.{place}", status=404)


def test_unknown_ones_are_missing(maria: Browser) -> None:
    for place in ("lift", "draft", "returned_mail"):
        maria.get(f"bounces.{place}", public_id="nobody", status=404)


def test_a_duplicate_report_leaves_one_row(app: Flask, news: Sent) -> None:
    with app.app_context(), unit():
        first = services.take(written(DSN), way=Way.LISTENER, recipient=news.local())
        again = services.take(written(DSN), way=Way.LISTENER, recipient=news.local())
        assert first.public_id == again.public_id
