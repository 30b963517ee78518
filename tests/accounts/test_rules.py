import string
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alumni_portal.accounts import rules
from alumni_portal.core.permissions import Role
from tests.support.covers import covers

HERE = "https://alumni.sundmark.example"
BAD = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "/%5cevil.example",
    "/%5Cevil.example",
    "/%2fevil.example",
    "/%2Fevil.example",
    "/%252fevil.example",
    "/%255cevil.example",
    "%2f%2fevil.example",
    "https://evil.example",
    "http://evil.example",
    "HTTPS://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "ftp://evil.example",
    "evil.example",
    "www.evil.example/home",
    "@evil.example",
    "user@evil.example",
    ".evil.example",
    "",
    " ",
    " /home",
    "\t/home",
    "\n//evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "/\t/evil.example",
    "/\x00/evil.example",
    "/\x0b/evil.example",
    "/%0a/evil.example",
    "/%0d%0aLocation:%20//evil.example",
    "/%09/evil.example",
    "/%00/evil.example",
    "/home\\..\\x",
    "/home%5c..",
    "/home\r\nSet-Cookie: a=b",
    "/home%0d%0aSet-Cookie:a",
    "?next=//evil.example",
    "#//evil.example",
    "..//evil.example",
    "./home",
    "mailto:a@evil.example",
    "//[::1]",
    "//evil.example:443/x",
    "//evil%E3%80%82example",
    "/\x7fevil",
    "blob:https://evil.example/x",
    "file:///etc/passwd",
]
GOOD = [
    "/",
    "/home",
    "/people?q=anna&after=abc",
    "/people/abc#contact",
    "/offboarding/x%20y",
    "/people?q=%C3%A5ke",
    "/people?next=https://evil.example",
]


@pytest.mark.parametrize("target", BAD)
@covers("S12")
def test_no_way_out_of_the_portal(target: str) -> None:
    assert rules.safe_next(target) is None


def test_the_corpus_is_long_enough() -> None:
    assert len(BAD) >= 60


@pytest.mark.parametrize("target", GOOD)
def test_a_place_of_ours_is_kept(target: str) -> None:
    assert rules.safe_next(target) == target


@given(st.text(alphabet=string.printable + "\\/%@:.", max_size=40))
@settings(max_examples=3000, deadline=None)
@covers("S12")
def test_whatever_passes_stays_here(target: str) -> None:
    passed = rules.safe_next("/" + target) or rules.safe_next(target)
    if passed is not None:
        there = urlsplit(urljoin(HERE, passed.replace("\\", "/")))
        assert f"{there.scheme}://{there.netloc}" == HERE


@given(st.text(min_size=15, max_size=256))
@settings(max_examples=500, deadline=None)
@covers("S8")
def test_any_sign_may_stand_in_a_password(password: str) -> None:
    if len(set(password.casefold())) >= 12:
        assert rules.weakness_of(password, ()) in {None, rules.Weakness.PLAIN}
    assert rules.weakness_of(password, ()) is not rules.Weakness.LENGTH


WEAK = [
    "password1234567",
    "aaaaaaaaaaaaaaaaaaaa",
    "sundmarksundmark",
    "Sundmark Sundmark 2026",
    "lösenordlösenord",
    "abcabcabcabcabcabc",
    "annaekannaekanna",
    "1234512345123451",
    "qwertyuiopqwerty",
]


@pytest.mark.parametrize("password", WEAK)
@covers("S8")
def test_a_password_that_everybody_would_try_is_refused(password: str) -> None:
    words = ("Sundmark", "Anna", "Ek")
    assert rules.weakness_of(password, words) is rules.Weakness.PLAIN


@pytest.mark.parametrize("length", [0, 1, 14, 257])
def test_a_password_has_15_to_256_signs(length: int) -> None:
    text = "abcdefghijkl mnopqrstuvw 3 xyz åäö" * 20
    assert rules.weakness_of(text[:length], ()) is rules.Weakness.LENGTH
    assert rules.weakness_of(text[:15], ()) is None
    assert rules.weakness_of(text[:256], ()) is None


def test_nobody_grants_to_themselves_and_hr_makes_no_admin() -> None:
    for role in Role:
        assert not rules.may_grant(frozenset(Role), role, to_self=True)
    assert not rules.may_grant({Role.HR, Role.HR_LEAD}, Role.ADMIN, to_self=False)
    assert not rules.may_grant({Role.ADMIN}, Role.HR, to_self=False)
    assert not rules.may_grant({Role.RECRUITER, Role.MANAGER}, Role.RECRUITER, to_self=False)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537 Edg/130", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18) Version/18 Safari/604", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130) Firefox/130", "Firefox, Linux"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_told_in_two_words(agent: str, words: str) -> None:
    assert rules.device_words(agent) == words


@pytest.mark.parametrize(
    ("ago", "is_fresh"),
    [
        (timedelta(0), True),
        (timedelta(minutes=10), True),
        (timedelta(minutes=10, seconds=1), False),
        (-timedelta(seconds=1), False),
    ],
    ids=["now", "ten minutes", "a second more", "clock set back"],
)
def test_a_sign_in_is_fresh_for_ten_minutes(ago: timedelta, *, is_fresh: bool) -> None:
    now = datetime(2026, 11, 28, 9, tzinfo=UTC)
    assert rules.is_fresh(now - ago, now) is is_fresh
