from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core.db import db
from alumni_portal.core.errors import NotFound
from alumni_portal.core.permissions import by_link
from alumni_portal.openings import queries as openings
from alumni_portal.people.models import AddressKind, Person
from alumni_portal.rehire import queries, services
from alumni_portal.rehire.emails import contact_of, pay_of
from alumni_portal.rehire.forms.contact import BUTTONS, AnswerForm
from alumni_portal.rehire.models import Contact, ContactState
from alumni_portal.rehire.queries import Reachable
from alumni_portal.rehire.views import bp


@bp.route("/contact/<token>", methods=["GET", "POST"])
@by_link
def answer_contact(token: str) -> ResponseReturnValue:
    contact = _behind(token)
    form = AnswerForm()
    if form.validate_on_submit():
        with form.attempt():
            if form.chosen is None:
                flash(_("Välj ett av svaren."), "warn")
            else:
                services.answer_contact(contact, form.chosen)
            return redirect(url_for("rehire.answer_contact", token=token), 303)
    opening = openings.opening_by_id(contact.opening_id) if contact.opening_id else None
    page = render_template(
        "rehire/answer.html",
        form=form,
        contact=contact,
        person=db.session.get_one(Person, contact.person_id),
        recruiter=db.session.get_one(Person, contact.by_person_id),
        opening=opening,
        pay=pay_of(opening) if opening else "",
        answers=BUTTONS,
        is_open=services.may_be_answered(contact),
        reach=_reach(contact),
    )
    return page, 200, {"Referrer-Policy": "no-referrer"}


def _behind(token: str) -> Contact:
    """Return the letter that a token answers; a changed one, or another's, is no page at all."""
    public_id = contact_of(token)
    contact = queries.contact(public_id) if public_id else None
    if contact is None:
        raise NotFound
    return contact


def _reach(contact: Contact) -> Reachable | None:
    if contact.state is not ContactState.INTERESTED:
        return None
    return queries.reach(db.session.get_one(Person, contact.by_person_id), AddressKind.WORK)
