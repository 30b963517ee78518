"""A small mail server that takes only what comes back to addresses that we made (LMTP and SMTP).

It answers yes when a mail is in the database, not before: until then it is the sender's to keep.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from alumni_portal.bounces.models import Way
from alumni_portal.bounces.services.intake import take
from alumni_portal.core.logs import log
from alumni_portal.core.transaction import unit
from alumni_portal.mail.services import return_paths

#: The library writes what strangers say into the log as it comes, signs and all (S34).
logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)
#: Returned mail brings the mail that it is about, files and all; the beginning is kept.
MOST_TAKEN = 10_000_000
MOST_VISITORS = 50
#: SQLite has one writer; more hands than this would only wait for each other.
_HANDS = 2


@dataclass(frozen=True, kw_only=True)
class Hours:
    """How many seconds a sender may say nothing, and how many it may stay."""

    patience: float = 60.0
    longest_visit: float = 600.0


#: What opens the portal for one thread.
Within = Callable[[], AbstractContextManager[Any]]


class Intake:
    """What the server asks about each recipient and each mail."""

    def __init__(self, within: Within) -> None:
        self._within = within
        self._hands = ThreadPoolExecutor(_HANDS, thread_name_prefix="bounces")

    async def handle_RCPT(  # noqa: N802 - the library's name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take one recipient, and only an address that was made here."""
        del server, session
        if envelope.rcpt_tos:
            return "452 4.5.3 one recipient at a time"
        if not await self._in_a_thread(self._is_ours, _local_part(address)):
            return "550 5.1.1 no such address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        """Keep a mail; when that fails the sender keeps it and comes again."""
        del server, session
        raw = envelope.original_content or b""
        try:
            await self._in_a_thread(self._keep, _local_part(envelope.rcpt_tos[0]), raw)
        except Exception as error:  # noqa: BLE001 - the server goes on, whatever happened to one mail
            log.error("bounce not kept", kind=type(error).__name__)
            return "451 4.3.0 not kept, please try again"
        return "250 2.0.0 kept"

    def _is_ours(self, local_part: str) -> bool:
        with self._within():
            return return_paths.read(local_part) is not None

    def _keep(self, local_part: str, raw: bytes) -> None:
        with self._within(), unit():
            take(raw, way=Way.LISTENER, recipient=local_part)

    async def _in_a_thread(self, call: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401 - what the call returns
        return await asyncio.get_running_loop().run_in_executor(self._hands, call, *args)

    def close(self) -> None:
        """Wait for what is being kept."""
        self._hands.shutdown()


class Door(SMTP):
    """SMTP that also greets as LMTP does (RFC 2033); with one recipient the two answer alike."""

    visitors = 0
    #: Whatever servers write is read: a line as long as the mail, too.
    line_length_limit = MOST_TAKEN
    #: Which nobody may send who has not named an address that was made here.
    _longest_command = SMTP.line_length_limit

    def __init__(self, intake: Intake, hours: Hours, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            intake,
            data_size_limit=MOST_TAKEN,
            hostname="alumni-portal",
            ident="returned mail",
            timeout=hours.patience,
            loop=loop,
        )
        self._longest_visit = hours.longest_visit
        self._let_lines_be(self._longest_command)

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, arg: str) -> None:  # noqa: N802 - the library's name
        """Greet a mail server that delivers locally."""
        await self.smtp_EHLO(arg)

    def _let_lines_be(self, most: int) -> None:
        self._stream_reader._limit = most  # type: ignore[attr-defined]  # noqa: SLF001 - it has no other way

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the library's name
        """Take a mail in, however long its lines are."""
        self._let_lines_be(MOST_TAKEN)
        try:
            await super().smtp_DATA(arg)
        finally:
            self._let_lines_be(self._longest_command)

    def data_received(self, data: bytes) -> None:
        """Note that the sender is not silent; a large mail takes its time."""
        super().data_received(data)
        self._reset_timeout()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let somebody in, for a while, unless it is crowded."""
        super().connection_made(transport)
        Door.visitors += 1
        self._closing = self.loop.call_later(self._longest_visit, transport.close)
        if Door.visitors > MOST_VISITORS and isinstance(transport, asyncio.Transport):
            transport.write(b"421 4.3.2 too many at once\r\n")
            transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        """Note that somebody left."""
        super().connection_lost(error)
        self._closing.cancel()
        Door.visitors -= 1


async def listen(
    within: Within,
    *,
    host: str,
    port: int,
    stop: asyncio.Event,
    ready: Callable[[int], None] = lambda _port: None,
    hours: Hours | None = None,
) -> None:
    """Take returned mail until told to stop; `ready` learns the port."""
    loop, intake = asyncio.get_running_loop(), Intake(within)

    allowed = hours or Hours()
    server = await loop.create_server(lambda: Door(intake, allowed, loop), host, port)
    try:
        ready(server.sockets[0].getsockname()[1])
        await stop.wait()
    finally:
        server.close()
        await server.wait_closed()
        intake.close()


def _local_part(address: str) -> str:
    return address.strip("<>").rpartition("@")[0] or address.strip("<>")
