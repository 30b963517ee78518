"""Places on pages, and who may draw there."""

from alumni_portal.accounts import panels as account_panels
from alumni_portal.applications import panels as application_panels
from alumni_portal.bounces import panels as bounce_panels
from alumni_portal.consents import panels as consent_panels
from alumni_portal.core.panels import Maker
from alumni_portal.events import panels as event_panels
from alumni_portal.exit_interviews import panels as exit_panels
from alumni_portal.insights import panels as insight_panels
from alumni_portal.network import panels as network_panels
from alumni_portal.newsletters import panels as newsletter_panels
from alumni_portal.offboarding import panels as offboarding_panels
from alumni_portal.openings import panels as opening_panels
from alumni_portal.referrals import panels as referral_panels
from alumni_portal.rehire import panels as rehire_panels

#: Place on a page → who may draw there, in this order.
PANELS: dict[str, list[Maker]] = {
    "alumni_hero": [rehire_panels.own_answer],
    "alumni_home": [
        bounce_panels.own_address,
        application_panels.at_home,
        opening_panels.roles_like_yours,
        referral_panels.own_tips,
        newsletter_panels.latest_letter,
    ],
    "case": [exit_panels.of_case],
    "leaver": [exit_panels.on_leaver_page],
    "interest": [rehire_panels.letters],
    "alumni_side": [
        event_panels.next_events,
        network_panels.colleagues_from_your_time,
        network_panels.profile_todo,
    ],
    # The end of a leaver's questionnaire. What is drawn there knows nothing of who answered.
    # Beside the notes of a neutral talk; the subject is the unit.
    "exit_interview": [insight_panels.prepare],
    "exit_questionnaire_done": [insight_panels.tell_me],
    # Beside a segment; what uses it.
    "segment": [newsletter_panels.letters_to],
    "staff_home": [
        insight_panels.overdue_actions,
        rehire_panels.answered,
        event_panels.coming_events,
    ],
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
        bounce_panels.of_person,
        offboarding_panels.of_person,
        application_panels.of_person,
        account_panels.account_panel,
        consent_panels.of_person,
        network_panels.of_person,
    ],
}
