import re

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from alumni_portal.core import language
from alumni_portal.core.errors import NotFound
from alumni_portal.core.headers import A_YEAR
from alumni_portal.core.permissions import Permission, current_actor, public, requires
from alumni_portal.mail.services import Written
from alumni_portal.newsletters import queries, services
from alumni_portal.newsletters.queries import LANGUAGES
from alumni_portal.newsletters.views import bp

#: As in a mail program: own style, pictures from here, nothing that runs.
_LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'none';"
    " base-uri 'none'; frame-ancestors 'self'; sandbox"
)
#: Where the invented receiver of a preview worked.
_UNIT = "Station och ställverk"
#: How a letter asks whether its reader's programs are dark; a preview answers for them.
_WHEN_DARK = "(prefers-color-scheme: dark)"
#: Where a preview says whose data it shows, and how that looks.
_BODY = re.compile(r"<body[^>]*>")
_SAID = "margin:0;padding:8px 16px;background:#fff;color:#222;font:14px sans-serif"


def layout() -> str:
    """Return the shell of this reader."""
    return "layouts/staff.html" if current_actor().is_staff else "layouts/alumni.html"


@bp.get("/newsletters")
@requires(Permission.NEWSLETTERS_READ)
def archive() -> ResponseReturnValue:
    where = {"after": request.args.get("after"), "before": request.args.get("before")}
    page = queries.archived(current_actor(), **where)
    spoken, name = language.current(), current_actor().name
    issues = [(one, services.head_for(one, spoken, name)) for one in page.rows]
    return render_template("newsletters/archive.html", layout=layout(), issues=issues, page=page)


@bp.get("/newsletters/<public_id>")
@requires(Permission.NEWSLETTERS_READ)
def read(public_id: str) -> ResponseReturnValue:
    newsletter = queries.archived_one(public_id, current_actor())
    if newsletter is None:
        raise NotFound
    spoken, name = language.current(), current_actor().name
    return render_template(
        "newsletters/read.html",
        layout=layout(),
        newsletter=newsletter,
        head=services.head_for(newsletter, spoken, name),
        body=services.body_for(newsletter, spoken, name, _own_unit()),
    )


def _own_unit() -> str:
    person_id = current_actor().person_id or 0
    return queries.last_units(person_id).get(person_id, "")


@bp.get("/newsletters/<public_id>/preview")
@requires(Permission.NEWSLETTERS_DRAFT)
def preview(public_id: str) -> ResponseReturnValue:
    newsletter = queries.newsletter(public_id)
    if newsletter is None:
        raise NotFound
    asked = request.args.get("language", "")
    spoken = asked if asked in LANGUAGES else LANGUAGES[0]
    name = request.args.get("as", "") if current_actor().may(Permission.NEWSLETTERS_SEND) else ""
    one = services.receiver(newsletter, name, by=current_actor()) if name else None
    names = (one.first_name, one.last_name) if one else ("Karin", "Öhman")
    known = queries.last_units(one.person_id).get(one.person_id, "") if one else _UNIT
    unit = "" if request.args.get("unit") == "none" and one is None else known
    written = services.tried_on(newsletter, spoken, names, unit)
    return previewed(written, _whose(name, names, is_known=one is not None))


def _whose(name: str, names: tuple[str, str], *, is_known: bool) -> str:
    """Say whose data a preview shows, and that nobody has the name that was asked for."""
    whole = " ".join(names)
    if is_known:
        return _("Visas med uppgifter för %(name)s.", name=whole)
    invented = _("Visas med uppgifter för en påhittad mottagare, %(name)s.", name=whole)
    if not name:
        return invented
    return _("Ingen av mottagarna heter ”%(name)s”.", name=name) + " " + invented


def previewed(written: Written, whose: str) -> Response:
    """Answer with a letter as a mail program shows it, and say whose data stands in it."""
    look = request.args.get("look")
    headers = {"Content-Security-Policy": _LETTER_POLICY, "X-Frame-Options": "SAMEORIGIN"}
    if look == "text":
        text = f"[{whose}]\n\n{written.text}"
        return Response(text, mimetype="text/plain", headers=headers)
    html = written.html.replace(_WHEN_DARK, "all") if look == "dark" else written.html
    said = str(Markup('<p role="status" style="{}">{}</p>').format(_SAID, whose))
    html = _BODY.sub(lambda found: found[0] + said, html, count=1)
    return Response(html, mimetype="text/html", headers=headers)


@bp.get("/newsletters/pictures/<public_id>")
@public
def picture(public_id: str) -> ResponseReturnValue:
    found = queries.picture(public_id)
    if found is None:
        raise NotFound
    headers = {"Cache-Control": A_YEAR, "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(found.data, mimetype=found.mime, headers=headers)
