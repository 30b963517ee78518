"""Which tasks each kind of case consists of, in the order in which they are shown."""

from collections.abc import Iterable

from alumni_portal.offboarding.rules.case_kinds import CaseKind, TaskOwner
from alumni_portal.offboarding.rules.case_steps import STEPS, Step, Words

#: Done by the portal itself once the leaver has done it on their page.
ANSWERED_ITSELF = "network_answer"
PROVED_ITSELF = "private_address"

#: The same in every kind: what a manager sees must not tell the exit ground.
_MANAGER = (
    "agree_what_to_tell",
    "tell_the_group",
    "handover_plan",
    "farewell_as_wished",
    "handover_approved",
    "last_day_hour",
)
_HR_ALWAYS = ("nda", "final_pay_basis", "certificate")
_AFTERWARDS = (
    "access_list",
    "phone_number",
    "accounts_closed",
    "auto_reply",
    "final_pay",
    "network_answer",
    "private_address",
    "write_handover",
    "equipment",
)

_TEMPLATES: dict[CaseKind, tuple[str, ...]] = {
    CaseKind.OWN_REQUEST: (*_MANAGER, "confirm_resignation", *_HR_ALWAYS, *_AFTERWARDS),
    CaseKind.REDUNDANCY: (
        *_MANAGER,
        "notice_8",
        "priority_right_8",
        "support_to_next",
        *_HR_ALWAYS,
        "employer_certificate",
        *_AFTERWARDS,
    ),
    CaseKind.FIXED_TERM_ENDED: (
        *_MANAGER,
        "notice_15",
        "priority_right_16",
        "support_to_next",
        *_HR_ALWAYS,
        "employer_certificate",
        *_AFTERWARDS,
    ),
    CaseKind.RETIREMENT: (*_MANAGER, "confirm_pension", "pension_talk", *_HR_ALWAYS, *_AFTERWARDS),
    CaseKind.AGREEMENT: (
        *_MANAGER,
        "sign_agreement",
        "confirm_end",
        *_HR_ALWAYS,
        "employer_certificate",
        *_AFTERWARDS,
    ),
    CaseKind.PERSONAL_REASONS: (
        *_MANAGER,
        "notice_8",
        "support_to_next",
        *_HR_ALWAYS,
        "employer_certificate",
        *_AFTERWARDS,
    ),
    CaseKind.OTHER: (*_MANAGER, "confirm_end", *_HR_ALWAYS, *_AFTERWARDS),
    CaseKind.DEATH: (
        "contact_for_family",
        "tell_colleagues",
        "tell_insurance",
        "close_quietly",
        "pay_to_estate",
    ),
}

NAMES: dict[CaseKind, Words] = {
    CaseKind.OWN_REQUEST: Words("Egen uppsägning", "Resignation"),
    CaseKind.REDUNDANCY: Words("Arbetsbrist", "Redundancy"),
    CaseKind.FIXED_TERM_ENDED: Words(
        "Tidsbegränsad anställning slutar", "End of fixed-term employment"
    ),
    CaseKind.RETIREMENT: Words("Pension", "Retirement"),
    CaseKind.AGREEMENT: Words("Överenskommelse", "Agreement"),
    CaseKind.PERSONAL_REASONS: Words("Personliga skäl", "Personal reasons"),
    CaseKind.DEATH: Words("Dödsfall", "Death"),
    CaseKind.OTHER: Words("Grunden saknas", "Ground not known"),
}


def steps_of(kind: CaseKind) -> tuple[Step, ...]:
    """Return the tasks of a kind of case, in order."""
    return tuple(STEPS[key] for key in _TEMPLATES[kind])


def keys_of(kind: CaseKind) -> frozenset[str]:
    """Return the keys of the tasks of a kind of case."""
    return frozenset(_TEMPLATES[kind])


def title_of(key: str, written: str, language: str) -> str:
    """Return a task's title: the template's in the reader's language, or what somebody wrote."""
    step = STEPS.get(key)
    return step.title.of(language) if step else written


def short_of(key: str, language: str) -> str | None:
    """Return a task's name on the timeline, or nothing when it is no milestone."""
    step = STEPS.get(key)
    return step.short.of(language) if step and step.short else None


def owners_in(keys: Iterable[str]) -> set[TaskOwner]:
    """Return who has something to do among these tasks."""
    return {STEPS[key].owner for key in keys}
