"""A relay that wants STARTTLS and keeps no mail: `tls_sink.py PORT KEY CERTIFICATE`."""

import ssl
import sys
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller

PORT, KEY, CERTIFICATE = int(sys.argv[1]), sys.argv[2], sys.argv[3]


class Nothing:
    """What is done with mails."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ANN401, N802 - as the library calls it
        """Take a mail and forget it."""
        del server, session, envelope
        return "250 OK"


context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(CERTIFICATE, KEY)
Controller(
    Nothing(),
    hostname="127.0.0.1",
    port=PORT,
    tls_context=context,
    require_starttls=True,
    ready_timeout=10,
).start()
Event().wait()
