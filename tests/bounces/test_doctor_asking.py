"""The doctor asks real name servers and a real relay, whatever they answer."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest

from alumni_portal.bounces.services.doctor import Dns, Offline, reach_relay
from tests.bounces.identity import chosen


class _Dripping(socketserver.BaseRequestHandler):
    """A relay that says a byte now and then, and never the end."""

    def handle(self) -> None:
        self.request.settimeout(0.5)
        with contextlib.suppress(OSError):
            for _ in range(40):
                self.request.sendall(b"2")
                with contextlib.suppress(TimeoutError):
                    if not self.request.recv(1):
                        return


def test_a_relay_that_drips_is_not_waited_for(tmp_path: Path) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), _Dripping) as served:
        threading.Thread(target=served.handle_request, daemon=True).start()
        url, began = f"smtp+starttls://127.0.0.1:{served.server_address[1]}", monotonic()
        with pytest.raises(OSError, match=r"SMTPServerDisconnected|timed out"):
            reach_relay(chosen(tmp_path, mail_url=url))
        assert monotonic() - began < 10


class _Server(socketserver.BaseRequestHandler):
    """A name server of one domain."""

    def handle(self) -> None:
        data, line = self.request
        query = dns.message.from_wire(data)
        (question,) = query.question
        answer = dns.message.make_response(query)
        written = {"TXT": '"v=spf1 " "-all"', "MX": "10 mail.sundmark.example."}
        kind = dns.rdatatype.to_text(question.rdtype)
        if question.name.to_text().startswith("evil"):
            written = {"TXT": r'"v=spf1 \027[31m\000 -all"'}
        if question.name.to_text().startswith("no-such"):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif question.name.to_text().startswith("broken"):
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif kind in written:
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, written[kind]))
        line.sendto(answer.to_wire(), self.client_address)


@pytest.fixture
def server() -> Iterator[Dns]:
    with socketserver.UDPServer(("127.0.0.1", 0), _Server) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield Dns("127.0.0.1", served.server_address[1], patience=1.0)
        served.shutdown()


def test_a_name_server_is_asked(server: Dns) -> None:
    assert server.ask("sundmark.example", "TXT") == ["v=spf1 -all"]
    assert server.ask("sundmark.example", "MX") == ["mail.sundmark.example"]
    assert server.ask("sundmark.example", "A") == []
    assert server.ask("no-such.example", "TXT") == []
    with pytest.raises(Offline):
        server.ask("broken.example", "TXT")
    for no_name in ("a" * 80 + ".example", "a..example", "\N{REPLACEMENT CHARACTER}.example"):
        assert server.ask(no_name, "TXT") == []
    assert server.ask("evil.example", "TXT") == ["v=spf1 [31m -all"]
