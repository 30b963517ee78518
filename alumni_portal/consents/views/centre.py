import hashlib
from collections import defaultdict
from dataclasses import dataclass
from email.utils import parseaddr

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from alumni_portal.consents import queries, rules, services
from alumni_portal.consents.forms import ConsentForm
from alumni_portal.consents.models import ConsentEntry, StandingConsent
from alumni_portal.consents.rules import Act, How, Purpose, Words
from alumni_portal.consents.views import bp
from alumni_portal.consents.views.looks import latest_looks
from alumni_portal.consents.views.shell import layout
from alumni_portal.core import clock, language
from alumni_portal.core.db import db
from alumni_portal.core.installation import settings
from alumni_portal.core.permissions import current_actor, public, signed_in
from alumni_portal.people.models import Person
from alumni_portal.people.queries import is_employed

ABOUT = {
    Purpose.MEMBERSHIP: _l("Du har en profil, hittar tidigare kollegor och kan läsa nyheter."),
    Purpose.RECRUITER_CONTACT: _l("Rekryterare kan hitta din profil och höra av sig om en tjänst."),
    Purpose.NEWSLETTER: _l("Högst ett brev i månaden. Ber det om svar kan en påminnelse komma."),
    Purpose.EVENTS: _l("Frukostar, studiebesök och föredrag nära dig."),
    Purpose.MENTORING: _l("Medarbetare och alumner kan fråga dig om råd."),
}
HAPPENED = {
    Act.GIVEN: _l("Ja"),
    Act.RENEWED: _l("Ja, förnyat"),
    Act.WITHDRAWN: _l("Tillbakadraget av dig"),
    Act.EXPIRED: _l("Gick ut"),
    Act.CLOSED: _l("Avslutat"),
}
WAYS = {
    How.CONFIRMATION_LETTER: _l("från din privata adress"),
    How.CONSENT_CENTRE: _l("på den här sidan"),
    How.JOIN_REQUEST: _l("när du bad att få vara med"),
    How.MAIL_LINK: _l("från en länk i ett mejl"),
    How.EMPLOYMENT: _l("när du blev anställd igen"),
    How.CLOCK: _l("när tiden var ute"),
    How.DEATH: _l("av HR"),
}


@dataclass(frozen=True)
class Card:
    """One purpose as the consent centre shows it."""

    purpose: Purpose
    title: object
    about: object
    words: Words
    standing: StandingConsent | None
    lapses_soon: bool
    history: list[ConsentEntry]

    @property
    def said(self) -> str:
        """Return the text that was said yes to, or the one that would be."""
        return self.standing.entry.wording.text if self.standing else self.words.text


def _cards(standing: dict[Purpose, StandingConsent], person_id: int) -> list[Card]:
    happened = defaultdict(list)
    for entry in queries.history(person_id):
        happened[entry.purpose].append(entry)
    return [
        Card(
            purpose,
            title,
            ABOUT[purpose],
            services.words_now(purpose, language.current()),
            standing.get(purpose),
            purpose in standing and rules.lapses_soon(standing[purpose].until, clock.now()),
            happened[purpose],
        )
        for purpose, title in rules.TITLES.items()
    ]


def _seen(cards: list[Card]) -> str:
    """Return a mark of what the page shows: the texts asked for and what stands."""
    shown = "\n".join(
        f"{card.words.fingerprint} {card.standing.entry_id if card.standing else ''}"
        for card in cards
    )
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


@bp.route("/consents", methods=["GET", "POST"])
@signed_in
def centre() -> ResponseReturnValue:
    actor = current_actor()
    person = db.session.get_one(Person, actor.person_id)
    cards = _cards(queries.standing(person.id), person.id)
    form = ConsentForm()
    if form.validate_on_submit():
        with form.attempt():
            return redirect(_answered(form, person, cards), 303)
    is_on = form.said_to_be_on([card.purpose for card in cards if card.standing])
    return render_template(
        "consents/centre.html",
        layout=layout(),
        form=form,
        cards=cards,
        is_on=is_on,
        seen=_seen(cards),
        is_employed=is_employed(person.id),
        happened=HAPPENED,
        ways=WAYS,
        contact=parseaddr(settings().mail_from)[1],
        **latest_looks(person.id),
    )


def _answered(form: ConsentForm, person: Person, cards: list[Card]) -> str:
    """Do what the pressed button says and return where to go on.

    A yes counts only to the page as it is now; a no always counts.
    """
    by, spoken, here = current_actor(), language.current(), url_for("consents.centre")
    if ending := form.only("withdraw"):
        return _told(services.take_back(person, ending, how=How.CONSENT_CENTRE, by=by))
    if form.seen.data != _seen(cards):
        flash(_("Sidan hade blivit gammal. Så här är det nu. Svara gärna igen."), "warn")
        return here
    if renewed := form.only("renew"):
        services.renew(person, renewed, language=spoken, how=How.CONSENT_CENTRE, by=by)
        flash(_("Förnyat. Du får ett kvitto i mejlen."), "ok")
        return here
    return _told(
        services.answer(person, form.wanted, language=spoken, how=How.CONSENT_CENTRE, by=by)
    )


def _told(changed: rules.Answers) -> str:
    """Say what changed and return where to: joining and leaving have pages of their own."""
    if Purpose.MEMBERSHIP in changed.no:
        return url_for("consents.left")
    if Purpose.MEMBERSHIP in changed.yes:
        return url_for("consents.joined")
    said = _said(len(changed.yes), len(changed.no))
    flash(said or _("Inget ändrades."), "ok" if said else "info")
    return url_for("consents.centre")


def _said(yes: int, no: int) -> str:
    said = []
    if yes:
        said.append(
            ngettext("%(num)s samtycke är påslaget.", "%(num)s samtycken är påslagna.", yes)
        )
    if no:
        said.append(
            ngettext(
                "%(num)s samtycke är tillbakadraget, från och med nu.",
                "%(num)s samtycken är tillbakadragna, från och med nu.",
                no,
            )
        )
    return " ".join([*said, _("Du får ett kvitto i mejlen.")]) if said else ""


@bp.get("/consents/left")
@public
def left() -> ResponseReturnValue:
    return render_template("consents/left.html")


@bp.get("/consents/joined")
@public
def joined() -> ResponseReturnValue:
    return render_template("consents/joined.html")
