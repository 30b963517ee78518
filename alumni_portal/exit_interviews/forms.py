"""What HR fills in: a talk, a file of earlier interviews."""

from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
    URLField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from alumni_portal.core.forms import REQUIRED, Form, options

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


class ThemeForm(Form):
    name = StringField(_l("Namn"), [InputRequired(REQUIRED), Length(max=200)])
    name_en = StringField(_l("Namn på engelska"), [InputRequired(REQUIRED), Length(max=200)])
    definition = TextAreaField(_l("Förklaring"), [InputRequired(REQUIRED), Length(max=200)])
    definition_en = TextAreaField(
        _l("Förklaring på engelska"), [InputRequired(REQUIRED), Length(max=200)]
    )
    example = TextAreaField(_l("Exempel"), [Optional(), Length(max=200)])
    example_en = TextAreaField(_l("Exempel på engelska"), [Optional(), Length(max=200)])


class ReasonForm(ThemeForm):
    theme = SelectField(_l("Tema"))
    force = RadioField(
        _l("Vad är det?"),
        choices=options([("push", _l("Något här")), ("pull", _l("Något annat lockade"))]),
        default="push",
    )
    keywords = StringField(
        _l("Ord som kan tyda på skälet"),
        [Optional(), Length(max=400)],
        description=_l("Början av ord, med mellanslag emellan. De ger bara förslag."),
    )


class BreakGlassForm(Form):
    reason = TextAreaField(
        _l("Varför måste du läsa?"),
        [InputRequired(REQUIRED), Length(max=1000)],
        description=_l("Skriv också vilket ärende det gäller. Den som slutade kan få se det."),
    )


class ReadersForm(Form):
    reader_1 = SelectField(_l("Läsare"))
    reader_2 = SelectField(_l("Läsare till"), [Optional()])
    coder_1 = SelectField(_l("Kodare"), [Optional()])
    coder_2 = SelectField(_l("Kodare till"), [Optional()])


class SurveyFileForm(Form):
    file = FileField(
        _l("Fil"),
        [FileRequired(_l("Välj en fil."))],
        description=_l("CSV eller XLSX, högst 200 000 rader och 64 MB."),
    )
    mapping = FileField(
        _l("Mappning"),
        description=_l("En fil som någon har gjort förut. Utan den gissar vi, och du rättar."),
    )


class SurveyColumnsForm(Form):
    missing = StringField(
        _l("Betyder inget svar"),
        [Optional(), Length(max=400)],
        description=_l("Åtskilda med semikolon, till exempel: Vet ej; Not Stated."),
    )
    separator = StringField(
        _l("Mellan flera skäl i en cell står"), [Optional(), Length(max=3)], filters=()
    )
    month_first = BooleanField(_l("Månaden står före dagen i datum (05/14/2026)"))
