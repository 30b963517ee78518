from flask_babel import lazy_gettext as _l
from wtforms import (
    IntegerField,
)
from wtforms.validators import InputRequired, NumberRange

from alumni_portal.core.forms import REQUIRED, Form


class WalkInForm(Form):
    number = IntegerField(
        _l("Kom utan anmälan"),
        [
            InputRequired(REQUIRED),
            NumberRange(0, 10_000, _l("Skriv ett antal från 0 till 10 000.")),
        ],
        description=_l("Bara antalet, inga namn."),
    )
