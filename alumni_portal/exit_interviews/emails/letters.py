"""Letters about exit interviews. Each goes to the leaver alone, or to who holds the talk."""

from alumni_portal.core.db import db
from alumni_portal.core.formats import date_time
from alumni_portal.core.language import spoken
from alumni_portal.core.rendering import link
from alumni_portal.exit_interviews.emails.calendar import attached
from alumni_portal.exit_interviews.models import BreakGlass, Interview, Track
from alumni_portal.mail import services as mail
from alumni_portal.offboarding import services as offboarding
from alumni_portal.offboarding.models import Case
from alumni_portal.people.models import AddressKind, EmailAddress, Person
from alumni_portal.people.queries import address_of

#: The outbox names all letters about the questionnaire alike, reminders too, and sends them alike:
#: for two years it would tell who has chosen to have no name.
_ASKED = "exit_interviews/questionnaire"


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
            kind=_ASKED,
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


def new_reader(interview: Interview, case: Case) -> None:
    """Ask the leaver whether somebody else may read; the names stand on their page."""
    way = offboarding.way_to_page(case)
    if way is None:
        return
    is_talk = interview.track is not Track.QUESTIONNAIRE
    page = "exit_interviews.leaver_talk" if is_talk else "exit_interviews.questionnaire"
    more = {"track": interview.track.value} if is_talk else {}
    mail.post(
        mail.Draft(
            kind="exit_interviews/new_reader",
            kept_as=_ASKED,
            to=way[0].address,
            language=case.person.language,
            person_id=case.person_id,
            values={"name": case.person.first_name, "url": link(page, token=way[1], **more)},
        )
    )


def nameless_link(case: Case, address: EmailAddress, token: str) -> None:
    """Send the one link that opens answers kept without a name; nothing else leads to them."""
    mail.post(
        mail.Draft(
            kind="exit_interviews/nameless_link",
            kept_as=_ASKED,
            to=address.address,
            language=case.person.language,
            person_id=case.person_id,
            values={
                "name": case.person.first_name,
                "url": link("exit_interviews.nameless", token=token),
            },
        )
    )


def take_back(case: Case) -> None:
    """Ask somebody who stays after all to take back answers that nobody else can find."""
    address = address_of(case.person_id, AddressKind.PRIVATE) or address_of(
        case.person_id, AddressKind.WORK, proved=False
    )
    if address is None:
        return
    mail.post(
        mail.Draft(
            kind="exit_interviews/take_back",
            kept_as=_ASKED,
            to=address.address,
            language=case.person.language,
            person_id=case.person_id,
            values={"name": case.person.first_name},
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


def break_glass_asked(glass: BreakGlass, officer: Person) -> None:
    """Ask the data protection officer whether somebody may read in an emergency."""
    address = address_of(officer.id, AddressKind.WORK, proved=False)
    if address is None:
        return
    asker = db.session.get_one(Person, glass.asked_by_id)
    mail.post(
        mail.Draft(
            kind="exit_interviews/break_glass_asked",
            to=address.address,
            language=officer.language,
            person_id=officer.id,
            urgent=True,
            values={
                "name": officer.first_name,
                "asker": asker.name,
                "url": link("exit_interviews.broken_glasses"),
            },
        )
    )


def break_glass_opened(leaver: Person) -> None:
    """Tell the leaver that somebody else may read what they said, and where they see who."""
    address = address_of(leaver.id, AddressKind.PRIVATE) or address_of(
        leaver.id, AddressKind.WORK, proved=False
    )
    if address is not None:
        mail.post(
            mail.Draft(
                kind="exit_interviews/break_glass_opened",
                to=address.address,
                language=leaver.language,
                person_id=leaver.id,
                values={"name": leaver.first_name},
            )
        )
