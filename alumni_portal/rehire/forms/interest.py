from datetime import date
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from alumni_portal.core.errors import Refusal
from alumni_portal.core.forms import Form, options
from alumni_portal.rehire.models import Hours, Level
from alumni_portal.rehire.rules import HOURS, LEVELS, months_ahead


class Start(StrEnum):
    """How the member says from when."""

    ANY = "any"
    MONTH = "1"
    QUARTER = "3"
    HALF_YEAR = "6"
    YEAR = "12"
    DAY = "day"


STARTS = {
    Start.ANY: _l("När som helst"),
    Start.MONTH: _l("Om en månad"),
    Start.QUARTER: _l("Om tre månader"),
    Start.HALF_YEAR: _l("Om ett halvår"),
    Start.YEAR: _l("Om ett år"),
    Start.DAY: _l("En viss dag"),
}


#: What follows from each answer, beside it.
FOLLOWS = {
    Level.LOOKING: _l("Rekryterare hör gärna av sig direkt"),
    Level.OPEN: _l("De hör av sig om en roll liknar det du vill"),
    Level.CURIOUS: _l("Du syns, men får bara jobbtips att välja bland"),
    Level.NOT_NOW: _l("Du syns aldrig i rekryterarnas sökning"),
}


class _Ticks(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AgreeForm(Form):
    """The consent that being found needs, offered beside an answer."""

    agree = BooleanField(_l("Rekryterare får kontakta mig om jobb"))
    #: The fingerprint of the words that the page showed at the tick.
    wording = HiddenField()

    def show(self, words: str) -> None:
        """Show these words at the tick; a tick at other words is taken back."""
        self.wording.data = words
        if self.agree.errors:
            self.agree.data = False


class InterestForm(AgreeForm):
    """The question with what a recruiter would ask next. Nothing about pay."""

    level = RadioField(
        _l("Vill du komma tillbaka till oss?"),
        [InputRequired(_l("Välj ett av svaren."))],
        choices=options((one.value, words) for one, words in LEVELS.items()),
    )
    #: Sent by the alumnus's home, which asks nothing but the level: the rest stays as it was.
    only_level = HiddenField()
    start = SelectField(
        _l("När skulle du kunna börja?"),
        choices=options((one.value, words) for one, words in STARTS.items()),
        default=Start.ANY,
    )
    from_on = DateField(_l("Dag"), [Optional()], description=_l("Bara om du har valt en viss dag."))
    hours = SelectField(
        _l("Hur mycket vill du arbeta?"),
        choices=options((one.value, words) for one, words in HOURS.items()),
        default=Hours.ANY,
    )
    places = StringField(
        _l("Var vill du arbeta?"),
        [Optional(), Length(max=120)],
        description=_l("Orter, till exempel Malmö eller Lund. Tomt betyder var som helst."),
    )
    units = _Ticks(
        _l("Avdelningar du helst kommer till"),
        [Optional()],
        description=_l("Kryssa inget om det inte spelar någon roll."),
        choices=[],
    )

    @property
    def chosen(self) -> Level:
        return Level(self.level.data)

    @property
    def hours_chosen(self) -> Hours:
        return Hours(self.hours.data)

    def begins(self, today: date) -> date | None:
        """Return from which day, or nothing for any. Raises Refusal when a day is missing."""
        start = Start(self.start.data)
        if start is Start.ANY:
            return None
        if start is not Start.DAY:
            return months_ahead(today, int(start))
        if self.from_on.data is None:
            raise Refusal(_l("Välj en dag."), field="from_on")
        return self.from_on.data
