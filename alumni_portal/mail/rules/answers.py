"""What came of handing one mail over: a yes, a no, nobody to ask, or nobody knows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """The server's yes."""

    answer: str


@dataclass(frozen=True)
class NotSent:
    """The server's no, or nobody to ask."""

    answer: str
    final: bool


@dataclass(frozen=True)
class Unreached:
    """No connection: nothing was handed over, the mail was not even tried."""

    answer: str


@dataclass(frozen=True)
class Unknown:
    """The connection broke after the mail was on its way: it may have arrived."""

    answer: str


Answer = Sent | NotSent | Unreached | Unknown
