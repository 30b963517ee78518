"""Nobody real in the repository: no national id, no address that could exist, no machine's name."""

import re
from pathlib import Path

from alumni_portal.core.national_id import masked
from tests.support.repository import files, listing, named

#: Endings under which nobody lives (RFC 2606, RFC 6761), and this machine.
NOWHERE = (".example", ".invalid", ".test", ".localhost", "localhost", "example.com", "example.org")
#: Who is written to on purpose, outside the portal's own people: nobody so far.
ALLOWED: frozenset[str] = frozenset()
ADDRESS = re.compile(r"[\w.+-]+@(?P<domain>[\w-]+(?:\.[\w-]+)+)")
#: The numbers that Skatteverket gives out for tests stand only in the tests that look for them.
ABOUT_NATIONAL_IDS = re.compile(r"tests/.*(national_id|personnummer)")
#: Constants of colour and curve have ten digits, too.
FRACTION = re.compile(r"\d*\.\d{4,}")
WRITTEN = (".py", ".html", ".txt", ".md", ".toml", ".po", ".js", ".css", ".csv", ".json", ".svg")


def readable() -> list[Path]:
    return [*files(*WRITTEN), *files("Makefile")]


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def test_no_national_identity_number_stands_in_the_repository() -> None:
    found = [
        f"{named(path)}:{number}"
        for path in readable()
        if not ABOUT_NATIONAL_IDS.search(named(path))
        for number, line in enumerate(lines(path), 1)
        if masked(plain := FRACTION.sub("", line)) != plain
    ]
    assert not found, listing(found)


def test_the_scan_finds_a_number_when_there_is_one() -> None:
    tolvan = f"{19121212}-{1212}"
    assert masked(f"born {tolvan}") != f"born {tolvan}"


def test_every_mail_address_ends_where_nobody_lives() -> None:
    found = [
        f"{named(path)}:{number}: {match[0]}"
        for path in readable()
        for number, line in enumerate(lines(path), 1)
        for match in ADDRESS.finditer(line)
        if not match["domain"].endswith(NOWHERE) and match[0] not in ALLOWED
    ]
    assert not found, listing(found)
