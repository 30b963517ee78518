"""What a mail service tells of our mail: events in Anymail's words, proved by a shared secret."""

import hashlib
import hmac
from datetime import timedelta

from flask import abort, request
from flask.typing import ResponseReturnValue

from alumni_portal.bounces import services
from alumni_portal.bounces.rules import hooks
from alumni_portal.bounces.views import bp
from alumni_portal.core.errors import NotFound
from alumni_portal.core.installation import settings
from alumni_portal.core.limits import Limit, by_client, limited
from alumni_portal.core.pages import cross_site
from alumni_portal.core.permissions import by_link

_MOST = 1_000_000
_OFTEN = Limit(name="mail_hook", most=600, per=timedelta(minutes=1), by=by_client)
_HEADER = "X-Alumni-Signature"


@bp.post("/hooks/mail", defaults={"secret": ""})
@bp.post("/hooks/mail/<secret>")
@limited(_OFTEN)
@by_link
@cross_site
def hook(secret: str) -> ResponseReturnValue:
    if (request.content_length or 0) > _MOST:
        abort(413)
    body = request.get_data()
    if not _is_proved(secret, request.headers.get(_HEADER, ""), body):
        raise NotFound
    try:
        told = hooks.events(body)
    except hooks.Garbled:
        services.take_garbled(body)
        return {"taken": 0, "unreadable": 1}
    for one in told:
        services.take_event(one)
    return {"taken": len(told), "unreadable": 0}


def _is_proved(secret: str, signature: str, body: bytes) -> bool:
    """Say whether whoever tells this knows the secret: in the address, or as the key of a hash."""
    known = settings().mail_hook_secret
    if not known:
        return False
    made = "sha256=" + hmac.new(known.encode(), body, hashlib.sha256).hexdigest()
    in_address = hmac.compare_digest(secret.encode(), known.encode())
    return in_address | hmac.compare_digest(signature.encode(), made.encode())
