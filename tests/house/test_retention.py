"""What a table says about how long it keeps people's data, somebody keeps: a job, or a reaction."""

from alumni_portal.schedule import REGISTRY
from tests.house.test_models import models
from tests.support.repository import listing

#: Table → the periodic job that forgets what it holds.
FORGOTTEN_BY = {
    "access": "admin.forget_logs",
    "access_subject": "admin.forget_logs",
    "address_proof": "offboarding.forget",
    "address_recovery": "accounts.forget",
    "applicant": "applications.forget",
    "application": "applications.forget",
    "application_draft": "applications.forget",
    "application_move": "applications.forget",
    "attachment": "applications.forget",
    "audit_entry": "admin.forget_logs",
    "bounce_score": "bounces.forget",
    "case_event": "offboarding.forget",
    "case_task": "offboarding.forget",
    "consent_entry": "consents.forget",
    "contact": "rehire.forget_contacts",
    "counted_visits": "consents.forget",
    "delivery": "mail.forget",
    "departure": "consents.forget",
    "event": "events.forget",
    "event_feed": "events.forget",
    "event_invitation": "events.forget",
    "event_reply": "events.forget",
    "exit_answer": "exit_interviews.close",
    "exit_break_glass": "exit_interviews.close",
    "exit_coding": "exit_interviews.close",
    "exit_import": "exit_interviews.forget_surveys",
    "exit_import_chunk": "exit_interviews.forget_surveys",
    "exit_interview": "exit_interviews.close",
    "exit_redaction": "exit_interviews.close",
    "exit_reader": "exit_interviews.close",
    "follow_up": "insights.forget",
    "greeting": "newsletters.forget",
    "greeting_stop": "newsletters.forget",
    "import_batch": "offboarding.forget_imports",
    "import_chunk": "offboarding.forget_imports",
    "invitation": "offboarding.forget",
    "job": "admin.forget_jobs",
    "join_request": "offboarding.forget",
    "kept_form": "accounts.forget",
    "leaver_link": "offboarding.forget",
    "letter": "mail.forget",
    "mail_pause": "consents.forget",
    "muted_topic": "consents.forget",
    "limit_hit": "accounts.forget",
    "offboarding_case": "offboarding.forget",
    "newsletter_tester": "newsletters.forget",
    "opening_visit": "newsletters.forget",
    "person_skill": "network.forget_profiles",
    "person_topic": "network.forget_profiles",
    "profile": "network.forget_profiles",
    "profile_change": "network.forget_profiles",
    "publication": "insights.forget",
    "referral": "referrals.forget",
    "returned_copy": "bounces.forget",
    "returned_mail": "bounces.forget",
    "sign_in_link": "accounts.forget",
    "sign_in_session": "accounts.forget",
    "standing_consent": "consents.expire",
    "suppression": "mail.forget",
    "suppression_draft": "bounces.forget",
    "wish": "offboarding.forget",
}
_READ = "for ever: who has read what somebody said on leaving must not decide on them later"
_LEDGER = "all releases are counted together for as long as figures stand; tokens lead nowhere"
_LEAVES = "gone in the moment that the membership ends: a reaction to ConsentEnded"
_ERASED = "goes with its person, who is erased by hand; erasing people is not built yet"
#: Table → why no clock forgets it.
NO_CLOCK = {
    "account": _ERASED,
    "action": "names who answers for an action for five years; kept as long as it is followed",
    "birth_date": _ERASED,
    "directory_entry": _LEAVES,
    "directory_word": _LEAVES,
    "email_address": _ERASED,
    "employment": _ERASED,
    "exit_usual_reader": "says who reads until another is chosen",
    "import_change": "stays as long as what the import made",
    "import_match": "stays as long as what the import made",
    "interest": _LEAVES,
    "interest_unit": _LEAVES,
    "opening": "names those who answer for a recruitment, as long as the opening is kept",
    "person": _ERASED,
    "recusal": _READ,
    "release_cell": _LEDGER,
    "release_token": _LEDGER,
    "role_grant": _ERASED,
    "search_doc": _LEAVES,
    "unit_lead": _ERASED,
}


def personal() -> set[str]:
    """Return the tables that hold something about people, in all or in some of their columns."""
    return {
        str(model.__tablename__)
        for model in models()
        if vars(model).get("__personal__") is not None
        or any("personal" in column.info for column in model.__table__.columns)
    }


def test_every_table_about_people_has_somebody_who_forgets() -> None:
    """A new table: name its job above, or say why there is none."""
    open_ended = sorted(personal() - FORGOTTEN_BY.keys() - NO_CLOCK.keys())
    assert not open_ended, listing(open_ended)


def test_the_list_names_tables_that_there_are_and_jobs_that_run() -> None:
    gone = sorted((FORGOTTEN_BY.keys() | NO_CLOCK.keys()) - personal())
    idle = sorted(set(FORGOTTEN_BY.values()) - REGISTRY.periodic.keys())
    assert not gone, listing(gone)
    assert not idle, listing(idle)
    assert not FORGOTTEN_BY.keys() & NO_CLOCK.keys()
