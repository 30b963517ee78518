"""Letters about actions: to who answers for one, and to leavers who asked to be told."""

from alumni_portal.core import clock, language
from alumni_portal.core.rendering import link
from alumni_portal.insights.models import Action
from alumni_portal.insights.queries import theme_name
from alumni_portal.mail import services as mail


def reminder(action: Action, to: str) -> None:
    """Remind the owner of an action of its day."""
    mail.post(
        mail.Draft(
            kind="insights/reminder",
            to=to,
            language=action.owner.language,
            person_id=action.owner_id,
            values={
                "name": action.owner.first_name,
                "goal": action.goal,
                "due_on": action.due_on,
                "is_late": action.due_on < clock.today(),
                "url": link("insights.action", public_id=action.public_id),
            },
        )
    )


def changed(action: Action, to: str, spoken: str) -> None:
    """Tell somebody who asked that something was done about a theme: the only letter they get."""
    with language.spoken(spoken):
        theme = str(theme_name(action.theme))
    mail.post(
        mail.Draft(
            kind="insights/changed",
            to=to,
            language=spoken,
            values={
                "theme": theme,
                "done": action.done_en if spoken == "en" else action.done_sv,
                "url": link("insights.what_changed"),
            },
        )
    )
