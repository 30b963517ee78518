"""Every Swedish text has its English: none missing, none doubtful, none left over."""

import io
import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from alumni_portal.core.paths import translations
from tests.support.repository import ROOT, listing

KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy": None, "lazy_ngettext": (1, 2), "_n": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
STRAIGHT_QUOTES = re.compile(r'(^|\s|\()"\w|\.\.\.')
CATALOGUE = translations() / "en/LC_MESSAGES/messages.po"
Key = str | tuple[str, ...]


@cache
def written() -> dict[Key, str]:
    """Return every text in the code and the templates, with where it stands."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]  # Babel's
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=is_ours)
    return {text: f"{path}:{line}" for path, line, text, _comments, _context in found}


def is_ours(folder: str) -> bool:
    return not re.search(r"/(\.|build|tests|static|instance|migrations)", folder[len(str(ROOT)) :])


@cache
def english() -> Catalog:
    if not CATALOGUE.exists():
        pytest.fail("there is no English catalogue; make i18n begins one")
    with CATALOGUE.open("rb") as po:
        return read_po(po, locale="en")


def test_texts_are_found() -> None:
    assert len(written()) > 20


def test_every_text_has_its_english() -> None:
    missing = []
    for text, where in written().items():
        message = english().get(text[0] if isinstance(text, tuple) else text)
        if message is None or message.fuzzy or not all(strings(message.string)):
            missing.append(f"{where}: {text!r}")
    assert not missing, f"{len(missing)} texts lack their English" + listing(missing)


def test_no_english_is_left_over() -> None:
    known = {text[0] if isinstance(text, tuple) else text for text in written()}
    left = [str(m.id) for m in english() if m.id and strings(m.id)[0] not in known]
    assert not left, listing(left)


def test_both_languages_have_the_same_gaps_to_fill() -> None:
    uneven = [
        f"{message.id!r} → {message.string!r}"
        for message in english()
        if message.id and gaps(message.string) != gaps(message.id)
    ]
    assert not uneven, listing(uneven)


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, english())
    path = CATALOGUE.with_suffix(".mo")
    assert path.exists()
    assert path.read_bytes() == compiled.getvalue(), "make i18n compiles it"


def test_texts_use_typographic_quotes_and_ellipses() -> None:
    plain = [
        f"{where}: {text!r}"
        for text, where in written().items()
        for one in strings(text)
        if STRAIGHT_QUOTES.search(one)
    ]
    assert not plain, listing(plain)


def gaps(text: object) -> set[str]:
    return set(PLACEHOLDER.findall(" ".join(strings(text))))


def strings(text: object) -> list[str]:
    return [str(one) for one in text] if isinstance(text, tuple | list) else [str(text or "")]
