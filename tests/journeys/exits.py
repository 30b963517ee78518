"""Steps from an honest answer to a published result, and those who left in the same quarter."""

from dataclasses import dataclass

from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.exit_interviews.models import (
    Answer,
    ExitType,
    Interview,
    InterviewState,
    Precision,
    Reach,
    Track,
)
from alumni_portal.exit_interviews.models.vault import Vault
from alumni_portal.people.models import Unit
from tests.exit_interviews.making import Asked, asked
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make, days
from tests.support.page import Page

PRIVATE = "elin@post.example"
OPEN_TEXT = "Jag hann aldrig klart med något."
GOAL = "Ingen har mer än två projekt i taget"
DONE = {"done_sv": "Ingen har mer än två projekt.", "done_en": "Nobody has more than two projects."}
HEARD = {"heard_sv": "Många hade för mycket att göra.", "heard_en": "Many had too much to do."}
#: So many others left, and so many of them mainly because of the workload.
OTHERS, WORKLOAD = 60, 40


@dataclass(frozen=True)
class Place:
    """The company, and the division that Elin leaves."""

    company: Unit
    division: Unit


def scene(make: Make, outbox: Outbox) -> tuple[Place, Asked]:
    """Make a division, Elin who leaves it and has been asked, and everybody else who left it."""
    company = make.unit("Bolaget")
    place = Place(company, make.unit("Konstruktion", parent=company))
    elin = asked(make, outbox, unit=place.division)
    others(make, place.division)
    return place, elin


def others(make: Make, unit: Unit) -> None:
    """Let sixty nameless people have left a unit in Elin's quarter and answered."""
    last = days(24)
    first_month = (last.month - 1) // 3 * 3 + 1
    with make.work():
        vault = Vault()
        for number in range(OTHERS):
            one = Interview(
                id=-1 - number,
                track=Track.QUESTIONNAIRE,
                state=InterviewState.CLOSED,
                reach=Reach.AGGREGATE,
                precision=Precision.QUARTER,
                exit_year=last.year,
                exit_month=first_month,
                exit_type=ExitType.OWN,
                tenure_band=("1-3", "3-7")[number % 2],
                unit_id=unit.id,
                sent_in=True,
            )
            db.session.add(one)
            db.session.flush()
            reason = "workload" if number < WORKLOAD else "pay"
            given = {"reasons": [reason], "workload": 1 + number % 3, "would_return": number % 11}
            db.session.add_all(
                Answer(interview_id=one.id, question=code, value=vault.seal(value))
                for code, value in given.items()
            )


def elin_answers(phone: Browser, elin: Asked) -> Page:
    """Let Elin choose who reads, answer, and hand in."""
    page = phone.go(elin.path).submit("Börja svara", reach="hr_only")
    said = {"workload": "1", "reasons-1": "workload", "would_return": "8", "stay_open": OPEN_TEXT}
    return page.submit("Lämna in svaren", within="", expects=200, **said)


def elin_asks_to_be_told(page: Page) -> None:
    """Let Elin ask to hear when something is done about the workload."""
    page = page.follow("Ja, berätta för mig")
    page = page.submit("Berätta för mig", theme="workload", address=PRIVATE)
    assert page.heading == "Tack, du får veta"


def hr_codes(hr: Browser) -> None:
    """Let a named coder find the workload in what Elin wrote."""
    page = hr.get("exit_interviews.to_code")
    assert OPEN_TEXT in page
    assert "Elin" not in page
    assert page.submit("Spara och gå vidare", codes=["workload"]).flashes == [
        "Kodningen är sparad."
    ]


def hr_acts(hr: Browser, owner: str) -> Page:
    """Let HR make an action on the workload and set it going."""
    page = hr.get("insights.new_action", theme="workload").submit(
        "Spara",
        heard=HEARD["heard_sv"],
        goal=GOAL,
        owner=owner,
        due_on=str(days(60)),
    )
    assert page.heading == GOAL
    return page.submit("Sätt i gång")


def hr_closes(hr: Browser) -> Page:
    """Let HR say what has been done."""
    page = hr.get("insights.actions").follow(GOAL).follow("Avsluta")
    return page.submit("Åtgärden är genomförd", within="", expects=200, **DONE)


def hr_tells(hr: Browser, make: Make) -> None:
    """Let HR write what everybody may read, and a colleague approve it."""
    page = hr.get("insights.actions", show="closed").follow(GOAL).follow("Berätta för alla")
    page.submit("Be en kollega godkänna", within="", expects=200, **HEARD, **DONE)
    colleague = hr.another().as_(make.staff(Role.HR))
    page = colleague.get("insights.actions", show="closed").follow(GOAL).follow("Läs och godkänn")
    assert "Alla kan läsa om det" in page.submit("Godkänn och låt alla läsa", is_clean=True)
