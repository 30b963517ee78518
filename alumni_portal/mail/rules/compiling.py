"""A mailing compiled: everything that is the same for all is encoded once, the rest is slots.

A mail is then its ready pieces and, between soft line breaks, the few values that are one person's.
What stands only for some is a form of its own for each combination that occurs, and so is what is
repeated for each entry of a list: there is no slow path.

What comes out is what `email.message.EmailMessage` would make of the same mail, read back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alumni_portal.core.text import clean_line
from alumni_portal.mail.rules.forms import Form, Forms, Made, Piece, quoted_nodes
from alumni_portal.mail.rules.quoting import subject_line
from alumni_portal.mail.rules.slots import Nodes, Place, Values, filled, flat, read

_SUBJECT = "subject"
_HEAD = (
    b'Content-Type: text/%b; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
)
_TWO = b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="%b"\r\n\r\n'
_MIXED = b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="%b"\r\n\r\n'
_INNER = b'--%b\r\nContent-Type: multipart/alternative; boundary="%b"\r\n\r\n'


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


@dataclass
class Template:
    """A mailing in one language, ready to be made for anybody."""

    source: Source

    def __post_init__(self) -> None:
        """Read the texts once."""
        self._heads = read(self.source.heads, Place.LINE)
        self._subject = read(self.source.subject, Place.LINE)
        self._text = read(_ended(self.source.text), Place.TEXT)
        self._html = read(_ended(self.source.html), Place.HTML)
        texts = (self._subject, self._text, self._html)
        self._forms = Forms(texts, self._compiled)
        self._has_subject_slots = any(not isinstance(one, str) for one in self._subject)

    def made(self, values: Values) -> Made:
        """Return one receiver's mail as it travels, in pieces: headers (with the empty line), body.

        `values` holds all that the texts and headers ask for. Raises KeyError when one is missing
        and UnicodeError when a header's value is not ASCII.
        """
        given = values
        if self._has_subject_slots:
            subject = subject_line(clean_line(filled(self._subject, values)))
            given = {**values, _SUBJECT: subject.decode("ascii")}
        return self._forms.chosen(values).made(given)

    def _compiled(self, true: frozenset[str]) -> Form:
        bodies = [quoted_nodes(flat(one, true)) for one in (self._text, self._html)]
        return Form(self._head_parts(), _body_parts(self.source, bodies))

    def _head_parts(self) -> Iterable[Piece]:
        yield from _plain(self._heads)
        if self._has_subject_slots:
            yield (_SUBJECT, None)
        else:
            yield subject_line(clean_line(filled(self._subject, {})))
        mark = self.source.mark.encode()
        yield (_MIXED % (b"m" + mark)) if self.source.files else (_TWO % mark)


def _ended(text: str) -> str:
    return text if text.endswith(("\n", "\r")) else f"{text}\n"


def _plain(nodes: Nodes) -> Iterable[Piece]:
    for one in nodes:
        yield one.encode("ascii") if isinstance(one, str) else (one.name, None)


def _body_parts(source: Source, bodies: Sequence[Iterable[Piece]]) -> Iterable[Piece]:
    mark = source.mark.encode()
    if source.files:
        yield _INNER % (b"m" + mark, mark)
    for kind, pieces in zip((b"plain", b"html"), bodies, strict=True):
        yield b"--%b\r\n" % mark + _HEAD % kind
        yield from pieces
        yield b"\r\n"
    for one in source.readings:
        yield b"--%b\r\n%b\r\n" % (mark, one)
    yield b"--%b--\r\n" % mark
    for one in source.files:
        yield b"--m%b\r\n%b\r\n" % (mark, one)
    if source.files:
        yield b"--m%b--\r\n" % mark
