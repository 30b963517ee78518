from alumni_portal.offboarding.models.cases import (
    AddressProof,
    Case,
    CaseEvent,
    CaseTask,
    LeaverLink,
    What,
)
from alumni_portal.offboarding.models.imports import (
    UNFINISHED,
    ImportBatch,
    ImportChange,
    ImportChunk,
    ImportMatch,
    ImportState,
    MatchState,
    SavedMapping,
)
from alumni_portal.offboarding.models.join import Invitation, JoinRequest, JoinState
from alumni_portal.offboarding.rules.case_kinds import CaseKind, CaseState, TaskOwner
from alumni_portal.offboarding.rules.due_dates import Anchor

__all__ = [
    "UNFINISHED",
    "AddressProof",
    "Anchor",
    "Case",
    "CaseEvent",
    "CaseKind",
    "CaseState",
    "CaseTask",
    "ImportBatch",
    "ImportChange",
    "ImportChunk",
    "ImportMatch",
    "ImportState",
    "Invitation",
    "JoinRequest",
    "JoinState",
    "LeaverLink",
    "MatchState",
    "SavedMapping",
    "TaskOwner",
    "What",
]
