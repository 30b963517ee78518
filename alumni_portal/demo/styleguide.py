"""The style guide: every part of the look in all its states, with invented people (demo only)."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from alumni_portal.core.permissions import public
from alumni_portal.demo import samples

bp = Blueprint("styleguide", __name__, url_prefix="/styleguide")

#: Anchor, name and template of each part, in the order of the page.
PARTS = (
    ("colours", "Färger", "colours"),
    ("text", "Text och små delar", "text"),
    ("buttons", "Knappar", "buttons"),
    ("forms", "Formulär", "forms"),
    ("blocks", "Kort och lägen", "blocks"),
    ("moves", "Att röra sig", "moves"),
    ("tables", "Tabeller", "tables"),
    ("charts", "Diagram", "charts"),
)
#: Pages that need a shell of their own.
PAGES = {
    "form": "Formulärsida",
    "staff": "Ärendesida",
    "confirm": "Bekräfta",
    "door": "Logga in",
    "link": "Utgången länk",
    "work": "Arbete pågår",
}
ERRORS = (400, 403, 404, 405, 409, 410, 413, 415, 429, 500, 503)


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """Show every part on one page."""
    errors = [(f"error-{code}", str(code)) for code in ERRORS]
    return render_template(
        "styleguide/index.html",
        parts=PARTS,
        pages=[*PAGES.items(), *errors],
        **samples.everything(),
    )


@bp.get("/<name>")
@public
def page(name: str) -> ResponseReturnValue:
    """Show one page that needs a shell of its own, error pages included."""
    if name in {f"error-{code}" for code in ERRORS}:
        return render_template(f"errors/{name.removeprefix('error-')}.html", request_id="7f3a91c2")
    if name not in PAGES:
        abort(404)
    return render_template(f"styleguide/{name}.html", **samples.everything())
