"""A mailing: one mail to many, begun once, one row per person, set going in chunks."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType

from sqlalchemy import insert, select, update

from alumni_portal.core import audit, clock, jobs, receiving, tokens
from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.night import Quiet
from alumni_portal.core.permissions import Actor
from alumni_portal.core.text import lazy as _l
from alumni_portal.mail import queries
from alumni_portal.mail.models import (
    Delivery,
    DeliveryState,
    Mailing,
    MailingEdition,
    MailingState,
    Policy,
)
from alumni_portal.mail.rules import (
    UNSUBSCRIBE,
    Values,
    fill_html,
    fill_line,
    fill_text,
    is_address,
    links_in,
    loose_marks,
    slots_in,
)
from alumni_portal.mail.services.attachments import Attachment, packed
from alumni_portal.mail.services.letters import Written

SEND = "mail.send_mailing_chunk"
CHUNK = 4_000
#: Rows that are made and stored at once.
_BATCH = 1_000
#: Somebody waits for a letter; nobody waits for a newsletter.
AFTER_LETTERS = -100
#: However often its worker is lost, a mailing goes on: each run leaves one copy in doubt at most.
TRIES = 1_000
#: A copy that goes anew: its two days begin again.
UNTRIED: Mapping[str, object] = MappingProxyType({"attempts": 0, "first_try_at": None})


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A mailing in one language, already rendered; slots are `{{name}}`."""

    language: str
    subject: str
    html: str
    text: str
    #: What goes with every copy.
    files: tuple[Attachment, ...] = ()
    #: Where answers go; empty: to whom the mail is from.
    reply_to: str = ""

    @property
    def slots(self) -> set[str]:
        """Return the names of all slots of this edition."""
        return slots_in(self.subject) | slots_in(self.html) | slots_in(self.text)

    @property
    def loose_marks(self) -> set[str]:
        """Return the marks of parts that open or close nothing: readers would see them."""
        return {mark for one in (self.subject, self.html, self.text) for mark in loose_marks(one)}

    @property
    def link_slots(self) -> set[str]:
        """Return the names of the slots whose values must be addresses."""
        return links_in(self.html)

    def filled(self, values: Values) -> Written:
        """Return this as somebody with these values gets it; every slot needs a value."""
        return Written(
            fill_line(self.subject, values),
            fill_text(self.text, values),
            fill_html(self.html, values),
            self.files,
            self.reply_to,
        )


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One person who is to get a mailing, and what stands in the slots of that copy."""

    person_id: int
    address: str
    language: str
    values: Values = field(default_factory=dict)


def begin(  # noqa: PLR0913 - a mailing is its parts
    *,
    kind: str,
    ref: str,
    purpose: str,
    editions: Sequence[Edition],
    recipients: Iterable[Recipient],
    by: Actor,
    policy: Policy = Policy.HOLD,
    about: str = "",
    quiet: Quiet | None = None,
) -> Mailing:
    """Begin a mailing and return it; jobs send it after the commit.

    The same `kind` and `ref` begun again is the same mailing: nothing is added or sent twice.
    Somebody whose language has no edition gets the first one. `{{unsubscribe}}` is filled here;
    every other slot needs a value for every recipient. `policy` says what becomes of a copy of
    which nobody knows whether it arrived; `about` which part of what they agreed to it is, and
    `quiet` the hours in which it rests. Recipients are read once, one after the other; a person
    who comes twice gets the first. Raises Refusal when a slot is unknown,
    when an edition lacks the way out, or when there is nobody to send to.
    """
    if (known := queries.mailing_of(kind, ref)) is not None:
        return known
    if not receiving.is_purpose(purpose):
        raise ValueError(f"nobody answers for {purpose!r}")
    _check(editions)
    mailing = Mailing(
        kind=kind,
        ref=ref,
        purpose=purpose,
        about=about,
        quiet_from=quiet.begins if quiet else None,
        quiet_until=quiet.ends if quiet else None,
        begun_by=by.ref,
        rounds=1,
        policy=policy,
    )
    db.session.add(mailing)
    db.session.flush()
    db.session.execute(insert(MailingEdition), [_edition(mailing.id, one) for one in editions])
    mailing.total = add_copies(mailing.id, editions, recipients)
    if not mailing.total:
        raise Refusal(_l("Det finns ingen att skicka till."))
    _set_going(mailing, queries.chunks_waiting(mailing.id))
    audit.record("mailing.begun", by=by, subject=mailing.public_id, kind=kind, number=mailing.total)
    return mailing


def _check(editions: Sequence[Edition]) -> None:
    if not editions or any(
        UNSUBSCRIBE not in slots_in(one.html) or UNSUBSCRIBE not in slots_in(one.text)
        for one in editions
    ):
        raise Refusal(_l("Utskicket saknar länken för att avsluta."))
    if any(slots_in(one.reply_to) for one in editions):
        raise Refusal(_l("Skriv en hel e-postadress."))


def add_copies(
    mailing_id: int,
    editions: Sequence[Edition],
    recipients: Iterable[Recipient],
    *,
    first_chunk: int = 0,
) -> int:
    """Store a copy for each of these people who has none and return how many were stored.

    However many they are, few are in memory at once. Raises Refusal when a slot has no value.
    """
    rows = _rows(mailing_id, editions, recipients)
    number = 0
    while batch := list(islice(rows, _BATCH)):
        for place, row in enumerate(batch):
            row["chunk"] = first_chunk + (number + place) // CHUNK
        number += _insert(batch)
    return number


def _insert(batch: list[dict[str, object]]) -> int:
    """Store rows but for those that are there and return how many were new."""
    people = [row["person_id"] for row in batch]
    known = set(
        db.session.scalars(
            select(Delivery.person_id).where(
                Delivery.mailing_id == batch[0]["mailing_id"], Delivery.person_id.in_(people)
            )
        )
    )
    new = {row["person_id"]: row for row in reversed(batch) if row["person_id"] not in known}
    if new:
        db.session.execute(insert(Delivery), list(reversed(new.values())))
    return len(new)


def _rows(
    mailing_id: int, editions: Sequence[Edition], recipients: Iterable[Recipient]
) -> Iterator[dict[str, object]]:
    written = {one.language: one for one in editions}
    needed = {one.language: one.slots - {UNSUBSCRIBE} for one in editions}
    links = {one.language: one.link_slots - {UNSUBSCRIBE} for one in editions}
    now, first = clock.now(), editions[0].language
    seal = tokens.sealer("delivery")
    for one in recipients:
        language = one.language if one.language in written else first
        _check_values(one, needed[language], links[language])
        yield {
            "mailing_id": mailing_id,
            "person_id": one.person_id,
            "to_address": one.address,
            "language": language,
            "sealed": seal(json.dumps(one.values, ensure_ascii=False)),
            "state": DeliveryState.QUEUED,
            "attempts": 0,
            "next_try_at": now,
            "owner": "",
            "outcome": "",
        }


def _check_values(one: Recipient, needed: set[str], links: set[str]) -> None:
    lists = {f"*{name}" for name, value in one.values.items() if not isinstance(value, str)}
    if missing := needed - one.values.keys() - lists:
        raise Refusal(_l("Fältet %(name)s finns inte.", name=f"”{min(missing)}”"))
    if wrong := [name for name in links if not is_address(one.values[name])]:
        raise Refusal(_l("Fältet %(name)s är ingen länk.", name=f"”{min(wrong)}”"))


def _edition(mailing_id: int, one: Edition) -> dict[str, object]:
    return {
        "mailing_id": mailing_id,
        "language": one.language,
        "subject": one.subject[:200],
        "html": one.html,
        "text": one.text,
        "files": [packed(file) for file in one.files],
        "reply_to": one.reply_to,
    }


def _set_going(mailing: Mailing, chunks: Iterable[int]) -> None:
    for chunk in chunks:
        jobs.enqueue(
            SEND,
            {"mailing": mailing.id, "chunk": chunk},
            key=f"mailing:{mailing.public_id}:{chunk}:{mailing.rounds}",
            priority=AFTER_LETTERS,
            tries=TRIES,
        )


def set_going_again(mailing: Mailing) -> None:
    """Let what waits of a mailing go, in jobs of a new round."""
    mailing.state, mailing.finished_at, mailing.trouble = MailingState.SENDING, None, ""
    mailing.rounds += 1
    db.session.flush()
    _set_going(mailing, queries.chunks_waiting(mailing.id))
    close_if_finished(mailing)


def close_if_finished(mailing: Mailing) -> None:
    """Note that a mailing is over once every delivery has come to an end, never before (S67)."""
    if mailing.state is not MailingState.FINISHED and not queries.is_open(mailing.id):
        mailing.state, mailing.finished_at = MailingState.FINISHED, clock.now()
        mailing.trouble = ""
        db.session.execute(
            update(Delivery)
            .where(
                Delivery.mailing_id == mailing.id,
                Delivery.state == DeliveryState.FAILED,
                Delivery.sealed.is_not(None),
            )
            .values(sealed=None)
        )


def lock(mailing_id: int) -> Mailing | None:
    """Return a mailing, held against others who change it at the same time.

    Who changes copies, too, does that before: a run holds copies when it asks for their mailing.
    """
    query = select(Mailing).where(Mailing.id == mailing_id).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))
