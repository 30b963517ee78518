from datetime import date, datetime, time
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
    URLField,
)
from wtforms.validators import (
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from alumni_portal.core import clock
from alumni_portal.core.forms import REQUIRED, Form, chosen_file, options
from alumni_portal.events.rules import MOST_GUESTS, OFFER_HOURS, EventKind, wrong_line

_DAY = _l("Skriv ett datum.")
_TIME = _l("Skriv ett klockslag, till exempel 17.30.")
_NOT_HOURS = _l("Skriv ett antal timmar från 1 till 168.")
KINDS = (
    (EventKind.MEETING, _l("På plats")),
    (EventKind.DIGITAL, _l("På distans")),
    (EventKind.HYBRID, _l("På plats och på distans")),
)
#: Which dates of a series another way to meet, or another place, is for.
ONE, ALL = "one", "all"
_SAME_DAY = _l("Lämna tomt om träffen slutar samma dag.")
_SWEDISH_TOO = _l("Lämnar du det tomt läser de som har engelska det du skrev på svenska.")
_HTTPS = _l("Skriv hela adressen, den ska börja med https://")


def allowance_choices() -> list[tuple[str, str]]:
    """Return how many each may be allowed to bring."""
    some = (
        (str(number), ngettext("Ja, en person var", "Ja, upp till %(num)s personer var", number))
        for number in range(1, MOST_GUESTS + 1)
    )
    return options([("0", _("Nej")), *some])


def _is_web_address(form: Form, field: URLField) -> None:
    del form
    parts = urlsplit(field.data or "")
    if parts.scheme != "https" or not parts.hostname:
        raise ValidationError(_HTTPS)


def _is_agenda(form: Form, field: TextAreaField) -> None:
    del form
    if (number := wrong_line(field.data or "")) is not None:
        raise ValidationError(
            _("Rad %(number)s ska börja med ett klockslag, till exempel 08.00.", number=number)
        )


class EventForm(Form):
    kind = RadioField(_l("Hur ses ni?"), choices=options(KINDS), default=EventKind.MEETING)
    title = StringField(_l("Rubrik"), [InputRequired(REQUIRED), Length(max=80)])
    text = TextAreaField(
        _l("Om träffen"),
        [Optional(), Length(max=5000)],
        description=_l("Vad händer, och varför är det värt att komma? Du kan använda Markdown."),
    )
    title_en = StringField(_l("Rubrik på engelska"), [Optional(), Length(max=80)])
    text_en = TextAreaField(_l("Om träffen på engelska"), [Optional(), Length(max=5000)])
    agenda = TextAreaField(
        _l("Program"),
        [Optional(), Length(max=3000), _is_agenda],
        description=_l(
            "En punkt på varje rad: 08.00 Luleå på rekordtid | Karin Öhman. Håller träffen på"
            " flera dagar skriver du dagen på en egen rad, med kolon: Fredag:"
        ),
    )
    agenda_en = TextAreaField(_l("Program på engelska"), [Optional(), Length(max=3000), _is_agenda])
    day = DateField(_l("Dag"), [InputRequired(_DAY)])
    begins = TimeField(_l("Börjar"), [InputRequired(_TIME)])
    until = TimeField(_l("Sluttid"), [InputRequired(_TIME)])
    last_day = DateField(_l("Sista dag"), [Optional()], description=_SAME_DAY)
    place = StringField(
        _l("Plats"), [Optional(), Length(max=120)], description=_l("Lokal och ort.")
    )
    address = StringField(
        _l("Adress"),
        [Optional(), Length(max=200)],
        description=_l("Gata, postnummer och ort, så att den går att söka på i en karta."),
    )
    directions = TextAreaField(
        _l("Hitta hit"),
        [Optional(), Length(max=1000)],
        description=_l("Buss, cykel, dörr, hiss, hörslinga. Du kan använda Markdown."),
    )
    online_url = URLField(
        _l("Länk för att vara med på distans"),
        [Optional(), Length(max=500), _is_web_address],
        description=_l("Visas bara för den som kommer."),
    )
    scope = RadioField(
        _l("Vilka datum gäller hur och var?"),
        [Optional()],
        choices=options(
            [(ONE, _l("Bara det här datumet")), (ALL, _l("Alla kommande datum i serien"))]
        ),
        default=ONE,
        validate_choice=False,
        description=_l("Hur ni ses, plats, adress, Hitta hit och länk."),
    )
    capacity = IntegerField(
        _l("Antal platser"),
        [Optional(), NumberRange(1, 100_000, _l("Skriv ett antal från 1 till 100 000."))],
        description=_l("Lämna tomt om det inte finns någon gräns. Gäster räknas."),
    )
    guests_allowed = SelectField(_l("Får man ta med någon?"), choices=allowance_choices)
    offer_hours = IntegerField(
        _l("Så många timmar hålls en ledig plats"),
        [InputRequired(_NOT_HOURS), NumberRange(1, 168, _NOT_HOURS)],
        default=OFFER_HOURS,
        description=_l(
            "Så länge har den som står på tur på sig att säga ja, sedan frågas nästa. Närmare"
            " träffen blir tiden kortare: en fjärdedel av den tid som är kvar, men minst en timme."
        ),
    )
    reply_from = DateField(
        _l("Första dag att svara"),
        [Optional()],
        description=_l("Lämna tomt om det går att svara så snart träffen är öppen."),
    )
    reply_from_time = TimeField(
        _l("Från klockan"), [Optional()], description=_l("Tomt: från midnatt.")
    )
    reply_by = DateField(
        _l("Sista dag att svara"),
        [Optional()],
        description=_l("Lämna tomt om det går att svara fram till träffen."),
    )
    reply_by_time = TimeField(
        _l("Fram till klockan"), [Optional()], description=_l("Tomt: hela dagen.")
    )
    unit = SelectField(
        _l("Avdelning som bjuder in"),
        description=_l("Avdelningens chef ser vilka som kommer."),
    )
    host = SelectField(
        _l("Värd"),
        description=_l("Tar emot, ser vilka som kommer och prickar av vid dörren."),
    )
    picture = FileField(_l("Bild, JPG eller PNG"), [Optional()])
    #: The key of a picture that was chosen before, when something else was wrong.
    held = HiddenField()
    alt = StringField(
        _l("Vad bilden visar"),
        [Optional(), Length(max=200)],
        description=_l("Läses upp för den som inte ser bilden."),
    )
    alt_en = StringField(_l("Vad bilden visar, på engelska"), [Optional(), Length(max=200)])
    drops_picture = BooleanField(_l("Ta bort bilden"))
    tells = BooleanField(
        _l("Skicka ett mejl om ändringen"),
        description=_l(
            "Gäller rubrik, program och Hitta hit. Ändras tid, plats, adress, länk eller hur ni ses"
            " går ett mejl ändå, och där står också vad mer som är nytt."
        ),
    )
    tells_now = BooleanField(_l("Skicka mejlen om ändringen nu, fast det är kväll eller natt"))
    sends_thanks = BooleanField(_l("Skicka ett tack till dem som var med, dagen efter"))
    thanks = TextAreaField(
        _l("Det här står i tacket"),
        [Optional(), Length(max=3000)],
        description=_l("Lämna tomt för ett kort tack. Du kan använda Markdown."),
    )

    place_en = StringField(
        _l("Plats på engelska"), [Optional(), Length(max=120)], description=_SWEDISH_TOO
    )
    address_en = StringField(
        _l("Adress på engelska"), [Optional(), Length(max=200)], description=_SWEDISH_TOO
    )
    directions_en = TextAreaField(
        _l("Hitta hit på engelska"), [Optional(), Length(max=1000)], description=_SWEDISH_TOO
    )
    thanks_en = TextAreaField(
        _l("Det här står i tacket på engelska"),
        [Optional(), Length(max=3000)],
        description=_SWEDISH_TOO,
    )

    @property
    def uploaded(self) -> FileStorage | None:
        """Return the picture that was chosen now."""
        return chosen_file(self.picture)

    def moments(self) -> tuple[datetime, datetime]:
        """Return start and end; typed in the employer's time. An hour that clocks skip moves on."""
        return _moments(self)


def _moments(form: "EventForm | DateForm") -> tuple[datetime, datetime]:
    first, last = form.day.data, form.last_day.data or form.day.data
    return _moment(first, form.begins.data), _moment(last, form.until.data)


def _moment(day: date | None, at: time | None) -> datetime:
    return datetime.combine(day or clock.today(), at or time(), tzinfo=clock.HOME)


class DateForm(Form):
    day = DateField(_l("Dag"), [InputRequired(_DAY)])
    begins = TimeField(_l("Börjar"), [InputRequired(_TIME)])
    until = TimeField(_l("Sluttid"), [InputRequired(_TIME)])
    last_day = DateField(_l("Sista dag"), [Optional()], description=_SAME_DAY)
    capacity = IntegerField(
        _l("Antal platser"),
        [Optional(), NumberRange(1, 100_000, _l("Skriv ett antal från 1 till 100 000."))],
        description=_l("Lämna tomt om det inte finns någon gräns. Gäster räknas."),
    )

    def moments(self) -> tuple[datetime, datetime]:
        """Return start and end, typed in the employer's time."""
        return _moments(self)


class CancelForm(Form):
    whole_series = BooleanField(_l("Ställ in alla datum som är kvar i serien"))
    reason = StringField(
        _l("Varför blir den inte av?"),
        [Optional(), Length(max=200)],
        description=_l("Står i mejlet till dem som är bjudna."),
    )
    reason_en = StringField(
        _l("Varför, på engelska"), [Optional(), Length(max=200)], description=_SWEDISH_TOO
    )
    tells_now = BooleanField(_l("Skicka mejlet nu, fast det är kväll eller natt"))
