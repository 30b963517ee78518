"""Pictures: what is uploaded is opened, drawn anew and only then kept (S37)."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from alumni_portal.core.db import db
from alumni_portal.core.errors import Refusal
from alumni_portal.core.text import lazy as _l
from alumni_portal.newsletters.models import Newsletter, Picture

LARGEST = 8_000_000
_MOST_PIXELS = 40_000_000
#: Twice the width of the letter, for sharp screens.
_BOX = (1160, 2400)
_KINDS = {"JPEG": "image/jpeg", "PNG": "image/png"}


def add_picture(newsletter: Newsletter, uploaded: bytes) -> Picture:
    """Keep a picture for a newsletter and return it: JPG or PNG, drawn anew, nothing else in it.

    Raises Refusal for anything that is no such picture, or is too large.
    """
    if len(uploaded) > LARGEST:
        raise Refusal(_l("Bilden är för stor. Högst 8 MB."), field="file")
    kind, drawn = _drawn(uploaded)
    data = BytesIO()
    drawn.save(data, kind, **({"quality": 84, "optimize": True} if kind == "JPEG" else {}))
    picture = Picture(
        newsletter_id=newsletter.id,
        mime=_KINDS[kind],
        width=drawn.width,
        height=drawn.height,
        data=data.getvalue(),
    )
    db.session.add(picture)
    db.session.flush()
    return picture


def _drawn(uploaded: bytes) -> tuple[str, Image.Image]:
    """Return the kind and a copy of the pixels alone: no place, no camera, no thumbnail."""
    no = Refusal(_l("Det där är ingen bild i JPG eller PNG."), field="file")
    try:
        with Image.open(BytesIO(uploaded), formats=list(_KINDS)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise Refusal(_l("Bilden har för många bildpunkter."), field="file")
            kind = str(opened.format)
            upright = ImageOps.exif_transpose(opened)
            pixels = upright.convert("RGBA" if kind == "PNG" else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise no from error
    pixels.thumbnail(_BOX)
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    return kind, clean
