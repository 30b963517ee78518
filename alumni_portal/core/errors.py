"""What a service may answer instead of a result. One handler each turns them into a page."""


class Refusal(Exception):
    """A rule says no. The message is fit for the reader; `field` names the field it belongs to."""

    def __init__(self, message: object, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class NotFound(Exception):
    """There is no such thing, or not for this reader: both look the same."""


class Conflict(Refusal):
    """Somebody else was first; the reader sees the present state and chooses again."""


class NotStarted(Exception):
    """The application may not start: its own declarations are incomplete."""
