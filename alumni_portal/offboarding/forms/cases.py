from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, Optional

from alumni_portal.core.errors import Refusal
from alumni_portal.core.forms import REQUIRED, Form
from alumni_portal.offboarding.models import TaskOwner
from alumni_portal.people.models import ExitGround

GROUNDS = {
    ExitGround.OWN_REQUEST: _l("Egen uppsägning"),
    ExitGround.REDUNDANCY: _l("Arbetsbrist"),
    ExitGround.FIXED_TERM_ENDED: _l("Tidsbegränsad anställning slutar"),
    ExitGround.RETIREMENT: _l("Pension"),
    ExitGround.AGREEMENT: _l("Överenskommelse"),
    ExitGround.PERSONAL_REASONS: _l("Personliga skäl"),
    ExitGround.DEATH: _l("Dödsfall"),
}
OWNERS = {
    TaskOwner.MANAGER: _l("Chef"),
    TaskOwner.HR: _l("HR"),
    TaskOwner.IT: _l("It-stöd"),
    TaskOwner.PAYROLL: _l("Lön"),
    TaskOwner.LEAVER: _l("Den som slutar"),
}


def day_of(field: DateField) -> date:
    """Return the day of a field that must have one."""
    if field.data is None:
        raise Refusal(_l("Välj en dag."), field=field.name)
    return field.data


def text_of(field: StringField) -> str:
    """Return what was typed, or an empty text."""
    return field.data or ""


def options(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Return choices of a select in the shape that the form library wants."""
    return [SelectChoice(value, label) for value, label in pairs]


def grounds(*, with_death: bool) -> list[SelectChoice]:
    """Return the exit grounds to choose from."""
    kept = [one for one in ExitGround if with_death or one is not ExitGround.DEATH]
    return options([("", _("Välj")), *((one.value, str(GROUNDS[one])) for one in kept)])


class LastDayForm(Form):
    ends_on = DateField(_l("Sista dag"), [InputRequired(_l("Välj en dag."))])
    notice_on = DateField(_l("Uppsägning eller besked"), [Optional()])
    ground = SelectField(_l("Grund"), [InputRequired(_l("Välj en grund."))])


class DeathForm(Form):
    died_on = DateField(_l("Dag"), [InputRequired(_l("Välj en dag."))])


class AssignForm(Form):
    hr = SelectField(_l("Håller i ärendet hos HR"))
    manager = SelectField(_l("Chef"))


class TaskForm(Form):
    written = StringField(
        _l("Vad ska göras?"), [InputRequired(_l("Skriv vad som ska göras.")), Length(max=150)]
    )
    owner = SelectField(
        _l("Vem gör det?"), choices=options((one.value, OWNERS[one]) for one in TaskOwner)
    )
    due_on = DateField(_l("Klart senast"), [InputRequired(_l("Välj en dag."))])


class DueForm(Form):
    due_on = DateField(_l("Klart senast"), [InputRequired(_l("Välj en dag."))])


class SkipForm(Form):
    reason = StringField(
        _l("Varför behövs den inte?"),
        [InputRequired(_l("Skriv varför den inte behövs.")), Length(max=150)],
    )


class PrivateAddressForm(Form):
    address = StringField(
        _l("Privat e-postadress"),
        [InputRequired(_l("Skriv en e-postadress.")), Length(max=320)],
        render_kw={"type": "email", "autocomplete": "email", "inputmode": "email"},
    )


class LeavingForm(Form):
    ends_on = DateField(_l("Sista dag"), [InputRequired(_l("Välj en dag."))])
    notice_on = DateField(_l("Uppsägning eller besked"), [Optional()])
    ground = SelectField(_l("Grund"), [InputRequired(_l("Välj en grund."))])


class NewLeaverForm(LeavingForm):
    first_name = StringField(_l("Förnamn"), [InputRequired(REQUIRED), Length(max=150)])
    last_name = StringField(_l("Efternamn"), [InputRequired(REQUIRED), Length(max=150)])
    number = StringField(_l("Anställningsnummer"), [InputRequired(REQUIRED), Length(max=60)])
    title = StringField(_l("Titel"), [Optional(), Length(max=150)])
    #: Checked by the service, so that a unit closed meanwhile gets its own answer.
    unit = SelectField(_l("Avdelning"), validate_choice=False)
    begins_on = DateField(_l("Anställd sedan"), [InputRequired(_l("Välj en dag."))])
    work_address = StringField(_l("Jobbadress"), [Optional(), Length(max=320)])
    language = SelectField(
        _l("Språk i mejl"), choices=options([("sv", "Svenska"), ("en", "English")])
    )
