from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from alumni_portal.audiences.models import Wanted
from alumni_portal.core.forms import NO_SUCH_YEAR, REQUIRED, Form, options
from alumni_portal.core.language import LANGUAGES
from alumni_portal.core.text import normalise
from alumni_portal.network.models import Topic
from alumni_portal.network.queries import TOPICS
from alumni_portal.people.queries import open_units

_YEAR = [Optional(), NumberRange(1900, 2100, message=NO_SUCH_YEAR)]


class _Ticks(SelectMultipleField):
    """Several choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SegmentForm(Form):
    """Whom a segment holds. Places and skills are written with commas between."""

    name = StringField(_l("Namn"), [DataRequired(REQUIRED), Length(max=200)])
    goal = StringField(_l("Vad ska det användas till?"), [DataRequired(REQUIRED), Length(max=200)])
    units = _Ticks(_l("Arbetade på"))
    from_year = IntegerField(_l("Var här från"), _YEAR)
    to_year = IntegerField(_l("Var här till"), _YEAR)
    places = StringField(_l("Bor i"), [Optional(), Length(max=200)])
    skills = StringField(_l("Kan"), [Optional(), Length(max=200)])
    topics = _Ticks(
        _l("Intresserad av"), choices=options((one.value, TOPICS[one]) for one in Topic)
    )
    language = SelectField(
        _l("Språk"), choices=options([("", _l("Alla språk")), *LANGUAGES.items()])
    )

    def __init__(self, wanted: Wanted | None = None, **more: str) -> None:
        shown = wanted.stored() if wanted else {}
        for name in ("places", "skills"):
            shown[name] = ", ".join(shown.get(name, ()))
        super().__init__(data={**shown, **more})
        self.units.choices = options((unit.public_id, unit.name) for unit in open_units())

    def only_counts(self) -> None:
        """Let what is typed be counted before it has a name and a goal."""
        for field in (self.name, self.goal):
            field.validators = [Optional()]

    def wanted(self) -> Wanted:
        """Return what was chosen."""
        return Wanted(
            units=tuple(self.units.data or ()),
            from_year=self.from_year.data,
            to_year=self.to_year.data,
            places=_words(self.places.data),
            skills=_words(self.skills.data),
            topics=tuple(self.topics.data or ()),
            language=self.language.data or "",
        )


def _words(typed: str | None) -> tuple[str, ...]:
    return tuple(normalise(word) for word in (typed or "").split(",") if word.strip())
