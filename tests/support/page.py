"""A page as its reader sees it: headings, texts, tables, and forms found by their buttons."""

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urljoin

from bs4 import Tag
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.forms import FormFiller, Given
from tests.support.page_checks import attribute, parsed, problems_of, words


class Walker(Protocol):
    """Whoever can go where a page leads."""

    def go(
        self,
        address: str,
        *,
        method: str = "GET",
        data: Mapping[str, object] | None = None,
        status: int = 200,
    ) -> "Page":
        """Return the page at an address."""


class Page:
    """One answer in HTML. It is checked when it is made."""

    def __init__(self, response: TestResponse, app: Flask, walker: Walker) -> None:
        self.response = response
        self.status = response.status_code
        self.address = response.request.path
        self.html = response.get_data(as_text=True)
        self.soup, problems = parsed(self.html)
        self._walker = walker
        problems += problems_of(self.soup, app, self.address)
        assert not problems, f"{self.address}:\n  " + "\n  ".join(problems)

    def __repr__(self) -> str:
        return f"<Page {self.address} {self.status} {self.heading!r}>"

    def __contains__(self, text: str) -> bool:
        return text in self.text

    @property
    def heading(self) -> str:
        """Return the one h1."""
        return words(self.one("h1"))

    @property
    def title(self) -> str:
        return words(self.one("title"))

    @property
    def language(self) -> str:
        return attribute(self.one("html"), "lang")

    @property
    def text(self) -> str:
        """Return what stands in the page's main part."""
        return words(self.one("main"))

    @property
    def errors(self) -> list[str]:
        """Return what the page says is wrong: the summary's lines, then what only fields say."""
        summary = self.texts(".summary li")
        at_fields = [text.removeprefix("Fel: ") for text in self.texts(".err")]
        return summary + [t for t in at_fields if not any(line.endswith(t) for line in summary)]

    @property
    def flashes(self) -> list[str]:
        """Return what the page says about what was just done."""
        return self.texts(".flashes .alert")

    def all(self, css: str) -> list[Tag]:
        return list(self.soup.select(css))

    def one(self, css: str) -> Tag:
        found = self.soup.select(css)
        assert len(found) == 1, f"{self.address}: {len(found)} × {css}"
        return found[0]

    def texts(self, css: str) -> list[str]:
        """Return the text of each element, in order."""
        return [words(tag) for tag in self.soup.select(css)]

    def table(self, caption: str) -> list[dict[str, str]]:
        """Return the rows of a table, found by its caption, by the names of its columns."""
        tables = [t for t in self.all("table") if t.caption and words(t.caption) == caption]
        known = self.texts("table > caption")
        assert len(tables) == 1, f"{self.address}: no table {caption!r} among {known}"
        names = [words(tag) for tag in tables[0].select("thead th")]
        rows = [row.select("th, td") for row in tables[0].select("tbody tr")]
        return [dict(zip(names, map(words, row), strict=False)) for row in rows]

    def links(self) -> dict[str, str]:
        """Return where each link leads, by its words."""
        return {_name(tag): attribute(tag, "href") for tag in self.all("a[href]")}

    def buttons(self) -> list[str]:
        return [_name(tag) for tag in self.all("button, input[type=submit]")]

    def value(self, field: str) -> str:
        """Return what a field holds at the moment, found by its name."""
        for tag in self.all("form"):
            filler = FormFiller(tag)
            if field in filler.names:
                return str(filler.filled({}, None).get(field, ""))
        raise AssertionError(f"{self.address}: no field {field!r}")

    def follow(self, link: str, *, status: int = 200) -> "Page":
        """Return the page behind a link, found by its words."""
        targets = {attribute(t, "href") for t in self.all("a[href]") if _name(t) == link}
        assert len(targets) == 1, f"{self.address}: {len(targets)} × {link!r} in {self.links()}"
        return self._walker.go(urljoin(self.address, targets.pop()), status=status)

    def submit(
        self, button: str, /, *, within: str = "", expects: int = 200, **fields: Given
    ) -> "Page":
        """Return the page that comes after pressing a button, redirects followed.

        The form is found by its button, `within` a part of the page when several have the same.
        Everything not given stays as the page has it; an unknown field or choice is an error.
        A field whose name is no Python name is given as `**{"skills-0": "…"}`.
        """
        form, pressed = self._form_with(button, within)
        return self._walker.go(
            urljoin(self.address, attribute(form, "action") or self.response.request.full_path),
            method=attribute(form, "method").upper(),
            data=FormFiller(form).filled(fields, pressed),
            status=expects,
        )

    def _form_with(self, button: str, within: str) -> tuple[Tag, Tag]:
        found = [
            tag
            for tag in self.all(f"{within} button, {within} input[type=submit]")
            if _name(tag) == button and attribute(tag, "type") != "button"
        ]
        assert len(found) == 1, f"{self.address}: {len(found)} × {button!r} in {self.buttons()}"
        by_id = attribute(found[0], "form")
        form = self.one(f"form#{by_id}") if by_id else found[0].find_parent("form")
        assert form is not None, f"{self.address}: the button {button!r} belongs to no form"
        return form, found[0]


def _name(tag: Tag) -> str:
    return attribute(tag, "aria-label") or words(tag) or attribute(tag, "value")
