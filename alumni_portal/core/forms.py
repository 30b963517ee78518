"""The base of every form: shape only, with the reader's language and one way to take a refusal."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import (
    DateField,
    Field,
    HiddenField,
    PasswordField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from alumni_portal.core.errors import Refusal
from alumni_portal.core.national_id import masked, may_hold_one
from alumni_portal.core.text import clean_line
from alumni_portal.core.transaction import attempt

REQUIRED = _l("Fyll i det här fältet.")
NO_SUCH_YEAR = _l("Året ska ligga mellan 1900 och 2100.")
_YEARS = range(1900, 2101)
NO_NATIONAL_ID = _l("Det ser ut som ett personnummer. Det ska inte stå här.")


def options(pairs: Iterable[tuple[str, object]]) -> list[Any]:
    """Return (value, words) pairs as the choices of a select or radio field."""
    return [SelectChoice(value, words) for value, words in pairs]


def chosen_file(field: FileField) -> FileStorage | None:
    """Return the file that was chosen in a field, if any; it may be empty."""
    file = field.data
    return file if isinstance(file, FileStorage) and file.filename else None


class Form(FlaskForm):
    """A form whose text fields are trimmed and which can show a service's refusal."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: "Form", unbound: Any, options: dict[str, Any]) -> Field:  # noqa: ANN401 - WTForms' own
            """Give each text field the trimming filter."""
            if issubclass(unbound.field_class, StringField):
                filters = list(unbound.kwargs.get("filters", ()))
                unbound.kwargs["filters"] = [*filters, _trim(unbound.field_class)]
            field: Field = super().bind_field(form, unbound, options)
            return field

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own
        """Check the shape; nobody's national identity number may be typed anywhere."""
        sound = bool(super().validate(extra_validators))
        for field in self:
            own = [said for said in field.errors if said not in field.process_errors]
            field.errors = own or field.errors  # what we say about a figure says it all
            wrong = _what_is_never_right(field)
            if wrong is not None:
                field.errors = [*field.errors, wrong]
                sound = False
        return sound

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it names, or at the top of the form."""
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(refusal.message)
        else:
            field.errors = [*field.errors, refusal.message]

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Run a service; a refusal is undone and shown, and the page is drawn again."""
        try:
            with attempt():
                yield
        except Refusal as refusal:
            self.refuse(refusal)

    @property
    def has_errors(self) -> bool:
        """Say whether anything is wrong with what was sent."""
        return bool(self.errors)


def _what_is_never_right(field: Field) -> object | None:
    if isinstance(field, StringField) and _holds_national_id(field):
        return NO_NATIONAL_ID
    if isinstance(field, DateField) and field.data and field.data.year not in _YEARS:
        return NO_SUCH_YEAR
    return None


def _holds_national_id(field: StringField) -> bool:
    written = field.data or ""
    if isinstance(field, PasswordField | HiddenField) or not may_hold_one(written):
        return False
    return masked(written, phone=isinstance(field, TelField)) != written


def _trim(kind: type[Field]) -> Callable[[Any], Any]:
    if issubclass(kind, PasswordField):
        return lambda value: value
    if issubclass(kind, TextAreaField):
        return lambda value: value.strip() if isinstance(value, str) else value
    return lambda value: clean_line(value) if isinstance(value, str) else value


class PlainForm(Form):
    """A form with nothing but its button and the token against forgery."""
