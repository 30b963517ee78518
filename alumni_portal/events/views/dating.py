"""An answer to a series: one line per date, ticked where somebody comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from alumni_portal.core import clock
from alumni_portal.core.formats import date_long, date_time
from alumni_portal.core.permissions import Actor
from alumni_portal.events import queries, services
from alumni_portal.events.forms import REMOTE, YES, DateOf, DatesForm, form_of, guest_choices
from alumni_portal.events.models import Answer, Event, EventKind, EventState, Reply
from alumni_portal.events.rules import (
    HOLDS_SEATS,
    IN_LINE,
    Closed,
    may_decline,
    seats_left,
)

_WAIT = "-wait"


@dataclass(frozen=True)
class DateLine:
    """One date of a series, as one reader may answer it."""

    event: Event
    reply: Reply | None
    rank: int | None
    closed: Closed | None

    @property
    def holds(self) -> bool:
        """Say whether the reader comes, is offered a seat or waits."""
        return self.reply is not None and self.reply.answer in {Answer.YES, *IN_LINE}

    @property
    def may_come(self) -> bool:
        """Say whether a tick means something."""
        late = self.closed is Closed.TOO_LATE and self.holds
        return self.closed is None or late

    @property
    def may_change(self) -> bool:
        """Say whether the reader can answer, if only with a no."""
        event = self.event
        declines = may_decline(event.state, starts_at=event.starts_at, now=clock.now())
        return self.may_come or (self.holds and declines)

    @property
    def is_full(self) -> bool:
        """Say whether a tick leads to the waiting list."""
        held = self.reply is not None and self.reply.answer in HOLDS_SEATS
        return not held and seats_left(self.event.capacity, self.event.seats_taken) == 0

    @property
    def value(self) -> str:
        """Return what the form sends for a tick: it says what the reader was told."""
        return self.event.public_id + (_WAIT if self.is_full else "")

    @property
    def words(self) -> str:
        """Return how it stands, in a few words."""
        if self.event.state is EventState.CANCELLED:
            return _("Inställd")
        answer = self.reply.answer if self.reply else None
        if answer is Answer.OFFERED and self.reply is not None:
            until = date_time(self.reply.offered_until)
            return _("En plats är ledig för dig, svara senast %(until)s", until=until)
        if answer is Answer.WAITING:
            return _("Du är nummer %(rank)s på väntelistan", rank=self.rank or 1)
        if answer is Answer.YES:
            return _("Du är anmäld")
        return self._free()

    def _free(self) -> str:
        if self.closed is not None:
            return str(services.CLOSED[self.closed])
        left = seats_left(self.event.capacity, self.event.seats_taken)
        if left is None:
            return _("Plats för alla")
        if left == 0:
            return _("Fullt, du ställs på väntelistan")
        return ngettext("%(num)s plats kvar", "%(num)s platser kvar", left)


def lines_of(dates: Sequence[Event], person_id: int | None, *, is_invited: bool) -> list[DateLine]:
    """Return the dates as this reader may answer them."""
    ids = [one.id for one in dates]
    replies = queries.replies_of(person_id, ids) if person_id else {}
    waits = any(one.answer is Answer.WAITING for one in replies.values())
    ranks = queries.ranks(person_id, ids) if person_id and waits else {}
    return [
        DateLine(
            one,
            replies.get(one.id),
            ranks.get(one.id),
            services.why_closed(one, is_invited=is_invited),
        )
        for one in dates
    ]


def form_for(lines: Sequence[DateLine]) -> DatesForm:
    """Return the form with what was answered before: what is the same everywhere stands once."""
    held = [line for line in lines if line.holds and line.reply is not None]
    made = form_of([_date_of(line) for line in lines if line.may_change])
    brought = [line.reply.guests for line in held if line.reply]
    common, remotely = max(brought, default=0), _all_remote(held)
    form = made(
        dates=[line.value for line in held],
        guests=str(common),
        remotely=remotely,
        **_own(held, common, remotely=remotely),
    )
    form.guests.choices = guest_choices(max(lines[0].event.guests_allowed, common))
    return form


def _date_of(line: DateLine) -> DateOf:
    event, brought = line.event, line.reply.guests if line.reply else 0
    most = 0 if event.kind is EventKind.DIGITAL else max(event.guests_allowed, brought)
    is_hybrid = event.kind is EventKind.HYBRID
    return DateOf(event.public_id, date_long(event.starts_at), most, is_hybrid)


def _all_remote(held: Sequence[DateLine]) -> bool:
    hybrid = [line for line in held if line.event.kind is EventKind.HYBRID]
    return bool(hybrid) and all(line.reply and line.reply.remotely for line in hybrid)


def _own(held: Sequence[DateLine], guests: int, *, remotely: bool) -> dict[str, str]:
    """Return what was answered otherwise to one date than to all."""
    found = {}
    for line in held:
        reply, ref = line.reply, line.event.public_id
        if reply is None:
            continue
        if reply.remotely is not remotely and line.event.kind is EventKind.HYBRID:
            found[f"way_{ref}"] = REMOTE if reply.remotely else YES
        if reply.guests != guests and not reply.remotely:
            found[f"guests_{ref}"] = str(reply.guests)
    return found


def differs(form: DatesForm, lines: Sequence[DateLine]) -> bool:
    """Say whether something is answered, or wrong, for one date only."""
    fields = (
        form.own(what, line.event.public_id)
        for line in lines
        for what in ("guests", "names", "way")
    )
    return any(one is not None and (one.data or one.errors) for one in fields)


def ticked(form: DatesForm) -> set[str]:
    """Return the dates that are ticked, whether or not they have become full since."""
    return {value.removesuffix(_WAIT) for value in form.dates.data or ()}


def take(form: DatesForm, lines: Sequence[DateLine], person_id: int, by: Actor) -> str:
    """Note the answers and return what to say about them."""
    wanted = _wanted(form, lines)
    replies = services.answer_dates(person_id, wanted, by=by)
    coming = sum(one.answer is Answer.YES for one in replies)
    waiting = sum(one.answer is Answer.WAITING for one in replies)
    if waiting:
        number = ngettext("%(num)s datum", "%(num)s datum", waiting)
        return _("Svaret är sparat. Du står på väntelistan till %(number)s.", number=number)
    if coming:
        number = ngettext("%(num)s datum", "%(num)s datum", coming)
        return _("Du är anmäld till %(number)s. Vi har mejlat en bekräftelse.", number=number)
    return _("Tack för svaret. Du är inte anmäld.")


def _wanted(form: DatesForm, lines: Sequence[DateLine]) -> Mapping[int, services.Wanted]:
    picked, told_full = ticked(form), set(form.dates.data or ())
    wanted = {}
    for line in (one for one in lines if one.may_change):
        if line.event.public_id in picked:
            if line.may_come:
                waits = line.reply is not None and line.reply.answer is Answer.WAITING
                told = line.event.public_id + _WAIT in told_full
                ref = line.event.public_id
                wanted[line.event.id] = _yes(form, ref, may_wait=told or waits)
        elif line.holds or not picked:
            wanted[line.event.id] = services.Wanted(comes=False)
    return wanted


def _yes(form: DatesForm, ref: str, *, may_wait: bool) -> services.Wanted:
    return services.Wanted(
        comes=True,
        guests=form.guests_on(ref),
        remotely=form.is_remote_on(ref),
        needs=form.needs.data or "",
        guest_names=form.names_on(ref),
        forgets_needs=bool(form.forgets_needs.data),
        may_wait=may_wait,
    )
