"""What is said to a relay, answer by answer: no mail without its own answer, whatever it says."""

import pytest

from alumni_portal.mail.rules import (
    Answer,
    Conversation,
    Garbled,
    Hands,
    NotSent,
    Parcel,
    Sent,
    Unknown,
)
from tests.support.covers import covers

ENVELOPE = b"MAIL FROM:<n@b.example>\r\nRCPT TO:<%b>\r\nDATA\r\n"


class Talk:
    """A conversation about so many mails, and what was told of each."""

    def __init__(self, number: int, *, pipelining: bool = True) -> None:
        self.waiting = [parcel(key) for key in range(1, number + 1)]
        self.intended: list[int] = []
        self.told: dict[int, Answer] = {}
        hands = Hands(self._take, self.intended.append, self.told.__setitem__)
        self.talk = Conversation(hands, pipelining=pipelining)
        self.said = self.talk.start()

    def _take(self) -> Parcel | None:
        return self.waiting.pop(0) if self.waiting else None

    def hears(self, *answers: str) -> bytes:
        self.said = self.talk.hear("".join(f"{one}\r\n" for one in answers).encode())
        return self.said


def parcel(key: int) -> Parcel:
    return Parcel(key, b"n@b.example", to(key), lambda: (b"Hej %d\r\n" % key,))


def to(key: int) -> bytes:
    return b"a%d@post.example" % key


def test_a_mail_costs_one_round_trip() -> None:
    talk = Talk(2)
    assert talk.said == ENVELOPE % to(1)
    assert talk.hears("250 a", "250 b", "354 go") == b"Hej 1\r\n.\r\n" + ENVELOPE % to(2)
    assert talk.hears("250 2.0.0 one", "250 a", "250 b", "354 go") == b"Hej 2\r\n.\r\n"
    assert talk.hears("250 2.0.0 two") == b""
    assert talk.told == {1: Sent("250 2.0.0 one"), 2: Sent("250 2.0.0 two")}
    assert talk.intended == [1, 2]
    assert talk.talk.is_idle


def test_without_pipelining_each_command_waits_for_its_answer() -> None:
    talk = Talk(1, pipelining=False)
    said = [talk.said, *(talk.hears(one) for one in ("250 a", "250 b", "354 go", "250 ok"))]
    assert said == [
        b"MAIL FROM:<n@b.example>\r\n", b"RCPT TO:<a1@post.example>\r\n", b"DATA\r\n",
        b"Hej 1\r\n.\r\n", b"",
    ]  # fmt: skip
    assert talk.told == {1: Sent("250 ok")}


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (("550 5.1.0 no", "503 x", "503 x"), NotSent("550 5.1.0 no", final=True)),
        (("250 a", "550-5.1.1 no", "550 such", "503 x"), NotSent("550 5.1.1 no such", final=True)),
        (("250 a", "450 4.2.0 busy", "554 x"), NotSent("450 4.2.0 busy", final=False)),
        (("250 a", "250 b", "451 4.3.0 later"), NotSent("451 4.3.0 later", final=False)),
        (("250 a", "250 b", "554 5.7.1 no"), NotSent("554 5.7.1 no", final=True)),
    ],
)
@covers("S73")
def test_a_refusal_is_of_one_mail_and_the_next_begins_clean(
    answers: tuple[str, ...], told: NotSent
) -> None:
    talk = Talk(2)
    assert talk.hears(*answers) == b"RSET\r\n" + ENVELOPE % to(2)
    assert talk.told == {1: told}
    assert talk.intended == []
    talk.hears("250 r", "250 a", "250 b", "354 go")
    talk.hears("250 two")
    assert talk.told[2] == Sent("250 two")


def test_who_wants_the_text_of_a_refused_mail_gets_none_of_it() -> None:
    talk = Talk(2)
    assert talk.hears("250 a", "550 5.1.1 no", "354 go") == b".\r\n"
    assert talk.hears("554 no valid recipients") == b"RSET\r\n" + ENVELOPE % to(2)
    assert talk.intended == []


@covers("S73")
def test_a_mail_refused_at_its_end_stops_nobody() -> None:
    talk = Talk(2)
    talk.hears("250 a", "250 b", "354 go")
    assert talk.hears("552 5.3.4 too big", "250 a", "250 b", "354 go") == b"Hej 2\r\n.\r\n"
    assert talk.told == {1: NotSent("552 5.3.4 too big", final=True)}


@covers("S73")
def test_a_connection_lost_after_the_end_leaves_one_in_doubt_and_one_untouched() -> None:
    talk = Talk(3)
    talk.hears("250 a", "250 b", "354 go")
    named = talk.talk.lost("EOFError", unwritten=0)
    assert talk.told == {1: Unknown("EOFError")}
    assert named
    assert named.key == 2


@pytest.mark.parametrize(
    ("unwritten", "is_in_doubt"),
    [(0, True), (len(ENVELOPE % to(2)), True), (len(ENVELOPE % to(2)) + 1, False)],
)
def test_a_mail_whose_end_was_never_written_did_not_arrive(
    unwritten: int,
    is_in_doubt: bool,  # noqa: FBT001 - a case of a table
) -> None:
    talk = Talk(2)
    talk.hears("250 a", "250 b", "354 go")
    talk.talk.lost("timed out", unwritten=unwritten)
    assert isinstance(talk.told[1], Unknown) == is_in_doubt


def test_goodbye_in_the_middle_refuses_what_was_asked_and_says_no_more() -> None:
    talk = Talk(3)
    talk.hears("250 a", "421 4.3.2 closing")
    assert talk.talk.is_closing
    assert talk.said == b""
    assert talk.talk.lost("421", unwritten=0) is None
    assert talk.told == {1: NotSent("421 4.3.2 closing", final=False)}


@pytest.mark.parametrize("noise", [b"hello\r\n", b"2\r\n", b"\xff\xfe\r\n", b"25x ok\r\n", b"\n"])
def test_what_is_not_smtp_is_no_answer(noise: bytes) -> None:
    with pytest.raises(Garbled):
        Talk(1).talk.hear(noise)


def test_an_answer_without_end_is_no_answer() -> None:
    talk = Talk(1)
    with pytest.raises(Garbled):
        talk.talk.hear(b"250" + b"x" * 70_000)
    with pytest.raises(Garbled):
        Talk(1).talk.hear(b"250-more\r\n" * 200)
