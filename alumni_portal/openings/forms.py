import re
from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from alumni_portal.core.forms import Form, options
from alumni_portal.core.text import clean_line
from alumni_portal.openings.models import EmploymentKind
from alumni_portal.openings.rules import (
    HOURS,
    LONGEST_CRITERION,
    MOST_CRITERIA,
    MOST_SEATS,
    MOST_SKILLS,
)

KINDS = {
    EmploymentKind.PERMANENT: _l("Tillsvidare"),
    EmploymentKind.PROBATIONARY: _l("Provanställning"),
    EmploymentKind.SUBSTITUTE: _l("Vikariat"),
    EmploymentKind.SAVA: _l("Särskild visstid"),
    EmploymentKind.SEASONAL: _l("Säsong"),
    EmploymentKind.OTHER: _l("Annan form"),
}
#: The fields of skills, by weight, the weightiest first.
SKILL_FIELDS = {3: "decisive", 2: "important", 1: "good"}
_BETWEEN = re.compile(r"[,;\n]+")
_IN_SUMS = re.compile(r"[\s.,]|kr(onor)?\b", re.IGNORECASE)
_NOT_A_SUM = _l("Skriv lönen med siffror, till exempel 42 000.")


class PayField(IntegerField):
    """A sum in kronor; `42 000 kr` is understood."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed without the spaces between thousands."""
        typed = _IN_SUMS.sub("", valuelist[0]) if valuelist else ""
        if not typed:
            self.data = None
            return
        if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
            self.data = None
            raise ValueError(str(_NOT_A_SUM))
        self.data = int(typed)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that hold something."""
    return [line for line in map(clean_line, text.splitlines()) if line]


def names_of(text: str) -> list[str]:
    """Return the skills of a text with commas between."""
    return [name for name in map(clean_line, _BETWEEN.split(text)) if name]


class OpeningForm(Form):
    title = StringField(
        _l("Titel"),
        [InputRequired(_l("Ge tjänsten en titel.")), Length(max=120)],
        description=_l("Skriv den så att alla kan känna sig menade."),
    )
    unit = SelectField(_l("Avdelning"), validate_choice=False)
    place = StringField(
        _l("Var arbetet utförs"),
        [Length(max=120)],
        description=_l("Ort, eller till exempel Göteborg eller på distans."),
    )
    kind = SelectField(_l("Anställningsform"), choices=options(KINDS.items()))
    hours = SelectField(_l("Omfattning"), choices=options(HOURS.items()))
    seats = IntegerField(
        _l("Antal platser"),
        [
            InputRequired(_l("Skriv hur många som ska anställas.")),
            NumberRange(1, MOST_SEATS, _l("Skriv ett antal mellan 1 och 99.")),
        ],
        default=1,
    )
    pay_from = PayField(_l("Lägsta lön"), description=_l("Kronor per månad, för heltid."))
    pay_to = PayField(_l("Högsta lön"), description=_l("Kronor per månad, för heltid."))
    agreement = StringField(
        _l("Kollektivavtal"),
        [Length(max=200)],
        description=_l("Det avtal som gäller för tjänsten. Det står i annonsen."),
    )
    agreement_area = StringField(_l("Avtalsområde"), [Optional(), Length(max=120)])
    workplace = StringField(
        _l("Driftsenhet"), [Optional(), Length(max=120)], description=_l("Ofta orten.")
    )
    text = TextAreaField(
        _l("Om arbetet"),
        [Length(max=10_000)],
        description=_l("Rubriker börjar med ##, punkter med -. **Fetstil** går också."),
    )
    decisive = StringField(
        _l("Avgörande kompetenser"),
        [Optional(), Length(max=400)],
        description=_l("Väger 3 när ni söker alumner. Skriv komma mellan dem."),
    )
    important = StringField(
        _l("Viktiga kompetenser"), [Optional(), Length(max=400)], description=_l("Väger 2.")
    )
    good = StringField(_l("Bra att ha"), [Optional(), Length(max=400)], description=_l("Väger 1."))
    criteria = TextAreaField(
        _l("Krav som alla bedöms efter"),
        [Length(max=2_000)],
        description=_l("Ett per rad, högst åtta. De låses när tjänsten publiceras."),
    )
    closes_on = DateField(_l("Sista ansökningsdag"), [Optional()])
    recruiter = SelectField(_l("Svarar för rekryteringen"), validate_choice=False)
    names_recruiter = BooleanField(_l("Visa namnet i annonsen"))
    manager = SelectField(_l("Chef för tjänsten"), [Optional()], validate_choice=False)

    def validate_criteria(self, field: Field) -> None:
        """Refuse more criteria than anybody can weigh, and those too long for one line."""
        lines = lines_of(field.data or "")
        if len(lines) > MOST_CRITERIA:
            raise ValidationError(_l("Högst åtta krav får plats."))
        if any(len(line) > LONGEST_CRITERION for line in lines):
            raise ValidationError(_l("Varje krav får vara högst 200 tecken."))

    def validate_good(self, field: Field) -> None:
        """Refuse more skills than say something."""
        del field
        if len(list(self.skills())) > MOST_SKILLS:
            raise ValidationError(_l("Högst tolv kompetenser får plats."))

    def skills(self) -> Iterator[tuple[str, int]]:
        """Yield the skills with their weights, the weightiest first; a name counts once."""
        seen = set()
        for weight, field in SKILL_FIELDS.items():
            for name in names_of(self[field].data or ""):
                if name.casefold() not in seen:
                    seen.add(name.casefold())
                    yield name[:60], weight
