"""A reader without scripts: asks for pages over HTTP, follows redirects, presses buttons."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, url_for
from werkzeug.test import TestResponse

from alumni_portal.accounts import services
from alumni_portal.accounts.models import Account
from alumni_portal.core.transaction import unit
from tests.support.page import Page
from tests.support.statements import check_budget, counted

MOST_REDIRECTS = 5


class Browser:
    """One reader's browser: its own cookies and its own language."""

    def __init__(self, app: Flask, *, language: str = "sv") -> None:
        self.app = app
        self.client = app.test_client()
        self.language = language

    def another(self) -> "Browser":
        """Return the browser of somebody else."""
        return Browser(self.app, language=self.language)

    def as_(self, account: Account) -> "Browser":
        """Return this browser, signed in: the session is real, only the door is spared.

        Two people in one test sit at two browsers: `browser.another().as_(…)`.
        """
        with self.app.app_context(), unit():
            session_id = services.start_session(account, user_agent="Firefox Linux", way="test")
        with self.client.session_transaction(base_url=self.base_url) as cookie:
            cookie.clear()
            cookie["_user_id"] = session_id
            cookie.permanent = True
        return self

    @property
    def base_url(self) -> str:
        return str(self.app.extensions["alumni_portal.settings"].base_url)

    @property
    def cookies(self) -> dict[str, str]:
        """Return what the browser would send, by name."""
        jar = self.client._cookies or {}
        return {cookie.key: cookie.value for cookie in jar.values()}

    def get(self, place: str, *, status: int = 200, **values: Any) -> Page:
        """Return a page, by endpoint and its values or by path."""
        return self.go(self.address_of(place, **values), status=status)

    def address_of(self, place: str, **values: Any) -> str:
        if "/" in place:
            return place
        with self.app.test_request_context():
            return url_for(place, **values)

    def go(
        self,
        address: str,
        *,
        method: str = "GET",
        data: Mapping[str, object] | None = None,
        status: int = 200,
    ) -> Page:
        """Return the page at an address, redirects followed, with the status expected."""
        response = self.open(address, method=method, data=data)
        for _ in range(MOST_REDIRECTS):
            if response.status_code not in {301, 302, 303, 307, 308}:
                break
            if response.request.method == "POST":
                assert response.status_code == 303, "a POST is answered by 303"
            response = self.open(_local(response.headers["Location"]))
        found = f"{response.request.method} {response.request.path}: {response.status}"
        assert response.status_code == status, f"{found}, expected {status}"
        assert response.mimetype == "text/html", f"{found} is {response.mimetype}; use open()"
        return Page(response, self.app, self)

    def open(
        self,
        address: str,
        *,
        method: str = "GET",
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> TestResponse:
        """Return the bare answer: no redirect followed, nothing checked. For files and refusals."""
        parts = urlsplit(address)
        query = data if method == "GET" and data is not None else parts.query
        with counted(self.app) as asked:
            response = self.client.open(
                parts.path,
                method=method,
                query_string=query,
                data=data if method != "GET" else None,
                headers={"Accept-Language": self.language, **(headers or {})},
                base_url=self.base_url,
            )
        # Werkzeug writes a large upload to a temporary file, and leaves it to chance to close it.
        response.request.environ["wsgi.input"].close()
        if method == "GET" and response.status_code == 200:
            check_budget(self._endpoint_of(parts.path), asked)
        return response

    def _endpoint_of(self, path: str) -> str:
        endpoint, _values = self.app.url_map.bind("localhost").match(path, "GET")
        return str(endpoint)


def _local(location: str) -> str:
    parts = urlsplit(location)
    assert not parts.netloc or parts.hostname in {"127.0.0.1", "localhost"}, location
    return location
