"""The one list of reactions, panels, menus and rights to receive: who answers to whom."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l

from alumni_portal.accounts import panels as account_panels
from alumni_portal.accounts import services as accounts
from alumni_portal.applications import panels as application_panels
from alumni_portal.applications.facts import ApplicationHired
from alumni_portal.consents import panels as consent_panels
from alumni_portal.consents import queries as consent_queries
from alumni_portal.consents import services as consent_services
from alumni_portal.consents.facts import ConsentEnded, ConsentGiven
from alumni_portal.consents.models import Purpose
from alumni_portal.core.panels import Maker, MenuItem
from alumni_portal.events import panels as event_panels
from alumni_portal.events import services as events
from alumni_portal.mail import services as mail
from alumni_portal.network import panels as network_panels
from alumni_portal.network import services as network_services
from alumni_portal.newsletters import panels as newsletter_panels
from alumni_portal.offboarding import panels as offboarding_panels
from alumni_portal.offboarding import services as offboarding
from alumni_portal.openings import panels as opening_panels
from alumni_portal.people.facts import (
    EmploymentBegan,
    EmploymentEnded,
    PersonChanged,
    PersonDied,
    PrivateAddressProved,
)
from alumni_portal.referrals import panels as referral_panels
from alumni_portal.referrals import services as referral_services
from alumni_portal.rehire import panels as rehire_panels
from alumni_portal.rehire import services as rehire_services
from alumni_portal.rehire.facts import InterestAnswered

#: What happened → who reacts, in this order, in the same transaction.
FACTS: dict[type, list[Callable[[Any], None]]] = {
    ApplicationHired: [referral_services.follow_hire],
    ConsentGiven: [offboarding.admit, network_services.join, rehire_services.follow_consents],
    ConsentEnded: [
        offboarding.let_go,
        network_services.leave,
        rehire_services.follow_consents,
        rehire_services.withdraw_unanswered,
    ],
    EmploymentBegan: [
        consent_services.close_at_employment,
        network_services.follow_employment,
        offboarding.stop_for_employed,
    ],
    EmploymentEnded: [network_services.follow_employment, offboarding.after_employments_ended],
    InterestAnswered: [rehire_services.follow_answers],
    PersonChanged: [network_services.follow_person],
    PersonDied: [
        consent_services.close_at_death,
        rehire_services.forget_the_dead,
        events.after_death,
        accounts.close_accounts_of_the_dead,
        offboarding.after_death,
        network_services.follow_person,
    ],
    PrivateAddressProved: [
        mail.lift_for_proved,
        accounts.end_sessions_after_address_change,
        offboarding.after_address_proved,
    ],
}

#: Place on a page → who may draw there, in this order.
PANELS: dict[str, list[Maker]] = {
    "alumni_hero": [rehire_panels.own_answer],
    "alumni_home": [
        application_panels.at_home,
        opening_panels.roles_like_yours,
        referral_panels.own_tips,
        newsletter_panels.latest_letter,
    ],
    "interest": [rehire_panels.letters],
    "alumni_side": [
        event_panels.next_events,
        network_panels.colleagues_from_your_time,
        network_panels.profile_todo,
    ],
    "staff_home": [rehire_panels.answered, event_panels.coming_events],
    # What a reader can do with an opening, in a list (asks the database nothing) and on its page;
    # then what staff see there.
    "opening_card": [application_panels.apply_link, referral_panels.tip_link],
    "opening_act": [
        application_panels.apply_button,
        referral_panels.tip_somebody,
        rehire_panels.how_found_for,
    ],
    "opening": [
        application_panels.applicants,
        rehire_panels.candidates_for,
        referral_panels.of_opening,
    ],
    "person": [
        offboarding_panels.of_person,
        application_panels.of_person,
        account_panels.account_panel,
        consent_panels.of_person,
        network_panels.of_person,
    ],
}

#: Purpose of a mailing → which of these people may receive it now.
MAY_RECEIVE: dict[str, Callable[[Collection[int]], set[int]]] = {
    purpose: partial(consent_queries.agreed, purpose) for purpose in Purpose
}

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
        MenuItem(endpoint="home.privacy", label=_l("Så hanterar vi dina uppgifter"), icon="lock"),
        MenuItem(endpoint="home.accessibility", label=_l("Tillgänglighet"), icon="accessible"),
        MenuItem(endpoint="home.contact", label=_l("Kontakta oss"), icon="mail"),
    ],
}

__all__ = ["FACTS", "MAY_RECEIVE", "MENUS", "PANELS", "_l"]
