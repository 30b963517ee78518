from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.admin import queries, rules, services
from alumni_portal.admin.forms import KINDS
from alumni_portal.admin.views import bp
from alumni_portal.core import audit
from alumni_portal.core.permissions import Permission, current_actor, requires


@bp.get("/admin/audit", endpoint="audit")
@requires(Permission.AUDIT_READ, Permission.AUDIT_READ_TECHNICAL)
def entries() -> ResponseReturnValue:
    reads_all = current_actor().may(Permission.AUDIT_READ)
    kinds = {one: name for one, name in KINDS.items() if reads_all or rules.may_choose(one)}
    kind = request.args.get("kind", "")
    before = request.args.get("before", "")
    return render_template(
        "admin/audit.html",
        found=queries.entries(
            technical_only=not reads_all,
            prefix=kind if kind in kinds else "",
            before=int(before) if before.isdecimal() and len(before) < 10 else None,
        ),
        kinds=kinds,
        actions=rules.ACTIONS,
        kind=kind,
        reads_all=reads_all,
    )


@bp.post("/admin/audit/verify")
@requires(Permission.AUDIT_VERIFY)
def verify() -> ResponseReturnValue:
    broken = services.verify()
    if broken is None:
        flash(_("Kedjan är hel: %(count)s rader.", count=audit.count()), "ok")
    else:
        where = {"seq": broken.seq, "reason": broken.reason}
        flash(_("Kedjan är bruten vid rad %(seq)s: %(reason)s.", **where), "bad")
    return redirect(url_for("admin.audit"), 303)
