"""What happens to one run's copies, as it happens; and when nothing more may leave."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from alumni_portal.mail.rules import (
    Answer,
    Breaker,
    Doubt,
    NotSent,
    Sent,
    Unreached,
    is_about_us,
    is_unknown,
)
from alumni_portal.mail.services.journal import Journal
from alumni_portal.mail.services.outcomes import Copy

#: A refusal that is about us, with nothing taken since, is believed at the third time of asking:
#: until then the breaker may find that it was not this copy's fault.
_BELIEVED_AT = 2


@dataclass
class Watched:
    """What happens to one run's copies: written to its journal and kept until noted."""

    journal: Journal
    answers: dict[int, Answer] = field(default_factory=dict)
    breaker: Breaker = field(default_factory=Breaker)
    doubt: Doubt = field(default_factory=Doubt)
    #: A person has said that those whom the relay does not know are gone.
    believes: bool = False
    sent: int = 0
    #: What is in hand.
    copies: Sequence[Copy] = ()
    #: Refused in the row of refusals that may open the breaker.
    refused: dict[int, Answer] = field(default_factory=dict)
    #: Said to be nobody, of this run, as long as that may be in doubt.
    unknown: dict[int, Answer] = field(default_factory=dict)
    #: What was said last of a mail that did not go.
    last_trouble: str = ""

    def taken(self) -> dict[int, Answer]:
        """Return the answers since last asked; with an open breaker nobody is at fault."""
        answers, self.answers = self.answers, {}
        faultless: dict[int, Answer] = {}
        if self.breaker.is_open:
            faultless |= self.refused
        if self.doubt.is_open:
            faultless |= self.unknown
        answers |= {key: Unreached(one.answer) for key, one in faultless.items() if key in answers}
        for one in self.copies:
            is_refused = one.person_id in self.refused and one.person_id in answers
            if is_refused and one.attempts < _BELIEVED_AT:
                answers[one.person_id] = _later(answers[one.person_id])
        return answers

    def intend(self, key: int) -> None:
        """Write that a copy is about to leave."""
        self.journal.intend(key)

    def tell(self, key: int, answer: Answer) -> None:
        """Write and keep what became of a copy."""
        self.journal.tell(key, answer)
        self.answers[key] = answer
        if isinstance(answer, Sent):
            self.sent += 1
            if not (self.breaker.in_a_row or self.breaker.refused or self.doubt.last):
                return
        else:
            self.last_trouble = answer.answer
        self._count(key, answer)

    def _count(self, key: int, answer: Answer) -> None:
        self.breaker = self.breaker.after(answer)
        if is_about_us(answer):
            self.refused[key] = answer
        elif not self.breaker.in_a_row:
            self.refused.clear()
        if self.believes:
            return
        is_gone = is_unknown(answer)
        address = (
            next(one.address for one in self.copies if one.person_id == key) if is_gone else ""
        )
        self.doubt = self.doubt.after(address, answer)
        if is_gone:
            self.unknown[key] = answer
        elif not self.doubt.last:
            self.unknown.clear()

    @property
    def is_enough(self) -> bool:
        """Say whether nothing more may leave."""
        return self.breaker.is_open or self.doubt.is_open


def _later(answer: Answer) -> Answer:
    is_final = isinstance(answer, NotSent) and answer.final
    return NotSent(answer.answer, final=False) if is_final else answer
