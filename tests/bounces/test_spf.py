"""A domain's SPF is read as receivers read it (RFC 7208), as far as an address alone tells."""

from collections.abc import Mapping

import pytest

from alumni_portal.bounces.rules.spf import Result, evaluated

US, OTHER, SIX = "192.0.2.7", "198.51.100.9", "2001:db8::7"
DNS = {
    "A us.example": [US],
    "AAAA us.example": [SIX],
    "MX us.example": ["us.example", "."],
    "TXT in.example": ["v=spf1 ip4:192.0.2.0/28 -all"],
    "TXT soft.example": ["hello", "v=spf1 ip4:203.0.113.1 ~all"],
    "TXT two.example": ["v=spf1 -all", "v=spf1 +all"],
    "TXT loop.example": ["v=spf1 include:loop.example -all"],
    "PTR 7.2.0.192.in-addr.arpa.": ["us.example", "elsewhere.example"],
}


def told(record: str, address: str = US, more: Mapping[str, list[str]] = DNS) -> Result:
    known = {**more, "TXT d.example": [record] if record else []}
    return evaluated("d.example", address, lambda name, kind: known.get(f"{kind} {name}", []))


@pytest.mark.parametrize(
    ("record", "address", "result"),
    [
        ("", US, Result.NONE),
        ("v=spf1", US, Result.NEUTRAL),
        ("v=spf1 ip4:192.0.2.7 -all", US, Result.PASS),
        ("v=spf1 ip4:192.0.2.0/24 -all", US, Result.PASS),
        ("v=spf1 ip4:192.0.2.7 -all", OTHER, Result.FAIL),
        ("v=spf1 ip4:192.0.2.7 ~all", OTHER, Result.SOFTFAIL),
        ("v=spf1 ip6:2001:db8::/32 -all", SIX, Result.PASS),
        ("v=spf1 ip6:2001:db8::/32 -all", US, Result.FAIL),
        ("v=spf1 a:us.example -all", US, Result.PASS),
        ("v=spf1 a:us.example -all", SIX, Result.PASS),
        ("v=spf1 a:us.example/24//64 -all", "192.0.2.200", Result.PASS),
        ("v=spf1 a:us.example/24//64 -all", "2001:db8::ff", Result.PASS),
        ("v=spf1 a:us.example/30 -all", "192.0.2.200", Result.FAIL),
        ("v=spf1 mx:us.example -all", US, Result.PASS),
        ("v=spf1 a mx -all", US, Result.FAIL),
        ("v=spf1 include:in.example -all", US, Result.PASS),
        ("v=spf1 include:soft.example -all", US, Result.FAIL),
        ("v=spf1 ?include:in.example -all", US, Result.NEUTRAL),
        ("v=spf1 exp=why.example redirect=in.example", US, Result.PASS),
        ("v=spf1 redirect=soft.example", US, Result.SOFTFAIL),
        ("V=SPF1 EXISTS:us.example -ALL", US, Result.PASS),
        ("v=spf1 ptr:us.example -all", US, Result.PASS),
        ("v=spf1 exists:%{i}.us.example -all", US, Result.UNTOLD),
        ("v=spf1 ip4:nonsense -all", US, Result.PERMERROR),
        ("v=spf1 ip4:2001:db8::1 -all", US, Result.PERMERROR),
        ("v=spf1 hello -all", US, Result.PERMERROR),
        ("v=spf1 include -all", US, Result.PERMERROR),
        ("v=spf1 include:none.example -all", US, Result.PERMERROR),
        ("v=spf1 include:two.example -all", US, Result.PERMERROR),
        ("v=spf1 redirect=none.example", US, Result.PERMERROR),
        ("v=spf1 include:loop.example -all", US, Result.PERMERROR),
        ("v=spf1 ip4:192.0.2.7 inclde:in.example -all", US, Result.PERMERROR),
        ("v=spf1 ip4:192.0.2.7 a:us.example/33 -all", US, Result.PERMERROR),
        ("v=spf1 ip4:192.0.2.7 all:us.example", US, Result.PERMERROR),
        ("v=spf1 ip4:192.0.2.7 a: -all", US, Result.PERMERROR),
        ("v=spf1 ip4:192.0.2.7 ip4:192.0.2.300 -all", US, Result.PERMERROR),
        ("v=spf1 ip4:192.0.2.7 redirect=in.example redirect=us.example", US, Result.PERMERROR),
        ("v=spf1 ip4:192.0.2.7 redirect=", US, Result.PERMERROR),
        ("v=spf1 ip4:192.0.2.7 exists:%{i}.us.example -all", US, Result.PASS),
        ("v=spf1 x-made.up=%{i} ip4:192.0.2.7 -all", US, Result.PASS),
        ("v=spf1 -all redirect=none.example", US, Result.FAIL),
    ],
)
def test_a_record_is_read(record: str, address: str, result: Result) -> None:
    assert told(record, address) is result


@pytest.mark.parametrize(("number", "result"), [(10, Result.FAIL), (11, Result.PERMERROR)])
def test_ten_questions_and_no_more(number: int, result: Result) -> None:
    record = "v=spf1 " + "a:us.example " * number + "-all"
    assert told(record, OTHER) is result


@pytest.mark.parametrize(("number", "result"), [(2, Result.PASS), (3, Result.PERMERROR)])
def test_twice_in_vain_and_no_more(number: int, result: Result) -> None:
    names = ["a:x.example", "exists:x.example", "mx:x.example"][:number]
    record = f"v=spf1 {' '.join(names)} a:us.example -all"
    assert told(record) is result
