"""The quick way through a conversation is no other way: however answers come, the same is done."""

import re
from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from alumni_portal.mail.rules import Answer, Conversation, Garbled, Hands, NotSent, Parcel, Sent

#: What a relay says as long as all is well, by the command; and what it may say instead.
WELL = {b"MAIL": b"250 a", b"RCPT": b"250 b", b"DATA": b"354 go", b"RSET": b"250 r", b".": b"250 k"}
OTHERS = (
    b"251 c",
    b"220 q",
    b"250-a\r\n250 b",
    b"450 4.2.0 x",
    b"550 no",
    b"421 bye",
    b"354 go",
    b"x",
)
ANSWERS = st.lists(st.one_of(st.none(), st.none(), st.sampled_from(OTHERS)), max_size=24)
_COMMAND = re.compile(rb"(?m)^(MAIL|RCPT|DATA|RSET|\.)")


class Relayed:
    """A conversation about eight mails and all that came of it; the third cannot be made."""

    def __init__(self) -> None:
        self.waiting = [parcel(key) for key in range(1, 9)]
        self.events: list[tuple[int, Answer | None]] = []
        hands = Hands(
            lambda: self.waiting.pop(0) if self.waiting else None,
            lambda key: self.events.append((key, None)),
            lambda key, answer: self.events.append((key, answer)),
        )
        self.talk = Conversation(hands, pipelining=True)
        self.said = self.talk.start()

    def make_next(self) -> None:
        """Make the next mail before it is named."""
        for one in self.waiting[:1]:
            one.make()

    def hears(self, said: bytes, *, ahead: bool = False) -> bytes:
        """Hear this in one piece and return what is said to it; once garbled, no more is heard."""
        if (0, None) in self.events:
            return b""
        try:
            words = self.talk.hear(said)
        except Garbled:
            self.events.append((0, None))
            return b""
        if ahead:
            self.make_next()
        self.said += words
        return words


def parcel(key: int) -> Parcel:
    def wire() -> list[bytes]:
        if key == 3:
            raise ValueError
        return [b"Hej %d" % key, b"\r\n"]

    return Parcel(key, b"n@b.example", b"a%d@post.example" % key, wire)


def answered(words: bytes, answers: Iterator[bytes | None]) -> bytes:
    """Return what a relay says to these commands, all at once."""
    asked = _COMMAND.findall(words)
    return b"".join([(next(answers, None) or WELL[one]) + b"\r\n" for one in asked])


@given(ANSWERS, st.integers(1, 40), st.booleans())
@example([None] * 4 + [b"220 q"], 1, False)
def test_answers_in_one_piece_or_in_many_come_to_the_same(
    drawn: list[bytes | None],
    size: int,
    ahead: bool,  # noqa: FBT001 - drawn
) -> None:
    at_once, in_pieces, answers = Relayed(), Relayed(), iter(drawn)
    words = at_once.said
    while words:
        heard = answered(words, answers)
        words = at_once.hears(heard, ahead=ahead)
        pieces = [heard[at : at + size] for at in range(0, len(heard), size)]
        each = [in_pieces.hears(one, ahead=not ahead) for one in pieces]
        assert b"".join(each) == words
    assert at_once.events == in_pieces.events
    assert at_once.talk.is_closing == in_pieces.talk.is_closing


def test_a_round_that_goes_well_after_half_an_answer_is_none() -> None:
    relayed = Relayed()
    relayed.hears(answered(relayed.said, iter(())))
    relayed.hears(b"x")
    assert relayed.hears(b"250 k\r\n250 a\r\n250 b\r\n354 go\r\n") == b""
    assert relayed.events[-1] == (0, None)


def test_a_mail_made_beforehand_is_made_once_and_goes_when_its_turn_comes() -> None:
    made: list[int] = []

    def wire() -> list[bytes]:
        made.append(1)
        return [b"Hej\r\n"]

    relayed = Relayed()
    relayed.waiting[:] = [Parcel(9, b"n@b.example", b"a@post.example", wire)]
    relayed.make_next()
    relayed.hears(b"250 a\r\n250 b\r\n354 go\r\n")
    assert relayed.hears(b"250 k\r\n250 a\r\n250 b\r\n354 go\r\n") == b"Hej\r\n.\r\n"
    assert made == [1]


def test_a_mail_made_for_who_was_refused_goes_to_nobody() -> None:
    relayed, answers = (
        Relayed(),
        iter([None, None, None, None, b"250 a", b"550 5.1.1 no", b"503 x"]),
    )
    relayed.make_next()
    words = relayed.hears(answered(relayed.said, answers))
    words = relayed.hears(answered(words, answers))
    assert words.startswith(b"RSET")
    words = relayed.hears(answered(words, answers))
    assert b"Hej 2" not in relayed.said
    assert b"RCPT TO:<a3@post.example>" in relayed.said


def test_a_mail_that_could_not_be_made_beforehand_is_told_when_its_turn_comes() -> None:
    relayed = Relayed()
    words = relayed.said
    while words:
        words = relayed.hears(answered(words, iter(())), ahead=True)
    told = {key: answer for key, answer in relayed.events if answer}
    assert told.pop(3) == NotSent("554 5.6.0 it cannot be made: ValueError", final=True)
    assert told == {1: Sent("250 k"), 2: Sent("250 k")}
    assert relayed.talk.is_closing, "its end would make an empty mail of it"
    assert relayed.talk.lost("closed", unwritten=0) is None, "the others go over another connection"
