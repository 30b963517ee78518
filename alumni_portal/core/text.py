"""The one normaliser of text for index, query and directory, and marks for later translation."""

import re
import unicodedata
from functools import lru_cache
from threading import local

import snowballstemmer
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

lazy = lazy_gettext


def _escaped(text: LazyString) -> Markup:
    """Return a text for a page. The library calls it safe, though what people wrote is in it."""
    return escape(str(text))


LazyString.__html__ = _escaped

#: A stemmer remembers the word it works on, so each thread has its own.
_of_this_thread = local()
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+")
_SPACE = re.compile(r"\s+")
_PLUS = {"c++": "cplusplus", "c#": "csharp", ".net": "dotnet"}
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "a", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ß": "ss", "ı": "i"}
)
#: Swedish order: å ä ö follow z; other accented letters stand with their plain letter. The sign {
#: follows z in the order of bytes, which is the order of sorted columns (collation C).
_SWEDISH = {"å": "{1", "ä": "{2", "æ": "{2", "ö": "{3", "ø": "{3"}


def clean_line(text: str) -> str:
    """Return text as one line: control signs gone, runs of space folded, ends trimmed."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACE.sub(" ", _CONTROL.sub(" ", unicodedata.normalize("NFC", text))).strip()


@lru_cache(maxsize=65536)
def normalise(text: str) -> str:
    """Return text as it is compared: folded case, no accents, words kept.

    `c++` and the like become words of their own, so that they can be told from `c`.
    """
    plain = unicodedata.normalize("NFKD", _folded(text).translate(_LETTERS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _folded(text: str) -> str:
    folded = clean_line(text).casefold()
    for mark, word in _PLUS.items():
        folded = folded.replace(mark, word)
    return folded


def words(text: str) -> list[str]:
    """Return the normalised words of a text, in order, letters and digits only."""
    return re.findall(r"[a-z0-9]+", normalise(text))


def written_words(text: str) -> list[str]:
    """Return the words of a text in small letters with their accents, in order."""
    return re.findall(r"[^\W_]+", _folded(text))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a word in small letters: `ingenjörerna` and `ingenjör` share theirs.

    Swedish Snowball needs the accents, so it comes before they are taken away. Source:
    snowballstem.org/algorithms/swedish.
    """
    stemmer = getattr(_of_this_thread, "stemmer", None)
    if stemmer is None:
        stemmer = _of_this_thread.stemmer = snowballstemmer.stemmer("swedish")
    return normalise(stemmer.stemWord(word))


@lru_cache(maxsize=65536)
def sort_key(name: str) -> str:
    """Return the key that puts names in Swedish order (… z å ä ö) in any database.

    Source: Svenska Akademiens ordlista; stored because no database here knows the order alike.
    """
    parts: list[str] = []
    for sign in clean_line(name).casefold():
        if sign in _SWEDISH:
            parts.append(_SWEDISH[sign])
        else:
            parts.append(normalise(sign) if sign.strip() else " ")
    return "".join(parts)[:200]


_TINTED = "abcdefghijklmnopqrstuvwxyz0123456789-_åäö"


def initials(name: str) -> str:
    """Return one or two capital letters for a person's mark, taken from first and last word."""
    parts = [word for word in re.split(r"[\s]+", clean_line(name)) if word[:1].isalpha()]
    if not parts:
        return "?"
    ends = parts if len(parts) == 1 else [parts[0], parts[-1]]
    return "".join(word[0] for word in ends).upper()


def tint(key: str) -> int:
    """Return which of the six tints a person's mark has: 1 to 6, always the same for a key."""
    total = 0
    for sign in key.lower():
        total = (total * 7 + _TINTED.find(sign) + 2) % 9973
    return total % 6 + 1


def address_key(typed: str) -> str:
    """Return the form by which uses of a typed address are counted: its variants count as one."""
    wide = unicodedata.normalize("NFKC", clean_line(typed)).replace("\u3002", ".")
    return wide.replace(" ", "").casefold()[:320]
