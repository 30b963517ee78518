from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import language
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.forms import options
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.transaction import attempt
from alumni_portal.exit_interviews.forms import ReasonForm, ThemeForm
from alumni_portal.exit_interviews.models import REASONS, THEMES, Force, Reason, Theme
from alumni_portal.exit_interviews.queries.codes import book as book_now
from alumni_portal.exit_interviews.rules.codebook import Words
from alumni_portal.exit_interviews.services import codes as services
from alumni_portal.exit_interviews.services.codes import Description
from alumni_portal.exit_interviews.views import bp

_WRITES = Permission.EXIT_GUIDES_WRITE
_CHANGE = {"methods": ["GET", "POST"]}


@bp.get("/exit-interviews/code-book", endpoint="code_book")
@requires(_WRITES)
def code_book() -> ResponseReturnValue:
    return render_template(
        "exit_interviews/code_book.html", book=book_now(), spoken=language.current()
    )


def _words(one: Reason | Theme | None) -> dict[str, str]:
    """Return what stands in the form of a code now."""
    if one is None:
        return {}
    found: dict[str, str] = {}
    for name in ("name", "definition", "example"):
        words: Words = getattr(one, name)
        found |= {name: words.sv, f"{name}_en": words.en}
    if isinstance(one, Reason):
        found |= {"keywords": " ".join(one.keywords), "theme": one.theme, "force": one.force}
    return found


def _said(form: ThemeForm) -> Description:
    def both(sv: str | None, en: str | None) -> Words:
        return Words(sv or "", en or "")

    return Description(
        name=both(form.name.data, form.name_en.data),
        definition=both(form.definition.data, form.definition_en.data),
        example=both(form.example.data, form.example_en.data),
        keywords=(form.keywords.data or "") if isinstance(form, ReasonForm) else "",
    )


def _back() -> ResponseReturnValue:
    flash(_("Kodboken är ändrad."), "ok")
    return redirect(url_for("exit_interviews.code_book"), 303)


@bp.route("/exit-interviews/code-book/reasons/<code>", endpoint="reason", **_CHANGE)
@requires(_WRITES)
def reason(code: str) -> ResponseReturnValue:
    """Describe a reason; `new` adds one."""
    book = book_now()
    one = book.reasons.get(code)
    if one is None and code != "new":
        raise NotFound
    form = ReasonForm(data=_words(one))
    spoken = language.current()
    form.theme.choices = options((c, t.name.of(spoken)) for c, t in book.themes_in_use().items())
    if one is not None:
        del form.theme, form.force
    if form.validate_on_submit():
        with form.attempt():
            more = {} if one else {"theme": form.theme.data, "force": Force(form.force.data)}
            services.describe_reason(
                one.code if one else None, _said(form), by=current_actor(), **more
            )
            return _back()
    return _page(form, one, "reasons", is_retired=code in book.retired_reasons)


def _page(
    form: ThemeForm, one: Reason | Theme | None, kind: str, *, is_retired: bool
) -> ResponseReturnValue:
    shipped = REASONS if kind == "reasons" else THEMES
    return render_template(
        "exit_interviews/code.html",
        form=form,
        one=one,
        kind=kind,
        is_own=one is not None and one.code not in shipped,
        is_retired=is_retired,
        spoken=language.current(),
    )


@bp.route("/exit-interviews/code-book/themes/<code>", endpoint="theme", **_CHANGE)
@requires(_WRITES)
def theme(code: str) -> ResponseReturnValue:
    """Describe a theme; `new` adds one."""
    book = book_now()
    one = book.themes.get(code)
    if one is None and code != "new":
        raise NotFound
    form = ThemeForm(data=_words(one))
    if form.validate_on_submit():
        with form.attempt():
            services.describe_theme(one.code if one else None, _said(form), by=current_actor())
            return _back()
    return _page(form, one, "themes", is_retired=code in book.retired_themes)


_DO = {
    ("reasons", "retire"): lambda code, by: services.retire_reason(code, by=by),
    ("reasons", "restore"): lambda code, by: services.retire_reason(code, by=by, retired=False),
    ("reasons", "delete"): lambda code, by: services.delete_reason(code, by=by),
    ("themes", "retire"): lambda code, by: services.retire_theme(code, by=by),
    ("themes", "restore"): lambda code, by: services.retire_theme(code, by=by, retired=False),
    ("themes", "delete"): lambda code, by: services.delete_theme(code, by=by),
}


@bp.post("/exit-interviews/code-book/<kind>/<code>/state", endpoint="code_state")
@requires(_WRITES)
def state(kind: str, code: str) -> ResponseReturnValue:
    """Take a code out of use, back into use, or away for good."""
    change = _DO.get((kind, request.form.get("do", "")))
    if change is None:
        raise NotFound
    try:
        with attempt():
            change(code, current_actor())
    except Refusal as refusal:
        flash(str(refusal.message), "bad")
        return redirect(url_for(f"exit_interviews.{kind[:-1]}", code=code), 303)
    return _back()
