"""Letters about leaving and joining. Each function names its reader."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from alumni_portal.core import clock
from alumni_portal.core.formats import date_short
from alumni_portal.core.language import spoken
from alumni_portal.core.permissions import Actor
from alumni_portal.core.rendering import link
from alumni_portal.mail import services as mail
from alumni_portal.offboarding.models import (
    AddressProof,
    Case,
    CaseTask,
    Invitation,
    JoinRequest,
    LeaverLink,
)
from alumni_portal.offboarding.rules.case_kinds import Tone, tone_of
from alumni_portal.offboarding.rules.case_template import title_of
from alumni_portal.people.models import EmailAddress, Person

NOBODY = "nobody@portal.example"


def _to(person: Person, address: EmailAddress, kind: str, **values: Any) -> mail.Draft:  # noqa: ANN401 - values of a text
    return mail.Draft(
        kind=f"offboarding/{kind}",
        to=address.address,
        language=person.language,
        person_id=person.id,
        values={"name": person.first_name, **values},
    )


def leaver_page(case: Case, door: LeaverLink, token: str) -> None:
    """Send the leaver the link to their page."""
    mail.post(
        _to(
            case.person,
            door.address,
            "leaver_page",
            url=link("offboarding.leaver_page", token=token),
            last_day=case.last_day,
            until=clock.local(door.expires_at).date(),
            is_careful=tone_of(case.kind) is Tone.CAREFUL,
        )
    )


def dates_moved(case: Case, address: EmailAddress, *, before: date) -> None:
    """Tell the leaver about another last day."""
    mail.post(_to(case.person, address, "dates_moved", last_day=case.last_day, before=before))


def notice_withdrawn(case: Case, address: EmailAddress) -> None:
    """Tell somebody who stays that the case and its links are gone."""
    mail.post(_to(case.person, address, "notice_withdrawn"))


def prove_address(case: Case, proof: AddressProof | None, typed: str, token: str) -> None:
    """Send the link that proves a private address; for somebody else's, send nothing (S6)."""
    draft = mail.Draft(
        kind="offboarding/prove_address",
        to=proof.address.address if proof else NOBODY,
        language=case.person.language,
        person_id=case.person_id,
        expires_at=proof.expires_at if proof else None,
        urgent=True,
        values={
            "name": case.person.first_name,
            "url": link("offboarding.prove_address", token=token),
            "address": typed,
        },
    )
    if proof is None:
        mail.pretend(draft)
    else:
        mail.post(draft)


def leaver_reminder(case: Case, address: EmailAddress, token: str, due: Sequence[CaseTask]) -> None:
    """Remind the leaver of their own tasks."""
    person = case.person
    mail.post(
        _to(
            person,
            address,
            "leaver_reminder",
            url=link("offboarding.leaver_page", token=token),
            lines=[_own_line(task, person.language) for task in due],
        )
    )


def _own_line(task: CaseTask, language: str) -> str:
    with spoken(language):
        return f"{title_of(task.key, task.written, language)} ({date_short(task.due_on)})"


def owner_reminder(
    owner: Person, address: EmailAddress, due: Sequence[tuple[CaseTask, str]]
) -> None:
    """Remind a manager or HR of everything that is near or late, in one letter."""
    mail.post(
        _to(
            owner,
            address,
            "owner_reminder",
            count=len(due),
            late=sum(task.due_on < clock.today() for task, _who in due),
            lines=[f"{who}: {_own_line(task, owner.language)}" for task, who in due],
            url=link("offboarding.cases"),
        )
    )


def handed_over(case: Case, owner: Person, address: EmailAddress, *, by: Actor) -> None:
    """Tell a new manager or HR person that a case is theirs now."""
    mail.post(
        _to(
            owner,
            address,
            "handed_over",
            who=case.person.name,
            last_day=case.last_day,
            giver=by.name,
            url=link("offboarding.case", public_id=case.public_id),
        )
    )


def invitation(asked: Invitation, token: str, *, is_reminder: bool, is_late_joiner: bool) -> None:
    """Ask somebody who has left to confirm what they want; once more after two weeks."""
    mail.post(
        _to(
            asked.person,
            asked.address,
            "invitation_reminder" if is_reminder else "invitation",
            url=link("offboarding.welcome", token=token),
            until=clock.local(asked.expires_at).date(),
            is_late_joiner=is_late_joiner,
        )
    )


def prove_join(request: JoinRequest, token: str) -> None:
    """Send the link that shows that an address is the asker's."""
    mail.post(_to_asker(request, "prove_join", url=link("offboarding.prove_join", token=token)))


def already_member(request: JoinRequest) -> None:
    """Tell a member who asks to join how to sign in."""
    mail.post(_to_asker(request, "already_member", url=link("accounts.sign_in")))


def join_refused(request: JoinRequest) -> None:
    """Tell an asker that HR did not find them."""
    mail.post(_to_asker(request, "join_refused", url=link("home.contact")))


def unheard(request: JoinRequest) -> None:
    """Do the work of a letter that is one too many today, and send nothing (S53)."""
    mail.pretend(_to_asker(request, "prove_join", url=link("offboarding.join")))


def _to_asker(request: JoinRequest, kind: str, **values: Any) -> mail.Draft:  # noqa: ANN401 - values of a text
    """Return a letter without a word of what a stranger has typed: anybody can type anything."""
    return mail.Draft(
        kind=f"offboarding/{kind}",
        to=request.address,
        language=request.language,
        values=values,
    )
