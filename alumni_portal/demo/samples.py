"""Invented people and figures for the style guide."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from alumni_portal.core.charts import bars, line
from alumni_portal.core.charts.path import CasePath, Moment, case_path
from alumni_portal.core.charts.sky import NARROW, WIDE, Frame, Sky, career_sky
from alumni_portal.core.charts.stays import Stay
from alumni_portal.core.charts.strip import Axis, Strip, career_strip, shared_axis
from alumni_portal.core.forms import Form

TODAY = date(2026, 11, 23)
ANSWERS = [
    SelectChoice("looking", "Letar aktivt"),
    SelectChoice("open", "Öppen för rätt roll"),
    SelectChoice("curious", "Nyfiken"),
    SelectChoice("not_now", "Inte just nu"),
]
WRONG = {
    "name": "Fyll i ditt namn.",
    "mail": "Skriv en hel adress, som namn@post.example.",
    "last_day": "Sista dagen kan inte ligga före första dagen.",
    "unit": "Välj en avdelning.",
    "interest": "Välj ett svar.",
    "skills": "Välj minst en.",
    "story": "Texten är 24 tecken för lång.",
    "file": "Filen har ingen rubrikrad.",
    "agree": "Kryssa i rutan om du vill gå vidare.",
}


class SampleForm(Form):
    """One field of each kind."""

    name = StringField("Namn")
    mail = EmailField("Privat e-postadress")
    last_day = DateField("Sista dag")
    hours = IntegerField("Timmar", [Optional()])
    unit = SelectField(
        "Avdelning",
        choices=[
            SelectChoice("", "Välj"),
            SelectChoice("1", "Elkraft"),
            SelectChoice("2", "Järnväg"),
        ],
    )
    interest = RadioField("Vill du komma tillbaka till oss?", choices=ANSWERS)
    purposes = SelectMultipleField(
        "Vi får höra av oss om",
        choices=[SelectChoice("newsletter", "Nyhetsbrev"), SelectChoice("events", "Träffar")],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    skills = SelectMultipleField(
        "Vad har du lärt dig sedan dess?",
        choices=[
            SelectChoice("1", "Budgetansvar"),
            SelectChoice("2", "Upphandling enligt LUF"),
            SelectChoice("3", "Norska"),
        ],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    story = TextAreaField("Varför vill du komma tillbaka?", [Optional()])
    file = FileField("Fil från lönesystemet")
    password = PasswordField("Lösenord")
    agree = BooleanField("Jag vill vara med i Sundmark Alumni")
    visible = BooleanField("Visa min ort för andra alumner")


def _form(prefix: str) -> SampleForm:
    return SampleForm(
        None,
        prefix=prefix,
        data={"interest": "open", "skills": ["1", "2"], "visible": True, "name": "Amira Haddad"},
    )


def _wrong_form(*names: str) -> SampleForm:
    form = SampleForm(None, prefix="wrong-")
    for name in names:
        form[name].errors = [WRONG[name]]
    return form


@dataclass(frozen=True)
class Career:
    """One career as hero and as strip."""

    name: str
    wide: Sky | None
    narrow: Sky | None
    strip: Strip
    words: list[str]


CAREERS: dict[str, tuple[str, list[Stay]]] = {
    "Amira Haddad, sju år hos oss": (
        "Till Nordlys Energi",
        [
            Stay(date(2015, 3, 1), date(2019, 4, 30), "Elkraftsingenjör"),
            Stay(date(2019, 5, 1), date(2022, 8, 31), "Projektledare, stationer"),
        ],
    ),
    "Oskar Lindmark, två omgångar": (
        "Till Vindkraftbolaget Hav",
        [
            Stay(date(2010, 1, 11), date(2014, 12, 31), "Konstruktör"),
            Stay(date(2017, 2, 1), date(2019, 1, 31), "Projektledare"),
            Stay(date(2019, 2, 1), date(2020, 12, 31), "Projektchef"),
        ],
    ),
    "Ingrid Sjöö, ett kort vikariat": (
        "",
        [Stay(date(2026, 4, 1), date(2026, 9, 30), "Delprojektledare elkraft")],
    ),
    "Elin Bergström, kvar till i december": (
        "",
        [
            Stay(date(2018, 8, 13), date(2022, 5, 31), "Elkonstruktör"),
            Stay(date(2022, 6, 1), None, "Senior elkonstruktör"),
        ],
    ),
}


def _career(name: str, axis: Axis) -> Career:
    away, stays = CAREERS[name]

    def sky(frame: Frame) -> Sky | None:
        return career_sky(stays, today=TODAY, now="I dag", away=away, frame=frame)

    words = [f"{stay.begins.year}: {stay.title}" for stay in stays]
    return Career(name, sky(WIDE), sky(NARROW), career_strip(stays, axis), words)


def _careers() -> list[Career]:
    axis = shared_axis([stays for _away, stays in CAREERS.values()], today=TODAY)
    return [_career(name, axis) for name in CAREERS]


def _case(title: str, begins: date, last_day: date, rest: list[Moment]) -> dict[str, object]:
    today = Moment(TODAY, "I dag", f"{(last_day - TODAY).days} dagar kvar")
    ends = [
        Moment(begins, f"{begins:%-d/%-m}", "Uppsägning", is_done=True),
        Moment(last_day, f"{last_day:%-d/%-m}", "Sista dagen"),
    ]
    path: CasePath = case_path([*ends, *rest], today=today, last_day=last_day)
    return {"title": title, "path": path}


def _cases() -> list[dict[str, object]]:
    calm = [
        Moment(date(2026, 10, 16), "16 okt", "Överlämningsplan", is_done=True),
        Moment(date(2026, 11, 13), "13 nov", "Slutlön till lön", is_done=True),
        Moment(date(2026, 11, 26), "26–27 nov", "Samtal"),
        Moment(date(2026, 12, 10), "10 dec", "Överlämning klar"),
        Moment(date(2026, 12, 18), "18 dec", "Inbjudan"),
    ]
    crowded = [
        Moment(date(2026, 11, 20 + n), f"{20 + n} nov", title, is_done=n < 3)
        for n, title in enumerate(
            ["Berätta för gruppen", "Slutlön till lön", "Överlämningsplan", "Avgångssamtal"]
        )
    ]
    return [
        _case("Tre månaders uppsägning", date(2026, 9, 17), date(2026, 12, 17), calm),
        _case("Allt på en gång", date(2026, 11, 18), date(2026, 11, 27), crowded),
    ]


def _charts() -> dict[str, object]:
    reasons = [("Utveckling", 35, 35), ("Ledarskap", 20, 15), ("Lön", 20, 25), ("Ort", 5, 5)]
    quarters = [
        (f"K{quarter}", str(year), value)
        for year, quarter, value in (
            (2025, 1, 15), (2025, 2, 20), (2025, 3, 25), (2025, 4, 30), (2026, 1, 25), (2026, 2, 20)
        )
    ]  # fmt: skip
    return {
        "bars": bars.bars(reasons, most=40),
        "deltas": {"Ledarskap": ("+5", False, "up"), "Lön": ("−5", True, "down")},
        "bar_rows": [(name, f"{now} %", f"{before} %") for name, now, before in reasons],
        "shares": [
            ("Konstruktion", bars.stacked([70, 20, 10])),
            ("Järnväg", bars.stacked([50, 25, 25])),
            ("Vatten och miljö", None),
        ],
        "heat": [
            ("Konstruktion", bars.heat_row([25, 40, 15], 45)),
            ("Järnväg", bars.heat_row([35, 15, None], 45)),
            ("Ekonomi och stab", bars.heat_row([None, None, None], 45)),
        ],
        "line": line.line(quarters, target=25),
        "line_narrow": line.line(quarters, target=25, paper=line.NARROW),
        "funnel": bars.funnel([("Slutade", 412), ("Gick med", 241), ("Återanställda", 21)]),
    }


def everything() -> dict[str, Any]:
    """Return all that the style guide shows."""
    return {
        "form": _form("guide-"),
        "wrong": _wrong_form(*WRONG),
        "unfinished": _wrong_form("name", "interest"),
        "people": [
            ("Bergström, Elin", "Konstruktion", "17 december 2026", "8 av 18", True),
            ("Åkerström, Linnéa", "Elkraft", "8 januari 2027", "3 av 16", False),
            ("Öhrn, Måns", "Järnväg", "31 mars 2027", "0 av 16", False),
        ],
        "careers": _careers(),
        "cases": _cases(),
        "charts": _charts(),
    }
