"""A guide in a form: what its fields show, and what was typed into them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from alumni_portal.exit_interviews.rules import editing
from alumni_portal.exit_interviews.rules.book import Book
from alumni_portal.exit_interviews.rules.codebook import Words
from alumni_portal.exit_interviews.rules.editing import Wrong
from alumni_portal.exit_interviews.rules.guide import (
    GuideText,
    Kind,
    Option,
    Question,
    Section,
)

Typed = MultiDict[str, str]
Wrongs = Mapping[str, Wrong]
#: What is said at a field.
WHY = {
    Wrong.MISSING: _l("Orden saknas. De behövs på båda språken."),
    Wrong.FEW: _l("Frågan behöver minst två val."),
    Wrong.EMPTY: _l("Minst en fråga måste vara kvar."),
}
_LONGEST = 300
#: Empty rows for new choices.
_BLANKS = tuple(f"{editing.NEW}{number}" for number in (1, 2, 3))


@dataclass(frozen=True)
class Shown:
    """One question as the form shows it: what is stored, or what was typed last."""

    question: Question
    text: Words
    hint: Words
    required: bool
    is_dropped: bool
    #: Code, words; empty rows at the end are for new choices.
    options: tuple[tuple[str, Words], ...]
    chosen: tuple[str, ...]


def shown_sections(guide: GuideText, typed: Typed) -> list[tuple[Section, list[Shown]]]:
    """Return the sections with their questions in the order and the words that were typed."""
    order = _order(guide, typed)
    places = {code: place for place, code in enumerate(order)}
    return [
        (
            _headed(section, typed),
            sorted(
                (_shown(one, typed) for one in section.questions),
                key=lambda one: places.get(one.question.code, len(places)),
            ),
        )
        for section in guide.sections
    ]


def _headed(section: Section, typed: Typed) -> Section:
    name = f"section-{section.code}"
    title = _words(typed, f"{name}-title", section.title)
    return replace(section, title=title, lead=_words(typed, f"{name}-lead", section.lead))


def _order(guide: GuideText, typed: Typed) -> list[str]:
    order = typed.getlist("order") or [one.code for one in guide.questions()]
    way, _colon, code = typed.get("move", "").partition(":")
    if way in {"up", "down"}:
        return editing.moved(guide, order, code, -1 if way == "up" else 1)
    return order


def _shown(one: Question, typed: Typed) -> Shown:
    was_sent = f"{one.code}-sv" in typed
    change = _change(one, typed) if was_sent else None
    rows = [(each.code, each.name) for each in one.options]
    if one.kind is Kind.SINGLE:
        rows = [(code, _words(typed, f"{one.code}-option-{code}", name)) for code, name in rows]
        rows += [(blank, _words(typed, f"{one.code}-option-{blank}")) for blank in _BLANKS]
    chosen = typed.getlist(f"{one.code}-codes") if was_sent else [o.code for o in one.options]
    return Shown(
        one,
        change.text if change else one.text,
        change.hint if change else one.hint,
        change.required if change else one.required,
        one.code in typed.getlist("drop"),
        tuple(rows),
        tuple(chosen),
    )


def _words(typed: Typed, name: str, known: Words | None = None) -> Words:
    was = known or Words("", "")
    return Words(
        typed.get(f"{name}-sv", was.sv)[:_LONGEST].strip(),
        typed.get(f"{name}-en", was.en)[:_LONGEST].strip(),
    )


def typed_guide(
    guide: GuideText, typed: Typed, retired: Mapping[str, tuple[str, Question]], book: Book
) -> GuideText:
    """Return the guide as it was typed. Raises BadGuide with what is wrong, by field."""
    return editing.edited(
        replace(guide, sections=tuple(_headed(one, typed) for one in guide.sections)),
        {
            one.code: _change(one, typed, book)
            for one in guide.questions()
            if f"{one.code}-sv" in typed
        },
        order=_order(guide, typed),
        dropped=typed.getlist("drop"),
        restored=[retired[code] for code in typed.getlist("restore") if code in retired],
        added=_added(typed, retired),
    )


def _change(one: Question, typed: Typed, book: Book | None = None) -> editing.Changed:
    return editing.Changed(
        text=_words(typed, one.code, one.text),
        hint=_words(typed, f"{one.code}-hint", one.hint),
        required=f"{one.code}-required" in typed,
        options=_options(one, typed, book),
    )


def _options(one: Question, typed: Typed, book: Book | None) -> tuple[Option, ...]:
    if one.kind is Kind.RANKED:
        known = book.reasons if book else {}
        return tuple(
            Option(code=code, name=known[code].name)
            for code in typed.getlist(f"{one.code}-codes")
            if code in known
        )
    gone = set(typed.getlist(f"{one.code}-option-drop"))
    kept = [
        Option(code=each.code, name=_words(typed, f"{one.code}-option-{each.code}", each.name))
        for each in one.options
        if each.code not in gone
    ]
    return (*kept, *_new_options(one.code, typed))


def _new_options(name: str, typed: Typed) -> tuple[Option, ...]:
    rows = [(blank, _words(typed, f"{name}-option-{blank}")) for blank in _BLANKS]
    return tuple(Option(code=code, name=words) for code, words in rows if words.sv or words.en)


def _added(typed: Typed, retired: Collection[str]) -> editing.Added | None:
    words, kind = _words(typed, "new"), typed.get("new-kind", "")
    if not (words.sv or words.en) or kind not in set(editing.ADDABLE):
        return None
    return editing.Added(
        section=typed.get("new-section", ""),
        kind=Kind(kind),
        text=words,
        options=_new_options("new", typed),
        reserved=frozenset(retired),
    )
