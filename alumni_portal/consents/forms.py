from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from alumni_portal.consents.rules import Purpose
from alumni_portal.core.forms import Form


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
