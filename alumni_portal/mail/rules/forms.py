"""One form of a mail: pieces that are the same for all, and gaps for what is one person's.

Pieces are quoted already. Before each gap and after its value stands a soft line break, so that
nothing that stands still depends on what stands beside it. What is repeated is a form of its own,
said once for each entry of a list.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import chain
from operator import itemgetter
from string import ascii_letters, digits
from typing import NamedTuple

from alumni_portal.mail.rules.quoting import closed, plain_value, quoted, quoted_value
from alumni_portal.mail.rules.slots import (
    WRITTEN,
    Nodes,
    Part,
    Place,
    Slot,
    Values,
    conditions_in,
    entries,
    flat,
)

_SOFT = b"=\r\n"
#: Forms that are kept; more combinations than this are compiled anew when they come.
_MOST = 64
_NONE: frozenset[str] = frozenset()
#: Whose value, and where it stands; None is a header that programs read.
Key = tuple[str, Place | None]
#: Places where a value of plain signs is written as it is.
_ALIKE = frozenset({Place.TEXT, Place.HTML, Place.ADDRESS})
#: Signs that HTML, a header or a line would not have to have written differently.
_SIGNS = (ascii_letters + digits + "!#$%()*+,-./:;?@[]^_{|}~").encode()
_PLAIN = rf"[{re.escape(_SIGNS.decode())}]+"
#: Values up to here may be common to many.
_SHORT = 24
_is_plain = re.compile(rf"(?:{_PLAIN}(?: {_PLAIN})*)?").fullmatch


class Forms:
    """The forms of one text, each made when somebody's values ask for it first."""

    def __init__(self, texts: Iterable[Nodes], make: Callable[[frozenset[str]], "Form"]) -> None:
        self._conditions = sorted(set().union(*map(conditions_in, texts)))
        self._make = make
        self._made: dict[frozenset[str], Form] = {}

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._made)

    def chosen(self, values: Values) -> "Form":
        """Return the form for these values."""
        true = _NONE
        if self._conditions:
            true = frozenset(name for name in self._conditions if values[name])
        form = self._made.get(true)
        if form is None:
            if len(self._made) >= _MOST:
                self._made.clear()
            form = self._made[true] = self._make(true)
        return form


class Repeated:
    """What stands once for each entry of a list."""

    def __init__(self, name: str, nodes: Nodes) -> None:
        self._name, self._nodes = name, nodes
        self._forms = Forms([nodes], self._form)

    def made(self, values: Values) -> bytes:
        """Return all rounds, quoted, each ended by a soft break."""
        rounds = [{**values, **entry} for entry in entries(values, self._name)]
        made = [self._forms.chosen(one).made(one).whole for one in rounds]
        return b"".join(chain.from_iterable(made))

    def _form(self, true: frozenset[str]) -> "Form":
        return Form((), [*quoted_nodes(flat(self._nodes, true)), _SOFT])


#: What stands still, what is filled, and what is repeated.
Piece = bytes | Key | Repeated


def quoted_nodes(nodes: Sequence[str | Slot | Part]) -> Iterable[Piece]:
    """Yield the pieces of a body, with what keeps them apart."""
    for one in nodes:
        if isinstance(one, str):
            yield quoted(one)
            continue
        yield _SOFT
        if isinstance(one, Part):
            yield Repeated(one.name, one.nodes)
        else:
            yield one.name, one.place


#: What stands where, of a copy's pieces and its values.
_Pick = Callable[[Sequence[bytes]], tuple[bytes, ...]]
#: A value of one line of text → how it is written in each of its places.
_Write = Callable[[str], Sequence[bytes]]


class Made:
    """One mail in pieces, to be joined once: where it leaves."""

    __slots__ = ("_body_from", "whole")

    def __init__(self, whole: Sequence[bytes], body_from: int) -> None:
        self.whole, self._body_from = whole, body_from

    @property
    def heads(self) -> Sequence[bytes]:
        """Return the headers, with the empty line."""
        return self.whole[: self._body_from]

    @property
    def body(self) -> Sequence[bytes]:
        """Return what comes after them."""
        return self.whole[self._body_from :]


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
    a mail is then picked from that in its order.
    """

    def __init__(self, heads: Iterable[Piece], body: Iterable[Piece]) -> None:
        """Sort what stands still from what is filled, and from what is repeated."""
        in_heads, in_body = _merged(heads), _merged(body)
        parts = (*in_heads, *in_body)
        self._pieces = [b"", *(one for one in parts if isinstance(one, bytes))]
        self._uses = _uses(one for one in parts if isinstance(one, tuple))
        self._repeated = [one for one in parts if isinstance(one, Repeated)]
        filled = [*_keys(self._uses), *self._repeated]
        at = {one: len(self._pieces) + number for number, one in enumerate(filled)}
        still = iter(range(1, len(self._pieces)))
        picked = [next(still) if isinstance(one, bytes) else at[one] for one in parts]
        self._pick, self._body_from = _pick(picked), len(in_heads)

    def made(self, values: Values) -> Made:
        """Return headers and body for these values. Raises UnicodeError for a head not ASCII."""
        pieces = self._pieces.copy()
        for name, is_head, places, write, write_often in self._uses:
            value = str(values[name])
            if is_head:
                pieces.append(value.encode("ascii"))
            if places:
                pieces += write_often(value) if len(value) <= _SHORT else write(value)
        if self._repeated:
            pieces += [one.made(values) for one in self._repeated]
        return Made(self._pick(pieces), self._body_from)


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
    if value.isascii():
        raw = value.encode("ascii")
        if not raw.translate(None, _SIGNS) or _is_plain(value):
            return [plain_value(raw)] * len(places)
    return _written(places, value)


def _merged(parts: Iterable[Piece]) -> list[Piece]:
    """Return the same with pieces that follow each other as one."""
    made: list[Piece] = []
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
