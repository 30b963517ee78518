"""Letters to applicants: the receipt, and one for each step that takes an application on."""

from dataclasses import dataclass
from datetime import date

from alumni_portal.applications.models import Application
from alumni_portal.applications.rules import MEASURES, Measure, Stage, goes_forward
from alumni_portal.core import formats, language
from alumni_portal.core.rendering import link
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import services as mail
from alumni_portal.people.queries import names_of

#: Which letter tells of a stage.
KINDS = {
    Stage.SCREENING: "applications/screening",
    Stage.INTERVIEW: "applications/interview",
    Stage.OFFER: "applications/offer",
    Stage.HIRED: "applications/hired",
    Stage.DECLINED: "applications/declined",
}


@dataclass(frozen=True)
class Why:
    """The objective ground of a decline, as the applicant reads it."""

    criterion: str
    measure: Measure
    reason: str


@dataclass(frozen=True)
class Starts:
    """When a returner begins, and as what."""

    first_day: date
    title: str


def is_told(stage: Stage, to: Stage) -> bool:
    """Say whether the applicant gets a letter about a move: about every step on, and the end."""
    return to in KINDS and (to is Stage.DECLINED or goes_forward(stage, to))


def first_name_of(application: Application) -> str:
    """Return what an applicant is called in a letter."""
    person = application.applicant.person
    return person.first_name if person else application.applicant.name.partition(" ")[0]


def greeting_of(application: Application) -> str:
    """Return the first line of a letter as it is when nobody changes it."""
    with language.spoken(application.applicant.language):
        return str(_l("Hej %(name)s!", name=first_name_of(application)))


def about(
    application: Application,
    to: Stage,
    *,
    greeting: str = "",
    why: Why | None = None,
    starts: Starts | None = None,
) -> mail.Draft:
    """Return the letter that tells an applicant of a stage, not yet posted.

    `why` explains a decline, `starts` belongs to a hire.
    """
    opening, applicant = application.opening, application.applicant
    contact = names_of([opening.recruiter_id]) if opening.recruiter_id else {}
    with language.spoken(applicant.language):
        values = {
            "greeting": greeting or greeting_of(application),
            "title": starts.title if starts else opening.title,
            "recruiter": next(iter(contact.values()), ""),
            "criterion": why.criterion if why else "",
            "measure": str(MEASURES[why.measure]) if why else "",
            "reason": why.reason if why else "",
            "first_day": formats.date_long(starts.first_day) if starts else "",
            "url": link("applications.status", public_id=application.public_id),
        }
    return mail.Draft(
        kind=KINDS.get(to, "applications/received"),
        to=applicant.address,
        language=applicant.language,
        person_id=applicant.person_id,
        values=values,
    )


def received(application: Application) -> None:
    """Send the receipt of an application, once for each time it is sent in."""
    mail.post(about(application, Stage.SUBMITTED))
