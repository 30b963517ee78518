"""Who may read what: the choice the leaver made, seat by seat."""

from collections.abc import Collection

from alumni_portal.exit_interviews.rules.kinds import Reach, Seat, Track

#: From narrow to wide. Somebody nameless is narrower than any name.
_WIDTH = {Reach.AGGREGATE: 0, Reach.HR_ONLY: 1, Reach.OPEN: 2}


def seats_of(track: Track, reach: Reach | None) -> frozenset[Seat]:
    """Return which seats read answers that were given under a choice.

    The nearest manager reads the manager's own talk, and a questionnaire that was given openly;
    never a talk with HR, whatever was chosen (I2).
    """
    if track is Track.MANAGER:
        return frozenset({Seat.INTERVIEWER, Seat.READER})
    if reach is None:
        return frozenset() if track is Track.QUESTIONNAIRE else _HR
    if reach is Reach.AGGREGATE:
        return frozenset({Seat.CODER})
    if reach is Reach.OPEN and track is Track.QUESTIONNAIRE:
        return _HR | {Seat.MANAGER}
    return _HR


_HR = frozenset({Seat.INTERVIEWER, Seat.READER, Seat.CODER})


def is_wider(new: Reach, old: Reach) -> bool:
    """Say whether more people could read after a change of choice."""
    return _WIDTH[new] > _WIDTH[old]


def may_read(seats: Collection[Seat], track: Track, given: Reach | None) -> bool:
    """Say whether somebody in these seats reads an answer that was given under a choice."""
    return bool(set(seats) & seats_of(track, given))
