"""Words of invented HR systems. None of the headings stands in the vocabulary of the portal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The headings and codes of one family of systems."""

    headings: Mapping[str, Sequence[str]]
    codes: Mapping[str, Sequence[Mapping[str, str]]]


_SPELLED_OUT_SV = {
    "Slutar på egen begäran": "own_request",
    "Uppsagd p.g.a. arbetsbrist": "redundancy",
    "Visstiden gick ut": "fixed_term_ended",
    "Ålderspensionär": "retirement",
    "Överenskommelse med avgångsvederlag": "agreement",
    "Avskedad": "personal_reasons",
}
_NUMBERED_SV = {
    "10 Eget val": "own_request",
    "20 Arbetsbrist/omorganisation": "redundancy",
    "30 Tidsbegr. anst. slut": "fixed_term_ended",
    "40 Pensionsavgång": "retirement",
    "50 Enskild överenskommelse": "agreement",
    "60 Uppsägning personliga skäl": "personal_reasons",
    "70 Avliden": "death",
}
_OPAQUE = {
    "Z1": "own_request",
    "Z2": "redundancy",
    "Z3": "fixed_term_ended",
    "Z4": "retirement",
    "Z5": "agreement",
    "Z6": "personal_reasons",
    "Z7": "death",
}
_SPELLED_OUT_EN = {
    "RES - Resigned for new job": "own_request",
    "RED - Position eliminated": "redundancy",
    "EOC - Contract expired": "fixed_term_ended",
    "RET - Early retirement": "retirement",
    "MUT - Settlement agreement": "agreement",
    "DIS - Dismissed for cause": "personal_reasons",
    "DEC - Deceased": "death",
}
_KINDS_SV = {
    "Tv": "permanent",
    "Särskild visstidsanställning": "sava",
    "Vik för ordinarie": "substitute",
    "Säsongsanst": "seasonal",
    "Prov 6 mån": "probationary",
}
_KINDS_OPAQUE = {"1": "permanent", "2": "sava", "3": "substitute", "4": "seasonal"}
_KINDS_EN = {
    "Permanent - Full Time": "permanent",
    "Temp/Fixed-term": "sava",
    "Parental cover": "substitute",
    "Seasonal worker": "seasonal",
    "On probation": "probationary",
}
_LANGUAGES = ({"sv": "sv", "en": "en"}, {"Svenska": "sv", "Engelska": "en"})

SWEDISH = Words(
    headings={
        "employee_number": ("Anställdas nummer", "Anst.nummer", "Personalens löpnr", "Medarb.nr"),
        "first_name": ("Förnamn(en)", "Den anställdes förnamn", "Tilltalsn."),
        "last_name": ("Efternamn (släkt)", "Den anställdes efternamn", "Eftern."),
        "full_name": ("Namn på medarbetare", "Den anställde", "Personnamn"),
        "work_address": ("Mejl (arbetet)", "E-postadress arbete", "Adress tjänstepost"),
        "private_address": ("Mejl (hemma)", "Privat e-postkonto", "E-post efter avgång"),
        "phone": ("Telefonnr privat", "Mobilnummer hem", "Nås på"),
        "unit": ("Org.tillhör", "Avdelning/enhet", "Hör till avdelning"),
        "workplace": ("Ort för arbetet", "Placerad i", "Arbetsställets ort"),
        "title": ("Befattning (text)", "Yrkesroll", "Tjänstens titel"),
        "manager_number": ("Närmsta chef nr", "Chefens anst.nr", "Rapp. till"),
        "employment_kind": ("Anst.form (LAS)", "Formen för anställningen", "Anställn.typ"),
        "begins_on": ("Första dag i tjänst", "Anst. gäller fr.o.m.", "Tillträdde den"),
        "notice_on": ("Dag för uppsägning", "Uppsagd den", "Sade upp sig den"),
        "ends_on": ("Sista dag i tjänst", "Anst. gäller t.o.m.", "Lämnar den"),
        "exit_ground": ("Skäl till avgång", "Avgångskod/orsak", "Varför slutar"),
        "agreement_area": ("Kollektivavtal (omr)", "Avtalsomr.", "Gällande avtal"),
        "birth_date": ("Född den", "Datum för födelse", "Födelsedat."),
        "language": ("Språkval", "Önskat språk", "Brevspråk"),
    },
    codes={
        "exit_ground": (_SPELLED_OUT_SV, _NUMBERED_SV, _OPAQUE),
        "employment_kind": (_KINDS_SV, _KINDS_OPAQUE),
        "language": _LANGUAGES,
    },
)
ENGLISH = Words(
    headings={
        "employee_number": ("Colleague No", "Emp. Number", "Person No (HR)", "Workforce ID"),
        "first_name": ("First Name(s)", "Name (given part)", "Given"),
        "last_name": ("Last Name(s)", "Name (family part)", "Family"),
        "full_name": ("Name of leaver", "Colleague", "Leaver Name"),
        "work_address": ("Email - Business", "Corporate Mail", "Work mailbox"),
        "private_address": ("Email - Household", "Private mailbox", "Contact email after exit"),
        "phone": ("Phone - Mobile", "Personal Cell No", "Contact tel."),
        "unit": ("Org Unit Text", "Department (L3)", "Cost Centre Name"),
        "workplace": ("Site / Location", "Office City", "Based at"),
        "title": ("Job Title (Local)", "Position Text", "Role name"),
        "manager_number": ("Line Mgr ID", "Mgr Number", "Reporting line no"),
        "employment_kind": ("Contract Category", "Employment Type (LAS)", "Emp. class"),
        "begins_on": ("Employed Since", "Original Start", "Hired"),
        "notice_on": ("Notice Handed In", "Resignation Received", "Notified On"),
        "ends_on": ("Last Day Employed", "Leaves On", "Final working date"),
        "exit_ground": ("Leaver Reason", "Reason (Exit)", "Why left"),
        "agreement_area": ("Collective Agr.", "Union Agreement Area", "CBA Code"),
        "birth_date": ("Birth Dt", "Born (date)", "Dt of Birth"),
        "language": ("Pref. Language", "Mail language", "Lang. Code"),
    },
    codes={
        "exit_ground": (_SPELLED_OUT_EN, _OPAQUE),
        "employment_kind": (_KINDS_EN, _KINDS_OPAQUE),
        "language": _LANGUAGES,
    },
)
ABBREVIATED = Words(
    headings={
        "employee_number": ("PERSNO_HR", "EMPL_NUM", "ANR"),
        "first_name": ("FNAMN", "NAME_FST", "VNAME"),
        "last_name": ("ENAMN", "NAME_LAST1", "NNAME"),
        "full_name": ("NAMN_HEL", "EMP_NAME", "CNAME"),
        "work_address": ("MAIL_ARB", "EMAIL_WRK", "SMTP_1"),
        "private_address": ("MAIL_PRIV", "EMAIL_PRV", "SMTP_2"),
        "phone": ("TEL_PRIV", "MOBILE_NO", "TELNO_1"),
        "unit": ("ORGEH_TXT", "AVD_NAMN", "DEPT_DESC"),
        "workplace": ("ORT_TXT", "LOC_DESC", "WERKS_T"),
        "title": ("BEF_TXT", "JOB_DESC", "PLANS_T"),
        "manager_number": ("CHEF_ANR", "MGR_NUM", "BOSS_NO"),
        "employment_kind": ("ANSTF", "EMP_TYPE_CD", "PERSK"),
        "begins_on": ("ANST_FOM", "HIRE_DT", "BEGDA"),
        "notice_on": ("UPPS_DAT", "NOTICE_DT", "KUEND"),
        "ends_on": ("ANST_T_O_M_DAT", "TERM_DT", "ENDDA"),
        "exit_ground": ("AVG_ORSAK", "TERM_RSN", "MASSG"),
        "agreement_area": ("AVT_OMR", "UNION_AGR", "TRFGB"),
        "birth_date": ("FODD_DAT", "BIRTH_DT", "GBDAT"),
        "language": ("SPRAK_KD", "LANG_CD", "SPRSL"),
    },
    codes={
        "exit_ground": (_OPAQUE, _NUMBERED_SV),
        "employment_kind": (_KINDS_OPAQUE, _KINDS_SV),
        "language": _LANGUAGES,
    },
)
VOCABULARIES = (SWEDISH, ENGLISH, ABBREVIATED)
NOISE = (
    "Lönegrupp",
    "Sysselsättning %",
    "Företagsbil",
    "FTE %",
    "Union member",
    "Kommentar",
    "Skyddad id (J/N)",
    "Badge returned",
)
ID_HEADINGS = ("Person-nr", "NATIONAL_ID", "Pnr", "Identitetsbeteckning", "Soc. (X)")
