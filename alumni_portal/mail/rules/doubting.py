"""When a relay is not believed that says of everybody that nobody is there.

A relay that is set up wrongly says so of all addresses, with the very words of one that is right.
Lists grow old address by address, at one domain as at another: hardly ever are nearly all of a
handful gone, at several domains at once. Then a person looks before anybody is written off.
"""

from dataclasses import dataclass

from alumni_portal.mail.rules.answers import Answer, NotSent, Sent
from alumni_portal.mail.rules.pacing import domain_of
from alumni_portal.mail.rules.retries import nobody_is_there

#: Of the last so many answers about addresses, this many at least and this share, at so many
#: domains.
LOOKED_AT, ENOUGH, SHARE, DOMAINS = 20, 8, 0.8, 3


def is_unknown(answer: Answer) -> bool:
    """Say whether an answer means that the address does not exist."""
    return isinstance(answer, NotSent) and answer.final and nobody_is_there(answer.answer)


@dataclass(frozen=True)
class Doubt:
    """The last answers, from the first such on: the domain where nobody is said to be, or ""."""

    last: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Say whether a person must look before more is sent."""
        gone = [domain for domain in self.last if domain]
        return (
            len(gone) >= ENOUGH
            and len(gone) >= SHARE * len(self.last)
            and len(set(gone)) >= DOMAINS
        )

    def after(self, address: str, answer: Answer) -> "Doubt":
        """Return the doubt after one more answer to a mail to an address."""
        if is_unknown(answer):
            return Doubt((*self.last, domain_of(address))[-LOOKED_AT:])
        if isinstance(answer, Sent) and self.last:
            last = (*self.last, "")[-LOOKED_AT:]
            return Doubt(last if any(last) else ())
        return self
