"""Handing many mails over at once: several connections to one relay, all in one thread.

The connections are `smtplib`'s, with its TLS and its login; what is said over them afterwards is
`rules.conversation`. A connection that is lost is made anew; what it had only named goes over
another, what it had handed over is told as what it is: not arrived, or nobody knows.
"""

import selectors
import smtplib
import ssl
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from time import monotonic

from alumni_portal.mail.rules import Answer, Conversation, Garbled, Hands, Parcel, Sent, Unreached
from alumni_portal.mail.services.load import Load, Unwatched, Watch
from alumni_portal.mail.services.transport import Route, trouble

_READ = 65_536
#: What a connection says that has nothing to give, or no room, at this moment.
_NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
#: So many connections lost one after the other without a single mail handed over: nobody is there.
_LOSSES = 3
#: Fewer mails than this are not worth a connection of their own.
_FOR_EACH = 5


class Link:
    """One connection: its socket, its talk, and what is still to be written."""

    def __init__(self, host: smtplib.SMTP, hands: Hands, patience: float) -> None:
        self._host, self._patience = host, patience
        assert host.sock is not None  # noqa: S101 - connected
        self.socket = host.sock
        self.socket.setblocking(False)
        #: TLS may hold more than the socket shows.
        self._is_wrapped = isinstance(self.socket, ssl.SSLSocket)
        self.talk = Conversation(hands, pipelining=host.has_extn("pipelining"))
        self._unwritten: bytes | memoryview = b""
        #: How many bytes could not be written yet.
        self.unwritten = 0
        self.deadline = monotonic() + patience
        self.is_watched_for_writing = False
        #: It had nothing to say to what it heard last.
        self.is_silent = True

    def begun(self) -> bytes:
        """Begin with the next mail and return what to say."""
        self.deadline = monotonic() + self._patience
        words = self.talk.start()
        self.is_silent = not words
        return words

    def say(self, words: bytes) -> None:
        """Write what can be written now and keep the rest. Raises OSError."""
        left: bytes | memoryview = bytes(self._unwritten) + words if self.unwritten else words
        try:
            while left:
                sent = self.socket.send(left)
                self.deadline = monotonic() + self._patience  # a large mail takes its time
                left = memoryview(left)[sent:] if sent < len(left) else b""
        except _NOT_NOW:
            pass
        self._unwritten, self.unwritten = left, len(left)

    def hear(self) -> None:
        """Read what is there and answer it. Raises OSError, EOFError and Garbled."""
        while True:
            try:
                data = self.socket.recv(_READ)
            except _NOT_NOW:
                return
            if not data:
                raise EOFError
            if data.endswith(b"\n") or b"\n" in data:
                self.deadline = monotonic() + self._patience
            words = self.talk.hear(data)
            self.is_silent = not words
            if words:
                self.say(words)
            if not self._is_wrapped:
                return

    def close(self) -> None:
        """Say goodbye without waiting for an answer."""
        with suppress(OSError):
            self.socket.send(b"QUIT\r\n")
        with suppress(OSError):
            self._host.close()


class Pipeline:
    """Connections to one relay, kept from one handful of mails to the next."""

    def __init__(self, route: Route, connections: int) -> None:
        self._route, self._most = route, connections
        self._links: dict[int, Link] = {}
        self._selector = selectors.DefaultSelector()
        self._load = Load((), Unwatched())
        self._hands = Hands(self._take, self._intend, self._tell)
        self._wanted = self._losses = 0
        self._trouble: Unreached | None = None
        #: Nobody under way is late before this moment.
        self._late_at = 0.0
        #: A connection has nothing to do, or there are fewer than there should be.
        self._has_room = True

    def hand_over(self, parcels: Iterable[Parcel], watch: Watch) -> Unreached | None:
        """Hand these mails over; `watch` hears of each. Return why the rest could not be tried."""
        self._turn(at_once=True)  # connections that were closed meanwhile
        self._load = load = Load(parcels, watch)
        self._losses, self._trouble = 0, None
        self._wanted = min(self._most, -(-len(load) // _FOR_EACH))
        self._open(self._wanted - len(self._links))
        self._has_room = True
        while (load and self._trouble is None) or self._busy():
            if self._has_room and load and self._trouble is None:
                self._spread()
            self._turn()
        return self._trouble if load else None

    def close(self) -> None:
        """Say goodbye on all connections."""
        for link in list(self._links.values()):
            self._forget(link)
            link.close()
        self._selector.close()

    def _take(self) -> Parcel | None:
        return self._load.take() if self._trouble is None else None

    def _intend(self, key: int) -> None:
        self._load.watch.intend(key)

    def _tell(self, key: int, answer: Answer) -> None:
        self._losses = 0
        self._load.watch.tell(key, answer)
        if not isinstance(answer, Sent) and self._load.watch.is_enough:
            self._trouble = Unreached(answer.answer)

    def _busy(self) -> list[Link]:
        return [link for link in self._links.values() if not link.talk.is_idle]

    def _open(self, number: int) -> None:
        """Open more connections, all at once; what fails is not tried again in this handful."""
        if number <= 0:
            return
        with ThreadPoolExecutor(number) as pool:
            made = list(pool.map(lambda _n: self._route.reached(), range(number)))
        for one in made:
            if isinstance(one, Unreached):
                self._wanted -= 1
                self._trouble = None if self._links else one
            else:
                self._trouble = None
                link = Link(one, self._hands, self._route.patience)
                self._links[link.socket.fileno()] = link
                self._selector.register(link.socket, selectors.EVENT_READ, link)

    def _spread(self) -> None:
        """Let each connection that has nothing to do begin; make up for those that were lost."""
        self._has_room = False
        self._open(max(self._wanted, 1) - len(self._links))
        for link in list(self._links.values()):
            if link.talk.is_idle and self._load:
                self._try(link, partial(_begin, link))

    def _turn(self, *, at_once: bool = False) -> None:
        """Go on with the connections that are ready; make mails while none is, else wait."""
        ready_ones = self._selector.select(0.0)
        while not (ready_ones or at_once):
            may_wait = self._trouble is not None or not self._load.make_one()
            ready_ones = self._selector.select(self._patience() if may_wait else 0.0)
            at_once = may_wait
        for key, ready in ready_ones:
            link: Link = key.data
            if ready & selectors.EVENT_WRITE:
                self._try(link, partial(link.say, b""))
            if ready & selectors.EVENT_READ and key.fd in self._links:
                self._try(link, link.hear)
        for _one in ready_ones:  # all of them are busy now with what they were told
            self._load.make_one()
        if monotonic() >= self._late_at:
            self._lose_who_is_late()

    def _patience(self) -> float:
        """Return how many seconds there are until somebody could be late."""
        return max(0.0, self._late_at - monotonic())

    def _lose_who_is_late(self) -> None:
        """Give up connections that were silent too long, and see when the next could be late.

        Each has the same patience, so who begins or says something later is late later.
        """
        now = monotonic()
        for link in self._busy():
            if link.deadline <= now:
                self._lose(link, "no answer in time")
        later = now + self._route.patience
        self._late_at = min((link.deadline for link in self._busy()), default=later)

    def _try(self, link: Link, act: Callable[[], None]) -> None:
        try:
            act()
        except (OSError, EOFError, Garbled) as error:
            self._lose(link, trouble(error))
            return
        talk, wants_to_write = link.talk, link.unwritten > 0
        if link.is_silent and talk.is_idle:
            self._has_room = True
        if talk.is_closing:
            self._lose(link, "421")
        elif wants_to_write is not link.is_watched_for_writing:
            link.is_watched_for_writing = wants_to_write
            more = selectors.EVENT_WRITE if wants_to_write else 0
            self._selector.modify(link.socket, selectors.EVENT_READ | more, link)

    def _lose(self, link: Link, why: str) -> None:
        """Take a connection out; what it had only named goes over another."""
        is_idle, self._has_room = link.talk.is_idle, True
        self._forget(link)
        self._losses += not is_idle
        named = link.talk.lost(why, unwritten=link.unwritten)
        if named is not None:
            self._load.give_back(named)
        link.close()
        if self._losses > _LOSSES + self._most:
            self._trouble = Unreached(why)

    def _forget(self, link: Link) -> None:
        self._selector.unregister(link.socket)
        self._links = {fd: one for fd, one in self._links.items() if one is not link}


def _begin(link: Link) -> None:
    link.say(link.begun())
