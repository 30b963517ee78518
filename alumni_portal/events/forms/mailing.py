from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    IntegerField,
    SelectField,
)
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from alumni_portal.core.forms import Form


class InviteForm(Form):
    """Whom to invite, and the yes to the number that was shown for a choice."""

    segment = SelectField(_l("Vilka bjuder du in?"))
    number = IntegerField(validators=[Optional()], widget=HiddenInput())
    #: The segment that the number was shown for.
    shown = HiddenField()


class AgainForm(Form):
    """The yes to the number of people that was shown."""

    number = IntegerField(validators=[Optional()], widget=HiddenInput())
