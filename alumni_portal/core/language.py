"""Which language a page or letter is in: own choice, then the browser's, then Swedish."""

from collections.abc import Iterator
from contextlib import contextmanager

from babel.support import NullTranslations
from flask import Flask, has_request_context, request, session
from flask_babel import Babel, force_locale, get_locale, get_translations

from alumni_portal.core.paths import translations
from alumni_portal.core.permissions import current_actor

LANGUAGES = {"sv": "Svenska", "en": "English"}
DEFAULT = "sv"

babel = Babel()
_catalogues: dict[str, NullTranslations] = {}


def choose() -> str:
    """Return the language of this request."""
    if not has_request_context():
        return DEFAULT
    chosen = session.get("language") or (
        current_actor().language if current_actor().is_signed_in else None
    )
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT


def current() -> str:
    """Return the language in use: `sv` or `en`."""
    return str(get_locale() or DEFAULT)[:2]


def catalogue() -> NullTranslations:
    """Return the texts of the language in use.

    A page has hundreds of them: the catalogue is found by language, not anew for each text.
    """
    locale = get_locale()
    language = locale.language if locale else ""
    if language not in _catalogues:
        _catalogues[language] = get_translations()
    return _catalogues[language]


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Write in somebody's language for a while (letters)."""
    with force_locale(language if language in LANGUAGES else DEFAULT):
        yield


def install(app: Flask) -> None:
    """Give an application its languages."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(translations())
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Stockholm"
    babel.init_app(app, locale_selector=choose)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # by jinja2.ext.i18n
        gettext=lambda text: catalogue().ugettext(text),
        ngettext=lambda one, many, n: catalogue().ungettext(one, many, n),
        newstyle=True,
    )
    app.jinja_env.globals.update(current_language=current, languages=LANGUAGES)
