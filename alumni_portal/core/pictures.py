"""Pictures: what is uploaded is opened, drawn anew and only then kept (S37)."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from alumni_portal.core.errors import Refusal
from alumni_portal.core.text import lazy as _l

LARGEST = 8_000_000
_MOST_PIXELS = 40_000_000
#: Twice the width of a letter, for sharp screens.
_BOX = (1160, 2400)
_KINDS = {"JPEG": "image/jpeg", "PNG": "image/png"}


@dataclass(frozen=True)
class Drawn:
    """A picture as it is kept: the pixels alone, no place, no camera, no thumbnail."""

    mime: str
    width: int
    height: int
    data: bytes


def drawn_anew(uploaded: bytes, *, field: str) -> Drawn:
    """Return an uploaded JPG or PNG drawn anew, with nothing else in it.

    Raises Refusal, at a field of the form, for anything that is no such picture or is too large.
    """
    if len(uploaded) > LARGEST:
        raise Refusal(_l("Bilden är för stor. Högst 8 MB."), field=field)
    kind, pixels = _pixels(uploaded, field)
    data = BytesIO()
    pixels.save(data, kind, **({"quality": 84, "optimize": True} if kind == "JPEG" else {}))
    return Drawn(_KINDS[kind], pixels.width, pixels.height, data.getvalue())


def _pixels(uploaded: bytes, field: str) -> tuple[str, Image.Image]:
    no = Refusal(_l("Det där är ingen bild i JPG eller PNG."), field=field)
    try:
        with Image.open(BytesIO(uploaded), formats=list(_KINDS)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise Refusal(_l("Bilden har för många bildpunkter."), field=field)
            kind = str(opened.format)
            upright = ImageOps.exif_transpose(opened)
            pixels = upright.convert("RGBA" if kind == "PNG" else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise no from error
    pixels.thumbnail(_BOX)
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    return kind, clean
