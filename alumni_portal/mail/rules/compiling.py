"""A mailing compiled: everything that is the same for all is encoded once, the rest is slots.

A mail is then its ready pieces and, between soft line breaks, the few values that are one person's.
What stands only for some is a form of its own for each combination that occurs; what is repeated
for each entry of a list has no form and is encoded whole for each receiver (the slow path).

What comes out is what `email.message.EmailMessage` would make of the same mail, read back.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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
_ALIKE = (Place.TEXT, Place.HTML, Place.ADDRESS)
#: Nothing that HTML, a header or a line would have to have written differently.
_PLAIN = r"[!#$%()*+,\-./0-9:;?@A-Z\[\]^_a-z{|}~]+"
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


Gaps = list[tuple[Place, list[int]]]


class _Use(NamedTuple):
    """Where one value stands."""

    name: str
    heads: list[int]
    #: Places that look the same for a plain value, and the others.
    alike: Gaps
    others: Gaps


@dataclass
class Form:
    """One form of a mail: its pieces, and which value stands in which gap."""

    pieces: list[bytes]
    gaps: list[tuple[int, Key]]
    #: How many pieces the headers are.
    heads: int
    _uses: list[_Use] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the gaps by whose value stands in them, and where."""
        found: dict[str, dict[Place | None, list[int]]] = {}
        for gap, (name, place) in self.gaps:
            found.setdefault(name, {}).setdefault(place, []).append(gap)
        self._uses = [
            _Use(
                name,
                places.pop(None, []),
                [(place, places[place]) for place in _ALIKE if place in places],
                [(place, gaps) for place, gaps in places.items() if place and place not in _ALIKE],
            )
            for name, places in found.items()
        ]

    def made(self, values: Values) -> tuple[bytes, bytes]:
        """Return headers and body for these values. Raises UnicodeError for a head not ASCII."""
        pieces = self.pieces.copy()
        for name, heads, alike, others in self._uses:
            value = str(values[name])
            for gap in heads:
                pieces[gap] = value.encode("ascii")
            plain = plain_value(value) if alike and _is_plain(value) else None
            for place, gaps in alike:
                written = plain or closed(quoted_value(WRITTEN[place](value)))
                for gap in gaps:
                    pieces[gap] = written
            for place, gaps in others:
                written = closed(quoted_value(WRITTEN[place](value)))
                for gap in gaps:
                    pieces[gap] = written
        return b"".join(pieces[: self.heads]), b"".join(pieces[self.heads :])


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
        return _form([*self._head_parts()], [*_body_parts(self.source, bodies)])

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


def _form(heads: list[bytes | Key], body: list[bytes | Key]) -> Form:
    pieces: list[bytes] = []
    gaps: list[tuple[int, Key]] = []
    cuts: list[int] = []
    for parts in (heads, body):
        start = len(pieces)
        for one in parts:
            if isinstance(one, tuple):
                gaps.append((len(pieces), one))
                pieces.append(b"")
            elif len(pieces) > start and (not gaps or gaps[-1][0] != len(pieces) - 1):
                pieces[-1] = _joined(pieces[-1], one)
            else:
                pieces.append(one)
        cuts.append(len(pieces))
    return Form(pieces, gaps, cuts[0])


def _joined(before: bytes, after: bytes) -> bytes:
    """Return two pieces as one; a soft break after a line that is full moves into it."""
    return closed(before) if after == _SOFT else before + after
