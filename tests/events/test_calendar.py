"""Calendar files: one VEVENT, a stable name for it, a number that grows, nothing injected (S33)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from alumni_portal.events.emails.calendar import Holder, file_of
from alumni_portal.events.models import Answer, Event, EventState
from tests.support.covers import covers

BEGINS = datetime(2027, 1, 21, 12, tzinfo=UTC)
URL = "http://localhost/events/abc"
#: What breaks out of a line, a quoted value or a component, in every mixture.
EVIL = st.text(
    st.sampled_from("ab å;:,\\\"'\r\n\t\x00\x0b\x0c\x1c\x85\u2028\u2029")
    | st.characters(codec="utf-8"),
    max_size=60,
) | st.sampled_from(
    ["x\r\nEND:VEVENT\r\nBEGIN:VALARM", "x\rATTENDEE:mailto:tjuv@post.example", "\nMETHOD:CANCEL"]
)


def made(**more: object) -> Event:
    return Event(
        **{
            "public_id": "abcdefgh234567",
            "title": "Frukost",
            "title_en": "",
            "text": "Kom!",
            "text_en": "",
            "starts_at": BEGINS,
            "ends_at": BEGINS + timedelta(hours=2),
            "place": "Malmö",
            "address": "",
            "online_url": "https://moten.example/7",
            "sequence": 0,
            "state": EventState.OPEN,
            **more,
        }
    )


def drawn(event: Event, *, language: str = "sv", **holder: object) -> Calendar:
    parsed = Calendar.from_ical(
        file_of(event, url=URL, language=language, holder=Holder(**holder))  # type: ignore[arg-type]  # as Holder
    )
    assert isinstance(parsed, Calendar)
    return parsed


def entry(calendar: Calendar) -> Any:
    (found,) = calendar.walk("VEVENT")
    return found


@covers("S33")
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(evil=st.tuples(EVIL, EVIL, EVIL, EVIL), name=EVIL, box=EVIL)
def test_nothing_that_is_written_becomes_a_line_of_its_own(
    inside: Flask, evil: tuple[str, str, str, str], name: str, box: str
) -> None:
    title, text, place, link = evil
    event = made(title=title, text=text, place=place, online_url=link)
    calendar = drawn(event, answer=Answer.YES, address=f"{box}@post.example", name=name)
    assert [one.name for one in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
    found = entry(calendar)
    assert not found.subcomponents
    assert found["UID"] == "abcdefgh234567@localhost"
    assert found["URL"] == URL
    assert calendar["METHOD"] == "REQUEST"
    assert not isinstance(found["ATTENDEE"], list)
    assert found["ATTENDEE"].startswith("mailto:")
    assert set(calendar) == {"PRODID", "VERSION", "METHOD"}


@pytest.mark.parametrize(
    ("state", "answer", "method", "status"),
    [
        (EventState.OPEN, None, "PUBLISH", "TENTATIVE"),
        (EventState.OPEN, Answer.YES, "PUBLISH", "CONFIRMED"),
        (EventState.OPEN, Answer.WAITING, "PUBLISH", "TENTATIVE"),
        (EventState.OPEN, Answer.NO, "CANCEL", "CANCELLED"),
        (EventState.OPEN, Answer.LAPSED, "CANCEL", "CANCELLED"),
        (EventState.CANCELLED, Answer.YES, "CANCEL", "CANCELLED"),
    ],
)
def test_what_the_file_asks_the_calendar_to_do(
    inside: Flask, state: EventState, answer: Answer | None, method: str, status: str
) -> None:
    calendar = drawn(made(state=state), answer=answer)
    assert calendar["METHOD"] == method
    assert entry(calendar)["STATUS"] == status
    assert "ATTENDEE" not in entry(calendar)


def test_the_same_event_keeps_its_name_and_its_number_grows(inside: Flask) -> None:
    before, after = entry(drawn(made())), entry(drawn(made(sequence=1)))
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert before["DTSTART"].dt == BEGINS


def test_the_link_to_join_stands_only_in_the_file_of_somebody_who_comes(inside: Flask) -> None:
    assert "moten.example" in str(entry(drawn(made(), answer=Answer.YES))["DESCRIPTION"])
    assert "moten.example" not in str(drawn(made(place="")).to_ical())


def test_the_file_speaks_the_readers_language(inside: Flask) -> None:
    event = made(title_en="Breakfast", text_en="Come!")
    assert entry(drawn(event, language="en"))["SUMMARY"] == "Breakfast"
    assert entry(drawn(event))["SUMMARY"] == "Frukost"
