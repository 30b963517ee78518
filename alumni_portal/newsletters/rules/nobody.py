"""Why nobody would get a newsletter, and the way on."""

from dataclasses import dataclass

from alumni_portal.core.text import lazy as _l
from alumni_portal.newsletters.rules.checks import Check, Verdict


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """How many are left out of a newsletter that nobody would get."""

    #: Of those whom its segment holds: alive and not employed again.
    inside: int
    #: Of these, who had a newsletter within the month, and who had another mailing within a week.
    second: int = 0
    recent: int = 0
    #: The first day on which none of them has to be spared, as it is written.
    free_from: str = ""


def nobody_checked(left_out: LeftOut) -> Check:
    """Return why nobody gets it: all are spared, some are, none may get it, or there is none."""
    title = _l("Ingen får brevet")
    spared = left_out.second + left_out.recent
    if spared:
        small = _l("%(why)s %(way)s", why=_why(left_out), way=_way(left_out))
        return Check(Verdict.NO, title, small, only_now=True)
    if left_out.inside:
        small = _l(
            "Alla i urvalet (%(n)s) faller bort. Under Mottagare står varför. "
            "Välj ett annat urval.",
            n=left_out.inside,
        )
        return Check(Verdict.NO, title, small)
    return Check(Verdict.NO, title, _l("Urvalet är tomt. Välj ett annat eller ändra det."))


def _why(left_out: LeftOut) -> object:
    if left_out.second and left_out.recent:
        return _l(
            "Du hoppar över %(second)s som fick ett nyhetsbrev den senaste månaden och %(recent)s "
            "som fick ett utskick de senaste sju dagarna.",
            second=left_out.second,
            recent=left_out.recent,
        )
    if left_out.second:
        return _l(
            "Du hoppar över dem som fick ett nyhetsbrev den senaste månaden: %(n)s.",
            n=left_out.second,
        )
    return _l(
        "Du hoppar över dem som fick ett utskick de senaste sju dagarna: %(n)s.", n=left_out.recent
    )


def _way(left_out: LeftOut) -> object:
    if left_out.free_from:
        return _l(
            "Planera brevet till %(day)s eller senare, då har tiden gått. Eller ta bort krysset "
            "vid Hoppa över.",
            day=left_out.free_from,
        )
    return _l("Planera brevet till en senare dag, eller ta bort krysset vid Hoppa över.")
