"""A mail server that fails on purpose: at one stage, in one way, so many times; then it is good."""

import re
import socketserver
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

STAGES = ("banner", "ehlo", "mail", "rcpt", "data", "body", "dot")
#: What it says when it is good.
_GOOD = {
    "banner": "220 rough.example ESMTP",
    "mail": "250 2.1.0 ok",
    "rcpt": "250 2.1.5 ok",
    "data": "354 go on",
    "dot": "250 2.0.0 taken",
    "quit": "221 2.0.0 bye",
    "rset": "250 2.0.0 ok",
}


class Rough(socketserver.ThreadingTCPServer):
    """Listens, and fails `times` times at `stage`: `drop`, `hang`, `drip`, or what it answers."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, stage: str, how: str, *, times: int = 1) -> None:
        super().__init__(("127.0.0.1", port), _Talk)
        self.stage, self.how, self.left = stage, how, times
        self.over = Event()
        #: Message-ID of each mail that came whole and was taken.
        self.taken: Counter[str] = Counter()

    def fails(self, stage: str) -> str:
        """Return how it fails here now; nothing when it does not."""
        if stage != self.stage or not self.left:
            return ""
        self.left -= 1
        return self.how


class _Talk(socketserver.StreamRequestHandler):
    server: Rough
    #: The last receiver was taken; without one there is nothing to hand over.
    is_addressed = False

    def handle(self) -> None:
        try:
            self._answer("banner")
            while line := self.rfile.readline(2_000):
                self._command(line.decode("latin-1").strip().upper())
        except (ConnectionError, ValueError):
            return

    def _command(self, line: str) -> None:
        word = re.split(r"[ :]", line.lower(), maxsplit=1)[0]
        if word == "data" and not self.is_addressed:
            self._write("503 5.5.1 to whom?")
        elif word in {"ehlo", "helo"}:
            self._answer("ehlo", "250-rough.example\r\n250 PIPELINING")
        elif word in _GOOD:
            is_good = self._answer(word)
            self.is_addressed = is_good and word == "rcpt"
            if is_good and word == "data":
                self._body()
        if word == "quit":
            raise ConnectionError

    def _body(self) -> None:
        how = self.server.fails("body")
        lines = []
        while (line := self.rfile.readline(2_000)) not in {b".\r\n", b""}:
            lines.append(line)
            if how:
                self._fail(how)
        found = re.search(rb"(?m)^Message-ID: <([^>]+)>", b"".join(lines))
        how = self.server.fails("dot")
        if found and not how[:1].isdigit():
            self.server.taken[found[1].decode()] += 1
        self._say("dot", how)

    def _answer(self, stage: str, good: str = "") -> bool:
        """Answer a command and say whether the answer was good."""
        how = self.server.fails(stage)
        self._say(stage, how, good)
        return not how

    def _say(self, stage: str, how: str, good: str = "") -> None:
        if how and not how[0].isdigit():
            self._fail(how)
        self._write(how or good or _GOOD[stage])

    def _fail(self, how: str) -> None:
        if how == "hang":
            self.server.over.wait(60)
        if how == "drip":
            for sign in b"250-one byte a second":
                self.wfile.write(bytes([sign]))
                if self.server.over.wait(1):
                    break
        raise ConnectionError

    def _write(self, said: str) -> None:
        self.wfile.write(f"{said}\r\n".encode())


@contextmanager
def rough_relay(port: int, stage: str, how: str, *, times: int = 1) -> Iterator[Rough]:
    """Run such a server for a while."""
    with Rough(port, stage, how, times=times) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
