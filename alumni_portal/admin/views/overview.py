from importlib.metadata import version

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.admin import queries, services
from alumni_portal.admin.views import bp
from alumni_portal.core import jobs
from alumni_portal.core.errors import NotFound
from alumni_portal.core.jobs import book
from alumni_portal.core.permissions import Permission, current_actor, requires


@bp.get("/admin")
@requires(Permission.SETTINGS_READ)
def overview() -> ResponseReturnValue:
    return render_template(
        "admin/overview.html",
        jobs=book.counts(),
        letters=queries.letter_counts(),
        database=queries.database_version(),
        version=version("alumni-portal"),
    )


@bp.get("/admin/jobs")
@requires(Permission.JOBS_READ)
def job_list() -> ResponseReturnValue:
    return render_template(
        "admin/jobs.html", jobs=book.latest(), counts=book.counts(), runs=queries.next_runs()
    )


@bp.post("/admin/jobs/<public_id>/retry")
@requires(Permission.JOBS_READ)
def retry_job(public_id: str) -> ResponseReturnValue:
    job = jobs.find(public_id)
    if job is None:
        raise NotFound
    if services.retry_job(job, by=current_actor()):
        flash(_("Arbetet görs om nu."), "ok")
    else:
        flash(_("Det arbetet har inte gett upp."), "info")
    return redirect(url_for("admin.job_list"), 303)
