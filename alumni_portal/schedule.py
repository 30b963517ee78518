"""The one list of background work: job functions by name, and what runs by the clock."""

from datetime import timedelta

from alumni_portal.accounts import jobs as accounts
from alumni_portal.admin import jobs as admin
from alumni_portal.applications import jobs as applications
from alumni_portal.bounces import jobs as bounces
from alumni_portal.consents import jobs as consents
from alumni_portal.core.jobs import Registry
from alumni_portal.events import jobs as events
from alumni_portal.exit_interviews import jobs as exit_interviews
from alumni_portal.insights import jobs as insights
from alumni_portal.mail import jobs as mail
from alumni_portal.network import jobs as network
from alumni_portal.newsletters import jobs as newsletters
from alumni_portal.offboarding import jobs as offboarding
from alumni_portal.openings import jobs as openings
from alumni_portal.referrals import jobs as referrals
from alumni_portal.rehire import jobs as rehire

REGISTRY = Registry(
    functions={
        "accounts.forget": accounts.forget,
        "admin.anchor": admin.anchor,
        "admin.forget_jobs": admin.forget_jobs,
        "admin.forget_logs": admin.forget_logs,
        "accounts.release_leavers": accounts.release_leavers,
        "applications.forget": applications.forget,
        "bounces.forget": bounces.forget,
        "consents.expire": consents.expire,
        "consents.forget": consents.forget,
        "events.end_past": events.end_past,
        "events.finish_cancelled": events.finish_cancelled,
        "events.forget": events.forget,
        "events.pass_on_seats": events.pass_on_seats,
        "events.remind": events.remind,
        "events.send_waiting": events.send_waiting,
        "events.tell": events.tell,
        "events.tell_again": events.tell_again,
        "events.thank": events.thank,
        "exit_interviews.ask": exit_interviews.ask,
        "exit_interviews.check_survey": exit_interviews.check_survey,
        "exit_interviews.close": exit_interviews.close,
        "exit_interviews.forget_surveys": exit_interviews.forget_surveys,
        "exit_interviews.store_survey": exit_interviews.store_survey,
        "exit_interviews.drop_survey": exit_interviews.drop_survey,
        "insights.ask_for_release": insights.ask_for_release,
        "insights.forget": insights.forget,
        "insights.make_release": insights.make_release,
        "insights.remind_owners": insights.remind_owners,
        "insights.tell": insights.tell,
        "mail.send_letter": mail.send_letter,
        "mail.send_mailing_chunk": mail.send_mailing_chunk,
        "mail.forget": mail.forget,
        "mail.forget_texts": mail.forget_texts,
        "network.ask_if_still_right": network.ask_if_still_right,
        "network.forget_profiles": network.forget_profiles,
        "network.refresh_directory": network.refresh_directory,
        "newsletters.check_links": newsletters.check_links,
        "newsletters.finish_cancelled": newsletters.finish_cancelled,
        "newsletters.forget": newsletters.forget,
        "newsletters.greet": newsletters.greet,
        "newsletters.look_before": newsletters.look_before,
        "newsletters.send_planned": newsletters.send_planned,
        "offboarding.check_import": offboarding.check_import,
        "offboarding.close_finished": offboarding.close_finished,
        "offboarding.forget": offboarding.forget,
        "offboarding.forget_imports": offboarding.forget_imports,
        "offboarding.invite": offboarding.invite,
        "offboarding.plan_reminders": offboarding.plan_reminders,
        "offboarding.remind_invited": offboarding.remind_invited,
        "offboarding.remind_one": offboarding.remind_one,
        "offboarding.send_links": offboarding.send_links,
        "offboarding.send_new_link": offboarding.send_new_link,
        "offboarding.store_import": offboarding.store_import,
        "offboarding.undo_import": offboarding.undo_import,
        "referrals.forget": referrals.forget,
        "rehire.ask_if_still_so": rehire.ask_if_still_so,
        "rehire.forget_contacts": rehire.forget_contacts,
        "openings.close_past": openings.close_past,
    },
    periodic={
        "accounts.forget": timedelta(days=1),
        "admin.anchor": timedelta(days=1),
        "admin.forget_jobs": timedelta(days=1),
        "admin.forget_logs": timedelta(days=1),
        "accounts.release_leavers": timedelta(hours=1),
        "applications.forget": timedelta(days=1),
        "bounces.forget": timedelta(days=1),
        "consents.expire": timedelta(hours=1),
        "consents.forget": timedelta(days=1),
        "events.end_past": timedelta(hours=1),
        "events.forget": timedelta(days=1),
        "events.pass_on_seats": timedelta(minutes=10),
        "events.remind": timedelta(hours=1),
        "events.thank": timedelta(hours=1),
        "mail.forget": timedelta(days=1),
        "exit_interviews.ask": timedelta(hours=6),
        "exit_interviews.close": timedelta(hours=6),
        "exit_interviews.forget_surveys": timedelta(hours=1),
        "insights.ask_for_release": timedelta(days=1),
        "insights.forget": timedelta(days=1),
        "insights.remind_owners": timedelta(days=1),
        "mail.forget_texts": timedelta(days=1),
        "network.ask_if_still_right": timedelta(days=1),
        "network.forget_profiles": timedelta(days=1),
        "network.refresh_directory": timedelta(days=1),
        "newsletters.forget": timedelta(days=1),
        "newsletters.greet": timedelta(hours=1),
        "offboarding.close_finished": timedelta(days=1),
        "offboarding.forget": timedelta(days=1),
        "offboarding.forget_imports": timedelta(hours=1),
        "offboarding.invite": timedelta(hours=1),
        "offboarding.plan_reminders": timedelta(hours=6),
        "offboarding.remind_invited": timedelta(days=1),
        "referrals.forget": timedelta(days=1),
        "rehire.ask_if_still_so": timedelta(days=1),
        "rehire.forget_contacts": timedelta(days=1),
        "openings.close_past": timedelta(hours=1),
    },
)
