"""Telling everybody what was heard and done: written by one, approved by another, taken down."""

from dataclasses import asdict, dataclass

from alumni_portal.core import audit, clock
from alumni_portal.core.db import db
from alumni_portal.core.errors import Conflict, Refusal
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.insights import queries
from alumni_portal.insights.models import Action, ActionState, Publication
from alumni_portal.insights.rules.actions import missing_words
from alumni_portal.insights.rules.telltales import dates_in, print_of

WORDS = ("heard_sv", "heard_en", "done_sv", "done_en")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a publication says."""

    heard_sv: str = ""
    heard_en: str = ""
    done_sv: str = ""
    done_en: str = ""
    with_effect: bool = True


def write(action: Action, told: Told, *, by: Actor) -> Publication:
    """Write the draft of what is told of an action. It may lack words; nobody else reads it."""
    queries.locked(action.id)
    found = queries.publication_of(action.id) or Publication(action_id=action.id, written_by="")
    if _draft(found) != told:
        for name, value in asdict(told).items():
            setattr(found, name, value)
        found.written_by = by.ref
    db.session.add(found)
    db.session.flush()
    audit.record("publication.written", by=by, subject=action.public_id)
    return found


def ask_approval(action: Action, told: Told, *, by: Actor) -> Publication:
    """Write the draft and ask a second person to read it. Twice is once.

    Raises Refusal for an action that was given up, for a theme that too few stand behind (A9), and
    (field of the text) for a text that is missing or holds a day or somebody's name.
    """
    kept = queries.publication_of(action.id)
    _may_be_told(action, told, kept.quote if kept else "")
    found = write(action, told, by=by)
    if found.asked_at is None:
        found.asked_at = clock.now()
        audit.record("publication.asked", by=by, subject=action.public_id)
    db.session.flush()
    return found


def approve(action: Action, *, seen: str, by: Actor) -> Publication:
    """Show everybody the draft as a second person has read it.

    Raises Refusal when that is the one who wrote it, and like `ask_approval`; Conflict when nobody
    asked or the words are no longer those that were seen.
    """
    queries.locked(action.id)
    found = queries.publication_of(action.id)
    if found is None or found.asked_at is None:
        raise Conflict(_l("Texten väntar inte på att godkännas."))
    if found.written_by == by.ref:
        raise Refusal(_l("Du skrev texten. En kollega måste läsa och godkänna den."))
    if print_of(words_of(found)) != seen:
        raise Conflict(_l("Texten har ändrats sedan du öppnade sidan. Läs den igen."))
    told = _draft(found)
    backing = _may_be_told(action, told, found.quote)
    found.told = {
        **asdict(told),
        "quote": found.quote,
        "quarter": backing.quarter,
        "place": backing.place,
    }
    found.approved_by, found.asked_at = by.ref, None
    found.published_at = found.published_at or clock.now()
    db.session.flush()
    audit.record("publication.published", by=by, subject=action.public_id)
    return found


def take_down(action: Action, *, by: Actor) -> None:
    """Show it to nobody any longer; the words stay as a draft. Twice is once."""
    queries.locked(action.id)
    found = queries.publication_of(action.id)
    if found is not None and found.published_at is not None:
        found.published_at = found.told = found.asked_at = None
        found.approved_by = ""
        db.session.flush()
        audit.record("publication.taken_down", by=by, subject=action.public_id)


def words_of(found: Publication) -> dict[str, str]:
    """Return the texts of a draft: four, and the quote if there is one."""
    quote = {"quote": found.quote} if found.quote else {}
    return {name: getattr(found, name) or "" for name in WORDS} | quote


def _draft(found: Publication) -> Told:
    words = {name: getattr(found, name) or "" for name in WORDS}
    return Told(**words, with_effect=found.with_effect is not False)


def _may_be_told(action: Action, told: Told, quote: str) -> queries.Backing:
    if action.state is ActionState.DROPPED:
        raise Refusal(_l("Åtgärden är nedlagd. Det finns inget att berätta om."))
    backing = queries.backing(action)
    if backing is None:
        raise Refusal(
            _l(
                "Minst tio personer i en publicering ska ha temat som viktigaste skäl eller ha "
                "skrivit om det, och minst tre ska ha nämnt det i egna svar."
            )
        )
    words = {name: getattr(told, name) for name in WORDS}
    missing = missing_words(words)
    if missing:
        raise Refusal(_l("Skriv texten på båda språken innan alla får läsa."), field=missing[0])
    if quote and quote not in queries.quotes(action.theme):
        raise Refusal(_l("Citatet får inte användas längre. Ta bort det eller välj ett annat."))
    for name, text in words.items():
        _tells_of_nobody(name, text)
    return backing


def _tells_of_nobody(field: str, text: str) -> None:
    dates = dates_in(text)
    if dates:
        raise Refusal(
            _l("”%(found)s” är en dag eller månad. Skriv på sin höjd kvartalet.", found=dates[0]),
            field=field,
        )
    names = queries.named_in(text)
    if names:
        raise Refusal(_l("%(name)s är någons namn. Ta bort det.", name=names[0]), field=field)
