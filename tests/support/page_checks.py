"""What must be true of every page, whatever it shows."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from bs4.builder._html5lib import HTML5TreeBuilder
from bs4.element import NavigableString
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

Problems = Iterator[str]

LANGUAGES = {"sv", "en"}
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
POINTERS = {"for", "aria-describedby", "aria-labelledby", "aria-controls", "list"}
LEFTOVERS = re.compile(r"\{\{|\}\}|\{%|%\(\w+\)[sd]|<flask|Undefined")
DATA_SCRIPTS = {"application/ld+json", "application/json"}


def words(tag: Tag) -> str:
    """Return the text of an element as it reads, on one line."""
    return " ".join(tag.get_text(" ", strip=True).split())


def attribute(tag: Tag, name: str) -> str:
    """Return an attribute, or nothing."""
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else (value or "")


class Strict(HTML5TreeBuilder):
    """Makes the tree of a page and keeps what was wrong with its HTML: read once, not twice."""

    errors: list[tuple[tuple[int, int], str, object]]

    def feed(self, markup: str) -> None:  # type: ignore[override]  # pages are text
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)  # type: ignore[arg-type]  # as its base does
        self.underlying_builder.parser = parser
        parser.parse(markup)
        self.underlying_builder.parser = None
        self.errors = parser.errors


def parsed(html: str) -> tuple[BeautifulSoup, list[str]]:
    """Return a page as a tree, and what its HTML breaks."""
    builder = Strict(store_line_numbers=False)
    soup = BeautifulSoup(html, builder=builder)
    return soup, [
        f"HTML: {code} in line {line}: {html.splitlines()[line - 1].strip()[:80]}"
        for (line, _column), code, _details in builder.errors
    ]


class Census:
    """Every element of a page, gathered in one walk: the checks ask for the same ones."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.soup = soup
        self.tags = [node for node in soup.descendants if isinstance(node, Tag)]
        self._by_name: dict[str, list[Tag]] = {}
        for tag in self.tags:
            self._by_name.setdefault(tag.name, []).append(tag)
        self.ids = Counter(attribute(tag, "id") for tag in self.tags if tag.get("id") is not None)

    def named(self, *names: str) -> list[Tag]:
        """Return the elements of these names, name by name."""
        return [tag for name in names for tag in self._by_name.get(name, [])]


def has_a_language(page: Census) -> Problems:
    root = page.soup.html
    if root is None or attribute(root, "lang") not in LANGUAGES:
        yield "the page does not say its language"


def has_one_heading_that_starts_its_title(page: Census) -> Problems:
    headings = [words(tag) for tag in page.named("h1")]
    title = words(page.soup.title) if page.soup.title else ""
    if len(headings) != 1:
        yield f"{len(headings)} h1 headings: {headings}"
    elif not headings[0] or not title.startswith(headings[0]):
        yield f"the title {title!r} does not start with the heading {headings[0]!r}"
    if len(page.named("main")) != 1:
        yield "not exactly one main"


def has_unique_ids(page: Census) -> Problems:
    for name, count in page.ids.items():
        if count > 1:
            yield f"id {name!r} is given {count} times"
    for tag in page.tags:
        for name in POINTERS & tag.attrs.keys():
            for wanted in attribute(tag, name).split():
                if wanted not in page.ids:
                    yield f"{tag.name}[{name}] points at #{wanted}, which is not there"


def has_labelled_fields(page: Census) -> Problems:
    labelled = {attribute(tag, "for") for tag in page.named("label")}
    for tag in page.named("input", "select", "textarea"):
        if attribute(tag, "type") in UNLABELLED or tag.find_parent("label"):
            continue
        named = attribute(tag, "aria-label") or attribute(tag, "aria-labelledby")
        if not named and attribute(tag, "id") not in labelled:
            yield f"field {attribute(tag, 'name')!r} has no label"


def has_named_controls(page: Census) -> Problems:
    for tag in page.named("a", "button"):
        pictures = [attribute(image, "alt") for image in tag.find_all("img")]
        named = attribute(tag, "aria-label") or attribute(tag, "aria-labelledby")
        if not (words(tag) or named or any(pictures)):
            yield f"{tag.name} without a name: {str(tag)[:80]}"
    for tag in page.named("img"):
        if tag.get("alt") is None:
            yield f"img without alt: {attribute(tag, 'src')}"


def sends(tag: Tag) -> bool:
    """Say whether pressing this sends a form."""
    kind = attribute(tag, "type")
    return kind == "submit" if tag.name == "input" else kind != "button"


def has_safe_forms(page: Census) -> Problems:
    buttons = [tag for tag in page.named("button", "input") if sends(tag)]
    elsewhere = {attribute(tag, "form") for tag in buttons} - {""}
    inside = {id(form) for tag in buttons if (form := tag.find_parent("form"))}
    for form in page.named("form"):
        method = attribute(form, "method").lower()
        action = attribute(form, "action")
        if method not in {"get", "post"}:
            yield f"form to {action!r} does not say get or post"
        token = form.find("input", attrs={"name": "csrf_token"})
        if method == "post" and not (token and attribute(token, "value")):
            yield f"POST form to {action!r} has no CSRF token"
        if method == "get" and token:
            yield f"GET form to {action!r} puts the CSRF token into the address"
        if id(form) not in inside and attribute(form, "id") not in elsewhere:
            yield f"form to {action!r} has no submit button"


def has_nothing_inline(page: Census) -> Problems:
    for tag in page.tags:
        inline = [name for name in tag.attrs if name == "style" or name.startswith("on")]
        if inline:
            yield f"{tag.name} carries {inline}, which the content policy blocks"
        foreign = attribute(tag, "src") or (attribute(tag, "href") if tag.name == "link" else "")
        if urlsplit(foreign).netloc:
            yield f"{tag.name} is fetched from elsewhere: {foreign}"
    if page.named("style"):
        yield "inline style sheet"
    for tag in page.named("script"):
        if tag.get("src") is None and attribute(tag, "type") not in DATA_SCRIPTS:
            yield "inline script"


def reads_as_finished(page: Census) -> Problems:
    # What a person wrote, or is shown as code, may hold braces on purpose.
    texts = [one for one in page.soup.descendants if isinstance(one, NavigableString)]
    on_purpose = {
        id(one) for tag in page.named("textarea", "code") for one in tag.find_all(string=True)
    }
    said = " ".join(one for one in texts if id(one) not in on_purpose)
    found = LEFTOVERS.search(said)
    if found:
        around = said[max(0, found.start() - 30) : found.end() + 30]
        yield f"unfinished text: …{' '.join(around.split())}…"


def leads_somewhere(page: Census, app: Flask, path: str) -> Problems:
    links = [tag for tag in page.named("a") if tag.get("href") is not None]
    places = [(tag, attribute(tag, "href"), "GET") for tag in links]
    places += [
        (tag, attribute(tag, "action") or path, attribute(tag, "method").upper() or "GET")
        for tag in page.named("form")
    ]
    for tag, target, method in places:
        parts = urlsplit(target)
        if target.startswith("#") and parts.fragment and parts.fragment not in page.ids:
            yield f"{target} is not on the page"
        if parts.scheme or parts.netloc or not parts.path:
            continue
        if not parts.path.startswith("/"):
            yield f"{tag.name} leads to {target!r}, which is not an absolute path"
        elif not is_known(app, parts.path, method):
            yield f"{tag.name} leads to {method} {target}, which nobody answers"


@cache
def is_known(app: Flask, path: str, method: str) -> bool:
    """Say whether some view or file answers at this path."""
    try:
        endpoint, values = app.url_map.bind("localhost").match(path, method)
    except RequestRedirect:
        return False
    except HTTPException:
        return False
    if endpoint != "static":
        return True
    return Path(app.static_folder or "", values["filename"]).is_file()


CHECKS: tuple[Callable[[Census], Problems], ...] = (
    has_a_language,
    has_one_heading_that_starts_its_title,
    has_unique_ids,
    has_labelled_fields,
    has_named_controls,
    has_safe_forms,
    has_nothing_inline,
    reads_as_finished,
)


def problems_of(soup: BeautifulSoup, app: Flask, path: str) -> list[str]:
    """Return everything that is wrong with a page whose HTML is sound."""
    page = Census(soup)
    found: list[str] = []
    for check in CHECKS:
        found += check(page)
    return found + list(leads_somewhere(page, app, path))
