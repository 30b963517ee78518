"""Letters about exit interviews. Each goes to the leaver alone, or to who holds the talk."""

from alumni_portal.core.formats import date_time
from alumni_portal.core.language import spoken
from alumni_portal.core.rendering import link
from alumni_portal.exit_interviews.emails.calendar import attached
from alumni_portal.exit_interviews.models import Interview, Track
from alumni_portal.mail import services as mail
from alumni_portal.offboarding.models import Case
from alumni_portal.people.models import EmailAddress, Person


def questionnaire(
    case: Case,
    interview: Interview,
    address: EmailAddress,
    token: str,
    *,
    is_reminder: bool = False,
) -> None:
    """Ask the leaver to answer, or remind them."""
    mail.post(
        mail.Draft(
            kind="exit_interviews/questionnaire",
            to=address.address,
            language=case.person.language,
            person_id=case.person_id,
            values={
                "name": case.person.first_name,
                "url": link("exit_interviews.questionnaire", token=token),
                "until": interview.closes_on,
                "is_reminder": is_reminder,
            },
        )
    )


def nameless_link(case: Case, address: EmailAddress, token: str) -> None:
    """Send the one link that opens answers kept without a name; nothing else leads to them."""
    mail.post(
        mail.Draft(
            kind="exit_interviews/nameless_link",
            to=address.address,
            language=case.person.language,
            person_id=case.person_id,
            urgent=True,
            values={
                "name": case.person.first_name,
                "url": link("exit_interviews.nameless", token=token),
            },
        )
    )


def talk(
    interview: Interview, person: Person, address: EmailAddress, *, what: str, url: str = ""
) -> None:
    """Tell one of the two about a talk: `booked`, `moved` or `cancelled`, with a calendar file."""
    with spoken(person.language):
        when = date_time(interview.starts_at) if interview.starts_at else ""
    mail.post(
        mail.Draft(
            kind="exit_interviews/talk",
            to=address.address,
            language=person.language,
            person_id=person.id,
            attachments=(
                attached(
                    interview,
                    language=person.language,
                    address=address.address,
                    name=person.name,
                ),
            ),
            values={
                "name": person.first_name,
                "what": what,
                "is_leaver": person.id == interview.person_id,
                "is_with_manager": interview.track is Track.MANAGER,
                "when": when,
                "minutes": interview.minutes,
                "place": interview.place,
                "online_url": interview.online_url,
                "purpose": interview.purpose,
                "interviewer": interview.interviewer.name if interview.interviewer else "",
                "leaver": interview.person.name if interview.person else "",
                "url": url,
            },
        )
    )


def pulse(interview: Interview, address: EmailAddress, token: str) -> None:
    """Ask once more, some months later, at the private address."""
    person = interview.person
    mail.post(
        mail.Draft(
            kind="exit_interviews/pulse",
            to=address.address,
            language=person.language if person else interview.language,
            person_id=interview.person_id,
            values={
                "name": person.first_name if person else "",
                "url": link("exit_interviews.pulse", token=token),
                "until": interview.closes_on,
            },
        )
    )
