from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from alumni_portal.core.forms import REQUIRED, Form


class TipForm(Form):
    name = StringField(_l("Vem tänker du på?"), [InputRequired(REQUIRED), Length(max=120)])
    address = EmailField(
        _l("Personens e-postadress"),
        [InputRequired(REQUIRED), Length(max=320)],
        description=_l("Dit skickar vi frågan, en enda gång."),
    )
    opening = SelectField(_l("Vilken tjänst?"), validate_choice=False)
    why = TextAreaField(
        _l("Varför passar personen?"),
        [Optional(), Length(max=600)],
        description=_l("Personen kan läsa det du skriver."),
    )
    agreed = BooleanField(
        _l("Jag har frågat, och personen vill bli tipsad"),
        [InputRequired(_l("Fråga personen först. Utan ett ja kan vi inte ta emot tipset."))],
    )
