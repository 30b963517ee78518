from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField
from wtforms.validators import Length, Optional

from alumni_portal.core.forms import Form


class SurveyFileForm(Form):
    file = FileField(
        _l("Fil"),
        [FileRequired(_l("Välj en fil."))],
        description=_l("CSV eller XLSX, högst 5 000 rader."),
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
