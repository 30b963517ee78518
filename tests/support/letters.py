"""The letters that the portal wrote."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from flask import Flask


class Outbox:
    """Every letter sent so far, oldest first."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def letters(self) -> list[EmailMessage]:
        folder = self.app.extensions["alumni_portal.settings"].instance / "mail"
        paths = sorted(folder.glob("*.eml"))
        return [message_from_bytes(p.read_bytes(), policy=policy.default) for p in paths]
