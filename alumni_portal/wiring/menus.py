"""The menus: every line that leads somewhere, by shell."""

from flask_babel import lazy_gettext as _l

from alumni_portal.accounts import panels as account_panels
from alumni_portal.core.panels import MenuItem
from alumni_portal.exit_interviews import panels as exit_panels
from alumni_portal.offboarding import panels as offboarding_panels
from alumni_portal.referrals import panels as referral_panels

MENUS: dict[str, list[MenuItem]] = {
    "alumni": [
        MenuItem(endpoint="home.alumnus", label=_l("Hem"), icon="home"),
        MenuItem(
            endpoint="network.directory", label=_l("Kollegor"), icon="users", here=("network.card",)
        ),
        MenuItem(
            endpoint="openings.index", label=_l("Jobb"), icon="briefcase", here=("openings.",)
        ),
        MenuItem(
            endpoint="events.index", label=_l("Träffar"), icon="calendar-event", here=("events.",)
        ),
        MenuItem(
            endpoint="network.profile",
            label=_l("Min profil"),
            icon="user-circle",
            here=("network.edit_", "network.choose_", "network.preview"),
        ),
    ],
    "staff": [
        MenuItem(endpoint="home.staff", label=_l("Översikt"), icon="layout-dashboard"),
        MenuItem(
            endpoint="rehire.candidates",
            label=_l("Hitta alumner"),
            icon="search",
            here=("rehire.weights",),
        ),
        MenuItem(
            endpoint="applications.board",
            label=_l("Återrekrytering"),
            icon="layout-kanban",
            here=(
                "applications.listing",
                "applications.application",
                "applications.move",
                "applications.decline",
                "applications.hire",
            ),
        ),
        MenuItem(
            endpoint="offboarding.cases",
            label=_l("Avslut"),
            icon="door-exit",
            waiting=offboarding_panels.cases_waiting,
            here=(
                "offboarding.case",
                "offboarding.choose_leaver",
                "offboarding.register_leaver",
                "offboarding.register_new_leaver",
                "offboarding.move_last_day",
                "offboarding.add_task",
                "offboarding.change_task",
                "offboarding.private_address",
                "offboarding.assign",
            ),
        ),
        MenuItem(
            endpoint="insights.figures",
            label=_l("Insikter"),
            icon="chart-bar",
            here=("insights.make_release",),
        ),
        MenuItem(
            endpoint="insights.actions",
            label=_l("Åtgärder"),
            icon="flag",
            here=(
                "insights.action",
                "insights.new_action",
                "insights.edit_action",
                "insights.close_action",
                "insights.drop_action",
                "insights.publication",
                "insights.quotes",
                "insights.approve",
            ),
        ),
        MenuItem(
            endpoint="exit_interviews.index",
            label=_l("Avgångssamtal"),
            icon="message",
            here=("exit_interviews.",),
        ),
        MenuItem(
            endpoint="exit_interviews.broken_glasses",
            label=_l("Nödläsningar"),
            icon="shield-check",
            waiting=exit_panels.emergencies_waiting,
        ),
        MenuItem(
            endpoint="offboarding.join_requests",
            label=_l("Vill gå med"),
            icon="user-question",
            waiting=offboarding_panels.join_requests_waiting,
            here=("offboarding.join_request", "offboarding.register_joiner"),
        ),
        MenuItem(
            endpoint="offboarding.list_imports",
            label=_l("Inläsningar"),
            icon="file-import",
            here=(
                "offboarding.new_import",
                "offboarding.map_import",
                "offboarding.show_import",
                "offboarding.repeat_import",
                "offboarding.undo_import",
                "offboarding.list_matches",
            ),
        ),
        MenuItem(
            endpoint="events.index", label=_l("Träffar"), icon="calendar-event", here=("events.",)
        ),
        MenuItem(
            endpoint="openings.manage",
            label=_l("Lediga tjänster"),
            icon="briefcase",
            section=_l("Rekrytering"),
            here=("openings.",),
        ),
        MenuItem(
            endpoint="referrals.index",
            label=_l("Tips"),
            icon="gift",
            section=_l("Rekrytering"),
            waiting=referral_panels.waiting,
        ),
        MenuItem(
            endpoint="newsletters.manage",
            label=_l("Utskick"),
            icon="send",
            section=_l("Nätverket"),
            here=("newsletters.", "audiences."),
        ),
        MenuItem(
            endpoint="bounces.suppressions",
            label=_l("Mejl som studsar"),
            icon="mail-off",
            section=_l("Nätverket"),
            here=(
                "bounces.suppress",
                "bounces.lift",
                "bounces.upload",
                "bounces.draft",
                "bounces.returned",
            ),
        ),
        MenuItem(
            endpoint="people.index",
            label=_l("Personer"),
            icon="users",
            section=_l("Människor"),
            here=("people.person", "people.new", "people.edit", "people.death"),
        ),
        MenuItem(
            endpoint="network.directory",
            label=_l("Alumner"),
            icon="users-group",
            section=_l("Människor"),
            here=("network.card",),
        ),
        MenuItem(
            endpoint="rehire.contacts",
            label=_l("Brev till alumner"),
            icon="mail",
            section=_l("Människor"),
            here=("rehire.sent_contact",),
        ),
        MenuItem(
            endpoint="people.units",
            label=_l("Avdelningar"),
            icon="sitemap",
            section=_l("Människor"),
            here=("people.unit", "people.change_unit", "people.close_unit"),
        ),
        MenuItem(
            endpoint="accounts.recoveries",
            label=_l("Förlorade adresser"),
            icon="mail-off",
            section=_l("Människor"),
            waiting=account_panels.waiting_recoveries,
            here=("accounts.confirm_recovery", "accounts.refuse_recovery"),
        ),
        MenuItem(
            endpoint="admin.users",
            label=_l("Användare och roller"),
            icon="user-cog",
            section=_l("Drift"),
            here=("admin.user", "admin.find_user"),
        ),
        MenuItem(endpoint="admin.overview", label=_l("Drift"), icon="server", section=_l("Drift")),
        MenuItem(
            endpoint="admin.job_list",
            label=_l("Bakgrundsarbete"),
            icon="refresh",
            section=_l("Drift"),
        ),
        MenuItem(
            endpoint="bounces.setup",
            label=_l("Mejlkontroll"),
            icon="mail-check",
            section=_l("Drift"),
        ),
        MenuItem(endpoint="admin.audit", label=_l("Spårlogg"), icon="history", section=_l("Drift")),
    ],
    "account": [
        MenuItem(
            endpoint="consents.centre",
            label=_l("Dina samtycken"),
            icon="shield-check",
            here=("consents.",),
        ),
        MenuItem(
            endpoint="applications.own",
            label=_l("Dina ansökningar"),
            icon="clipboard-check",
            here=("applications.status",),
        ),
        MenuItem(endpoint="rehire.how_found", label=_l("Så hittas du"), icon="search"),
        MenuItem(endpoint="accounts.account", label=_l("Ditt konto"), icon="user-cog"),
    ],
    "door": [
        MenuItem(
            endpoint="offboarding.join",
            label=_l("Har du slutat tidigare? Be om att få gå med"),
            icon="user-plus",
        ),
    ],
    "find": [
        MenuItem(endpoint="people.index", label=_l("Sök person"), icon="search"),
    ],
    "footer": [
        MenuItem(endpoint="openings.index", label=_l("Lediga tjänster"), icon="briefcase"),
        MenuItem(endpoint="insights.what_changed", label=_l("Ni sa – vi gjorde"), icon="world"),
        MenuItem(endpoint="home.privacy", label=_l("Så hanterar vi dina uppgifter"), icon="lock"),
        MenuItem(endpoint="home.accessibility", label=_l("Tillgänglighet"), icon="accessible"),
        MenuItem(endpoint="home.contact", label=_l("Kontakta oss"), icon="mail"),
    ],
}
