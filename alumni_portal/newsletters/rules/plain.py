"""Markdown as somebody would write it by hand in a mail that has no style."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

MARKDOWN = MarkdownIt("commonmark", {"html": False})
#: Where a link may lead.
SCHEMES = ("https://", "http://", "mailto:")
_RULE = "-" * 20
_BREAKS = {"softbreak": "\n", "hardbreak": "\n"}


def as_text(written: str, numbers: Iterator[int]) -> str:
    """Return Markdown as plain text: no marks, links below it by number, pictures by their alt.

    `numbers` gives the next number of a link, so that those of one letter go on. A link that
    stands alone is `text: address`; one whose text is its address is just that.
    """
    writer = _Writer(numbers)
    said = writer.blocks(SyntaxTreeNode(MARKDOWN.parse(written)).children)
    return "\n\n".join(filter(None, (said, "\n".join(writer.notes))))


class _Writer:
    """Writes one text and keeps the addresses that belong below it."""

    def __init__(self, numbers: Iterator[int]) -> None:
        self._numbers = numbers
        self.notes: list[str] = []

    def blocks(self, nodes: Sequence[SyntaxTreeNode], *, between: str = "\n\n") -> str:
        return between.join(filter(None, map(self._block, nodes)))

    def _block(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "bullet_list" | "ordered_list":
                return self._list(node)
            case "heading":
                line = self._line(node)
                return f"{line}\n{('=' if node.tag in {'h1', 'h2'} else '-') * len(line)}"
            case "blockquote":
                return _indented(self.blocks(node.children), "> ", "> ")
            case "paragraph":
                return self._line(node)
            case _:
                return _RULE if node.type == "hr" else node.content.rstrip("\n")

    def _list(self, node: SyntaxTreeNode) -> str:
        first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        is_tight = all(one.hidden for item in node.children for one in _paragraphs(item))
        between = "\n" if is_tight else "\n\n"
        items = []
        for place, item in enumerate(node.children):
            mark = "- " if first is None else f"{first + place}. "
            said = self.blocks(item.children, between=between)
            items.append(_indented(said, mark, " " * len(mark)))
        return between.join(items)

    def _line(self, node: SyntaxTreeNode) -> str:
        """Return the words of a paragraph or heading."""
        words = [part for one in node.children for part in one.children]
        if len(words) == 1 and words[0].type == "link":
            said, address = self._inline(words[0].children), _address(words[0])
            return address if said == address else ": ".join(filter(None, (said, address)))
        return self._inline(words).strip()

    def _inline(self, nodes: Sequence[SyntaxTreeNode]) -> str:
        return "".join(map(self._part, nodes))

    def _part(self, node: SyntaxTreeNode) -> str:
        if node.type == "link":
            return self._link(node)
        if node.type == "image":  # its alt text is what lies in it
            return self._inline(node.children)
        return _BREAKS.get(node.type) or node.content or self._inline(node.children)

    def _link(self, node: SyntaxTreeNode) -> str:
        said, address = self._inline(node.children), _address(node)
        if not address or said == address:
            return said
        number = next(self._numbers)
        self.notes.append(f"[{number}] {address}")
        return f"{said} [{number}]"


def _paragraphs(item: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    return [one for one in item.children if one.type == "paragraph"]


def _address(link: SyntaxTreeNode) -> str:
    """Return where a link leads, as one reads it; nothing for what letters do not link to."""
    href = str(link.attrs.get("href", ""))
    return href.removeprefix("mailto:") if href.startswith(SCHEMES) else ""


def _indented(said: str, first: str, rest: str) -> str:
    lines = said.split("\n")
    return "\n".join(
        f"{rest if place else first}{line}".rstrip() for place, line in enumerate(lines)
    )
