"""The mails of a handful: in their order, some of them made while nothing else is to be done."""

from collections.abc import Callable, Sequence
from functools import partial

from alumni_portal.mail.rules import NotSent, Parcel
from alumni_portal.mail.services.load import Load, Unwatched


def parcel(key: int, wire: Callable[[], Sequence[bytes]] = lambda: [b"."]) -> Parcel:
    return Parcel(key, b"us@portal.example", b"you@alumni.example", wire)


def keys(load: Load) -> list[int]:
    return [one.key for one in iter(load.take, None)]


def test_mails_made_ahead_keep_their_order_and_what_comes_back_goes_next() -> None:
    load = Load([parcel(number) for number in range(5)], Unwatched())
    first = load.take()
    assert load.make_one()
    assert load.make_one()
    assert len(load) == 4
    assert first is not None
    load.give_back(first)
    assert keys(load) == [0, 1, 2, 3, 4]
    assert not load


def test_few_are_made_ahead_each_once() -> None:
    made: list[int] = []

    def wire(number: int) -> Sequence[bytes]:
        made.append(number)
        return [b"%d" % number]

    load = Load([parcel(one, partial(wire, one)) for one in range(100)], Unwatched())
    while load.make_one():
        pass
    assert made == list(range(32))
    assert [one.taken() for one in iter(load.take, None)] == [[b"%d" % one] for one in range(100)]
    assert made == list(range(100))


def test_what_cannot_be_made_fails_in_its_turn() -> None:
    def wire() -> Sequence[bytes]:
        raise ValueError

    load = Load([parcel(1, wire), parcel(2)], Unwatched())
    assert load.make_one()
    first = load.take()
    assert first is not None
    assert first.taken() == NotSent("554 5.6.0 it cannot be made: ValueError", final=True)
    assert keys(load) == [2]
