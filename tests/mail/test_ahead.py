"""Copies made ahead: each is its own, whoever is passed over, and none is made for nothing."""

from collections.abc import Callable, Iterator

import pytest

from alumni_portal.mail.rules import Parcel
from alumni_portal.mail.services.ahead import Ahead


@pytest.fixture
def ahead() -> Iterator[Ahead]:
    begun = Ahead()
    yield begun
    begun.close()


def parcel(number: int, wire: Callable[[], bytes]) -> Parcel:
    return Parcel(number, b"b@sundmark.example", b"bo@post.example", lambda: [wire()])


def made(one: Parcel) -> bytes:
    return b"".join(one.wire())


def test_each_is_its_own_though_some_are_never_asked_for(ahead: Ahead) -> None:
    parcels = ahead.of([parcel(one, f"{one}".encode) for one in range(200)])
    asked = [*range(0, 200, 3), 199]
    assert [made(parcels[one]) for one in asked] == [b"%d" % one for one in asked]
    assert [one.key for one in parcels] == list(range(200))


def test_one_that_cannot_be_made_says_so_to_who_asks_for_it(ahead: Ahead) -> None:
    parcels = ahead.of([parcel(0, "ett".encode), parcel(1, lambda: "å".encode("ascii"))])
    assert made(parcels[0]) == b"ett"
    with pytest.raises(UnicodeError):
        parcels[1].wire()


def test_one_that_is_asked_for_again_is_made_again(ahead: Ahead) -> None:
    only = ahead.of([parcel(0, "ett".encode)])[0]
    assert [made(only), made(only)] == [b"ett", b"ett"]


def test_nothing_is_made_far_ahead() -> None:
    wires: list[bytes] = []

    def wire() -> bytes:
        wires.append(b"x")
        return b"x"

    ahead = Ahead()
    parcels = ahead.of([parcel(one, wire) for one in range(5_000)])
    parcels[0].wire()
    ahead.close()
    assert 1 <= len(wires) < 1_000
