"""What waits for somebody: one line per kind of thing, only those that are there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _

from alumni_portal.accounts import queries as accounts
from alumni_portal.applications import access as application_access
from alumni_portal.applications import queries as applications
from alumni_portal.core import clock
from alumni_portal.core.jobs import JobState
from alumni_portal.core.jobs.book import counts as job_counts
from alumni_portal.core.permissions import Actor, Permission
from alumni_portal.exit_interviews.queries import emergencies_waiting
from alumni_portal.home import queries
from alumni_portal.insights import queries as insights
from alumni_portal.mail.models import LetterState
from alumni_portal.newsletters import queries as newsletters
from alumni_portal.offboarding import access
from alumni_portal.offboarding.queries import cases, join, reminders
from alumni_portal.people.queries import units_led_by
from alumni_portal.referrals.queries import count_to_contact
from alumni_portal.rehire import queries as rehire

_SOON = timedelta(days=14)
_RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """Something that somebody should look at."""

    label: str
    about: str
    number: int
    url: str
    icon: str
    #: It should have been done already.
    is_late: bool = False


def for_actor(actor: Actor) -> list[Waiting]:
    """Return what waits for an actor, late things first."""
    lines = [line for part in _PARTS for line in part(actor) if line.number]
    return sorted(lines, key=lambda line: not line.is_late)


def _cases(actor: Actor) -> Iterator[Waiting]:
    if not (actor.may(Permission.CASES_READ) or actor.may(Permission.CASES_READ_OWN_UNIT)):
        return
    visible = access.visible_cases(actor)
    found = cases.counts(cases.Wanted(), visible, may_read_ground=access.may_read_ground(actor))
    yield Waiting(
        _("Avslut med försenade steg"),
        _("Något skulle ha varit klart"),
        found[cases.Show.LATE],
        url_for("offboarding.cases", show=cases.Show.LATE),
        "clock",
        is_late=True,
    )
    yield Waiting(
        _("Slutar snart utan bekräftad privat adress"),
        _("Efter sista dagen når vi dem inte"),
        queries.without_private_address(visible, until=clock.today() + _SOON),
        url_for("offboarding.cases"),
        "mail-off",
    )


def _applications(actor: Actor) -> Iterator[Waiting]:
    if not actor.may(Permission.APPLICATIONS_DECIDE):
        return
    found, url = applications.waiting(application_access.visible(actor)), "applications.board"
    yield Waiting(
        _("Sökande har väntat för länge"),
        _("Mer än fem arbetsdagar i samma steg"),
        found.late,
        url_for(url),
        "clock",
        is_late=True,
    )
    about = _("Läs dem och hör av dig")
    yield Waiting(_("Nya ansökningar"), about, found.new, url_for(url), "layout-kanban")
    if actor.may(Permission.PEOPLE_WRITE):
        about = _("Rätta och bocka av på ansökan")
        words, number = _("Sökande säger att historiken är fel"), found.wrong_histories
        yield Waiting(words, about, number, url_for("applications.listing"), "pencil")


def _own_tasks(actor: Actor) -> Iterator[Waiting]:
    if actor.may(Permission.CASES_WRITE):
        number = reminders.waiting_for_hr(actor.person_id)
    elif actor.may(Permission.TASKS_TICK_OWN):
        units = units_led_by(actor.person_id or 0)
        number = reminders.waiting_for_manager(units, actor.person_id)
    else:
        return
    yield Waiting(
        _("Avslut där du har något att göra"),
        _("Steg som är dina, i dag eller tidigare"),
        number,
        url_for("offboarding.cases"),
        "checklist",
    )


def _requests(actor: Actor) -> Iterator[Waiting]:
    if actor.may(Permission.JOIN_REQUESTS_DECIDE):
        yield Waiting(
            _("Vill vara med i nätverket"),
            _("De slutade innan vi frågade. Säg vilka de är"),
            join.count_waiting(),
            url_for("offboarding.join_requests"),
            "user-plus",
        )
    if actor.may(Permission.PEOPLE_WRITE):
        yield Waiting(
            _("Har tappat sin privata adress"),
            _("Kontrollera vem det är, så kommer de in igen"),
            accounts.count_recoveries(),
            url_for("accounts.recoveries"),
            "lifebuoy",
        )


def _answers(actor: Actor) -> Iterator[Waiting]:
    if actor.may(Permission.CANDIDATES_CONTACT):
        yield Waiting(
            _("Har svarat ja på ditt brev"),
            _("Hör av dig medan det är färskt"),
            rehire.interested_in(actor.person_id or 0),
            url_for("rehire.contacts"),
            "mail",
        )


def _loose_ends(actor: Actor) -> Iterator[Waiting]:
    if actor.may(Permission.IMPORTS_RUN) and actor.may(Permission.UNITS_WRITE):
        found = queries.loose_ends(actor.ref)
        yield from _in_the_mail(found)
        yield from _in_the_register(found)


def _in_the_mail(found: queries.Loose) -> Iterator[Waiting]:
    yield Waiting(
        _("Mejl kommer inte fram"),
        _("Fråga dem efter en ny privat adress"),
        found.unreachable,
        url_for("bounces.suppressions", asks=1),
        "mail-off",
    )
    yield Waiting(
        _("Returer att läsa"),
        _("Ingen maskin förstod dem"),
        found.unread,
        url_for("bounces.returned"),
        "mail",
    )


def _in_the_register(found: queries.Loose) -> Iterator[Waiting]:
    yield Waiting(
        _("Kanske samma person"),
        _("Inlästa rader som liknar någon vi känner"),
        found.matches,
        url_for("offboarding.list_matches"),
        "git-merge",
    )
    yield Waiting(
        _("Påbörjad inläsning"),
        _("Sparas i 24 timmar"),
        found.imports,
        url_for("offboarding.list_imports"),
        "file-import",
    )
    yield Waiting(
        _("Avdelning utan chef"),
        _("Ingen chef ser vem som slutar där"),
        found.units_without_lead,
        url_for("people.units"),
        "sitemap",
    )


def _tips(actor: Actor) -> Iterator[Waiting]:
    if actor.may(Permission.REFERRALS_READ):
        yield Waiting(
            _("Tipsade som tackat ja"),
            _("De väntar på att någon hör av sig"),
            count_to_contact(),
            url_for("referrals.index"),
            "gift",
        )


def _actions(actor: Actor) -> Iterator[Waiting]:
    if actor.may(Permission.EXIT_ACTIONS_WRITE):
        yield Waiting(
            _("Försenade åtgärder"),
            _("Skulle ha varit klara"),
            insights.count_overdue(),
            url_for("insights.actions", show=insights.Show.OVERDUE),
            "flag",
            is_late=True,
        )
    if actor.may(Permission.EXIT_ACTIONS_READ) and actor.person_id:
        yield Waiting(
            _("Åtgärder du ansvarar för"),
            _("Ska vara klara inom en vecka, eller är försenade"),
            insights.count_near(actor.person_id),
            url_for("insights.actions"),
            "flag",
        )


def _newsletters(actor: Actor) -> Iterator[Waiting]:
    if not actor.may(Permission.NEWSLETTERS_SEND):
        return
    drafts, lost, held = newsletters.waiting(clock.now() - _RECENT)
    said, asks = _("Planerade nyhetsbrev som inte gick"), _("Bestäm om de ska skickas ändå")
    yield Waiting(said, asks, held, url_for("newsletters.manage"), "clock", is_late=True)
    yield Waiting(
        _("Utkast till nyhetsbrev"),
        _("Skriv klart och skicka"),
        drafts,
        url_for("newsletters.manage"),
        "pencil",
    )
    yield Waiting(
        _("Nyhetsbrev som inte kom fram till alla"),
        _("De senaste 30 dagarna. Se vad servern svarade"),
        lost,
        url_for("newsletters.manage"),
        "mail-off",
    )


def _emergencies(actor: Actor) -> Iterator[Waiting]:
    if actor.may(Permission.EXIT_ANSWERS_LET_BREAK):
        yield Waiting(
            _("Nödläsningar av avgångssamtal"),
            _("Besluta, eller granska vad som lästes"),
            emergencies_waiting(actor.person_id or 0),
            url_for("exit_interviews.broken_glasses"),
            "shield-check",
        )


def _machine(actor: Actor) -> Iterator[Waiting]:
    if not actor.may(Permission.JOBS_READ):
        return
    yield Waiting(
        _("Arbeten som har gett upp"),
        _("Se varför, och försök igen"),
        job_counts().get(JobState.DEAD, 0),
        url_for("admin.job_list"),
        "alert-triangle",
        is_late=True,
    )
    yield Waiting(
        _("Mejl som inte gick fram"),
        _("De senaste 30 dagarna"),
        queries.letters_by_state().get(LetterState.FAILED, 0),
        url_for("admin.job_list"),
        "mail-off",
    )


_PARTS = (
    _cases,
    _applications,
    _own_tasks,
    _answers,
    _requests,
    _tips,
    _actions,
    _loose_ends,
    _newsletters,
    _emergencies,
    _machine,
)
