"""Pictures that were chosen while something else in a form was wrong: held for a day."""

from datetime import datetime, timedelta

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column, undefer

from alumni_portal.core import clock, tokens
from alumni_portal.core.db import PK, Base, PublicId, db
from alumni_portal.core.permissions import Actor
from alumni_portal.core.pictures import Drawn, drawn_anew

_KEY = "held-picture"
HELD_FOR = timedelta(days=1)


class HeldPicture(Base):
    """A picture that belongs to nothing yet. Whose it is stands in its key, signed."""

    __tablename__ = "held_picture"
    __personal__ = None

    id: Mapped[PK]
    public_id: Mapped[PublicId]
    mime: Mapped[str] = mapped_column(String(40))
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(deferred=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    @property
    def drawn(self) -> Drawn:
        """Return it as it is kept elsewhere."""
        return Drawn(self.mime, self.width, self.height, self.data)


def hold(uploaded: bytes, *, field: str, by: Actor) -> str:
    """Hold a picture and return the key that gives it back, to the same account only.

    Raises Refusal, at a field of the form, for anything that is no JPG or PNG, or is too large.
    """
    one = HeldPicture(**vars(drawn_anew(uploaded, field=field)))
    db.session.add(one)
    db.session.flush()
    return tokens.sign(_KEY, [one.public_id, by.ref])


def held(key: str, *, by: Actor) -> HeldPicture | None:
    """Return the picture of a key with its data; nothing when it is gone or somebody else's."""
    found = tokens.unsign(_KEY, key, max_age=HELD_FOR) if key else None
    if not isinstance(found, list) or found[1:] != [by.ref]:
        return None
    query = select(HeldPicture).where(HeldPicture.public_id == found[0])
    return db.session.scalar(query.options(undefer(HeldPicture.data)))


def let_go(key: str, *, by: Actor) -> None:
    """Hold a picture no longer; nothing happens when it is gone or somebody else's."""
    one = held(key, by=by)
    if one is not None:
        db.session.delete(one)
        db.session.flush()


def forget_held() -> int:
    """Forget what was held for a day and return how many pictures that were."""
    old = delete(HeldPicture).where(HeldPicture.created_at <= clock.now() - HELD_FOR)
    result = db.session.execute(old.execution_options(synchronize_session=False))
    return int(result.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
