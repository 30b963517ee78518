"""Steps of the loop's first half: notice, own page, private address, opt-in, membership."""

from alumni_portal.consents.models import Purpose
from tests.offboarding.importing import CHECK, accepted, as_file, leaver, table, uploaded
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import days
from tests.support.page import Page

WORK, PRIVATE = "elin.bergstrom@sundmark.example", "elin@post.example"
PURPOSES_AGREED = (
    Purpose.MEMBERSHIP,
    Purpose.NEWSLETTER,
    Purpose.EVENTS,
    Purpose.RECRUITER_CONTACT,
)
PURPOSES = [str(purpose) for purpose in PURPOSES_AGREED]


def hr_registers_elin(hr: Browser) -> Page:
    """Let HR find an employee, set the last day, and land on the open case."""
    page = hr.get("offboarding.choose_leaver").submit("Sök", within="main", q="elin berg")
    page = page.follow("Välj Elin Bergström")
    return page.submit(
        "Öppna ärendet",
        ends_on=days(24).isoformat(),
        notice_on=days(-66).isoformat(),
        ground="own_request",
    )


def hr_reads_the_file(hr: Browser) -> None:
    """Let HR import the file in which Elin stands, as it is guessed; she works in Konstruktion."""
    row = {"E-post arbete": WORK, "Privat e-post": "", "Efternamn": "Bergström"}
    dates = {"Uppsägningsdatum": str(days(-66)), "Slutdatum": str(days(24))}
    job = {"Avdelning": "Konstruktion", "Befattning": "Elkonstruktör"}
    accepted(uploaded(hr, as_file(table(leaver(4711, **row, **dates, **job)))).submit(CHECK))


def elin_answers(elin: Browser, page_link: str, outbox: Outbox) -> None:
    """Let Elin give and prove a private address, and wish for all but mentoring."""
    page = elin.go(page_link).submit("Mejla en länk dit", address=PRIVATE)
    page = elin.go(outbox.last(PRIVATE).link).submit("Ja, bekräfta adressen")
    page = page.follow("Läs mer och svara")
    assert not page.all("input[name=purpose][checked]"), "nothing is ticked beforehand"
    page.submit("Spara mitt svar", purpose=PURPOSES)


def welcomes(outbox: Outbox) -> list[str]:
    """Return the links of invitations to the network among Elin's letters."""
    links = [link for letter in outbox.letters(PRIVATE) for link in letter.links]
    return [link for link in links if "/welcome/" in link]


def elin_joins(elin: Browser, outbox: Outbox) -> Page:
    """Let Elin say yes from the private address and sign in where she asks to."""
    page = elin.go(welcomes(outbox)[0])
    page = page.submit("Ja, jag går med", purpose=PURPOSES)
    assert page.heading == "Välkommen, Elin"
    outbox.clear()
    page.submit("Mejla mig en inloggningslänk")
    return elin.go(outbox.last(PRIVATE).link).submit("Logga in")
