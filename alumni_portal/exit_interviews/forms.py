"""What HR fills in when a talk is booked."""

from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
    URLField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from alumni_portal.core.forms import REQUIRED, Form

_DAY = _l("Skriv ett datum.")
_TIME = _l("Skriv ett klockslag, till exempel 10.00.")
_HTTPS = _l("Skriv hela adressen, den ska börja med https://")


def _is_web_address(form: Form, field: URLField) -> None:
    del form
    parts = urlsplit(field.data or "")
    if parts.scheme != "https" or not parts.hostname:
        raise ValidationError(_HTTPS)


class TalkForm(Form):
    holder = SelectField(_l("Vem håller samtalet?"))
    day = DateField(_l("Dag"), [InputRequired(_DAY)])
    begins = TimeField(_l("Börjar"), [InputRequired(_TIME)])
    minutes = IntegerField(
        _l("Minuter"),
        [InputRequired(REQUIRED), NumberRange(15, 240, _l("Mellan 15 och 240 minuter."))],
    )
    place = StringField(_l("Plats"), [Optional(), Length(max=200)])
    online_url = URLField(_l("Länk till videomöte"), [Optional(), Length(max=500), _is_web_address])
    purpose = TextAreaField(
        _l("Varför vi vill prata"),
        [Optional(), Length(max=1000)],
        description=_l("Står i inbjudan."),
    )
