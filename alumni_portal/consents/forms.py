from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from alumni_portal.consents.rules import DEPARTURE_REASONS, TOPICS, Purpose
from alumni_portal.core.forms import Form, options
from alumni_portal.core.language import LANGUAGES


class PreferenceForm(Form):
    """What somebody wants to read, in which language; or one button that does one thing."""

    topics = SelectMultipleField(
        _l("Det här vill jag läsa om"),
        choices=options(TOPICS.items()),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    language = RadioField(_l("Språk"), choices=options(LANGUAGES.items()))
    visits = BooleanField(_l("Ni får räkna mina besök"))
    do = StringField()


class ReasonForm(Form):
    """Why somebody left, if they want to say."""

    reason = RadioField(
        _l("Varför slutar du?"), [Optional()], choices=options(DEPARTURE_REASONS.items())
    )


class ConsentForm(Form):
    """All switches at once, or one button that ends or renews one purpose."""

    purposes = SelectMultipleField(
        _l("Det här får vi göra"), choices=[SelectChoice(one.value, one.value) for one in Purpose]
    )
    withdraw = StringField()
    renew = StringField()
    #: What the page showed when it was made: an answer is an answer to that.
    seen = HiddenField()

    @property
    def wanted(self) -> set[Purpose]:
        return {Purpose(one) for one in self.purposes.data or ()}

    def only(self, name: str) -> Purpose | None:
        """Return the purpose of a pressed button."""
        value = self[name].data
        return Purpose(value) if value in set(Purpose) else None

    def said_to_be_on(self, standing: Collection[Purpose]) -> Sequence[Purpose]:
        """Return which switches stand on: as sent, otherwise as they are."""
        return [one for one in Purpose if one in (self.wanted if self.is_submitted() else standing)]
