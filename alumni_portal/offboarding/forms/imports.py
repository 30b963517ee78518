from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from alumni_portal.core.forms import Form
from alumni_portal.core.language import current as current_language
from alumni_portal.offboarding.forms.cases import GROUNDS, options
from alumni_portal.offboarding.rules.codes import EmploymentKind, ExitGround, Language
from alumni_portal.offboarding.rules.columns import FIELDS, Kind
from alumni_portal.offboarding.rules.dates import DateStyle
from alumni_portal.offboarding.rules.names import NameOrder

KINDS = {
    Kind.LEAVERS: _l("De som slutar eller har slutat"),
    Kind.STAFF: _l("De som arbetar här"),
    Kind.UNITS: _l("Avdelningar"),
}
KIND_HINTS = {
    Kind.LEAVERS: _l("En rad per anställning som tar slut. Pågående uppsägningar får ett ärende."),
    Kind.STAFF: _l("En rad per anställning. Chefer och ersättare kan stå i egna kolumner."),
    Kind.UNITS: _l("En rad per avdelning, med den avdelning som ligger över."),
}
ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "iso-8859-1": "ISO 8859-1",
    "utf-16": "UTF-16",
    "mac_roman": "Mac Roman",
    "cp850": "DOS 850",
}
SEPARATORS = {
    ";": _l("Semikolon"),
    ",": _l("Komma"),
    "\t": _l("Tabb"),
    "|": _l("Lodrätt streck"),
}
STYLES = {
    DateStyle.ISO: _l("År-månad-dag"),
    DateStyle.DAY_FIRST: _l("Dag, månad, år"),
    DateStyle.MONTH_FIRST: _l("Månad, dag, år"),
    DateStyle.COMPACT: _l("ÅÅÅÅMMDD"),
    DateStyle.SHORT: _l("ÅÅMMDD"),
    DateStyle.MONTH_NAMES: _l("Månadens namn i ord"),
    DateStyle.EXCEL_SERIAL: _l("Excels dagnummer"),
}
EMPLOYMENT_KINDS = {
    EmploymentKind.PERMANENT: _l("Tillsvidare"),
    EmploymentKind.SAVA: _l("Särskild visstid"),
    EmploymentKind.SUBSTITUTE: _l("Vikariat"),
    EmploymentKind.SEASONAL: _l("Säsong"),
    EmploymentKind.PROBATIONARY: _l("Provanställning"),
    EmploymentKind.OTHER: _l("Annan"),
}
MEANINGS: dict[str, dict[str, object]] = {
    "exit_ground": {one.value: GROUNDS[one] for one in ExitGround},  # type: ignore[index]  # two enums, equal values
    "employment_kind": {one.value: label for one, label in EMPLOYMENT_KINDS.items()},
    "language": {Language.SWEDISH.value: _l("Svenska"), Language.ENGLISH.value: _l("Engelska")},
}
_UNSAID = ("", _l("Hitta själv"))


class UploadForm(Form):
    kind = RadioField(
        _l("Vad innehåller filen?"),
        [InputRequired(_l("Välj vad filen innehåller."))],
        choices=options((kind.value, label) for kind, label in KINDS.items()),
        default=Kind.LEAVERS.value,
    )
    file = FileField(
        _l("Fil"),
        [FileRequired(_l("Välj en fil."))],
        description=_l("CSV eller Excel (xlsx), högst 64 MB."),
    )
    encoding = SelectField(
        _l("Teckenkodning"),
        [Optional()],
        choices=options([_UNSAID, *ENCODINGS.items()]),
    )
    separator = SelectField(
        _l("Skiljetecken"), [Optional()], choices=options([_UNSAID, *SEPARATORS.items()])
    )
    sheet = StringField(_l("Blad i Excelfilen"), [Optional(), Length(max=120)])


class AcceptForm(Form):
    strict = BooleanField(_l("Läs bara in om alla rader går att läsa in"))


class MappingForm(Form):
    name_order = SelectField(
        _l("Hela namnet är skrivet med"),
        choices=options(
            [
                (NameOrder.LAST_FIRST.value, _l("efternamnet först")),
                (NameOrder.FIRST_LAST.value, _l("förnamnet först")),
            ]
        ),
    )
    save_as = StringField(
        _l("Spara valen med namnet"),
        [Optional(), Length(max=80)],
        description=_l("Då är de klara nästa gång. Ett namn som finns skrivs över."),
    )


def field_label(key: str, kind: Kind) -> str:
    """Return what a field is called in the reader's language."""
    field = next(one for one in FIELDS[kind] if one.key == key)
    return field.label if current_language() == "sv" else field.label_en


def field_choices(kind: Kind) -> list[tuple[str, str]]:
    """Return what a column can be."""
    fields = [(one.key, field_label(one.key, kind)) for one in FIELDS[kind]]
    return [("", _("Används inte")), *fields]


def column_select(heading: str, kind: Kind) -> SelectField:
    return SelectField(
        _("%(heading)s är", heading=heading), [Optional()], choices=options(field_choices(kind))
    )


def style_select(heading: str, choices: Sequence[tuple[str, str]]) -> SelectField:
    return SelectField(
        _("Så är datumen i %(heading)s skrivna", heading=heading),
        [Optional()],
        choices=options(choices),
    )


def code_select(key: str, code: str) -> SelectField:
    meanings = [(value, str(label)) for value, label in MEANINGS[key].items()]
    return SelectField(
        _("%(code)s betyder", code=code),
        [Optional()],
        choices=options([("", _("Vet inte – raderna avvisas")), *meanings]),
    )


def with_fields(fields: dict[str, Any], data: dict[str, Any], *, fresh: bool) -> MappingForm:
    """Return the form of one file: a field per column, date column and code.

    A fresh one shows the data, whatever was just sent.
    """
    kind: type[MappingForm] = type("MappingFormOfFile", (MappingForm,), fields)
    return kind(formdata=None, data=data) if fresh else kind(data=data)
