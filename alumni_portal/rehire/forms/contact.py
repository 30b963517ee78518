from collections.abc import Collection, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from alumni_portal.core.forms import Form, options
from alumni_portal.openings.models import Opening
from alumni_portal.rehire.models import ContactState
from alumni_portal.rehire.rules import ANSWERS, LONGEST, SHORTEST

#: Where a letter stands, with the colour and the picture of it.
STATES = {
    ContactState.SENT: (_l("Väntar på svar"), "brand", "clock"),
    ContactState.INTERESTED: (_l("Intresserad"), "ok", "check"),
    ContactState.NOT_NOW: (_l("Inte just nu"), "", "minus"),
    ContactState.NEVER: (_l("Fråga inte igen"), "", "x"),
    ContactState.WITHDRAWN: (_l("Gäller inte längre"), "", "link-off"),
}
#: The three buttons, in the words of the one who presses.
BUTTONS = {
    ContactState.INTERESTED: _l("Ja, jag är intresserad"),
    ContactState.NOT_NOW: _l("Inte just nu"),
    ContactState.NEVER: _l("Fråga inte igen om det här"),
}


class ContactForm(Form):
    """What a recruiter writes to a candidate, first looked at, then sent."""

    opening = SelectField(_l("Vilken tjänst gäller det?"), default="", validate_choice=False)
    reason = TextAreaField(
        _l("Varför skriver du till just den här personen?"),
        [
            InputRequired(_l("Skriv varför. Det är det som personen läser.")),
            Length(
                SHORTEST,
                LONGEST,
                _l("Skriv mellan %(min)s och %(max)s tecken.", min="20", max="2 000"),
            ),
        ],
        description=_l("Det står i brevet, ord för ord. Skriv vad som passar och vad du undrar."),
    )
    #: The mark of this form: what is pressed twice is sent once.
    nonce = HiddenField()
    #: Set by the button under the preview.
    send = StringField()

    #: The openings that may be chosen, by public id.
    offered: Collection[str] = ("",)

    def validate_opening(self, field: SelectField) -> None:
        """Take no opening that has closed since the page was made."""
        if field.data not in self.offered:
            raise ValidationError(_l("Tjänsten är inte öppen längre. Välj en annan."))

    def offer(self, openings: Sequence[Opening]) -> None:
        """Let one of these openings be chosen, or none."""
        self.offered = {"", *(one.public_id for one in openings)}
        self.opening.choices = options(
            [
                ("", _("Ingen särskild tjänst")),
                *((one.public_id, f"{one.title}, {one.place}") for one in openings),
            ]
        )


class AnswerForm(Form):
    """One of three buttons."""

    answer = StringField()

    @property
    def chosen(self) -> ContactState | None:
        said = self.answer.data or ""
        return ContactState(said) if said in set(ANSWERS) else None
