from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from alumni_portal.applications.rules import HOURS, LONGEST_WHY, MEASURES, STAGES, STARTS, Stage
from alumni_portal.core.forms import REQUIRED, Form, options
from alumni_portal.core.national_id import masked

RIGHT, WRONG = "yes", "no"


class _Ticks(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ApplyForm(Form):
    """The whole application on one page."""

    opening = RadioField(_l("Roll"), [InputRequired(_l("Välj en roll."))], validate_choice=False)
    history = RadioField(
        _l("Uppgifterna kommer ur personalregistret"),
        choices=options([(RIGHT, _l("Ja, det stämmer")), (WRONG, _l("Nej, något är fel"))]),
        default=RIGHT,
    )
    history_wrong = TextAreaField(_l("Vad är fel?"), [Optional(), Length(max=600)])
    now_doing = StringField(_l("Vad gör du i dag?"), [Length(max=200)])
    learned = _Ticks(_l("Vad har du lärt dig sedan dess?"), validate_choice=False)
    learned_more = StringField(
        _l("Vad har du lärt dig sedan dess?"),
        [Optional(), Length(max=400)],
        description=_l("Skriv komma mellan."),
    )
    can_begin = SelectField(
        _l("När kan du börja?"),
        [InputRequired(_l("Välj ungefär när du kan börja."))],
        choices=options([("", _l("Välj")), *STARTS.items()]),
    )
    hours = SelectField(
        _l("Hur mycket vill du arbeta?"),
        [InputRequired(_l("Välj hur mycket du vill arbeta."))],
        choices=options([("", _l("Välj")), *HOURS.items()]),
    )
    why = TextAreaField(
        _l("Varför vill du komma tillbaka?"),
        [Optional(), Length(max=LONGEST_WHY)],
        description=_l("Högst 600 tecken. Några rader räcker."),
    )
    attachment = FileField(
        _l("Vill du bifoga något?"),
        [Optional()],
        description=_l("Behövs inte. PDF, Word, ODT, JPG eller PNG, högst 10 MB."),
    )

    def offer(self, openings: Iterable[tuple[str, str]], skills: Iterable[str]) -> None:
        """Say which roles and which skills there are to choose from."""
        self.opening.choices = options(openings)
        self.learned.choices = options((one, one) for one in skills)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own
        """Check the shape; who says that something is wrong also says what."""
        sound = super().validate(extra_validators)
        if self.history.data == WRONG and not self.history_wrong.data:
            self.history_wrong.errors = [_l("Skriv vad som är fel, så rättar HR.")]
            return False
        return sound

    def as_it_stands(self) -> dict[str, Any]:
        """Return what is filled in so far, for a draft; identity numbers are never kept."""
        chosen = ("history", "can_begin", "hours")
        found: dict[str, Any] = {name: self[name].data or "" for name in chosen}
        for name in ("history_wrong", "now_doing", "learned_more", "why"):
            found[name] = masked(self[name].data or "")
        return {**found, "learned": [masked(one) for one in self.learned.data or ()]}

    def learned_words(self) -> list[str]:
        """Return the ticked skills and those written with commas between."""
        written = (self.learned_more.data or "").split(",")
        return [*(self.learned.data or ()), *(one.strip() for one in written if one.strip())]


class BoardForm(Form):
    class Meta(Form.Meta):
        csrf = False

    opening = SelectField(_l("Tjänst"), validate_choice=False)
    who = SelectField(
        _l("Ansvarig"),
        choices=options([("", _l("Alla")), ("me", _l("Jag"))]),
        validate_choice=False,
    )
    stage = SelectField(
        _l("Steg"),
        choices=options([("", _l("Alla steg")), *STAGES.items()]),
        validate_choice=False,
    )

    def wanted_stage(self) -> Stage | None:
        """Return the chosen stage, or nothing for all."""
        return Stage(self.stage.data) if self.stage.data in set(Stage) else None


class MoveForm(Form):
    """The form on each card, and the page that shows the letter."""

    to = SelectField(_l("Flytta till"), choices=options(STAGES.items()))
    was = StringField()
    greeting = StringField(_l("Hälsning"), [Optional(), Length(max=200)])

    def stage(self) -> Stage:
        """Return where the application is to go."""
        return Stage(self.to.data)

    def stood(self) -> Stage | None:
        """Return where the page showed the application."""
        return Stage(self.was.data) if self.was.data in set(Stage) else None


class DeclineForm(Form):
    criterion = RadioField(
        _l("Vilket krav avgjorde?"),
        [InputRequired(_l("Välj vilket av tjänstens krav som avgjorde."))],
        validate_choice=False,
    )
    measure = RadioField(
        _l("Hur då?"),
        [InputRequired(_l("Välj det som stämmer."))],
        choices=options(MEASURES.items()),
    )
    reason = TextAreaField(
        _l("Förklara med en mening"),
        [
            InputRequired(_l("Skriv en mening om varför, som den sökande får läsa.")),
            Length(max=500),
        ],
        description=_l("Den sökande läser det här. Skriv om kravet, inte om personen."),
    )
    greeting = StringField(_l("Hälsning"), [Optional(), Length(max=200)])
    was = StringField()


class HireForm(Form):
    first_day = DateField(_l("Första dagen"), [InputRequired(REQUIRED)])
    title = StringField(_l("Titel"), [InputRequired(REQUIRED), Length(max=200)])
    unit = SelectField(_l("Avdelning"), validate_choice=False)
    number = StringField(
        _l("Anställningsnummer"),
        [InputRequired(REQUIRED), Length(max=60)],
        description=_l("Numret från förra gången går bra att använda igen."),
    )
    manager = SelectField(_l("Chef"), [Optional()], validate_choice=False)
    greeting = StringField(_l("Hälsning"), [Optional(), Length(max=200)])
    was = StringField()

    def day(self) -> date:
        """Return the first day of the form, once it holds."""
        return self.first_day.data or date.min
