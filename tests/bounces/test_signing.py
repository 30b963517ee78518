"""Another's verifier finds our signature sound, whatever the mail holds (RFC 6376)."""

import base64
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import dkim
import pytest
from hypothesis import example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from alumni_portal.mail.services import signing
from tests.bounces.identity import KEY, PUBLIC, SELECTOR, bare

RECORD = b"v=DKIM1; k=rsa; p=" + base64.b64encode(PUBLIC)
LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=120)
BODY = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\v\f")
    | st.sampled_from("\n\n\t  =."),
    max_size=400,
)
HEADERS = (
    b"From: Sundmark Alumni <alumni@sundmark.example>\r\n"
    b"To: bo@post.example\r\n"
    b"Subject: =?utf-8?q?H=C3=B6st?=  i\r\n\t  huset\r\n"
    b"List-Unsubscribe: <https://alumni.sundmark.example/unsubscribe/abc>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    b"X-Other: not signed\r\n"
)


def looked_up(name: bytes, timeout: int = 5) -> bytes:
    assert name == f"{SELECTOR}._domainkey.sundmark.example.".encode()
    return RECORD


def signed(headers: bytes, body: bytes, folder: Path = Path("build")) -> bytes:
    with bare(folder, dkim_key=KEY, dkim_selector=SELECTOR).app_context():
        sign = signing.signer()
    assert sign is not None
    return sign(in_pieces(headers), in_pieces(body)) + headers + b"\r\n" + body


def in_pieces(text: bytes) -> list[bytes]:
    """Return what a mail is made of: pieces, most of them whole lines, some empty."""
    lines = text.splitlines(keepends=True)
    return [*lines[:1], b"", *(b"".join(lines[at : at + 2]) for at in range(1, len(lines), 2))]


def is_sound(wire: bytes) -> bool:
    return bool(dkim.verify(wire, dnsfunc=looked_up))


@given(subject=LINE, body=BODY)
@examples(max_examples=60)
@example(subject="", body="")
@example(subject=" ", body="\n\n\n")
@example(subject="\t", body="  \n \t\n")
def test_it_holds_for_any_subject_and_body(subject: str, body: str) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"], mail["From"] = subject, "Åsa <alumni@sundmark.example>"
    mail.set_content(body, cte="quoted-printable")
    headers, _blank, written = mail.as_bytes().partition(b"\r\n\r\n")
    assert is_sound(signed(headers + b"\r\n", written))


@given(st.binary(max_size=200) | st.text("a \t\r\n", max_size=60).map(str.encode))
@examples(max_examples=100)
@example(b"a \r\r\n")
@example(b"\r")
@example(b"a\r\n \r\n\t\r\n\r\n")
def test_it_holds_for_bytes_that_no_mail_should_hold(body: bytes) -> None:
    sent = body if body.endswith(b"\r\n") else body + b"\r\n"  # as SMTP ends every mail
    assert is_sound(signed(HEADERS, sent))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"One-Click", b"Two-Clicks"),
        (b"/unsubscribe/abc", b"/unsubscribe/def"),
        (b"From: Sundmark", b"From: Bluff <bluff@bluff.example>\r\nFrom: Sundmark"),
        (b"\r\n\r\nHej", b"\r\n\r\nHej!"),
        (b"To: bo", b"To: eve"),
    ],
)
def test_what_was_changed_on_the_way_is_seen(old: bytes, new: bytes) -> None:
    wire = signed(HEADERS, b"Hej\r\n")
    assert is_sound(wire)
    assert not is_sound(wire.replace(old, new))


def test_nobody_can_add_a_sender_of_their_own() -> None:
    assert b"h=from:from:to:" in signed(HEADERS, b"Hej\r\n"), "signed once more than it is there"


def test_what_is_not_signed_may_change() -> None:
    assert is_sound(signed(HEADERS, b"Hej\r\n").replace(b"not signed", b"changed"))


def test_the_same_mail_is_signed_the_same() -> None:
    assert signed(HEADERS, b"Hej\r\n") == signed(HEADERS, b"Hej\r\n")


def test_without_a_key_nothing_is_signed(tmp_path: Path) -> None:
    with bare(tmp_path).app_context():
        assert signing.signer() is None


@given(st.text("ab \t\r\n", max_size=40).map(str.encode))
@examples(max_examples=200)
def test_a_relaxed_body_is_left_as_it_is(body: bytes) -> None:
    once = signing.relaxed_body(body)
    assert signing.relaxed_body(once) == once
