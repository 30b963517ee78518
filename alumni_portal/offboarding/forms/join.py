from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from alumni_portal.core.forms import REQUIRED, Form

_YEARS = NumberRange(1950, 2100, _l("Skriv ett årtal med fyra siffror."))


class JoinForm(Form):
    name = StringField(
        _l("Ditt namn"),
        [InputRequired(_l("Skriv ditt namn.")), Length(max=150)],
        render_kw={"autocomplete": "name"},
    )
    address = StringField(
        _l("Din privata e-postadress"),
        [InputRequired(_l("Skriv din e-postadress.")), Length(max=320)],
        render_kw={"type": "email", "autocomplete": "email", "inputmode": "email"},
    )
    from_year = IntegerField(_l("Från år"), [Optional(), _YEARS])
    until_year = IntegerField(_l("Till år"), [Optional(), _YEARS])
    unit = StringField(_l("Avdelning"), [Optional(), Length(max=150)])
    number = StringField(_l("Anställningsnummer"), [Optional(), Length(max=60)])


class MatchForm(Form):
    person = SelectField(
        _l("Vem är det?"), [InputRequired(_l("Välj en person."))], validate_choice=False
    )


class RejectForm(Form):
    reason = StringField(
        _l("Varför?"),
        [InputRequired(_l("Skriv varför, så att kollegorna förstår.")), Length(max=150)],
    )


class FormerForm(Form):
    first_name = StringField(_l("Förnamn"), [InputRequired(REQUIRED), Length(max=150)])
    last_name = StringField(_l("Efternamn"), [InputRequired(REQUIRED), Length(max=150)])
    number = StringField(_l("Anställningsnummer"), [InputRequired(REQUIRED), Length(max=60)])
    title = StringField(_l("Titel"), [Optional(), Length(max=150)])
    unit = SelectField(_l("Avdelning"), validate_choice=False)
    begins_on = DateField(_l("Första dag"), [InputRequired(_l("Välj en dag."))])
    ends_on = DateField(_l("Sista dag"), [InputRequired(_l("Välj en dag."))])


class NewLinkForm(Form):
    address = StringField(
        _l("Din e-postadress"),
        [InputRequired(_l("Skriv din e-postadress.")), Length(max=320)],
        render_kw={"type": "email", "autocomplete": "email", "inputmode": "email"},
    )
