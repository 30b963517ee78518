import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import StringField, TelField, TextAreaField
from wtforms.validators import InputRequired

from alumni_portal.core.errors import Refusal
from alumni_portal.core.facts import install, state
from alumni_portal.core.forms import Form, options
from alumni_portal.core.language import choose, spoken
from tests.support.browser import Browser

#: In two parts, so that no file holds a whole number.
DAY = "811218"


class TrialForm(Form):
    name = StringField("Namn", [InputRequired("Skriv.")])
    text = TextAreaField("Text")
    phone = TelField("Telefon")


def sent(app: Flask, **fields: str) -> TrialForm:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context("/", method="POST", data=fields):
        form = TrialForm()
        form.validate_on_submit()
        return form


def test_what_is_typed_is_trimmed_to_one_line(app: Flask) -> None:
    form = sent(app, name="  Åsa \u202e\t Lind\r\n", text=" en\r\ntvå ")
    assert form.name.data == "Åsa Lind"
    assert form.text.data == "en\r\ntvå"


@pytest.mark.parametrize(
    "number", [DAY + "-9876", "19" + DAY + "-9876", DAY + "9876", "8112" + "78-9873"]
)
def test_a_national_id_is_refused_in_every_text(app: Flask, number: str) -> None:
    for field in ("name", "text"):
        form = sent(app, **{"name": "Åsa", field: f"Åsa {number}"})
        assert "personnummer" in str(form.errors[field][0])


def test_a_phone_number_is_no_national_id(app: Flask) -> None:
    assert not sent(app, name="Åsa", phone="0708112345").errors


def refuse(message: str, field: str | None) -> None:
    raise Refusal(message, field=field)


@pytest.mark.usefixtures("inside")
def test_a_refusal_stands_at_its_field_or_at_the_top(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"name": "Åsa"}):
        form = TrialForm()
        with form.attempt():
            refuse("Taget.", "name")
        with form.attempt():
            refuse("Går inte.", None)
    assert form.name.errors == ["Taget."]
    assert form.form_errors == ["Går inte."]
    assert form.has_errors


def test_choices_are_pairs() -> None:
    assert [(one.value, one.label) for one in options([("a", "A")])] == [("a", "A")]


def test_facts_reach_their_handlers_in_written_order(inside: Flask) -> None:
    heard: list[str] = []
    install(inside, {str: [lambda fact: heard.append("1" + fact), lambda _fact: heard.append("2")]})
    state("x")
    state(5)
    assert heard == ["1x", "2"]


@pytest.mark.parametrize(
    ("header", "language"),
    [("sv", "sv"), ("en-GB,en;q=0.9", "en"), ("de", "sv"), ("", "sv"), ("de,en;q=0.5", "en")],
)
def test_the_browser_chooses_between_our_languages(app: Flask, header: str, language: str) -> None:
    with app.test_request_context(headers={"Accept-Language": header}):
        assert choose() == language


def test_outside_a_page_swedish_is_spoken(inside: Flask) -> None:
    assert choose() == "sv"
    with spoken("tlh"):
        assert choose() == "sv"


def test_a_chosen_language_stays_and_leads_back(browser: Browser) -> None:
    page = browser.get("accounts.lost").submit("English")
    assert page.language == "en"
    assert page.address == "/sign-in/lost"


def test_repeated_fields_do_not_break(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    data = MultiDict([("name", "a"), ("name", "b")])
    with app.test_request_context("/", method="POST", data=data):
        assert TrialForm().validate_on_submit()
