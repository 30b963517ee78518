import csv
from io import StringIO

from flask import Response
from flask.typing import ResponseReturnValue

from alumni_portal.core.errors import NotFound
from alumni_portal.core.formulas import guarded
from alumni_portal.core.permissions import Permission, requires
from alumni_portal.exit_interviews import queries
from alumni_portal.exit_interviews.models import SurveyState
from alumni_portal.exit_interviews.services import survey_runs
from alumni_portal.exit_interviews.views import bp


@bp.get("/exit-interviews/imports/<public_id>/rejected.csv", endpoint="survey_rejected")
@requires(Permission.IMPORTS_RUN)
def rejected(public_id: str) -> ResponseReturnValue:
    """Send the rejected rows as a spreadsheet reads them: no cell is a formula (S25)."""
    draft = queries.survey_import(public_id)
    if draft is None or draft.state is not SurveyState.DRAFT:
        raise NotFound
    text = StringIO()
    out = csv.writer(text, delimiter=";", lineterminator="\r\n")
    out.writerows([guarded(cell) for cell in row] for row in survey_runs.rejected_rows(draft))
    return Response(
        "\ufeff" + text.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=rejected.csv"},
    )
