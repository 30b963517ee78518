"""The tasks that exits are made of, in both languages, with who does them and when."""

from dataclasses import dataclass

from alumni_portal.offboarding.rules.case_kinds import TaskOwner
from alumni_portal.offboarding.rules.due_dates import Anchor, Offset

_M, _HR, _IT, _PAY, _L = (
    TaskOwner.MANAGER,
    TaskOwner.HR,
    TaskOwner.IT,
    TaskOwner.PAYROLL,
    TaskOwner.LEAVER,
)


@dataclass(frozen=True)
class Words:
    """A text in both languages."""

    sv: str
    en: str

    def of(self, language: str) -> str:
        """Return the text in a language; Swedish when we do not speak it."""
        return self.en if language == "en" else self.sv


@dataclass(frozen=True, kw_only=True)
class Step:
    """One task of a template."""

    key: str
    owner: TaskOwner
    anchor: Anchor
    offset: Offset
    title: Words
    #: A short name on the timeline; tasks without one are not milestones.
    short: Words | None = None
    #: Its title tells the exit ground: only those who may read that see it.
    is_confidential: bool = False


def _notice(key: str, owner: TaskOwner, days: int, sv: str, en: str) -> Step:
    return Step(
        key=key, owner=owner, anchor=Anchor.NOTICE, offset=Offset(days), title=Words(sv, en)
    )


def _last(key: str, owner: TaskOwner, days: int, sv: str, en: str) -> Step:
    return Step(
        key=key, owner=owner, anchor=Anchor.LAST_DAY, offset=Offset(days), title=Words(sv, en)
    )


def _secret(key: str, anchor: Anchor, offset: Offset, sv: str, en: str) -> Step:
    return Step(
        key=key,
        owner=_HR,
        anchor=anchor,
        offset=offset,
        title=Words(sv, en),
        is_confidential=True,
    )


def _shown(step: Step, sv: str, en: str) -> Step:
    """Return the step as a milestone of the timeline."""
    return Step(**{**vars(step), "short": Words(sv, en)})


_STEPS = (
    # The manager
    _notice(
        "agree_what_to_tell",
        _M,
        5,
        "Kom överens om vad gruppen får veta, och när",
        "Agree on what the group is told, and when",
    ),
    _notice("tell_the_group", _M, 7, "Berätta för gruppen", "Tell the group"),
    _shown(
        _notice("handover_plan", _M, 28, "Gör en plan för överlämningen", "Plan the handover"),
        "Överlämningsplan",
        "Handover plan",
    ),
    _last(
        "farewell_as_wished",
        _M,
        -14,
        "Fråga hur hen vill säga hej då, och ordna det",
        "Ask how they would like to say goodbye, and arrange it",
    ),
    _shown(
        _last("handover_approved", _M, -7, "Godkänn överlämningen", "Approve the handover"),
        "Överlämning klar",
        "Handover done",
    ),
    _last("last_day_hour", _M, 0, "Säg hej då sista dagen", "Say goodbye on the last day"),
    # HR
    _secret(
        "confirm_resignation",
        Anchor.NOTICE,
        Offset(3),
        "Bekräfta uppsägningen skriftligt",
        "Confirm the resignation in writing",
    ),
    _secret(
        "confirm_pension",
        Anchor.NOTICE,
        Offset(3),
        "Bekräfta pensionsdagen skriftligt",
        "Confirm the retirement date in writing",
    ),
    _secret(
        "confirm_end",
        Anchor.NOTICE,
        Offset(3),
        "Bekräfta skriftligt att anställningen slutar",
        "Confirm in writing that the employment ends",
    ),
    _secret(
        "notice_8",
        Anchor.NOTICE,
        Offset(),
        "Lämna skriftligt uppsägningsbesked (8 § LAS)",
        "Give written notice of termination (LAS § 8)",
    ),
    _secret(
        "priority_right_8",
        Anchor.NOTICE,
        Offset(),
        "Skriv i beskedet om företrädesrätt gäller och hur den anmäls (8 § LAS)",
        "State in the notice whether priority rights apply and how to claim them (LAS § 8)",
    ),
    _secret(
        "notice_15",
        Anchor.LAST_DAY,
        Offset(months=-1),
        "Lämna besked om att anställningen upphör (15 § LAS)",
        "Give notice that the employment will not continue (LAS § 15)",
    ),
    _secret(
        "priority_right_16",
        Anchor.LAST_DAY,
        Offset(months=-1),
        "Skriv i beskedet om företrädesrätt gäller och hur den anmäls (16 § LAS)",
        "State in the notice whether priority rights apply and how to claim them (LAS § 16)",
    ),
    _secret(
        "sign_agreement",
        Anchor.NOTICE,
        Offset(7),
        "Skriv under överenskommelsen",
        "Sign the agreement",
    ),
    _secret(
        "support_to_next",
        Anchor.NOTICE,
        Offset(7),
        "Berätta om omställningsstöd och erbjud ett samtal",
        "Explain transition support and offer a talk",
    ),
    _secret(
        "pension_talk",
        Anchor.LAST_DAY,
        Offset(months=-2),
        "Gå igenom pension och försäkringar",
        "Go through pension and insurance",
    ),
    _notice("nda", _HR, 8, "Påminn om sekretess", "Remind about confidentiality"),
    _shown(
        _last(
            "final_pay_basis",
            _HR,
            -30,
            "Lämna underlag för slutlön och semester",
            "Send the details for final pay and holiday",
        ),
        "Slutlön till lön",
        "Final pay sent",
    ),
    _last(
        "certificate",
        _HR,
        -7,
        "Skicka tjänstgöringsbetyg",
        "Send the certificate of employment",
    ),
    _secret(
        "employer_certificate",
        Anchor.LAST_DAY,
        Offset(3),
        "Skriv arbetsgivarintyg",
        "Write the employer’s certificate for unemployment benefit",
    ),
    # IT
    _last("access_list", _IT, -45, "Lista behörigheter", "List access rights"),
    _last(
        "phone_number",
        _IT,
        -30,
        "Flytta mobilnumret till privat abonnemang",
        "Move the phone number to a private subscription",
    ),
    _last(
        "accounts_closed",
        _IT,
        0,
        "Stäng konton när arbetsdagen är slut",
        "Close accounts when the working day is over",
    ),
    _last("auto_reply", _IT, 0, "Sätt autosvar i 30 dagar", "Set an auto-reply for 30 days"),
    # Payroll
    _last(
        "final_pay",
        _PAY,
        25,
        "Betala slutlön och semesterersättning",
        "Pay final salary and holiday pay",
    ),
    # The leaver
    _last(
        "network_answer",
        _L,
        -30,
        "Svara om inbjudan till nätverket",
        "Answer about the alumni network",
    ),
    _last(
        "private_address",
        _L,
        -20,
        "Bekräfta privat adress",
        "Confirm private address",
    ),
    _last("write_handover", _L, -14, "Skriv överlämningen", "Write the handover"),
    _last(
        "equipment",
        _L,
        0,
        "Lämna dator, telefon och passerkort",
        "Return computer, phone and access card",
    ),
    # When somebody has died
    _secret(
        "contact_for_family",
        Anchor.LAST_DAY,
        Offset(1),
        "Utse en kontaktperson för de närstående",
        "Name a contact for the family",
    ),
    _secret(
        "tell_colleagues",
        Anchor.LAST_DAY,
        Offset(2),
        "Berätta för arbetsgruppen tillsammans med chefen",
        "Tell the team, together with the manager",
    ),
    _secret(
        "tell_insurance",
        Anchor.LAST_DAY,
        Offset(5),
        "Anmäl till tjänstegrupplivförsäkringen",
        "Notify the group life insurer",
    ),
    _secret(
        "pay_to_estate",
        Anchor.LAST_DAY,
        Offset(25),
        "Ordna slutlön till dödsboet",
        "Arrange final pay to the estate",
    ),
    _secret(
        "close_quietly",
        Anchor.LAST_DAY,
        Offset(7),
        "Stäng konton och ta hand om personliga saker",
        "Close accounts and take care of personal belongings",
    ),
)

STEPS: dict[str, Step] = {step.key: step for step in _STEPS}
