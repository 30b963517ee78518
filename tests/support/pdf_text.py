"""What a PDF says: the text of its pages, read by the map from glyphs to letters of each font."""

import re
from io import BytesIO

import pikepdf

_PAIR = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_RANGE = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_ENDS = {"ET", "Td", "Tm", "T*", "BDC", "EMC"}


def opened(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(made))


def text_of(made: bytes) -> str:
    """Return the words of all pages, with single spaces."""
    document = opened(made)
    found = "".join(_page(page) for page in document.pages)
    return re.sub(r"\s+", " ", found).strip()


def _page(page: pikepdf.Page) -> str:
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    letters: dict[int, str] = {}
    found: list[str] = []
    for step in pikepdf.parse_content_stream(page):
        operands, name = step.operands, str(step.operator)
        if name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in {"Tj", "TJ"}:
            parts = operands[0] if name == "TJ" else [operands[0]]
            shown = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
            found += [_read(glyphs, letters) for glyphs in shown]
        elif name in _ENDS:
            found.append("\n" if name != "BDC" else "")
    return "".join(found)


def _read(glyphs: bytes, letters: dict[int, str]) -> str:
    pairs = zip(glyphs[::2], glyphs[1::2], strict=False)
    return "".join(letters.get(256 * high + low, "") for high, low in pairs)


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """Return glyph to letters, from the font's own map."""
    found: dict[int, str] = {}
    text = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for glyph, letters in _PAIR.findall(block):
            found[int(glyph, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for low, high, first in _RANGE.findall(block):
            for glyph in range(int(low, 16), int(high, 16) + 1):
                found[glyph] = chr(int(first, 16) + glyph - int(low, 16))
    return found
