"""A mailing compiled: everything that is the same for all is encoded once, the rest is slots.

A mail is then its ready pieces and, between soft line breaks, the few values that are one person's.
What stands only for some is a form of its own for each combination that occurs; what is repeated
for each entry of a list has no form and is encoded whole for each receiver (the slow path).

What comes out is what `email.message.EmailMessage` would make of the same mail, read back.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from operator import itemgetter
from typing import NamedTuple

from alumni_portal.core.text import clean_line
from alumni_portal.mail.rules.quoting import closed, plain_value, quoted, quoted_value, subject_line
from alumni_portal.mail.rules.slots import (
    WRITTEN,
    Nodes,
    Place,
    Slot,
    Values,
    conditions_in,
    filled,
    flat,
    has_lists,
    read,
)

#: Forms that are kept; more combinations than this are compiled anew when they come.
_FORMS = 64
_SUBJECT = "subject"
_SOFT = b"=\r\n"
_HEAD = (
    b'Content-Type: text/%b; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
)
_TWO = b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="%b"\r\n\r\n'
_MIXED = b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="%b"\r\n\r\n'
_INNER = b'--%b\r\nContent-Type: multipart/alternative; boundary="%b"\r\n\r\n'

#: Whose value, and where it stands; None is a header that programs read.
Key = tuple[str, Place | None]
#: Places where a value of plain signs is written as it is.
_ALIKE = frozenset({Place.TEXT, Place.HTML, Place.ADDRESS})
#: Nothing that HTML, a header or a line would have to have written differently.
_PLAIN = r"[!#$%()*+,\-./0-9:;?@A-Z\[\]^_a-z{|}~]+"
#: Values up to here may be common to many.
_SHORT = 24
_is_plain = re.compile(rf"(?:{_PLAIN}(?: {_PLAIN})*)?").fullmatch


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a mailing in one language is made of."""

    #: Headers, each ended by CRLF, with slots for what differs; the subject is not among them.
    heads: str
    subject: str
    text: str
    html: str
    #: What parts the bodies. No text can hold it: quoted-printable writes `=` as `=3D`.
    mark: str
    #: Further readings of the same (a calendar) and files, each with its own headers, ready.
    readings: Sequence[bytes] = ()
    files: Sequence[bytes] = ()


#: What stands where, of a copy's pieces and its values.
_Pick = Callable[[Sequence[bytes]], tuple[bytes, ...]]


#: A value of one line of text → how it is written in each of its places.
_Write = Callable[[str], Sequence[bytes]]


class _Use(NamedTuple):
    """Where one value stands: in a header that programs read, and in how many places of a body."""

    name: str
    is_head: bool
    places: tuple[Place, ...]
    write: _Write
    #: The same for a value that many share: a first name, a year, a unit.
    write_often: _Write


class Form:
    """One form of a mail: its pieces, and which value stands in which gap.

    Each value is written once for each kind of place, behind the pieces that are the same for all;
    heads and body are then picked from that in their order.
    """

    def __init__(self, heads: Sequence[bytes | Key], body: Sequence[bytes | Key]) -> None:
        """Sort what stands still from what is filled."""
        parts = (*heads, *body)
        self._pieces = [b"", *(one for one in parts if isinstance(one, bytes))]
        self._uses = _uses(one for one in parts if isinstance(one, tuple))
        at = {key: len(self._pieces) + number for number, key in enumerate(_keys(self._uses))}
        still = iter(range(1, len(self._pieces)))
        picked = [at[one] if isinstance(one, tuple) else next(still) for one in parts]
        self._heads, self._body = _pick(picked[: len(heads)]), _pick(picked[len(heads) :])

    def made(self, values: Values) -> tuple[bytes, bytes]:
        """Return headers and body for these values. Raises UnicodeError for a head not ASCII."""
        pieces = self._pieces.copy()
        for name, is_head, places, write, write_often in self._uses:
            value = str(values[name])
            if is_head:
                pieces.append(value.encode("ascii"))
            if places:
                pieces += write_often(value) if len(value) <= _SHORT else write(value)
        return b"".join(self._heads(pieces)), b"".join(self._body(pieces))


def _uses(keys: Iterable[Key]) -> list[_Use]:
    """Return whose values stand where, each once."""
    found: dict[str, dict[Place | None, None]] = {}
    for name, place in keys:
        found.setdefault(name, {})[place] = None
    uses = []
    for name, at in found.items():
        places = tuple(one for one in at if one is not None)
        write = partial(_written_alike if set(places) <= _ALIKE else _written, places)
        uses.append(_Use(name, None in at, places, write, lru_cache(maxsize=1_024)(write)))
    return uses


def _keys(uses: Iterable[_Use]) -> Iterable[Key]:
    """Yield what a form writes, in its order."""
    for use in uses:
        if use.is_head:
            yield use.name, None
        for place in use.places:
            yield use.name, place


def _pick(numbers: Sequence[int]) -> _Pick:
    """Return what picks these of a sequence; two more, which are empty, make it always several."""
    pick: _Pick = itemgetter(*numbers, 0, 0)
    return pick


def _written(places: Sequence[Place], value: str) -> Sequence[bytes]:
    return [closed(quoted_value(WRITTEN[place](value))) for place in places]


def _written_alike(places: Sequence[Place], value: str) -> Sequence[bytes]:
    if _is_plain(value):
        return [plain_value(value)] * len(places)
    return _written(places, value)


@dataclass
class Template:
    """A mailing in one language, ready to be made for anybody."""

    source: Source
    _forms: dict[frozenset[str], Form] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the texts once."""
        self._heads = read(self.source.heads, Place.LINE)
        self._subject = read(self.source.subject, Place.LINE)
        self._text = read(_ended(self.source.text), Place.TEXT)
        self._html = read(_ended(self.source.html), Place.HTML)
        texts = (self._subject, self._text, self._html)
        self._conditions = sorted(set().union(*map(conditions_in, texts)))
        self._is_slow = any(map(has_lists, texts))
        self._has_subject_slots = any(not isinstance(one, str) for one in self._subject)

    def made(self, values: Values) -> tuple[bytes, bytes]:
        """Return one receiver's mail, headers (with the empty line) and body, as it travels.

        `values` holds all that the texts and headers ask for. Raises KeyError when one is missing
        and UnicodeError when a header's value is not ASCII.
        """
        given = values
        if self._has_subject_slots:
            subject = subject_line(clean_line(filled(self._subject, values)))
            given = {**values, _SUBJECT: subject.decode("ascii")}
        if self._is_slow:
            return self._compiled(self._written(values)).made(given)
        true = frozenset(name for name in self._conditions if values[name])
        form = self._forms.get(true)
        if form is None:
            if len(self._forms) >= _FORMS:
                self._forms.clear()
            bodies = (flat(self._text, true), flat(self._html, true))
            form = self._forms[true] = self._compiled(bodies)
        return form.made(given)

    def _written(self, values: Values) -> tuple[list[str | Slot], list[str | Slot]]:
        return [filled(self._text, values)], [filled(self._html, values)]

    def _compiled(self, bodies: tuple[list[str | Slot], list[str | Slot]]) -> Form:
        return Form(_merged(self._head_parts()), _merged(_body_parts(self.source, bodies)))

    def _head_parts(self) -> Iterable[bytes | Key]:
        yield from _plain(self._heads)
        if self._has_subject_slots:
            yield (_SUBJECT, None)
        else:
            yield subject_line(clean_line(filled(self._subject, {})))
        mark = self.source.mark.encode()
        yield (_MIXED % (b"m" + mark)) if self.source.files else (_TWO % mark)


def _ended(text: str) -> str:
    return text if text.endswith(("\n", "\r")) else f"{text}\n"


def _plain(nodes: Nodes) -> Iterable[bytes | Key]:
    for one in nodes:
        yield one.encode("ascii") if isinstance(one, str) else (one.name, None)


def _body_parts(
    source: Source, bodies: tuple[list[str | Slot], list[str | Slot]]
) -> Iterable[bytes | Key]:
    mark = source.mark.encode()
    if source.files:
        yield _INNER % (b"m" + mark, mark)
    for kind, nodes in zip((b"plain", b"html"), bodies, strict=True):
        yield b"--%b\r\n" % mark + _HEAD % kind
        yield from _quoted_nodes(nodes)
        yield b"\r\n"
    for one in source.readings:
        yield b"--%b\r\n%b\r\n" % (mark, one)
    yield b"--%b--\r\n" % mark
    for one in source.files:
        yield b"--m%b\r\n%b\r\n" % (mark, one)
    if source.files:
        yield b"--m%b--\r\n" % mark


def _quoted_nodes(nodes: Sequence[str | Slot]) -> Iterable[bytes | Key]:
    """Yield a body's pieces: before each slot and after its value is a soft line break."""
    for one in nodes:
        if isinstance(one, str):
            yield quoted(one)
        else:
            yield _SOFT
            yield (one.name, one.place)


def _merged(parts: Iterable[bytes | Key]) -> list[bytes | Key]:
    """Return the same with pieces that follow each other as one."""
    made: list[bytes | Key] = []
    for one in parts:
        before = made[-1] if made else None
        if isinstance(before, bytes) and isinstance(one, bytes):
            made[-1] = _joined(before, one)
        else:
            made.append(one)
    return made


def _joined(before: bytes, after: bytes) -> bytes:
    """Return two pieces as one; a soft break after a line that is full moves into it."""
    return closed(before) if after == _SOFT else before + after
