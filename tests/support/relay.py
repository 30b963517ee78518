"""A mail server on this machine, real but for where it keeps the mail: in a list."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import create_server
from typing import Any

from aiosmtpd.controller import Controller

Says = Callable[[str, int], str | None]


class Box:
    """What the server took, and what it says to whom: `says(address, try)`."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.tries: dict[str, int] = {}
        self.connections = 0
        self.says_to: Says = lambda _address, _number: None
        self.says_at_the_end: Says = lambda _address, _number: None
        #: Is shown every mail, also one that is then refused.
        self.sees: Callable[[bytes], object] = lambda _mail: None

    def __dir__(self) -> list[str]:
        """Name only what the library calls: for each connection it reads all that is named."""
        return [name for name in super().__dir__() if name.startswith("handle_")]

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=policy.default) for one in self.raw]

    @property
    def receivers(self) -> list[str]:
        return sorted(str(one["To"]) for one in self.mails)

    def to(self, address: str) -> EmailMessage:
        return next(one for one in self.mails if one["To"] == address)

    async def handle_EHLO(  # noqa: N802 - as the library calls it
        self,
        server: Any,
        session: Any,
        envelope: Any,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        del server, envelope
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802 - as the library calls it
        self,
        server: Any,
        session: Any,
        envelope: Any,
        address: str,
        rcpt_options: Any,
    ) -> str:
        del server, session, rcpt_options
        self.tries[address] = self.tries.get(address, 0) + 1
        answer = self.says_to(address, self.tries[address])
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(  # noqa: N802 - as the library calls it
        self,
        server: Any,
        session: Any,
        envelope: Any,
    ) -> str:
        del server, session
        to = envelope.rcpt_tos[0]
        self.sees(envelope.original_content)
        answer = self.says_at_the_end(to, self.tries[to])
        if answer is None:
            self.raw.append(envelope.original_content)
        return answer or "250 2.0.0 taken"


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    """Return what stands in one of the bodies of a mail."""
    body = mail.get_body((kind,))
    assert body
    return str(body.get_content())


def free_port() -> int:
    with create_server(("127.0.0.1", 0)) as socket:
        return int(socket.getsockname()[1])


@contextmanager
def server(port: int, box: Box | None = None) -> Iterator[Box]:
    """Run a mail server for a while."""
    box = box or Box()
    controller = Controller(box, hostname="127.0.0.1", port=port, loop=asyncio.new_event_loop())
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
