from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from alumni_portal.core.forms import Form, options

YES, NO, WAIT, REMOTE = "yes", "no", "wait", "remote"


def guest_choices(most: int) -> list[tuple[str, str]]:
    """Return what somebody who may bring so many can choose from."""
    some = (
        (str(number), ngettext("Ja, en person", "Ja, %(num)s personer", number))
        for number in range(1, most + 1)
    )
    return options([("0", _("Nej, bara jag")), *some])


class ReplyForm(Form):
    answer = RadioField(
        _l("Ditt svar"),
        [InputRequired(_l("Välj ett svar.")), AnyOf((YES, NO, WAIT, REMOTE), _l("Välj ett svar."))],
        validate_choice=False,
    )
    guests = SelectField(_l("Tar du med någon?"), default="0")
    guest_names = StringField(_l("Vilka tar du med?"), [Optional(), Length(max=300)])
    needs = StringField(
        _l("Mat och tillgänglighet"),
        [Optional(), Length(max=300)],
    )
    forgets_needs = BooleanField(_l("Ta bort det jag skrev förut"))


@dataclass(frozen=True)
class DateOf:
    """A date of a series as its form knows it: how many guests, and whether from elsewhere too."""

    ref: str
    day: str
    most_guests: int
    is_hybrid: bool


class DatesForm(Form):
    """An answer to the dates of a series: those that are ticked, and no to the others.

    Guests and the way to take part are said once for all dates, and where they differ for a date.
    """

    dates = SelectMultipleField(_l("Vilka datum kommer du?"), validate_choice=False)
    remotely = BooleanField(_l("Jag är med på distans"))
    guests = SelectField(_l("Tar du med någon?"), default="0")
    guest_names = StringField(_l("Vilka tar du med?"), [Optional(), Length(max=300)])
    needs = StringField(_l("Mat och tillgänglighet"), [Optional(), Length(max=300)])
    forgets_needs = BooleanField(_l("Ta bort det jag skrev förut"))

    def own(self, what: str, ref: str) -> Any:  # noqa: ANN401 - a field of WTForms
        """Return the field of one date (`guests`, `names` or `way`), if it has one."""
        return self._fields.get(f"{what}_{ref}")

    def guests_on(self, ref: str) -> int:
        """Return how many guests come along on a date."""
        return int(self._said("guests", ref) or self.guests.data or 0)

    def names_on(self, ref: str) -> str:
        """Return who they are."""
        return self._said("names", ref) or str(self.guest_names.data or "")

    def is_remote_on(self, ref: str) -> bool:
        """Say whether somebody takes part from elsewhere on a date: only a hybrid one has a way."""
        way = self.own("way", ref)
        if way is None:
            return False
        return way.data == REMOTE if way.data else bool(self.remotely.data)

    def _said(self, what: str, ref: str) -> str:
        field = self.own(what, ref)
        return str(field.data or "") if field is not None else ""


def form_of(dates: Sequence[DateOf]) -> type[DatesForm]:
    """Return the form of these dates, with fields for each where something may differ."""
    fields: dict[str, Any] = {}
    for one in dates:
        on = {"day": one.day}
        if one.most_guests:
            choices = [*options([("", _("Som ovan"))]), *guest_choices(one.most_guests)]
            label = _("Tar du med någon %(day)s?", **on)
            fields[f"guests_{one.ref}"] = SelectField(label, choices=choices, default="")
            label = _("Vilka tar du med %(day)s?", **on)
            fields[f"names_{one.ref}"] = StringField(label, [Optional(), Length(max=300)])
        if one.is_hybrid:
            ways = [("", _("Som ovan")), (YES, _("På plats")), (REMOTE, _("På distans"))]
            label = _("Hur är du med %(day)s?", **on)
            fields[f"way_{one.ref}"] = SelectField(label, choices=options(ways), default="")
    return type("DatesFormOf", (DatesForm,), fields)
