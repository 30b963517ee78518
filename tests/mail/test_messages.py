"""A letter reads as it was written, in short lines, and no value adds a header (S31, S32)."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alumni_portal.mail.services.messages import Mail, ascii_address
from alumni_portal.people.queries import canonical_address
from tests.support.covers import covers

WRITTEN = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\n =.\t-_"),
    max_size=400,
)
LINE = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=120)


def made(subject: str = "Höst", text: str = "Hej!\n", html: str = "<p>Hej!", **more: str) -> Mail:
    mail = Mail(
        subject=subject,
        recipients=[more.pop("to", "bo@post.example")],
        body=text,
        html=html,
        sender="Sundmark Alumni <alumni@sundmark.example>",
        date=1_800_000_000,
        extra_headers={"List-ID": "<newsletter.sundmark.example>", **more},
    )
    mail.msgId = "<a.b@sundmark.example>"
    return mail


def read(wire: bytes) -> EmailMessage:
    return message_from_bytes(wire, policy=policy.default)


def bodies(mail: EmailMessage) -> list[tuple[str, str]]:
    """Return kind and text of each part; what breaks a line is the same to every reader."""
    return [
        (part.get_content_type(), "\n".join(part.get_content().splitlines()))
        for part in mail.walk()
        if not part.is_multipart()
    ]


@given(subject=LINE, text=WRITTEN, html=WRITTEN.filter(bool))
@settings(max_examples=80, deadline=None)
@covers("S31", "S32")
def test_it_reads_as_it_was_written(subject: str, text: str, html: str) -> None:
    mail = made(" ".join(subject.split()), text, html)
    got = read(mail.as_bytes())
    written = ["\n".join(one.splitlines()) for one in (text, html)]
    assert bodies(got) == list(zip(("text/plain", "text/html"), written, strict=True))
    assert not got.defects
    lines = mail.as_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not [one for one in lines if b"\r" in one or b"\n" in one]


@covers("S31")
def test_the_same_letter_made_again_is_the_same_bytes() -> None:
    assert made().as_bytes() == made().as_bytes()


@pytest.mark.parametrize(
    "more",
    [{"subject": "x\r\nBcc: a@b.example"}, {"to": "a@b.example\nBcc: c@d.example"}],
    ids=["subject", "to"],
)
@covers("S31")
def test_a_break_in_a_header_is_refused(more: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="Header"):
        made(**more).as_bytes()


@covers("S31")
def test_a_break_in_a_header_that_programs_read_adds_none() -> None:
    with pytest.raises(ValueError, match="Header"):
        made(**{"Feedback-ID": "x\r\nBcc: a@b.example"}).as_bytes()


@pytest.mark.parametrize(
    ("domain", "in_dns"),
    [
        ("straße.example", "xn--strae-oqa.example"),
        ("ςigma.example", "xn--igma-fod.example"),
        ("Öl.example", "xn--l-0ga.example"),
        ("post.example", "post.example"),
    ],
)
@covers("S54")
def test_a_mail_goes_to_the_domain_that_the_address_is_known_by(domain: str, in_dns: str) -> None:
    assert ascii_address(f"anna@{domain}") == f"anna@{in_dns}".encode()
    assert canonical_address(f"anna@{domain}") == f"anna@{in_dns}"


@pytest.mark.parametrize("domain", ["\u200dx.example", "ö..example", "\N{GRINNING FACE}", "ö"])
@covers("S31")
def test_what_is_no_domain_is_not_written_to(domain: str) -> None:
    with pytest.raises(UnicodeError):
        ascii_address(f"anna@{domain}")
