from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    RadioField,
    StringField,
    SubmitField,
    TelField,
)
from wtforms.validators import InputRequired, Length, Optional

from alumni_portal.core.forms import REQUIRED, Form

_OLD = _l("Hoppa över om du inte minns den.")


class SignInForm(Form):
    email = EmailField(
        _l("E-postadress"),
        [InputRequired(_l("Skriv din e-postadress.")), Length(max=320)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Lösenord"), [Length(max=256)], render_kw={"autocomplete": "current-password"}
    )
    way = SubmitField()

    @property
    def has_password(self) -> bool:
        """Say whether somebody came with a password, or pressed its button."""
        return bool(self.password.data or self.way.data)


class CodeForm(Form):
    code = StringField(
        _l("Läser du mejlen på en annan enhet? Skriv koden"),
        [InputRequired(REQUIRED), Length(max=20)],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters"},
    )


class PasswordForm(Form):
    current = PasswordField(
        _l("Nuvarande lösenord"),
        [InputRequired(REQUIRED), Length(max=256)],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _l("Nytt lösenord"),
        [InputRequired(REQUIRED)],
        description=_l("Minst 15 tecken. En mening du kommer ihåg är bra."),
        render_kw={"autocomplete": "new-password"},
    )


class LostForm(Form):
    name = StringField(
        _l("Ditt namn"),
        [InputRequired(REQUIRED), Length(max=200)],
        render_kw={"autocomplete": "name"},
    )
    old = StringField(
        _l("Adressen du inte kommer åt"), [Optional(), Length(max=320)], description=_OLD
    )
    new = EmailField(
        _l("Ny privat e-postadress"),
        [InputRequired(REQUIRED), Length(max=320)],
        render_kw={"autocomplete": "email"},
    )
    reach = TelField(
        _l("Hur når vi dig?"),
        [InputRequired(REQUIRED), Length(max=200)],
        description=_l("Till exempel ett telefonnummer och när du brukar kunna svara."),
    )


class ConfirmRecoveryForm(Form):
    person = RadioField(_l("Vem är det?"), [InputRequired(_l("Välj vem det är."))])
    checked = BooleanField(
        _l("Jag har talat med personen och är säker på att det är rätt människa"),
        [InputRequired(_l("Kontrollera först vem det är."))],
    )


class RefuseRecoveryForm(Form):
    reason = StringField(_l("Varför?"), [InputRequired(REQUIRED), Length(max=200)])


class NewAddressForm(Form):
    new = EmailField(
        _l("Ny privat e-postadress"),
        [InputRequired(REQUIRED), Length(max=320)],
        render_kw={"autocomplete": "off"},
    )
    checked = BooleanField(
        _l("Jag har talat med personen och är säker på att det är rätt människa"),
        [InputRequired(_l("Kontrollera först vem det är."))],
    )
