from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    RadioField,
    SelectField,
    StringField,
    TelField,
)
from wtforms.validators import InputRequired, Length, Optional

from alumni_portal.core.forms import REQUIRED, Form, options
from alumni_portal.people.rules import EmploymentKind

KINDS = {
    EmploymentKind.PERMANENT: _l("Tillsvidare"),
    EmploymentKind.SAVA: _l("Särskild visstid"),
    EmploymentKind.SUBSTITUTE: _l("Vikariat"),
    EmploymentKind.SEASONAL: _l("Säsong"),
    EmploymentKind.PROBATIONARY: _l("Provanställning"),
    EmploymentKind.OTHER: _l("Annan form"),
}
_A_DAY = _l("Skriv en dag, som 2026-12-17.")


class PersonForm(Form):
    first_name = StringField(_l("Förnamn"), [InputRequired(REQUIRED), Length(max=200)])
    last_name = StringField(_l("Efternamn"), [InputRequired(REQUIRED), Length(max=200)])
    phone = TelField(_l("Telefon"), [Optional(), Length(max=40)])


class EmploymentForm(Form):
    number = StringField(_l("Anställningsnummer"), [InputRequired(REQUIRED), Length(max=60)])
    title = StringField(_l("Titel"), [Optional(), Length(max=200)])
    unit = SelectField(_l("Avdelning"), [Optional()], validate_choice=False)
    workplace = StringField(
        _l("Arbetsplats"), [Optional(), Length(max=200)], description=_l("Driftsenhet, ofta orten.")
    )
    kind = SelectField(_l("Anställningsform"), choices=options(KINDS.items()))
    manager = StringField(
        _l("Chefens anställningsnummer"), [Optional(), Length(max=60)], description=""
    )
    begins_on = DateField(_l("Första dagen"), [InputRequired(_A_DAY)])
    ends_on = DateField(_l("Sista dagen"), [Optional()], description=_l("Om den redan är känd."))


class NewPersonForm(PersonForm, EmploymentForm):
    work = EmailField(_l("Jobbadress"), [Optional(), Length(max=320)])
    private = EmailField(
        _l("Privat e-postadress"),
        [Optional(), Length(max=320)],
        description=_l("Gäller först när personen själv har bekräftat den."),
    )
    another = BooleanField(_l("Det är en annan person än den som redan finns"))


class DeathForm(Form):
    died_on = DateField(_l("Dag"), [InputRequired(_A_DAY)])


class UnitForm(Form):
    name = StringField(_l("Namn"), [InputRequired(REQUIRED), Length(max=200)])
    parent = SelectField(_l("Ligger under"), [Optional()], validate_choice=False)


class NewUnitForm(UnitForm):
    code = StringField(_l("Egen kod"), [Optional(), Length(max=60)])
    opened_on = DateField(_l("Öppnar"), [InputRequired(_A_DAY)])


class ChangeUnitForm(UnitForm):
    valid_from = DateField(_l("Gäller från"), [InputRequired(_A_DAY)])


class CloseUnitForm(Form):
    closed_on = DateField(_l("Sista dagen"), [InputRequired(_A_DAY)])


class LeadForm(Form):
    person = RadioField(_l("Vem?"), [InputRequired(_l("Välj en person."))])
    role = RadioField(
        _l("Uppdrag"),
        choices=options(
            [("lead", _l("Leder avdelningen")), ("deputy", _l("Ersätter den som leder"))]
        ),
        default="lead",
    )
    from_on = DateField(_l("Från"), [InputRequired(_A_DAY)])


class DismissForm(Form):
    until_on = DateField(_l("Till och med"), [InputRequired(_A_DAY)])
