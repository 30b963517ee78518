"""Letters about exit interviews. Each goes to the leaver alone, or to who holds the talk."""

from alumni_portal.core.rendering import link
from alumni_portal.exit_interviews.models import Interview
from alumni_portal.mail import services as mail
from alumni_portal.offboarding.models import Case
from alumni_portal.people.models import EmailAddress


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
