"""What is said over one connection to a relay, without the connection (RFC 5321, RFC 2920).

Where the relay announces PIPELINING, the end of one mail and the whole envelope of the next are
said at once, so a mail costs one round trip; where not, each command waits for its answer. Nothing
here reads, writes or waits: bytes come in, bytes go out, and for each mail one answer.
"""

import re
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain

from alumni_portal.mail.rules.answers import Answer, NotSent, Sent, Unknown
from alumni_portal.mail.rules.replies import is_one_line, refused, said

#: More than a relay has to say in one answer (RFC 5321 4.5.3.1.5 allows 512 octets a line).
_LONGEST_ANSWER = 65_536
_MOST_LINES = 100
_GO_ON, _CLOSING = 354, 421
_END = b".\r\n"
#: A round that goes well: yes to the last mail, and the next one may come.
_ALL_WELL = re.compile(rb"(2\d\d [^\r\n]*)\r\n(?:25[01] [^\r\n]*\r\n){2}354 [^\r\n]*\r\n")
NO_WAY = NotSent("553 5.6.7 needs SMTPUTF8", final=True)


@dataclass(slots=True)
class Parcel:
    """One mail to hand over: whose it is, its envelope, and what makes its bytes."""

    key: int
    sender: bytes
    #: None when SMTP without SMTPUTF8 has no way to write it: nothing of it is said.
    to: bytes | None
    #: Called once the relay wants the mail: its pieces, the last of which ends with a line break.
    wire: Callable[[], Sequence[bytes]]
    #: Its pieces, made before the relay wants them.
    made: Sequence[bytes] | None = None

    def make(self) -> None:
        """Make it now. What cannot be made is told in its turn."""
        with suppress(Exception):
            self.made = self.wire()

    def taken(self) -> Sequence[bytes] | NotSent:
        """Return its pieces, made now if they were not before, or why there are none."""
        made, self.made = self.made, None  # its bytes go when they are sent
        try:
            return self.wire() if made is None else made
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one copy stops no other
            return unmade(error)


class _Step(Enum):
    RESET = auto()
    MAIL = auto()
    RCPT = auto()
    DATA = auto()
    #: The end of a mail: its answer decides.
    DOT = auto()
    #: The end of a mail of no lines, when its receiver was refused (RFC 2920 3.1).
    NOTHING = auto()


#: The envelope of a mail, said at once where that may be.
_ENVELOPE = (_Step.MAIL, _Step.RCPT, _Step.DATA)
#: What is under way as long as all goes well: the end of a mail and the envelope of the next.
_ROUND = deque([_Step.DOT, *_ENVELOPE])
#: Steps whose answer decides only when it is a refusal.
_NAMES = (_Step.MAIL, _Step.RCPT)
_YES = b"250"
#: Yes, and yes though somebody else's.
_GOOD = frozenset({250, 251})


class Garbled(Exception):
    """What the relay says is not SMTP."""


@dataclass(frozen=True)
class Hands:
    """Where mails come from and where their answers go."""

    take: Callable[[], Parcel | None]
    #: Called before the first byte of a mail leaves.
    intend: Callable[[int], None]
    tell: Callable[[int, Answer], None]


class Conversation:
    """One connection's talk. `start` and `hear` return what is to be written now."""

    def __init__(self, hands: Hands, *, pipelining: bool) -> None:
        self._hands, self._pipelining = hands, pipelining
        self._heard = b""
        self._lines: list[bytes] = []
        self._expected: deque[_Step] = deque()
        #: What is to be said, in pieces; what is said alone is an entry of its own.
        self._unsaid: deque[Sequence[bytes]] = deque()
        #: The steps that it is.
        self._steps: deque[_Step] = deque()
        self._handed: Parcel | None = None
        self._named: Parcel | None = None
        self._refusal: NotSent | None = None
        self._is_unclean = False
        #: The relay said goodbye, or waits for what there is not: say no more, connect anew.
        self.is_closing = False

    @property
    def is_idle(self) -> bool:
        """Say whether nothing is under way."""
        return not self._expected and not self._unsaid

    def start(self) -> bytes:
        """Begin with the next mail there is; nothing when there is none."""
        self._name_next()
        return self._say()

    def hear(self, data: bytes) -> bytes:
        """Take in what the relay said and return what to say. Raises Garbled."""
        expected = self._expected
        if self._heard or self._lines:
            self._hear_each(data)
        elif expected == _ROUND and (all_well := _ALL_WELL.fullmatch(data)):
            self._next_round(all_well[1])
        elif is_one_line(data):
            self._hear_line(data)
        else:
            self._hear_each(data)
        return self._say()

    def _next_round(self, answer: bytes) -> None:
        """Do what each of the four answers of a round that went well would have us do."""
        handed, named = self._handed, self._named
        self._handed = self._named = None
        self._expected.clear()
        if handed is None or named is None:
            raise Garbled
        self._hands.tell(handed.key, Sent(said([answer])))
        self._hand_over(named)

    def _hear_each(self, data: bytes) -> None:
        *lines, self._heard = (self._heard + data).split(b"\n")
        if len(self._heard) > _LONGEST_ANSWER:
            raise Garbled
        for line in lines:
            if line[3:4] == b"-":
                self._lines.append(line)
                if len(self._lines) > _MOST_LINES:
                    raise Garbled
            elif not self._lines:
                self._hear_line(line)
            else:
                lines_of_it, self._lines = [*self._lines, line], []
                self._answer(lines_of_it)

    def _hear_line(self, line: bytes) -> None:
        expected = self._expected
        if line.startswith(_YES) and expected and expected[0] in _NAMES:
            expected.popleft()  # most answers are this one
        else:
            self._answer([line])

    def _answer(self, lines: list[bytes]) -> None:
        code = lines[-1][:3]
        if not code.isdigit() or len(code) < 3 or not self._expected:
            raise Garbled
        number = int(code)
        if number == _CLOSING:
            self.is_closing = True
        step = self._expected.popleft()
        if step is _Step.DOT:
            self._told_of_handed(number, lines)
        elif step is _Step.DATA:
            self._asked_for_data(number, lines)
        elif step is _Step.NOTHING:
            self._name_next()
        elif step is not _Step.RESET and number not in _GOOD and self._refusal is None:
            self._refusal = refused(number, lines)

    def _told_of_handed(self, code: int, lines: list[bytes]) -> None:
        handed, self._handed = self._handed, None
        if handed is None:
            raise Garbled
        is_taken = 200 <= code < 300
        self._hands.tell(handed.key, Sent(said(lines)) if is_taken else refused(code, lines))
        if self._named is None:
            self._name_next()

    def _asked_for_data(self, code: int, lines: list[bytes]) -> None:
        named, self._named = self._named, None
        if named is None:
            raise Garbled
        refusal, self._refusal = self._refusal, None
        if refusal is None and code != _GO_ON:
            refusal = refused(code, lines)
        if refusal is None:
            self._hand_over(named)
            return
        self._is_unclean = True
        self._hands.tell(named.key, refusal)
        if code == _GO_ON:
            self._say_later(_Step.NOTHING, (_END,))
        else:
            self._name_next()

    def _hand_over(self, parcel: Parcel) -> None:
        wire = parcel.taken()
        if isinstance(wire, NotSent):
            self.is_closing = True  # the relay waits for a mail: its end would make an empty one
            self._hands.tell(parcel.key, wire)
            return
        self._hands.intend(parcel.key)
        self._handed = parcel
        self._say_later(_Step.DOT, (*wire, _END))
        if self._pipelining:
            self._name_next()

    def _name_next(self) -> None:
        """Say the envelope of the next mail; a transaction that failed is undone first."""
        parcel = None if self.is_closing else self._hands.take()
        while parcel is not None and parcel.to is None:
            self._hands.tell(parcel.key, NO_WAY)
            parcel = self._hands.take()
        if parcel is None or parcel.to is None:
            return
        if self._is_unclean:
            self._say_later(_Step.RESET, (b"RSET\r\n",))
            self._is_unclean = False
        self._named = parcel
        self._steps.extend(_ENVELOPE)
        start = b"MAIL FROM:<%b>\r\n" % parcel.sender
        words = start, b"RCPT TO:<%b>\r\n" % parcel.to, b"DATA\r\n"
        self._unsaid += [words] if self._pipelining else [(one,) for one in words]

    def _say_later(self, step: _Step, words: Sequence[bytes]) -> None:
        self._steps.append(step)
        self._unsaid.append(words)

    def _say(self) -> bytes:
        if not self._unsaid or self.is_closing or (self._expected and not self._pipelining):
            return b""
        if not self._pipelining:
            self._expected.append(self._steps.popleft())
            return b"".join(self._unsaid.popleft())
        self._expected.extend(self._steps)
        words = b"".join(chain.from_iterable(self._unsaid))
        self._steps.clear()
        self._unsaid.clear()
        return words

    def lost(self, why: str, *, unwritten: int) -> Parcel | None:
        """Take note that the connection is gone, with so many bytes still unwritten.

        Tells about the mail that was handed over: nobody knows of it, unless its end was never
        written. Returns the mail that was only named: it can go over another connection.
        """
        handed, named, refusal = self._handed, self._named, self._refusal
        is_said = _Step.DOT not in self._steps
        self._handed = self._named = self._refusal = None
        for one in (self._expected, self._steps, self._unsaid):
            one.clear()
        if handed is not None:
            is_whole = is_said and unwritten <= self._after_the_end(named)
            answer = Unknown(why) if is_whole else NotSent(why, final=False)
            self._hands.tell(handed.key, answer)
        if named is not None and refusal is not None:
            self._hands.tell(named.key, refusal)
            return None
        return named

    def _after_the_end(self, named: Parcel | None) -> int:
        """Return how many bytes were said after the end of the mail that was handed over."""
        if named is None or not self._pipelining:
            return 0
        return len(b"MAIL FROM:<%b>\r\nRCPT TO:<%b>\r\nDATA\r\n" % (named.sender, named.to or b""))


def unmade(error: Exception) -> NotSent:
    """Return why a copy could not be made: SMTP cannot carry it, or we are at fault."""
    if isinstance(error, UnicodeError):
        return NO_WAY
    return NotSent(f"554 5.6.0 it cannot be made: {type(error).__name__}", final=True)
