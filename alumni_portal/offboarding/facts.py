"""What happened to leavers and their cases, for higher slices to react to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LeaverRegistered:
    """Cases were opened for people who will leave."""

    case_ids: tuple[int, ...]


@dataclass(frozen=True)
class LastDayMoved:
    """The last day in cases was moved; what hangs on it follows."""

    case_ids: tuple[int, ...]


@dataclass(frozen=True)
class CaseCancelled:
    """Notices were withdrawn: these people stay."""

    case_ids: tuple[int, ...]


@dataclass(frozen=True)
class CaseClosed:
    """Nothing is left to do in these cases."""

    case_ids: tuple[int, ...]


@dataclass(frozen=True)
class MemberAdmitted:
    """Somebody said yes to the network from a mailed invitation."""

    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class CasesForgotten:
    """These cases are about to be deleted: nothing may point at them any more."""

    case_ids: tuple[int, ...]
