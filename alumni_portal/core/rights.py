"""Roles and rights as data: who may do what is a table that a review sees change."""

from enum import StrEnum

from alumni_portal.core.text import lazy as _l


class Role(StrEnum):
    """The capacities in which a person uses the portal."""

    ALUMNUS = "alumnus"
    RECRUITER = "recruiter"
    MANAGER = "manager"
    INTERVIEWER = "interviewer"
    HR = "hr"
    HR_LEAD = "hr_lead"
    ADMIN = "admin"
    DPO = "dpo"


STAFF = frozenset(set(Role) - {Role.ALUMNUS})

#: What the roles are called where people read about them.
ROLE_NAMES = {
    Role.ALUMNUS: _l("Alumn"),
    Role.RECRUITER: _l("Rekryterare"),
    Role.MANAGER: _l("Chef"),
    Role.INTERVIEWER: _l("Samtalsledare"),
    Role.HR: _l("HR"),
    Role.HR_LEAD: _l("HR-chef"),
    Role.ADMIN: _l("Administratör"),
    Role.DPO: _l("Dataskyddsombud"),
}


class Permission(StrEnum):
    """One right each, `resource:action`, in alphabetical order."""

    APPLICATIONS_DECIDE = "applications:decide"
    APPLICATIONS_READ = "applications:read"
    APPLICATIONS_READ_OWN_UNIT = "applications:read_own_unit"
    AUDIENCES_WRITE = "audiences:write"
    AUDIT_READ = "audit:read"
    AUDIT_READ_TECHNICAL = "audit:read_technical"
    AUDIT_VERIFY = "audit:verify"
    CANDIDATES_CONTACT = "candidates:contact"
    CANDIDATES_SEARCH = "candidates:search"
    CASES_READ = "cases:read"
    CASES_READ_OWN_UNIT = "cases:read_own_unit"
    CASES_WRITE = "cases:write"
    CONSENTS_READ = "consents:read"
    CONTACT_DETAILS_READ = "contact_details:read"
    DIRECTORY_READ = "directory:read"
    EVENTS_READ = "events:read"
    EVENTS_WRITE = "events:write"
    EXIT_ACTIONS_READ = "exit_actions:read"
    EXIT_ACTIONS_WRITE = "exit_actions:write"
    EXIT_ANSWERS_BREAK_GLASS = "exit_answers:break_glass"
    EXIT_ANSWERS_CODE = "exit_answers:code"
    EXIT_ANSWERS_LET_BREAK = "exit_answers:let_break"
    EXIT_GROUND_READ = "exit_ground:read"
    EXIT_GUIDES_WRITE = "exit_guides:write"
    EXIT_INTERVIEWS_HOLD = "exit_interviews:hold"
    EXIT_INTERVIEWS_READ = "exit_interviews:read"
    EXIT_READERS_WRITE = "exit_readers:write"
    HOME_ALUMNUS = "home:alumnus"
    HOME_STAFF = "home:staff"
    IMPORTS_RUN = "imports:run"
    INSIGHTS_READ = "insights:read"
    INSIGHTS_READ_OWN_UNIT = "insights:read_own_unit"
    INSIGHTS_RELEASE = "insights:release"
    JOBS_READ = "jobs:read"
    JOIN_REQUESTS_DECIDE = "join_requests:decide"
    NEWSLETTERS_DRAFT = "newsletters:draft"
    NEWSLETTERS_READ = "newsletters:read"
    NEWSLETTERS_SEND = "newsletters:send"
    OPENINGS_READ = "openings:read"
    OPENINGS_WRITE = "openings:write"
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    REFERRALS_MAKE = "referrals:make"
    REFERRALS_READ = "referrals:read"
    SETTINGS_READ = "settings:read"
    SUPPRESSIONS_WRITE = "suppressions:write"
    TASKS_TICK_OWN = "tasks:tick_own"
    UNITS_WRITE = "units:write"
    USERS_GRANT = "users:grant"
    USERS_READ = "users:read"


P = Permission
#: Finding people for openings and taking them to a decision.
_HIRING = frozenset(
    {
        P.APPLICATIONS_DECIDE,
        P.APPLICATIONS_READ,
        P.CANDIDATES_CONTACT,
        P.CANDIDATES_SEARCH,
        P.DIRECTORY_READ,
        P.EVENTS_READ,
        P.HOME_STAFF,
        P.NEWSLETTERS_DRAFT,
        P.NEWSLETTERS_READ,
        P.OPENINGS_READ,
        P.OPENINGS_WRITE,
        P.REFERRALS_READ,
    }
)
_HR = _HIRING | frozenset(
    {
        P.AUDIENCES_WRITE,
        P.CASES_READ,
        P.CASES_WRITE,
        P.CONSENTS_READ,
        P.CONTACT_DETAILS_READ,
        P.EVENTS_WRITE,
        P.EXIT_ACTIONS_WRITE,
        P.EXIT_ANSWERS_CODE,
        P.EXIT_GROUND_READ,
        P.EXIT_GUIDES_WRITE,
        P.EXIT_INTERVIEWS_HOLD,
        P.EXIT_INTERVIEWS_READ,
        P.IMPORTS_RUN,
        P.INSIGHTS_READ,
        P.JOIN_REQUESTS_DECIDE,
        P.NEWSLETTERS_SEND,
        P.PEOPLE_READ,
        P.PEOPLE_WRITE,
        P.SUPPRESSIONS_WRITE,
        P.TASKS_TICK_OWN,
        P.UNITS_WRITE,
        P.USERS_GRANT,
        P.USERS_READ,
    }
)

#: The permission matrix of docs/security.md, as data. What is not here is refused.
MATRIX: dict[Role, frozenset[Permission]] = {
    Role.ALUMNUS: frozenset(
        {
            P.DIRECTORY_READ,
            P.EVENTS_READ,
            P.HOME_ALUMNUS,
            P.NEWSLETTERS_READ,
            P.REFERRALS_MAKE,
        }
    ),
    Role.RECRUITER: _HIRING,
    Role.MANAGER: frozenset(
        {
            P.APPLICATIONS_READ_OWN_UNIT,
            P.CASES_READ_OWN_UNIT,
            P.DIRECTORY_READ,
            P.EVENTS_READ,
            P.EXIT_ACTIONS_READ,
            P.EXIT_INTERVIEWS_HOLD,
            P.HOME_STAFF,
            P.INSIGHTS_READ_OWN_UNIT,
            P.OPENINGS_READ,
            P.TASKS_TICK_OWN,
        }
    ),
    Role.INTERVIEWER: frozenset({P.DIRECTORY_READ, P.EXIT_INTERVIEWS_HOLD, P.HOME_STAFF}),
    Role.HR: _HR,
    Role.HR_LEAD: _HR
    | {
        P.AUDIT_READ,
        P.EXIT_ANSWERS_BREAK_GLASS,
        P.EXIT_READERS_WRITE,
        P.INSIGHTS_RELEASE,
    },
    Role.ADMIN: frozenset(
        {
            P.AUDIT_READ_TECHNICAL,
            P.HOME_STAFF,
            P.JOBS_READ,
            P.SETTINGS_READ,
            P.USERS_READ,
        }
    ),
    Role.DPO: frozenset(
        {
            P.AUDIT_READ,
            P.AUDIT_VERIFY,
            P.EXIT_ANSWERS_LET_BREAK,
            P.HOME_STAFF,
            P.INSIGHTS_READ,
            P.SETTINGS_READ,
            P.USERS_READ,
        }
    ),
}
