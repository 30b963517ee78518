from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import language, pdf
from alumni_portal.core.codes import as_svg
from alumni_portal.core.forms import PlainForm, options
from alumni_portal.core.headers import indexed
from alumni_portal.core.installation import brand
from alumni_portal.core.limits import Limit, by_client, limited
from alumni_portal.core.permissions import by_link, current_actor, public
from alumni_portal.core.rendering import link
from alumni_portal.insights import queries, services
from alumni_portal.insights.forms import FollowUpForm
from alumni_portal.insights.models import Action
from alumni_portal.insights.views import bp, wording

_CLIENT = Limit(name="follow-up", most=30, per=timedelta(hours=1), by=by_client)
_PRINTS = Limit(name="poster-pdf", most=60, per=timedelta(hours=1), by=by_client)
_PAGE = "insights.what_changed"
_HEADERS = {"Referrer-Policy": "no-referrer"}


def _layout() -> str:
    """Return the shell of this reader; a stranger has none."""
    actor = current_actor()
    if actor.is_staff:
        return "layouts/staff.html"
    return "layouts/alumni.html" if actor.is_signed_in else "layouts/task.html"


@bp.get("/what-changed")
@public
@indexed
def what_changed() -> ResponseReturnValue:
    told = queries.published()
    return render_template(
        "insights/what_changed.html",
        layout=_layout(),
        effects=_effects(told),
        told=told,
        theme_name=queries.theme_name,
        behind=_behind(told),
        spoken=language.current(),
    )


def _behind(told: Sequence[Action]) -> dict[int, str]:
    """Return whom each text is about: a quarter, and the company or a division, nothing finer."""
    words = {one.id: one.publication.told for one in told if one.publication}
    names = wording.unit_names() if any(w and w["place"] for w in words.values()) else {}
    return {
        number: _(
            "%(place)s, avslut till och med %(quarter)s",
            place=wording.place_words(said["place"], names),
            quarter=wording.quarter_words(said["quarter"]),
        )
        for number, said in words.items()
        if said
    }


def _effects(told: Sequence[Action]) -> dict[int, str]:
    """Return what is said of effects: for the whole company only, and where HR chose to."""
    found = queries.effects_of(told, whole=False)
    return {
        one.id: wording.told_effect(found[one.id])
        for one in told
        if one.publication and one.publication.told and one.publication.told["with_effect"]
    }


@bp.get("/what-changed/poster")
@public
def poster() -> ResponseReturnValue:
    address = str(link(_PAGE))
    return render_template(
        "insights/poster.html",
        told=queries.published()[:3],
        theme_name=queries.theme_name,
        spoken=language.current(),
        address=address,
        code=as_svg(address),
    )


@bp.get("/what-changed/poster.pdf")
@public
@limited(_PRINTS)
def poster_pdf() -> ResponseReturnValue:
    told, spoken, address = queries.published()[:3], language.current(), str(link(_PAGE))
    data = {
        "title": _("Ni sa – vi gjorde"),
        "publisher": brand().name,
        "lead": _(
            "De som har slutat hos %(name)s har berättat varför. Tack för det.", name=brand().name
        ),
        "told": [_on_paper(one, spoken) for one in told],
        "read": _("Läs allt på sidan"),
        "address": address,
        "code": str(as_svg(address, namespace=True)),
        "code_words": _("QR-kod till sidan"),
    }
    days = [one.publication.published_at for one in told if one.publication]
    at = max(filter(None, days), default=datetime(2000, 1, 1, tzinfo=UTC))
    made = pdf.made("poster", data, language=spoken, at=at)
    headers = {"Content-Disposition": "inline; filename=poster.pdf"}
    return Response(made, mimetype="application/pdf", headers=headers)


def _on_paper(one: Action, spoken: str) -> dict[str, Any]:
    said = (one.publication.told if one.publication else None) or {}
    parts = [
        (_("Det här hörde vi"), said.get(f"heard_{spoken}")),
        (_("Det här gör vi"), said.get(f"done_{spoken}")),
        (_("En av dem som slutade skrev"), said.get("quote")),
    ]
    return {
        "theme": queries.theme_name(one.theme),
        "parts": [{"title": title, "text": text} for title, text in parts if text],
    }


@bp.route("/what-changed/tell-me/<token>", methods=["GET", "POST"])
@by_link
@limited(_CLIENT)
def tell_me(token: str) -> ResponseReturnValue:
    if not queries.may_ask(token):
        return render_template("insights/tell_me_gone.html"), 410, _HEADERS
    form = FollowUpForm()
    form.theme.choices = options([("", _("Välj tema")), *queries.themes()])
    if form.validate_on_submit():
        with form.attempt():
            mark = services.ask(
                form.theme.data or "", form.address.data or "", language=language.current()
            )
            back = queries.take_back_token(mark)
            return redirect(url_for("insights.asked", token=back), 303)
    return render_template("insights/tell_me.html", form=form), 200, _HEADERS


@bp.route("/what-changed/asked/<token>", methods=["GET", "POST"])
@by_link
@limited(_CLIENT)
def asked(token: str) -> ResponseReturnValue:
    mark = queries.mark_to_take_back(token)
    if mark is None:
        return render_template("insights/tell_me_gone.html"), 410, _HEADERS
    form = PlainForm()
    if form.validate_on_submit():
        services.take_back(mark)
        flash(_("Adressen är raderad. Du får inget mejl."), "ok")
        return redirect(url_for("insights.what_changed"), 303)
    return render_template("insights/asked.html", form=form), 200, _HEADERS
