"""Newsletters for tests."""

from io import BytesIO

from flask import Flask
from PIL import Image

from alumni_portal.accounts.models import Account
from alumni_portal.consents import services as consents
from alumni_portal.consents.rules import How, Purpose
from alumni_portal.core.db import db, new_public_id
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.core.transaction import unit
from alumni_portal.mail.models import Delivery, DeliveryState
from alumni_portal.newsletters import services
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.queries import Kind
from alumni_portal.newsletters.services import Block, Content, Head, Said
from alumni_portal.people.models import Person
from tests.support.make import Make

NEWS = (Purpose.MEMBERSHIP, Purpose.NEWSLETTER)
TEXT = "Hej {{first_name}}! Nu är **stationen** klar."


def content(*blocks: Block, subject: str = "Luleå är klart", english: bool = False) -> Content:
    heads = {"sv": Head(subject=subject, preheader="Åtta månader före plan")}
    if english:
        heads["en"] = Head(subject="Luleå is done", preheader="Eight months early")
    return Content(heads=heads, blocks=blocks or (text_block(english=english),))


def text_block(text: str = TEXT, *, english: bool = False) -> Block:
    said = {"sv": Said(text=text)}
    if english:
        said["en"] = Said(text="Hi {{first_name}}! The **station** is done.")
    return Block(id=new_public_id(), kind=Kind.TEXT, said=said)


def letter(app: Flask, made: Content | None = None, title: str = "Decemberbrevet") -> Newsletter:
    with app.app_context(), unit():
        begun = services.begin(title, by=SYSTEM)
        services.save(begun, title=title, content=made or content(), segment_id=None, by=SYSTEM)
    return begun


def now(app: Flask, known: Newsletter) -> Newsletter:
    """Return a newsletter as the database has it."""
    with app.app_context():
        return db.session.get_one(Newsletter, known.id)


def reader(make: Make, name: str = "Anna Ek", address: str = "anna@post.example") -> Account:
    return make.alumnus(name, private=address, agreed_to=NEWS)


def withdraw(app: Flask, one: Account) -> None:
    """Let a reader say no to newsletters."""
    with app.app_context(), unit():
        person = db.session.get_one(Person, one.person_id)
        consents.withdraw(person, Purpose.NEWSLETTER, how=How.MAIL_LINK, by=SYSTEM)


def delivery(
    app: Flask, known: Newsletter, one: Account, state: DeliveryState, outcome: str = ""
) -> None:
    """Let a reader's copy of a sent newsletter stand like this."""
    with app.app_context(), unit():
        copy = db.session.get_one(Delivery, (now(app, known).mailing_id, one.person_id))
        copy.state, copy.outcome = state, outcome


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """Return a picture that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Kamera med serienummer 123"
    exif.get_ifd(0x8825)[2] = (65.0, 35.0, 0.0)
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, exif=exif)
    return out.getvalue()
