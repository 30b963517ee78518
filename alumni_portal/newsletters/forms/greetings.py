from collections.abc import Mapping

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from alumni_portal.core.forms import REQUIRED, Form, options
from alumni_portal.newsletters.queries import LANGUAGES
from alumni_portal.newsletters.services import Words
from alumni_portal.rehire.models import Level
from alumni_portal.rehire.queries import LEVELS

_LINE = [Length(max=200)]
_TEXT = [Length(max=10_000)]


class GreetingPlanForm(Form):
    """Whether greetings go, and where answers to them go."""

    is_on = BooleanField(_l("Hälsningar"))
    reply_to = EmailField(_l("Svar går till"), [Optional(), Length(max=200)])


class GreetingForm(Form):
    """What one greeting says, both languages beside each other."""

    class Meta(Form.Meta):
        csrf = False  # the page around it has the token

    subject_sv = StringField(_l("Ämnesrad på svenska"), [DataRequired(REQUIRED), *_LINE])
    text_sv = TextAreaField(_l("Text på svenska"), [DataRequired(REQUIRED), *_TEXT])
    subject_en = StringField(_l("Ämnesrad på engelska"), [DataRequired(REQUIRED), *_LINE])
    text_en = TextAreaField(_l("Text på engelska"), [DataRequired(REQUIRED), *_TEXT])
    #: The mark of what it said when the form was opened.
    version = HiddenField()

    def __init__(self, step: int, words: Mapping[str, Words], version: str) -> None:
        self.is_sent = request.form.get("step") == str(step)
        said = {
            f"{part}_{spoken}": getattr(one, part)
            for spoken, one in words.items()
            for part in ("subject", "text")
        }
        sent = request.form if self.is_sent else None
        super().__init__(sent, prefix=f"g{step}-", data={**said, "version": version})
        self.step = step

    @property
    def words(self) -> dict[str, Words]:
        """Return what was written, by language."""
        return {
            spoken: Words(self[f"subject_{spoken}"].data, self[f"text_{spoken}"].data)
            for spoken in LANGUAGES
        }


class WroteBackForm(Form):
    """From which address somebody wrote back."""

    address = EmailField(_l("Adressen de skrev från"), [DataRequired(REQUIRED), Length(max=320)])


class FromGreetingForm(Form):
    """What the reader of a greeting answers about coming back, or that it is enough."""

    level = RadioField(
        _l("Hur ser du på att komma tillbaka?"),
        choices=options((one.value, words) for one, words in LEVELS.items()),
        validate_choice=False,  # nothing chosen is no fault of the button that stops
    )
    do = HiddenField()

    @property
    def chosen(self) -> Level | None:
        """Return the answer that was chosen."""
        return Level(self.level.data) if self.level.data in set(Level) else None
