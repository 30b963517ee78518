from flask import Response
from flask.typing import ResponseReturnValue

from alumni_portal.core.errors import NotFound
from alumni_portal.core.headers import A_YEAR
from alumni_portal.core.permissions import public
from alumni_portal.events import queries
from alumni_portal.events.views import bp


@bp.get("/events/pictures/<public_id>")
@public
def picture(public_id: str) -> ResponseReturnValue:
    found = queries.picture(public_id)
    if found is None:
        raise NotFound
    headers = {"Cache-Control": A_YEAR, "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(found.data, mimetype=found.mime, headers=headers)
