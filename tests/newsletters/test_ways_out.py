"""The way out of a letter, looked for in what is sent: a template that loses it is noticed."""

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from alumni_portal.core.permissions import Role
from alumni_portal.newsletters.rules import Verdict, ways_out_checked
from tests.newsletters.making import content, letter, reader, text_block
from tests.support.browser import Browser
from tests.support.make import Make

OUT = '<a href="{{unsubscribe}}">Sluta</a>'
LONG = f"<p>{'Många ord. ' * 100}</p>"
BOTH = OUT + LONG + OUT
TEXT = "Sluta: {{unsubscribe}}"

#: HTML and text → where the way out is missing.
LETTERS = [
    (BOTH, TEXT + "x" * 900 + TEXT, []),
    (OUT + OUT, TEXT + TEXT, []),
    (OUT, TEXT, ["nederst", "nederst i texten"]),
    (LONG + OUT, TEXT + TEXT, ["överst"]),
    (OUT + OUT + LONG, TEXT + TEXT, ["nederst"]),
    ("<p>Hej</p>", TEXT + TEXT, ["överst", "nederst"]),
    ("<style>" + "x" * 900 + "</style>" + OUT + OUT, TEXT + TEXT, []),
    ('<a href="#">{{unsubscribe}}</a>', TEXT + TEXT, ["överst", "nederst"]),
    (BOTH, "x" * 900 + TEXT + TEXT, ["överst i texten"]),
    (BOTH, "Hej", ["överst i texten", "nederst i texten"]),
]
BROKEN = {
    "newsletters/top.html": "<p>{{ web_version }} {{ preferences }} {{ unsubscribe }}</p>",
    "newsletters/footer.html": "{{ web_version }}",
}


@pytest.mark.parametrize(("html", "text", "missing"), LETTERS)
def test_it_stands_near_top_and_end(html: str, text: str, missing: list[str]) -> None:
    found = list(ways_out_checked({"sv": (html, text)}))
    if not missing:
        assert [one.verdict for one in found] == [Verdict.YES]
    told = [str(one.text) for one in found if one.verdict is Verdict.NO]
    assert told == [f"Länken för att sluta saknas {where} på svenska" for where in missing]


@pytest.mark.parametrize(
    ("broken", "where"),
    [("newsletters/top.html", "överst"), ("newsletters/footer.html", "nederst")],
)
def test_a_broken_template_keeps_the_letter_back(
    app: Flask,
    browser: Browser,
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    where: str,
) -> None:
    reader(make)
    made = letter(app, content(text_block("Många ord. " * 100)))
    hr = browser.as_(make.staff(Role.HR))
    page = hr.get("newsletters.edit", public_id=made.public_id)
    assert "Ett klick räcker för att sluta" in page
    usual = app.jinja_env.loader
    assert usual
    lost = ChoiceLoader([DictLoader({broken: BROKEN[broken]}), usual])
    monkeypatch.setattr(app.jinja_env, "loader", lost)
    app.jinja_env.cache.clear()  # type: ignore[union-attr]  # there is one
    page = hr.get("newsletters.send", public_id=made.public_id)
    assert f"Länken för att sluta saknas {where} på svenska" in page
    app.jinja_env.cache.clear()  # type: ignore[union-attr]  # as above
