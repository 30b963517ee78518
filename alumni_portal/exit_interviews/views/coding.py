from dataclasses import dataclass
from itertools import combinations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.core import language
from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import Permission, current_actor, requires
from alumni_portal.core.transaction import attempt
from alumni_portal.exit_interviews import access, services
from alumni_portal.exit_interviews.queries import coding as queries
from alumni_portal.exit_interviews.queries.codes import book as book_now
from alumni_portal.exit_interviews.rules.agreement import agreement
from alumni_portal.exit_interviews.rules.suggestions import suggestions
from alumni_portal.exit_interviews.services import redacting
from alumni_portal.exit_interviews.views import bp
from alumni_portal.people.queries import names_of

_CODERS = Permission.EXIT_ANSWERS_CODE


@dataclass(frozen=True)
class Agreement:
    """How far two coders agree."""

    names: str
    kappa: float | None


@bp.get("/exit-interviews/coding", endpoint="to_code")
@requires(_CODERS)
def to_code() -> ResponseReturnValue:
    actor = current_actor()
    texts = access.open_texts(actor)
    done = queries.codings()
    own = done.get(actor.person_id or 0, {})
    left = [one for one in texts if one.key not in own or (one.proposed and not one.is_own)]
    # What another coder has cleaned waits for this one alone, so it comes first.
    left.sort(key=lambda one: not one.proposed or one.is_own)
    shown = (left or texts)[:1]
    book = book_now()
    chosen = own.get(shown[0].key, frozenset()) if shown else frozenset()
    offered = book.reasons_in_use()
    return render_template(
        "exit_interviews/coding.html",
        text=shown[0] if shown else None,
        proposal=redacting.digest_of(shown[0].proposed) if shown else "",
        left=len(left),
        total=len(texts),
        hints=suggestions(shown[0].text, offered.values()) if shown else [],
        chosen=chosen,
        reasons={c: one for c, one in book.reasons.items() if c in offered or c in chosen},
        spoken=language.current(),
        agreements=_agreements(done, list(book.reasons)),
    )


def _agreements(done: dict[int, dict[str, frozenset[str]]], codes: list[str]) -> list[Agreement]:
    names = names_of(list(done))
    return [
        Agreement(f"{names[a]}, {names[b]}", agreement(done[a], done[b], codes))
        for a, b in combinations(sorted(done), 2)
        if set(done[a]) & set(done[b])
    ]


@bp.post("/exit-interviews/<public_id>/coding/<question>/text", endpoint="redact")
@requires(_CODERS)
def redact(public_id: str, question: str) -> ResponseReturnValue:
    """Propose a text without names and dates, or agree to one."""
    actor, typed = current_actor(), request.form.get("text", "")
    try:
        with attempt():
            if request.form.get("do") == "agree":
                shown = request.form.get("shown", "")
                redacting.agree(public_id, question, shown=shown, by=actor)
                flash(_("Texten är ersatt."), "ok")
            else:
                redacting.propose(public_id, question, typed, by=actor)
                flash(_("Förslaget väntar på den andra kodaren."), "ok")
    except Refusal as refusal:
        flash(str(refusal.message), "bad")
    return redirect(url_for("exit_interviews.to_code"), 303)


@bp.post("/exit-interviews/<public_id>/coding/<question>", endpoint="code_text")
@requires(_CODERS)
def code_text(public_id: str, question: str) -> ResponseReturnValue:
    with attempt():
        services.code(public_id, question, request.form.getlist("codes"), by=current_actor())
        flash(_("Kodningen är sparad."), "ok")
    return redirect(url_for("exit_interviews.to_code"), 303)
