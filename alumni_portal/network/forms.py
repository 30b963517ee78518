from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from alumni_portal.core.forms import Form
from alumni_portal.network.models import Audience, Field, Topic
from alumni_portal.network.queries import Wanted
from alumni_portal.network.rules import TOPICS

_FIRST_YEAR, _LAST_YEAR = 1950, 2100
AUDIENCES = {
    Audience.ONLY_ME: _l("Bara jag"),
    Audience.SAME_UNIT: _l("Samma avdelning, samma tid"),
    Audience.ALUMNI: _l("Alla alumner"),
    Audience.RECRUITERS: _l("Alumner, rekryterare och HR"),
}
FIELDS = {
    Field.ROLES: _l("Dina titlar hos oss"),
    Field.HEADLINE: _l("Rad om dig"),
    Field.WORK: _l("Vad du gör nu"),
    Field.CITY: _l("Ort"),
    Field.ABOUT: _l("Om dig"),
    Field.SKILLS: _l("Kompetenser"),
    Field.TOPICS: _l("Ämnen"),
    Field.LINKS: _l("Länkar"),
}


def _choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    return [SelectChoice(str(value), label) for value, label in pairs]


class _Ticks(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ProfileForm(Form):
    headline = StringField(_l("En rad om dig"), [Length(max=120)])
    now_title = StringField(
        _l("Vad gör du nu?"), [Length(max=120)], description=_l("Din titel eller roll.")
    )
    now_employer = StringField(
        _l("Var?"),
        [Length(max=120)],
        description=_l("Arbetsgivare, eget företag eller studier."),
    )
    city = StringField(_l("Ort"), [Length(max=80)])
    about = TextAreaField(_l("Mer om dig"), [Length(max=2000)])
    skills_since = StringField(
        _l("Nytt sedan du slutade"),
        [Length(max=1000)],
        description=_l("Kompetenser du har fått efter tiden hos oss. Skriv komma mellan dem."),
    )
    skills_then = StringField(
        _l("Det du kunde när du slutade"),
        [Length(max=1000)],
        description=_l("Skriv komma mellan dem."),
    )
    topics = _Ticks(_l("Ämnen som intresserar dig"), choices=_choices(TOPICS.items()))
    links = TextAreaField(
        _l("Länkar"),
        [Length(max=1000)],
        description=_l("Högst fem webbadresser, en per rad."),
    )


class VisibilityForm(Form):
    """A row of radios per field; drawn as a table."""


for _field, _label in FIELDS.items():
    setattr(VisibilityForm, _field, RadioField(_label, choices=_choices(AUDIENCES.items())))


class DirectoryForm(Form):
    class Meta(Form.Meta):
        csrf = False

    q = StringField(_l("Namn, titel, avdelning, kompetens eller ort"))
    unit = SelectField(_l("Avdelning"), validate_choice=False)
    from_year = IntegerField(
        _l("Från år"), [Optional(), NumberRange(_FIRST_YEAR, _LAST_YEAR, _l("Skriv ett årtal."))]
    )
    to_year = IntegerField(
        _l("Till år"), [Optional(), NumberRange(_FIRST_YEAR, _LAST_YEAR, _l("Skriv ett årtal."))]
    )
    skill = StringField(_l("Kompetens"))
    city = StringField(_l("Ort"))
    topic = SelectField(
        _l("Ämne"),
        choices=_choices([("", _l("Alla ämnen")), *TOPICS.items()]),
        validate_choice=False,
    )
    mine = BooleanField(_l("Bara från min tid"))
    older = BooleanField(_l("Ta med äldre profiler"))

    def wanted(self) -> Wanted:
        """Return what is asked for; what cannot be read is left out."""
        years_hold = not self.from_year.errors and not self.to_year.errors
        return Wanted(
            text=self.q.data or "",
            unit=self.unit.data or "",
            from_year=self.from_year.data if years_hold else None,
            to_year=self.to_year.data if years_hold else None,
            skill=self.skill.data or "",
            city=self.city.data or "",
            topic=Topic(self.topic.data) if self.topic.data in set(Topic) else None,
            from_my_time=bool(self.mine.data),
            with_stale=bool(self.older.data),
        )
