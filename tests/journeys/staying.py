"""Steps in between: a newsletter, an invitation with a reply, a tip that is agreed to."""

import re
from typing import Any

from tests.events.making import starts
from tests.journeys.leaving import PRIVATE
from tests.support.browser import Browser
from tests.support.letters import Outbox, Received

ERIK = "erik.sandell@post.example"


def mailed(outbox: Outbox, subject: str) -> Received:
    """Return the one letter with this subject among Elin's mail."""
    (found,) = [one for one in outbox.letters(PRIVATE) if one.subject == subject]
    return found


def hr_sends_a_newsletter(hr: Browser) -> None:
    """Let HR write a letter of one block and send it to all who agreed: one person."""
    page = hr.get("newsletters.new").submit("Börja skriva", title="Decemberbrevet")
    page = page.submit("Lägg till block", kind="text", subject_sv="Luleå är klart")
    typed: dict[str, Any] = {}
    (field,) = {str(tag["name"]) for tag in page.all("textarea[name$=text_sv]")}
    typed[field] = "Hej {{first_name}}!"
    page = page.submit("Spara", preheader_sv="Före plan", **typed)
    page.submit("Gå vidare och skicka").submit("Skicka till 1 person")


def elin_reads_it(elin: Browser, outbox: Outbox) -> None:
    """Find the letter in Elin's mail, greeted by name, and in the archive of the portal."""
    letter = mailed(outbox, "Luleå är klart")
    assert "Hej Elin!" in letter.text
    assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Luleå är klart" in elin.get("newsletters.archive")


def hr_invites(hr: Browser) -> None:
    """Let HR plan an event with seats and invite all who agreed to invitations."""
    page = hr.get("events.new").submit(
        "Spara",
        title="Kraft och kaffe",
        text="Vi äter **bullar**.",
        day=f"{starts():%Y-%m-%d}",
        begins="17:30",
        until="19:00",
        place="Luleå",
        capacity="30",
    )
    page = page.submit("Öppna för svar").follow("Bjud in")
    (button,) = [name for name in page.buttons() if re.match(r"(Bjud in|Skicka) ", name)]
    page.submit(button)


def elin_says_yes(elin: Browser, outbox: Outbox) -> None:
    """Let Elin answer from the mail, in a browser where nobody is signed in."""
    letter = mailed(outbox, "Inbjudan: Kraft och kaffe")
    link = next(one for one in letter.links if "/events/reply/" in one)
    page = elin.another().go(link).submit("Spara mitt svar", answer="yes")
    assert "29 platser kvar" in page


def elin_tips_erik(elin: Browser, outbox: Outbox, role: str) -> None:
    """Let Elin tip somebody for a role, and him say that he may be written to."""
    page = elin.get("openings.index").follow(role).follow("Tipsa någon")
    page.submit("Skicka tipset", name="Erik Sandell", address=ERIK, agreed=True, why="Noggrann.")
    link = next(one for one in outbox.last(ERIK).links if "/referrals/" in one)
    elin.another().go(link).submit("Ja, ni får höra av er")
