"""Files of addresses that shall get no mailings: what stands beside an address comes along."""

from datetime import date

import pytest

from alumni_portal.bounces.rules.address_file import Accepted, Addresses, Wrong, addresses_in
from alumni_portal.people.queries import canonical_address

OLDEST = date(2024, 11, 29)


def read(*lines: str) -> Addresses:
    content = "\r\n".join(lines).encode()
    return addresses_in(content, canonical_address, oldest=OLDEST)


@pytest.mark.parametrize(
    ("heading", "row", "source", "reason", "since"),
    [
        ("email;since;source;reason", "bo@a.example;2026-03-01;complaint;abuse", "complaint",
         "abuse", date(2026, 3, 1)),
        ("E-post;Sedan;Hur vi vet;Varför", "bo@a.example;2026-03-01;Studs;550 nej", "bounce",
         "550 nej", date(2026, 3, 1)),
        ("email,reason,created", "bo@a.example,550 5.1.1 nobody,2026-03-01T08:00:00Z", "",
         "550 5.1.1 nobody", date(2026, 3, 1)),
        ("Email Address,Status", "bo@a.example,cleaned", "bounce", "", None),
        ("email\tType", "bo@a.example\tSpam Complaint", "complaint", "", None),
        ("address,reason", "bo@a.example,COMPLAINT", "complaint", "COMPLAINT", None),
        ("email;reason", "bo@a.example;'=1+1", "", "=1+1", None),
        ("email;since;source", "bo@a.example;i våras;okänt", "", "", None),
        ("email;source", "bo@a.example", "", "", None),
        ("email;source;källa", "bo@a.example;1;relay", "relay", "", None),
    ],
)  # fmt: skip
def test_what_stands_beside_an_address(
    heading: str, row: str, source: str, reason: str, since: date | None
) -> None:
    assert read(heading, row).accepted == (Accepted("bo@a.example", source, reason, since),)


def test_an_address_alone_is_enough() -> None:
    assert read("bo@a.example").accepted == (Accepted("bo@a.example"),)


def test_what_we_would_have_forgotten_is_not_taken() -> None:
    found = read("email;since", "bo@a.example;2024-11-28", "ann@a.example;2024-11-29")
    assert [one.address for one in found.accepted] == ["ann@a.example"]
    assert [(one.row, one.why) for one in found.rejected] == [(2, Wrong.TOO_OLD)]


def test_a_national_id_in_a_reason_is_masked() -> None:
    number = f"{811228}-{9874}"
    found = read("email;reason", f"bo@a.example;ringde {number} nej")
    assert found.accepted[0].reason == "ringde [personnummer] nej"
