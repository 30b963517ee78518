"""A letter holds what was written, whatever signs a name has (S31)."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alumni_portal.core.transaction import unit
from alumni_portal.mail import services as mail
from tests.support.covers import covers
from tests.support.letters import Outbox

SIGN_IN = {"url": "https://alumni.example/x", "code": "ABCD2345"}
EVIL = ["Bo\r\nBcc: all@evil.example", "Bo\nSubject: x", "Bo\u2028Bcc: x@evil.example", "Bo\x00"]


@pytest.mark.parametrize("name", EVIL, ids=ascii)
@covers("S31")
def test_a_name_adds_no_line_to_a_letters_head(inside: Flask, outbox: Outbox, name: str) -> None:
    with unit():
        mail.post(
            mail.Draft(
                kind="accounts/sign_in", to="bo@post.example", values={**SIGN_IN, "name": name}
            )
        )
    letter = outbox.last()
    assert letter.message["To"] == "bo@post.example"
    assert letter.message["Bcc"] is None
    assert len(letter.message.get_all("Subject") or []) == 1


@given(st.text(max_size=60))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@covers("S31")
def test_whatever_a_name_holds_the_subject_is_one_line(inside: Flask, name: str) -> None:
    written = mail.write("accounts/sign_in", "sv", {**SIGN_IN, "name": name})
    assert written.subject == "Din inloggningslänk till Sundmark Alumni"
    assert "\r" not in written.subject + written.text.replace("\r\n", "")


def test_markdown_and_html_in_a_name_come_out_as_they_are(inside: Flask) -> None:
    name = "**Bo** <b>Ek</b> [x](https://evil.example)"
    written = mail.write("accounts/sign_in", "sv", {**SIGN_IN, "name": name})
    assert name in written.text
    assert "<b>Ek" not in written.html
    assert 'href="https://evil.example' not in written.html
