from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import EmailField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from alumni_portal.bounces.models import Verdict
from alumni_portal.core.forms import REQUIRED, Form, options

VERDICTS = {
    Verdict.NOBODY: _l("Ingen läser adressen"),
    Verdict.COMPLAINT: _l("Personen vill inte ha våra mejl"),
    Verdict.NOTHING: _l("Inget att göra"),
}
VERDICT_HINTS = {
    Verdict.NOBODY: _l("Adressen spärras. HR ser att personen behöver en ny."),
    Verdict.COMPLAINT: _l("Adressen spärras. Samtyckena står kvar."),
    Verdict.NOTHING: _l("Ett svar, en bekräftelse eller skräp."),
}


class SuppressForm(Form):
    address = EmailField(_l("E-postadress"), [DataRequired(REQUIRED), Length(max=320)])
    reason = StringField(_l("Varför"), [DataRequired(REQUIRED), Length(max=200)])


class LiftForm(Form):
    reason = StringField(_l("Varför"), [DataRequired(REQUIRED), Length(max=200)])


class AddressFileForm(Form):
    file = FileField(
        _l("Fil"),
        [FileRequired(_l("Välj en fil."))],
        description=_l(
            "CSV med en adress på varje rad, högst 5 MB. Står det hur, varför och sedan när, som i "
            "vår egen fil, följer det med."
        ),
    )


class SettleForm(Form):
    verdict = RadioField(
        _l("Vad betyder det?"),
        [InputRequired(_l("Välj vad det betyder."))],
        choices=options((one.value, VERDICTS[one]) for one in Verdict),
    )
    address = EmailField(_l("Adressen det gäller"), [Optional(), Length(max=320)])
