"""Files that readers send: each is closed when the answer has gone."""

from typing import IO

from flask import Request


class Sent(Request):
    """A request that closes all it received, also what it refused in the middle.

    Werkzeug closes the files of a form that it could read; others it leaves to chance.
    """

    #: What was written so far, whether or not the form could be read to its end.
    received: tuple[IO[bytes], ...] = ()

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        stream = super()._get_file_stream(
            total_content_length, content_type, filename, content_length
        )
        self.received = (*self.received, stream)
        return stream

    def close(self) -> None:
        """Close every file of this request."""
        super().close()
        for stream in self.received:
            stream.close()
