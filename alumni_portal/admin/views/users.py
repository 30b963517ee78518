from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from alumni_portal.accounts import access, services
from alumni_portal.accounts import queries as accounts
from alumni_portal.accounts.models import Account
from alumni_portal.admin.views import bp
from alumni_portal.core import access_log
from alumni_portal.core.access_log import Look
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import STAFF, Permission, Role, current_actor, requires
from alumni_portal.core.text import normalise
from alumni_portal.core.transaction import attempt
from alumni_portal.people import queries as people
from alumni_portal.people.models import Person


@bp.get("/admin/users")
@requires(Permission.USERS_READ)
def users() -> ResponseReturnValue:
    q = request.args.get("q", "")[:100].strip()
    found = accounts.users(normalise(q))
    access_log.listed(current_actor(), [who.person_id for who, _roles in found], Look.PERSON_LIST)
    return render_template("admin/users.html", users=found, q=q)


@bp.get("/admin/users/find")
@requires(Permission.USERS_GRANT)
def find_user() -> ResponseReturnValue:
    q = request.args.get("q", "")[:100].strip()
    found = people.find_people(q) if q else []
    access_log.listed(current_actor(), [one.id for one in found], Look.PERSON_LIST)
    return render_template("admin/find_user.html", q=q, found=found)


def _person(public_id: str) -> Person:
    person = people.person(public_id)
    if person is None:
        raise NotFound
    return person


def _account(public_id: str) -> Account:
    account = accounts.account_of(_person(public_id).id)
    if account is None:
        raise NotFound
    return account


@bp.get("/admin/users/<public_id>")
@requires(Permission.USERS_READ)
def user_of(public_id: str) -> ResponseReturnValue:
    person, actor = _person(public_id), current_actor()
    access_log.opened(actor, person.id, Look.PERSON)
    account = accounts.account_of(person.id)
    roles = accounts.roles_of(account.id) if account else frozenset()
    return render_template(
        "admin/user.html",
        person=person,
        account=account,
        roles=roles,
        staff=[role for role in Role if role in STAFF],
        grantable=access.grantable(actor, account),
        may_close=account is not None and access.may_close(actor, account, roles),
        ways_in=accounts.ways_in(account) if account else [],
    )


def _tried(public_id: str, said: str) -> ResponseReturnValue:
    flash(said, "ok")
    return redirect(url_for("admin.user_of", public_id=public_id), 303)


@bp.post("/admin/users/<public_id>/open")
@requires(Permission.USERS_GRANT)
def open_account(public_id: str) -> ResponseReturnValue:
    person = _person(public_id)
    account = accounts.account_of(person.id)
    if account is None:
        services.open_account(person, by=current_actor())
    elif account.closed_at is not None:
        services.reopen_account(account, by=current_actor())
    return _tried(public_id, _("Kontot är öppet."))


@bp.post("/admin/users/<public_id>/close")
@requires(Permission.USERS_GRANT)
def close_account(public_id: str) -> ResponseReturnValue:
    services.close_account(_account(public_id), by=current_actor())
    return _tried(public_id, _("Kontot är stängt och alla enheter är utloggade."))


@bp.post("/admin/users/<public_id>/roles/<role>/<verb>")
@requires(Permission.USERS_GRANT)
def change_role(public_id: str, role: str, verb: str) -> ResponseReturnValue:
    if role not in set(Role) or verb not in {"grant", "revoke"}:
        raise NotFound
    change = services.grant if verb == "grant" else services.revoke
    try:
        with attempt():
            change(_account(public_id), Role(role), by=current_actor())
    except Refusal as refusal:
        flash(str(refusal.message), "bad")
        return redirect(url_for("admin.user_of", public_id=public_id), 303)
    return _tried(public_id, _("Rollen är ändrad och personen är utloggad överallt."))
