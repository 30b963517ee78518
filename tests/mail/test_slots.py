"""Slots: our own tokenizer fills them; nothing that anybody wrote is ever run (S30)."""

from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from alumni_portal.core.errors import Refusal
from alumni_portal.mail import queries
from alumni_portal.mail import services as mail
from alumni_portal.mail.rules import fill_html, fill_line, fill_text, slots_in
from tests.mail.making import HTML, TEXT, begun, edition, readers, recipients
from tests.support.covers import covers
from tests.support.make import Make

PAYLOADS = [
    "{{ 7*7 }}",
    "{{config}}",
    "{% for x in y %}",
    "{{ ''.__class__.__mro__ }}",
    "{{first_name|safe}}",
    "{# x #}",
    "{{{first_name}}}",
    "{{ self }}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{{first_name",
    "{first_name}",
    "%(first_name)s",
    "{{FIRST_NAME}}",
    "{{lipsum.__globals__}}",
    "{{request.application}}",
    "{{url_for.__globals__}}",
    "{{ cycler.__init__ }}",
    "{{''|attr('x')}}",
]
EVIL = ["<script>alert(1)</script>", '" onload="x', "'><img src=x>", "&lt;b&gt;", "a\r\nBcc: x"]


@pytest.mark.parametrize("value", PAYLOADS)
@covers("S30")
def test_what_a_value_holds_comes_out_as_it_is(value: str) -> None:
    values = {"first_name": value}
    assert fill_text("Hej {{first_name}}!", values) == f"Hej {value}!"
    assert fill_line("Hej {{ first_name }}!", values) == f"Hej {value}!"
    assert "<" not in fill_html("{{first_name}}", values)


@pytest.mark.parametrize("text", [one for one in PAYLOADS if not slots_in(one)])
@covers("S30")
def test_what_is_no_slot_is_text(text: str) -> None:
    assert fill_text(text, {}) == text
    assert fill_html(text, {}) == text


@given(st.text(), st.text())
@covers("S30")
def test_a_value_is_never_read_again(before: str, value: str) -> None:
    plain = before.replace("{", "").replace("}", "")
    filled = fill_html(plain + "{{first_name}}", {"first_name": "{{secret}}" + value})
    assert filled.startswith(plain + "{{secret}}")


@pytest.mark.parametrize("value", EVIL)
@covers("S30")
def test_a_value_is_escaped_for_where_it_stands(value: str) -> None:
    html = fill_html('<p title="{{x}}">{{x}}</p>', {"x": value})
    assert html.count("<") == 2
    assert html.count('"') == 2
    assert "\n" not in fill_text("{{x}}", {"x": value})
    assert "\n" not in fill_line("{{x}}", {"x": value})


@pytest.mark.parametrize("where", ["subject", "html", "text"])
@covers("S30")
def test_an_unknown_slot_is_refused_before_anything_is_sent(
    inside: Flask, make: Make, where: str
) -> None:
    written = {"subject": "Hej", "html": HTML, "text": TEXT}
    written[where] += " {{shoe_size}}"
    made = edition(subject=written["subject"], html=written["html"], text=written["text"])
    with pytest.raises(Refusal, match="shoe_size"):
        begun(make, recipients(readers(make, 1)), made)
    assert queries.mailing_of("newsletters/issue", "one") is None


@covers("S16", "S30")
def test_a_slot_inside_a_tag_takes_addresses_only(inside: Flask, make: Make) -> None:
    html = HTML + '<a href="{{reply_link}}">Svara</a>'
    people = readers(make, 1)
    with pytest.raises(Refusal, match="reply_link"):
        begun(make, recipients(people, reply_link="javascript:alert(1)"), edition(html=html))
    begun(make, recipients(people, reply_link="https://a.example/x"), edition(html=html))
    assert queries.mailing_of("newsletters/issue", "one")


@covers("S30")
def test_what_is_no_list_is_not_repeated(inside: Flask, make: Make) -> None:
    bomb = "{{*first_name}}" * 12 + "{{boom}}" + "{{/first_name}}" * 12
    assert "boom" not in fill_text(bomb, {"first_name": "Maximilian"})
    assert fill_html("<p>{{*boom}}x{{/boom}}</p>", {}) == "<p></p>"
    with pytest.raises(Refusal, match="first_name"):
        begun(make, recipients(readers(make, 1)), edition(text=TEXT + bomb))


@pytest.mark.parametrize("text", ["{{#a}}" * 3_000 + "{{/a}}" * 3_000, "{{#a}}" * 9_000])
@covers("S30")
def test_nothing_stands_endlessly_deep(text: str) -> None:
    assert fill_text(text, {"a": "x"}).count("{{#a}}") >= 2_900


@covers("S31")
def test_where_answers_go_has_no_slots(inside: Flask, make: Make) -> None:
    made = replace(edition(), reply_to="{{unsubscribe}}@sundmark.example")
    with pytest.raises(Refusal, match="e-postadress"):
        begun(make, recipients(readers(make, 1)), made)


@pytest.mark.parametrize("lacking", [edition(html="<p>Hej</p>"), edition(text="Hej")])
def test_nothing_is_sent_without_the_way_out(
    inside: Flask, make: Make, lacking: mail.Edition
) -> None:
    with pytest.raises(Refusal, match="avsluta"):
        begun(make, recipients(readers(make, 1)), lacking)
