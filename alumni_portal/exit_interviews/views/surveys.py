from flask import (
    Response,
    flash,
    get_template_attribute,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import language
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.forms import PlainForm
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.exit_interviews import queries
from alumni_portal.exit_interviews.forms import SurveyColumnsForm, SurveyFileForm
from alumni_portal.exit_interviews.models import SurveyImport, SurveyState
from alumni_portal.exit_interviews.queries.codes import book, known_reasons
from alumni_portal.exit_interviews.rules.survey_mapping import (
    BadMapping,
    SurveyMapping,
    from_plain,
)
from alumni_portal.exit_interviews.services import survey_drafts, survey_endings, survey_runs
from alumni_portal.exit_interviews.services.survey_checks import Checked
from alumni_portal.exit_interviews.views import bp, survey_words
from alumni_portal.exit_interviews.views.survey_codes import asked_codes, posted_codes
from alumni_portal.offboarding.services.importing import Unreadable

_LARGEST = 64_000_000
_EXAMPLES = 3


def _found(public_id: str) -> SurveyImport:
    found = queries.survey_import(public_id)
    if found is None:
        raise NotFound
    return found


def _draft(public_id: str) -> SurveyImport:
    found = _found(public_id)
    if found.state is not SurveyState.DRAFT:
        raise NotFound
    return found


@bp.get("/exit-interviews/imports", endpoint="surveys")
@requires(Permission.IMPORTS_RUN)
def index() -> ResponseReturnValue:
    return render_template("exit_interviews/surveys/list.html", files=queries.survey_imports())


@bp.route("/exit-interviews/imports/new", methods=["GET", "POST"], endpoint="new_survey")
@requires(Permission.IMPORTS_RUN)
def new() -> ResponseReturnValue:
    form = SurveyFileForm()
    if form.validate_on_submit():
        with form.attempt():
            draft = _received(form)
            return redirect(
                url_for("exit_interviews.survey_columns", public_id=draft.public_id), 303
            )
    return render_template("exit_interviews/surveys/new.html", form=form)


new.__largest_body__ = _LARGEST  # type: ignore[attr-defined]  # read by app.py


def _received(form: SurveyFileForm) -> SurveyImport:
    file, mapping = form.file.data, form.mapping.data
    text = mapping.stream.read().decode("utf-8", "replace") if mapping else ""
    try:
        return survey_drafts.receive(
            file.stream, file.filename or "", mapping=text, by=current_actor()
        )
    except Unreadable as error:
        told = get_template_attribute("offboarding/_reasons.html", "read_problem_text")
        raise Refusal(str(told(error.problem)).strip(), field="file") from error
    except BadMapping as error:
        raise Refusal(survey_words.flaw_text(error), field="mapping") from error


@bp.route(
    "/exit-interviews/imports/<public_id>/columns",
    methods=["GET", "POST"],
    endpoint="survey_columns",
)
@requires(Permission.IMPORTS_RUN)
def columns(public_id: str) -> ResponseReturnValue:
    draft = _draft(public_id)
    mapping = survey_drafts.mapping_of(draft)
    form = SurveyColumnsForm(
        missing="; ".join(sorted(mapping.missing)),
        separator=mapping.separator,
        month_first=mapping.month_first,
    )
    if form.validate_on_submit():
        with form.attempt():
            _choose(draft, form, mapping)
            return redirect(url_for("exit_interviews.survey_codes", public_id=public_id), 303)
    return _columns_page(draft, form, mapping)


def _choose(draft: SurveyImport, form: SurveyColumnsForm, mapping: SurveyMapping) -> None:
    chosen = {
        heading: target
        for at, heading in enumerate(draft.headings)
        if (target := request.form.get(f"column-{at}", ""))
    }
    missing = [one.strip() for one in (form.missing.data or "").split(";")]
    plain = {
        "name": mapping.name,
        "columns": chosen,
        "missing": list(filter(None, missing)),
        "separator": form.separator.data or "",
        "month_first": bool(form.month_first.data),
        "codes": {key: dict(codes) for key, codes in mapping.codes.items()},
        "scales": {key: vars(scale) for key, scale in mapping.scales.items()},
    }
    try:
        survey_drafts.choose(draft, from_plain(plain, known_reasons()))
    except BadMapping as error:
        raise Refusal(survey_words.flaw_text(error)) from error


def _columns_page(draft: SurveyImport, form: SurveyColumnsForm, mapping: SurveyMapping) -> str:
    values = survey_drafts.values_of(draft)
    sent = request.method == "POST"
    shown = [
        {
            "heading": heading,
            "examples": values[at][:_EXAMPLES],
            "chosen": request.form.get(f"column-{at}", "")
            if sent
            else str(mapping.columns.get(heading, "")),
        }
        for at, heading in enumerate(draft.headings)
    ]
    return render_template(
        "exit_interviews/surveys/columns.html",
        draft=draft,
        form=form,
        columns=shown,
        number=draft.row_count,
        groups=survey_words.target_groups(),
    )


@bp.route(
    "/exit-interviews/imports/<public_id>/codes", methods=["GET", "POST"], endpoint="survey_codes"
)
@requires(Permission.IMPORTS_RUN)
def codes(public_id: str) -> ResponseReturnValue:
    draft = _draft(public_id)
    mapping = survey_drafts.mapping_of(draft)
    groups = survey_drafts.groups_of(draft, mapping)
    form = PlainForm()
    if form.validate_on_submit():
        with form.attempt():
            try:
                survey_drafts.give_meaning(draft, posted_codes(groups))
                survey_runs.begin_check(draft)
            except BadMapping as error:
                raise Refusal(survey_words.flaw_text(error)) from error
            return redirect(url_for("exit_interviews.survey_check", public_id=public_id), 303)
    return render_template(
        "exit_interviews/surveys/codes.html",
        draft=draft,
        form=form,
        asked=asked_codes(groups, mapping),
    )


@bp.route(
    "/exit-interviews/imports/<public_id>/check", methods=["GET", "POST"], endpoint="survey_check"
)
@requires(Permission.IMPORTS_RUN)
def check(public_id: str) -> ResponseReturnValue:
    draft, form = _found(public_id), PlainForm()
    progress = survey_runs.progress_of(draft)
    if progress is not None:
        return _at_work(draft, form, progress)
    is_draft = draft.state is SurveyState.DRAFT
    if is_draft and form.validate_on_submit():
        with form.attempt():
            stored = survey_runs.accept(draft, by=current_actor())
            if stored is not None:
                flash(_("%(number)s samtal är inlästa.", number=stored.accepted), "ok")
            return redirect(request.path, 303)
    found = survey_runs.checked(draft) if is_draft else None
    if found is None:  # stored meanwhile, or changed and not yet checked again
        step = "survey_codes" if is_draft else "surveys"
        return redirect(url_for(f"exit_interviews.{step}", public_id=is_draft and public_id), 303)
    return _check_page(draft, form, found)


def _at_work(
    draft: SurveyImport, form: PlainForm, progress: survey_runs.Progress
) -> ResponseReturnValue:
    if form.validate_on_submit():
        if progress.has_failed:
            survey_runs.try_again(draft)
        return redirect(request.path, 303)
    return render_template("exit_interviews/surveys/working.html", draft=draft, progress=progress)


def _check_page(draft: SurveyImport, form: PlainForm, found: Checked) -> str:
    return render_template(
        "exit_interviews/surveys/check.html",
        draft=draft,
        form=form,
        found=found,
        names=survey_words.NAMES,
        problems=survey_words.PROBLEMS,
        reasons={code: one.name.of(language.current()) for code, one in book().reasons.items()},
    )


@bp.get("/exit-interviews/imports/<public_id>/mapping.toml", endpoint="survey_mapping")
@requires(Permission.IMPORTS_RUN)
def mapping_file(public_id: str) -> ResponseReturnValue:
    found = _found(public_id)
    return Response(
        found.mapping,
        mimetype="application/toml",
        headers={"Content-Disposition": "attachment; filename=mapping.toml"},
    )


@bp.route(
    "/exit-interviews/imports/<public_id>/removal",
    methods=["GET", "POST"],
    endpoint="remove_survey",
)
@requires(Permission.IMPORTS_RUN)
def remove(public_id: str) -> ResponseReturnValue:
    found = _found(public_id)
    form = PlainForm()
    if form.validate_on_submit():
        if found.state is SurveyState.DRAFT:
            survey_endings.discard(found)
            flash(_("Filen är bortglömd. Ingenting lästes in."), "ok")
        else:
            number = survey_endings.take_back(found, by=current_actor())
            flash(_("%(number)s inlästa samtal är borttagna.", number=number), "ok")
        return redirect(url_for("exit_interviews.surveys"), 303)
    return render_template("exit_interviews/surveys/remove.html", file=found, form=form)
