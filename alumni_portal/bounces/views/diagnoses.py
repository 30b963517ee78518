"""What the doctor says, in the reader's words; whom it asks."""

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from alumni_portal.bounces.rules.setup import Say, Status, Topic
from alumni_portal.bounces.services.doctor import Dns, Resolver
from alumni_portal.core.formats import number
from alumni_portal.mail.models import Mailing, MailingState

TOPICS = {
    Topic.SPF: _l("SPF: vem får skicka från domänen"),
    Topic.DKIM: _l("DKIM: underskriften"),
    Topic.DMARC: _l("DMARC: vad mottagaren gör med förfalskningar"),
    Topic.ALIGNMENT: _l("Avsändaren stämmer med underskriften"),
    Topic.PTR: _l("Namnet på servern som skickar"),
    Topic.TLS: _l("Kryptering till mejlservern"),
    Topic.ONE_CLICK: _l("Avsluta med ett klick"),
    Topic.BOUNCES: _l("Vägen tillbaka för studsar"),
}
STATUSES = {
    Status.GOOD: _l("Bra"),
    Status.WARN: _l("Kan bli bättre"),
    Status.BAD: _l("Måste rättas"),
    Status.UNKNOWN: _l("Vet inte"),
}
SAYINGS = {
    Say.GOOD: _l("Inget att göra."),
    Say.OFFLINE: _l("Det går inte att slå upp namn härifrån. Kontrollera från en maskin med DNS."),
    Say.SPF_NONE: _l("Lägg in en post som börjar med v=spf1 och nämner servern som skickar."),
    Say.SPF_MANY: _l("Det finns flera poster. Slå ihop dem till en, annars gäller ingen."),
    Say.SPF_OPEN: _l("Posten släpper in alla. Avsluta den med -all i stället."),
    Say.SPF_LOOSE: _l("Posten säger inget om alla andra. Avsluta den med ~all eller -all."),
    Say.SPF_BROKEN: _l(
        "Posten går inte att följa: något i den är fel, eller så leder den vidare mer än tio "
        "gånger. Då räknas den inte alls."
    ),
    Say.SPF_SHUTS_OUT: _l(
        "Posten nämner inte mejlservern som vi lämnar mejlen till. Lägg till den. Skickar servern "
        "från en annan adress är det den adressen som ska stå där."
    ),
    Say.SPF_UNTOLD: _l(
        "Posten beror på mejlet som skickas, så det går inte att säga härifrån om servern får "
        "skicka."
    ),
    Say.SPF_INSIDE: _l(
        "Posten är rätt skriven. Mejlservern står i ert eget nät, så kontrollera att adressen som "
        "syns utåt står i posten."
    ),
    Say.DKIM_NO_KEY: _l(
        "Portalen skriver inte under. Sätt ALUMNI_DKIM_KEY, eller se till att mejlservern gör det."
    ),
    Say.DKIM_NONE: _l("Nyckeln finns inte i DNS. Lägg in posten här under."),
    Say.DKIM_OTHER: _l("I DNS står en annan nyckel än vår. Byt posten mot den här under."),
    Say.DKIM_REVOKED: _l("Nyckeln i DNS är återkallad. Lägg in posten här under."),
    Say.DKIM_TESTING: _l("Posten säger att nyckeln bara är på prov. Ta bort t=y."),
    Say.DMARC_NONE: _l("Lägg in en post. Börja med den här under och läs rapporterna."),
    Say.DMARC_MANY: _l("Det finns flera poster. Behåll en, annars gäller ingen."),
    Say.DMARC_WATCHES: _l("Räcker för att mejl ska tas emot. Skärp till p=quarantine när det går."),
    Say.NOT_ALIGNED: _l(
        "Varken SPF eller DKIM gäller domänen som läsaren ser. Skriv under, eller låt studsar gå "
        "till en domän under den."
    ),
    Say.PTR_INSIDE: _l(
        "Mejlservern står i ert eget nät. Kontrollera namnet på den adress som syns utåt."
    ),
    Say.PTR_NO_ADDRESS: _l("Mejlservern har ingen adress i DNS. Kontrollera ALUMNI_MAIL_URL."),
    Say.PTR_NONE: _l("Adressen saknar namn. Be den som äger adressen lägga in ett."),
    Say.PTR_NOT_CONFIRMED: _l(
        "Namnet leder inte tillbaka till adressen. De måste peka på varandra."
    ),
    Say.TLS_OFF: _l("Mejlen går okrypterade. Använd smtp+starttls eller smtps."),
    Say.TLS_INSIDE: _l("Okrypterat, men bara inom ert eget nät."),
    Say.TLS_FAILED: _l("Det gick inte att få en säker förbindelse. Inget mejl skickas så här."),
    Say.NO_RELAY: _l(
        "Mejl skrivs till filer på den här maskinen. Det finns ingen server att se på."
    ),
    Say.NOT_HTTPS: _l("Adressen till portalen måste vara https."),
    Say.NOT_SIGNED: _l("Knappen visas bara när mejlen är underskrivna. Se DKIM."),
    Say.BOUNCES_OFF: _l(
        "Studsar går till avsändaren och läses av ingen. Sätt ALUMNI_MAIL_BOUNCES."
    ),
    Say.BOUNCES_NO_MX: _l("Ingen server tar emot mejl till domänen. Lägg in en MX-post."),
}
DOOR = "alumni_portal.resolver"

#: Which slice a mailing is of → what its mailings are.
_KINDS = {"newsletters": _l("Nyhetsbrev"), "events": _l("Träff")}


def kind_of(kind: str) -> str:
    """Return what a mailing is, in a word."""
    return str(_KINDS.get(kind.partition("/")[0], _l("Utskick")))


def speed(per_second: float | None) -> str:
    """Return a speed in words; a slow one by the minute."""
    if per_second is None:
        return _("Så fort servern tar emot")
    if per_second >= 1:
        return _("%(n)s mejl i sekunden", n=number(round(per_second)))
    return _("%(n)s mejl i minuten", n=number(round(60 * per_second)))


def why_still(mailing: Mailing) -> str:
    """Return why a mailing stands still."""
    if mailing.is_in_doubt:
        return _("Mejlservern säger att nästan ingen finns")
    if mailing.state is MailingState.PAUSED:
        return _("Mejlservern säger nej till alla")
    return _("Mejlservern svarar inte")


def resolver(app: Flask) -> Resolver:
    """Return whom an application asks about names: its own, or this machine's name servers."""
    given: Resolver = app.extensions.get(DOOR) or Dns()
    return given
