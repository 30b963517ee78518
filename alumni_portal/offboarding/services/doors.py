"""Tokens of mailed links: made from the row's public id, kept as a digest only.

The same letter can carry the same link again without the link being stored anywhere: whoever
reads the database alone can open nothing.
"""

from alumni_portal.core import tokens
from alumni_portal.core.db import new_public_id


def new_door(purpose: str) -> tuple[str, str]:
    """Return a new public id and the digest of the token that belongs to it."""
    public_id = new_public_id()
    return public_id, tokens.digest(token_of(purpose, public_id))


def token_of(purpose: str, public_id: str) -> str:
    """Return the token that opens the row with this public id."""
    return f"{public_id}-{tokens.mac(f'door/{purpose}', public_id.encode())}"
