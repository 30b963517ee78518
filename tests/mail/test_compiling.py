"""A mailing compiled: what comes out reads as what the library would have made of it (S31, S32)."""

import email
from collections.abc import Sequence
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alumni_portal.mail.rules import (
    Made,
    Source,
    Template,
    Values,
    fill_html,
    fill_line,
    fill_text,
)
from tests.support.covers import covers

HEADS = "From: Alumni <alumni@sundmark.example>\r\nTo: {{mail_to}}\r\nMessage-ID: {{mail_id}}\r\n"
TEXT = (
    "Hej {{first_name}}!\n\n.{{name}} {{#unit}}Du var på {{unit}}.{{/unit}}\n{{link}}"
    "{{*posts}}- {{title}} {{#unit}}vid {{unit}}{{/unit}} åt {{first_name}}\n.{{/posts}}"
)
HTML = (
    '<p>Hej {{first_name}}, {{name}}</p><a href="{{link}}">x</a>'
    '<a href="https://a.example/?n={{name}}">y</a>{{^unit}}<b>Utan enhet</b>{{/unit}}'
    '<ul>{{*posts}}<li><a href="{{link}}">{{title}} och {{name}}</a></li>{{/posts}}</ul>'
)
NAMES = st.one_of(
    st.sampled_from(["Åsa", "O'Neil", 'Bo "B" Ek', "😀", "a\r\nBcc: x@y.example", ".."]),
    st.text(max_size=400),
    st.text(alphabet="abc .=åÅ😀\t'\"<>&_?", max_size=400),
)


def source(**more: object) -> Source:
    given = {"heads": HEADS, "subject": "Hej {{name}}", "text": TEXT, "html": HTML, "mark": "=_0_x"}
    return Source(**{**given, **more})  # type: ignore[arg-type]  # texts, but for files


def values(
    first_name: str = "Anna", name: str = "Ek", unit: str = "FoU", posts: Sequence[str] = ()
) -> Values:
    return {
        "mail_to": "anna@post.example",
        "mail_id": "<x@sundmark.example>",
        "link": "https://a.example/" + "Ab-_." * 40,
        "first_name": first_name,
        "name": name,
        "unit": unit,
        "posts": [{"title": one} for one in posts],
    }


def by_the_library(told: Values) -> EmailMessage:
    made = EmailMessage(policy.SMTP)
    made["From"], made["To"] = "Alumni <alumni@sundmark.example>", told["mail_to"]
    made["Message-ID"], made["Subject"] = told["mail_id"], fill_line("Hej {{name}}", told)
    made.set_content(fill_text(TEXT, told))
    made.add_alternative(fill_html(HTML, told), subtype="html")
    return made


def seen(mail: EmailMessage) -> dict[str, object]:
    return {
        "heads": {name: str(mail[name]) for name in ("From", "To", "Subject", "Message-ID")},
        "bodies": [
            (part.get_content_type(), part.get_content().replace("\r\n", "\n"))
            for part in mail.walk()
            if not part.is_multipart()
        ],
    }


def whole(made: Made) -> bytes:
    assert (*made.heads, *made.body) == tuple(made.whole)
    return b"".join(made.whole)


def read(wire: bytes) -> EmailMessage:
    return email.message_from_bytes(wire, policy=policy.default)


@given(NAMES, NAMES, st.one_of(st.just(""), NAMES), st.lists(NAMES, max_size=3))
@example("Åsa", "00000000 0000" + "\x80" * 10 + "\u0800\U00010000 \x80", "", [])
@covers("S31", "S32")
def test_it_reads_as_the_librarys_own_whatever_people_are_called(
    first_name: str, name: str, unit: str, posts: list[str]
) -> None:
    told = values(first_name, name, unit, posts)
    wire = whole(Template(source()).made(told))
    theirs = read(by_the_library(told).as_bytes())
    assert seen(read(wire)) == seen(theirs)
    assert not read(wire).defects


@given(NAMES, NAMES)
@covers("S32")
def test_no_line_is_long_begins_with_a_dot_or_ends_in_a_space(first_name: str, name: str) -> None:
    told = values(first_name, name, posts=[name, first_name])
    body = b"".join(Template(source()).made(told).body)
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 76
    assert not [one for one in lines if one.startswith(b".") or one.endswith((b" ", b"\t"))]
    assert b"\n" not in body.replace(b"\r\n", b"")


@covers("S31")
def test_a_name_that_looks_encoded_is_shown_as_it_is() -> None:
    mail = read(whole(Template(source()).made(values(name="=?utf-8?q?x?="))))
    assert mail["Subject"] == "Hej =?utf-8?q?x?="


def test_each_combination_of_conditions_is_compiled_once() -> None:
    template = Template(source())
    told = [values(unit=unit) for unit in ("FoU", "", "Ekonomi", "")]
    bodies = [read(whole(template.made(one))).get_body(("html",)) for one in told]
    assert ["Utan enhet" in str(one) for one in bodies] == [False, True, False, True]
    assert len(template._forms) == 2


def test_what_is_repeated_stands_once_for_each_entry_with_its_own_values() -> None:
    template = Template(source(text="{{*posts}}- {{title}} åt {{first_name}}\n{{/posts}}"))
    told: Values = {**values(), "posts": [{"title": "Ett"}, {"title": "Två <3"}]}
    body = read(whole(template.made(told))).get_body(("plain",))
    assert body
    assert body.get_content().split("\r\n")[:2] == ["- Ett åt Anna", "- Två <3 åt Anna"]


def test_files_and_a_calendar_are_where_programs_look_for_them() -> None:
    calendar = b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n"
    file = b"Content-Type: application/ics\r\nContent-Disposition: attachment\r\n\r\nBEGIN\r\n"
    template = Template(source(readings=(calendar,), files=(file,)))
    mail = read(whole(template.made(values())))
    kinds = [one.get_content_type() for one in mail.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
        "application/ics",
    ]  # fmt: skip
    assert not mail.defects


@covers("S31")
def test_a_head_that_is_not_ascii_is_refused() -> None:
    with pytest.raises(UnicodeError):
        Template(source()).made({**values(), "mail_to": "åsa@post.example"})
