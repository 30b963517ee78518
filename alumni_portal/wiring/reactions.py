"""What happened, and who reacts; and who may receive what at the moment it is sent."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from alumni_portal.accounts import services as accounts
from alumni_portal.applications.facts import ApplicationHired
from alumni_portal.bounces.facts import UnsubscribedElsewhere
from alumni_portal.consents import queries as consent_queries
from alumni_portal.consents import services as consent_services
from alumni_portal.consents.facts import ConsentEnded, ConsentGiven
from alumni_portal.consents.models import LetterTopic, Purpose
from alumni_portal.events import services as events
from alumni_portal.exit_interviews import services as exit_interviews
from alumni_portal.exit_interviews.facts import ExitsErased, ReadersNamed
from alumni_portal.insights import services as insights
from alumni_portal.mail import services as mail
from alumni_portal.mail.facts import LettersKeptBack
from alumni_portal.network import services as network_services
from alumni_portal.newsletters import services as newsletters
from alumni_portal.offboarding import services as offboarding
from alumni_portal.offboarding.facts import CaseCancelled, CasesForgotten, LastDayMoved
from alumni_portal.people import queries as people
from alumni_portal.people.facts import (
    EmploymentBegan,
    EmploymentEnded,
    PersonChanged,
    PersonDied,
    PrivateAddressProved,
)
from alumni_portal.referrals import services as referral_services
from alumni_portal.rehire import services as rehire_services
from alumni_portal.rehire.emails import CONTACT
from alumni_portal.rehire.facts import InterestAnswered


def _recuse(fact: ReadersNamed) -> None:
    """Keep those who may read what somebody said on leaving out of decisions on that person."""
    accounts.recuse(fact.about_id, fact.reader_ids)


def _forget_in_figures(fact: ExitsErased) -> None:
    """Take somebody out of the ledger of releases (A11)."""
    insights.forget(fact.tokens, by=fact.by)


def _leave(fact: UnsubscribedElsewhere) -> None:
    """End what somebody has ended by mail, or with their mail provider."""
    person = people.person_by_id(fact.person_id)
    purpose = mail.rests_on(fact.purpose)
    if person is not None and purpose in set(Purpose):
        consent_services.leave(person, Purpose(purpose), fact.mailing)


#: What happened → who reacts, in this order, in the same transaction.
FACTS: dict[type, list[Callable[[Any], None]]] = {
    ApplicationHired: [referral_services.follow_hire],
    CasesForgotten: [exit_interviews.follow_forgotten_cases],
    CaseCancelled: [exit_interviews.after_case_cancelled],
    LastDayMoved: [exit_interviews.after_last_day_moved],
    ConsentGiven: [offboarding.admit, network_services.join, rehire_services.follow_consents],
    ConsentEnded: [
        offboarding.let_go,
        network_services.leave,
        rehire_services.follow_consents,
        rehire_services.withdraw_unanswered,
        newsletters.follow_ended_consents,
    ],
    EmploymentBegan: [
        consent_services.close_at_employment,
        network_services.follow_employment,
        offboarding.stop_for_employed,
    ],
    EmploymentEnded: [network_services.follow_employment, offboarding.after_employments_ended],
    ExitsErased: [_forget_in_figures],
    ReadersNamed: [_recuse],
    InterestAnswered: [rehire_services.follow_answers],
    LettersKeptBack: [rehire_services.note_kept_back],
    PersonChanged: [network_services.follow_person],
    PersonDied: [
        consent_services.close_at_death,
        rehire_services.forget_the_dead,
        events.after_death,
        accounts.close_accounts_of_the_dead,
        offboarding.after_death,
        exit_interviews.after_death,
        network_services.follow_person,
    ],
    PrivateAddressProved: [
        mail.lift_for_proved,
        accounts.end_sessions_after_address_change,
        offboarding.after_address_proved,
    ],
    UnsubscribedElsewhere: [_leave],
}

#: Purpose of a mailing, or kind of a letter → which of these people may receive it now.
MAY_RECEIVE: dict[str, Callable[[Collection[int]], set[int]]] = {
    **{purpose: partial(consent_queries.mailable, purpose) for purpose in Purpose},
    newsletters.GREETINGS: newsletters.may_be_greeted,
    **{
        f"{Purpose.NEWSLETTER}/{topic}": partial(
            consent_queries.mailable, Purpose.NEWSLETTER, topic=topic
        )
        for topic in LetterTopic
    },
    CONTACT: rehire_services.may_be_written_to,
}
