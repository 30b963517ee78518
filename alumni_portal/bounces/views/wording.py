"""What came back, in the reader's words."""

from flask_babel import lazy_gettext as _l

from alumni_portal.bounces.models import Kind, Severity, Verdict, Way
from alumni_portal.bounces.rules.address_file import Wrong
from alumni_portal.mail.models import SuppressedBy

KINDS = {
    Kind.BOUNCE: _l("Studs"),
    Kind.DELAY: _l("Försenat"),
    Kind.COMPLAINT: _l("Klagomål"),
    Kind.AUTO_REPLY: _l("Autosvar"),
    Kind.RECEIPT: _l("Kvitto"),
    Kind.UNSUBSCRIBE: _l("Avslutade utskicken"),
    Kind.UNREADABLE: _l("Gick inte att tolka"),
}
SEVERITIES = {
    Severity.NOBODY: _l("Adressen finns inte"),
    Severity.HARD: _l("Kom inte fram"),
    Severity.SOFT: _l("Kom inte fram just då"),
    Severity.NONE: _l("Inget fel på adressen"),
}
VERDICTS = {
    Verdict.NOBODY: _l("Ingen läser adressen"),
    Verdict.COMPLAINT: _l("Vill inte ha våra mejl"),
    Verdict.NOTHING: _l("Inget att göra"),
}
WAYS = {
    Way.LISTENER: _l("Studsadressen"),
    Way.HOOK: _l("Mejltjänsten"),
    Way.FILE: _l("En fil"),
}
SOURCES = {
    SuppressedBy.RELAY: _l("Avvisad när vi skickade"),
    SuppressedBy.BOUNCE: _l("Mejl kom tillbaka"),
    SuppressedBy.COMPLAINT: _l("Klagomål"),
    SuppressedBy.HAND: _l("Tillagd för hand"),
    SuppressedBy.FILE: _l("Inläst från fil"),
}
WRONG = {
    Wrong.NO_ADDRESS: _l("Ingen adress på raden"),
    Wrong.BAD_ADDRESS: _l("Ingen mejladress"),
    Wrong.TWICE: _l("Stod redan längre upp"),
    Wrong.TOO_OLD: _l("Äldre än två år: då får adressen en ny chans"),
}
