"""Markdown that somebody here wrote, as HTML in which nothing but text, lists and links is left."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {"a", "blockquote", "br", "em", "h3", "h4", "hr", "li", "ol", "p", "strong", "ul"}
_SCHEMES = {"https", "http", "mailto", "tel"}
#: The page has its h1 and its h2; what is written below them starts at h3.
_LOWER = {"h1": "h3", "h2": "h4", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})


def html_of(written: str) -> Markup:
    """Return Markdown as HTML: no pictures, scripts or styles, whatever was written (S28, S29)."""
    tokens = _markdown.parse(written)
    for token in tokens:
        token.tag = _LOWER.get(token.tag, token.tag)
    drawn = _markdown.renderer.render(tokens, _markdown.options, {})
    return Markup(nh3.clean(drawn, tags=_TAGS, url_schemes=_SCHEMES, link_rel="noopener nofollow"))
