"""Blank lines around what stands only for some in plain text."""

import re

#: What opens and closes a part that stands only for some.
_MARK = re.compile(r"(\{\{ ?[#^/][a-z][a-z_]{0,39} ?\}\})")
#: As many line ends as part two paragraphs.
_BLANK = 2


def spaced(words: str) -> str:
    """Return plain text in which a part that is not shown leaves no blank lines behind.

    A part on lines of its own takes as many line ends with it as stand before it, so that one
    blank line stands between paragraphs for every reader. The text ends with a blank line; a part
    inside a line, or inside another part, stays as it is.
    """
    text = words.strip()
    return _Spacing().of(f"{text}\n\n") if text else ""


class _Spacing:
    """Writes a text piece by piece and knows how many line ends stand there for every reader."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._gap = _BLANK
        #: Of each part that is open: how many line ends stand before it.
        self._open: list[int] = []

    def of(self, text: str) -> str:
        texts, marks = _MARK.split(text)[::2], _MARK.split(text)[1::2]
        self._write(texts[0])
        for mark, after in zip(marks, texts[1:], strict=True):
            self._write(self._opened(mark, after) if "/" not in mark else self._closed(mark, after))
        return "".join(self._out)

    def _write(self, text: str) -> None:
        self._out.append(text)
        ends = _ends(text)
        self._gap = self._gap + ends if text == "\n" * ends else ends

    def _opened(self, mark: str, after: str) -> str:
        self._open.append(min(self._gap, _BLANK))
        self._out.append(mark)
        return after.lstrip() if self._gap and re.match(r"[ \t]*\n", after) else after

    def _closed(self, mark: str, after: str) -> str:
        before = self._open.pop() if self._open else 0
        follows = re.match(r"[ \t]*(\n+)", after)
        if self._open or not before or follows is None:
            self._out.append(mark)
            self._gap = 0
            return after
        self._out[-1] = self._out[-1].rstrip()
        inside = min(before, len(follows[1]), _BLANK)
        self._out += ["\n" * inside, mark]
        self._gap = inside
        return "\n" * (min(len(follows[1]), _BLANK) - inside) + after[follows.end() :]


def _ends(text: str) -> int:
    return len(text) - len(text.rstrip("\n"))
