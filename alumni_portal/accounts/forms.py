from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from alumni_portal.core.forms import REQUIRED, Form


class SignInForm(Form):
    email = EmailField(
        _l("E-postadress"),
        [InputRequired(_l("Skriv din e-postadress.")), Length(max=320)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Lösenord"), [Length(max=256)], render_kw={"autocomplete": "current-password"}
    )


class CodeForm(Form):
    code = StringField(
        _l("Läser du mejlen på en annan enhet? Skriv koden"),
        [InputRequired(REQUIRED), Length(max=20)],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters"},
    )
