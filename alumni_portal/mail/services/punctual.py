"""Connections of `smtplib` whose answers come in time: the library waits anew after each byte.

A relay that says one byte a second would hold a worker for as long as it likes.
"""

import io
import smtplib
import socket
from time import monotonic
from typing import Any


class _Timely(io.RawIOBase):
    """What comes in over a socket, until a moment. Raises TimeoutError after it."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self.deadline = 0.0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - as the library has it
        """Read what is there, and wait for it no longer than allowed."""
        left = self.deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        patience = self._socket.gettimeout()
        self._socket.settimeout(left)
        try:
            return self._socket.recv_into(buffer)
        finally:
            self._socket.settimeout(patience)


class Punctual(smtplib.SMTP):
    """One answer takes no longer than the patience that it is made with; neither does a greeting.

    `due` is when the greeting, TLS and login must be over; later there is none.
    """

    due: float | None = None
    _timely: _Timely | None = None

    def connect(
        self,
        host: str = "localhost",
        port: int = 0,
        source_address: Any = None,  # noqa: ANN401 - the library has a name for it
    ) -> tuple[int, bytes]:
        """Connect and hear the greeting. Raises SMTPException and OSError."""
        self.due = monotonic() + self.timeout
        return super().connect(host, port, source_address)

    def is_ready(self) -> None:
        """Note that greeting, TLS and login are over."""
        self.due = None

    def getreply(self) -> tuple[int, bytes]:
        """Hear one answer. Raises SMTPServerDisconnected."""
        if self.file is None or self._timely is None:
            assert self.sock is not None  # noqa: S101 - connected
            self._timely = _Timely(self.sock)
            self.file = io.BufferedReader(self._timely)
        in_time = monotonic() + self.timeout
        self._timely.deadline = in_time if self.due is None else min(in_time, self.due)
        return super().getreply()


class PunctualSSL(Punctual, smtplib.SMTP_SSL):
    """The same, with TLS from the first byte."""
