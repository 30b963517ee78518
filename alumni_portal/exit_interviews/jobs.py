"""What happens by the clock: leavers are asked and reminded, questionnaires close."""

from typing import Any

from alumni_portal.core.errors import Refusal
from alumni_portal.core.jobs import JobRun
from alumni_portal.core.transaction import unit
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import SurveyState
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.exit_interviews.queries.imports import survey_import
from alumni_portal.exit_interviews.services import survey_drafts, survey_endings, survey_runs


def ask(_run: JobRun) -> dict[str, Any]:
    """Open the questionnaires whose day has come, and remind who has not sent in.

    How many were reminded is told to nobody: it would say whether a leaver has answered (S63).
    """
    with unit():
        opened = services.open_due()
    with unit():
        services.remind_due()
    with unit():
        services.send_pulses()
    return {"opened": opened}


def close(_run: JobRun) -> dict[str, Any]:
    """Close what can no longer be answered, and take names and texts off what is six months old.

    Whatever this changes among rows without a name, and whatever leavers changed there since the
    last time, is then written anew in random order.
    """
    with unit():
        closed = services.close_due()
    with unit():
        detached = services.detach_due()
    with unit():
        forgotten = services.forget_nameless_texts()
    with unit():
        services.forget_broken_glass()
    done = {"closed": closed, "detached": detached, "forgotten": forgotten}
    if any(done.values()) or queries.has_open_nameless():
        with unit():
            services.mix()
    return done


def forget_surveys(_run: JobRun) -> dict[str, Any]:
    """Forget files of earlier interviews that nobody stored within a day."""
    with unit():
        return {"forgotten": survey_endings.forget_drafts()}


def check_survey(run: JobRun) -> dict[str, Any]:
    """Find out what a large file of earlier interviews says; its page shows how far that is."""
    draft = survey_import(run.args["file"])
    if draft is None or draft.state is not SurveyState.DRAFT:
        return {"state": "not wanted"}
    rows, done = draft.row_count, 0

    def watch() -> None:
        nonlocal done
        done += 1
        if done % survey_drafts.MANY == 0:
            run.progress(done, rows)

    found = survey_runs.check(draft, watch)
    with unit():
        draft = survey_drafts.locked(run.args["file"])
        if draft is not None:
            survey_runs.note_checked(draft, found)
        run.finish({"rows": rows})
    return {"rows": rows}


def store_survey(run: JobRun) -> dict[str, Any]:
    """Store a large file, a piece at a time, counted as a whole; a second run begins anew."""
    ref = run.args["file"]
    draft = survey_import(ref)
    rows = draft.row_count if draft is not None else 0
    try:
        survey_runs.store_by_pieces(
            ref,
            keep=run.keep,
            watch=lambda stored: run.progress(stored, rows),
            done=lambda: run.finish({"state": "stored"}),
        )
    except Refusal:
        with unit():
            run.finish({"state": "known"})
    return {}


def drop_survey(run: JobRun) -> dict[str, Any]:
    """Delete the rows of a large file that was taken back or forgotten, a piece at a time."""
    survey_endings.drop_rows(run.args["file"], lambda done: run.progress(done, 0))
    with unit():
        run.finish({})
    return {}
