"""Whether a reader finds the way out of a letter, looked for in the very letter that goes."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from alumni_portal.core.text import lazy as _l
from alumni_portal.newsletters.rules.checks import NAMES, Check, Verdict

_SLOT = "{{unsubscribe}}"
#: So many signs of text may stand before the first way out, and after the last.
_BEFORE, _AFTER = 600, 400
_UNSEEN = {"head", "script", "style", "title"}


def ways_out_checked(made: Mapping[str, tuple[str, str]]) -> Iterator[Check]:
    """Yield whether the way out stands near top and end, in HTML and text of each language.

    `made` is what is sent, by language, with its slots: HTML, then plain text.
    """
    lacking = [
        (where, language)
        for language, (html, text) in made.items()
        for where in _lacking(html, text)
    ]
    for where, language in lacking:
        yield Check(
            Verdict.NO,
            _l(
                "Länken för att sluta saknas %(where)s på %(language)s",
                where=where,
                language=NAMES[language],
            ),
            _l("Det är ett fel i portalen. Be den som sköter den att rätta det."),
        )
    if not lacking:
        done = _l("Ett klick räcker för att sluta: överst, nederst och i mejlhuvudet")
        yield Check(Verdict.YES, done)


def _lacking(html: str, text: str) -> list[object]:
    seen = _Seen()
    seen.feed(html)
    in_text = [one.start() for one in re.finditer(re.escape(_SLOT), text)]
    places: list[object] = []
    for ways, length, top, end in (
        (seen.ways, seen.signs, _l("överst"), _l("nederst")),
        (in_text, len(text), _l("överst i texten"), _l("nederst i texten")),
    ):
        is_on_top = bool(ways) and ways[0] <= _BEFORE
        if not is_on_top:
            places.append(top)
        if len(ways) <= is_on_top or length - ways[-1] > _AFTER:
            places.append(end)
    return places


class _Seen(HTMLParser):
    """Counts the signs that a reader sees, and where the links out stand among them."""

    def __init__(self) -> None:
        super().__init__()
        self.signs = 0
        self.ways: list[int] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag == "a" and dict(attrs).get("href") == _SLOT:
            self.ways.append(self.signs)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.signs += len(" ".join(data.split()))
