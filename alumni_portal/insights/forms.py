from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from alumni_portal.core.forms import REQUIRED, Form

_LONG = 2000


class ActionForm(Form):
    theme = SelectField(_l("Tema"), validate_choice=False)
    heard = TextAreaField(
        _l("Det här har vi hört"),
        [InputRequired(REQUIRED), Length(max=_LONG)],
        description=_l("Med era egna ord. Skriv inga namn och återge inget enskilt svar."),
    )
    goal = StringField(
        _l("Mål"),
        [InputRequired(REQUIRED), Length(max=160)],
        description=_l("Vad ska vara annorlunda? Till exempel: högst 15 medarbetare per chef."),
    )
    owner = SelectField(_l("Ansvarig"), validate_choice=False)
    due_on = DateField(_l("Klart senast"), [InputRequired(_l("Skriv ett datum."))])
    measure = TextAreaField(
        _l("Så ser vi att det hjälpte"),
        [Optional(), Length(max=600)],
        description=_l(
            "Hur stor andel som slutar mest av det skälet mäts alltid. Skriv om det finns mer."
        ),
    )
    unit = SelectField(_l("Var görs det?"), validate_choice=False)


class CloseForm(Form):
    done_sv = TextAreaField(
        _l("Det här har vi gjort"),
        [Length(max=_LONG)],
        description=_l("De som bad att få veta får läsa det här i ett mejl."),
    )
    done_en = TextAreaField(_l("Det här har vi gjort, på engelska"), [Length(max=_LONG)])


class PublicationForm(Form):
    heard_sv = TextAreaField(
        _l("Det här hörde vi"),
        [Length(max=_LONG)],
        description=_l("Inga namn, inga datum, inget som pekar ut någon."),
    )
    done_sv = TextAreaField(_l("Det här gör vi"), [Length(max=_LONG)])
    heard_en = TextAreaField(_l("Det här hörde vi, på engelska"), [Length(max=_LONG)])
    done_en = TextAreaField(_l("Det här gör vi, på engelska"), [Length(max=_LONG)])
    with_effect = BooleanField(
        _l("Visa också hur andelen som slutar mest av det skälet har ändrats")
    )


class ApprovalForm(Form):
    #: Which words were on the page, so that no others are approved.
    seen = HiddenField()
    is_clean = BooleanField(
        _l("Jag har läst båda språken: inga namn, inga datum, inget som pekar ut någon"),
        [InputRequired(_l("Läs texterna och kryssa i rutan."))],
    )


class FollowUpForm(Form):
    theme = SelectField(_l("Vad vill du höra om?"), validate_choice=False)
    address = EmailField(
        _l("Din privata e-postadress"),
        [InputRequired(REQUIRED), Length(max=320)],
        description=_l("Du får ett enda mejl. Sedan raderar vi adressen."),
    )
