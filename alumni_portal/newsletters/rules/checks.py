"""What is looked at before a newsletter is sent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from alumni_portal.core.text import lazy as _l
from alumni_portal.newsletters.rules.content import KINDS, Block, Content, Kind
from alumni_portal.newsletters.rules.links import Link, LinkState
from alumni_portal.newsletters.rules.picks import Pick

#: Gmail cuts HTML off at 102 kB; the way out stands at the end.
LARGEST = 90_000
#: About as much of a subject as a telephone shows.
SHOWN_ON_PHONES = 45
#: More than this, and the HR lead is told.
MANY = 500


class Verdict(StrEnum):
    """How a check came out; only `no` keeps a newsletter from being sent."""

    YES = "yes"
    WARN = "warn"
    NO = "no"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    verdict: Verdict
    text: object
    small: object = ""
    #: The block it is about.
    block: str = ""
    #: Whether it is only so now: a later day may be chosen.
    only_now: bool = False


NAMES = {"sv": _l("svenska"), "en": _l("engelska")}


def checked(
    content: Content,
    *,
    sizes: Mapping[str, int],
    unknown: Mapping[str, set[str]],
    by_language: Mapping[str, int],
    made_from: Mapping[str, str] | None = None,
    links: Sequence[Link] = (),
) -> list[Check]:
    """Return every check of a newsletter, in the order of its page.

    `sizes` is the length of each edition's HTML, `unknown` its slots that there are none of,
    `by_language` how many are to get it, `made_from` the mark of what the blocks say now, `links`
    what is known of its links. Why nobody gets it is `nobody_checked`.
    """
    return [
        *_subjects(content),
        *_preheaders(content),
        *_blocks(content),
        *_translated(content, by_language),
        *_sizes(sizes),
        *_slots(unknown),
        *_somebody(by_language),
        *_texts(content, made_from or {}),
        *_links(links),
        Check(Verdict.YES, _l("Ingen spårning av vem som öppnar")),
    ]


def may_be_sent(checks: list[Check]) -> bool:
    """Say whether nothing keeps a newsletter from being sent."""
    return all(one.verdict is not Verdict.NO for one in checks)


def may_be_planned(checks: list[Check]) -> bool:
    """Say whether a newsletter could go on a later day."""
    return all(one.only_now or one.verdict is not Verdict.NO for one in checks)


def _subjects(content: Content) -> Iterator[Check]:
    for language in content.languages:
        subject = content.head(language).subject
        if not subject:
            yield Check(Verdict.NO, _l("Ämnesrad saknas på %(language)s", language=NAMES[language]))
        elif len(subject) > SHOWN_ON_PHONES:
            yield Check(
                Verdict.WARN,
                _l("Ämnesraden på %(language)s kan kapas på mobil", language=NAMES[language]),
            )


def _preheaders(content: Content) -> Iterator[Check]:
    for language in content.languages:
        if not content.head(language).preheader:
            yield Check(
                Verdict.WARN,
                _l("Raden efter ämnet saknas på %(language)s", language=NAMES[language]),
                _l("Utan den visar mejlprogrammet brevets första ord."),
            )


def _blocks(content: Content) -> Iterator[Check]:
    if not content.blocks:
        yield Check(Verdict.NO, _l("Brevet är tomt"))
    for number, block in enumerate(content.blocks, 1):
        name = {"n": number, "kind": KINDS[block.kind]}
        if block.kind is Kind.IMAGE and not block.picture:
            text = _l("Block %(n)s, %(kind)s: bilden saknas", **name)
            yield Check(Verdict.NO, text, block=block.id)
        elif block.kind is Kind.BUTTON and not block.url:
            text = _l("Block %(n)s, %(kind)s: länken saknas", **name)
            yield Check(Verdict.NO, text, block=block.id)
        elif block.kind in {Kind.OPENINGS, Kind.EVENTS} and not block.refs:
            text = _l("Block %(n)s, %(kind)s: inget är valt", **name)
            yield Check(Verdict.WARN, text, block=block.id)
        for language in content.languages:
            if block.lacks(language):
                yield _lacking(block, language, name)


def _lacking(block: Block, language: str, name: dict[str, object]) -> Check:
    what = {**name, "language": NAMES[language]}
    if block.kind is Kind.IMAGE:
        text = _l("Block %(n)s, %(kind)s: bildbeskrivning saknas på %(language)s", **what)
    else:
        text = _l("Block %(n)s, %(kind)s, saknas på %(language)s", **what)
    small = _l("Skriv det som saknas, eller ta bort blocket.")
    return Check(Verdict.NO, text, small, block.id)


def picks_checked(content: Content, picks: Mapping[str, Pick]) -> Iterator[Check]:
    """Yield what is wrong with that which lists show (by public id): it is off by now."""
    for number, block in enumerate(content.blocks, 1):
        for ref in block.refs:
            if ref in picks and picks[ref].off is not None:
                text = _l(
                    "Block %(n)s, %(kind)s: %(what)s",
                    n=number,
                    kind=KINDS[block.kind],
                    what=picks[ref].label,
                )
                small = _l("Den visas inte i brevet. Ta bort krysset i blocket.")
                yield Check(Verdict.NO, text, small, block.id)


def _translated(content: Content, by_language: Mapping[str, int]) -> Iterator[Check]:
    readers = by_language.get("en", 0)
    if readers and "en" not in content.languages:
        yield Check(
            Verdict.WARN,
            _l("Brevet finns bara på svenska"),
            _l("%(n)s som har valt engelska får det på svenska.", n=readers),
        )


def _sizes(sizes: Mapping[str, int]) -> Iterator[Check]:
    for language, size in sizes.items():
        if size > LARGEST:
            yield Check(
                Verdict.NO,
                _l("Brevet på %(language)s är för stort", language=NAMES[language]),
                _l("Gmail klipper av det. Korta texten eller ta bort ett block."),
            )


def _texts(content: Content, made_from: Mapping[str, str]) -> Iterator[Check]:
    for language, own in content.texts.items():
        if language in content.languages and own.made_from != made_from.get(language):
            yield Check(
                Verdict.WARN,
                _l("Blocken har ändrats sedan den rena texten skrevs"),
                _l(
                    "Läs igenom texten på %(language)s, eller gör om den.", language=NAMES[language]
                ),
            )
    yield Check(Verdict.YES, _l("Ren text finns"))


_WRONG = {
    LinkState.MISSING: _l("Servern säger att sidan inte finns."),
    LinkState.SILENT: _l("Ingen svarar där."),
    LinkState.NOT_ASKED: _l("Vi kontrollerar bara länkar som börjar med https:// och är öppna."),
}


_WRONG_AT_HOME = {
    LinkState.MISSING: _l(
        "Sidan finns inte i portalen, är stängd eller är inget som medlemmar får se."
    ),
    LinkState.NOT_ASKED: _l("Portalen kan inte se om just den sidan finns."),
}


def _links(links: Sequence[Link]) -> Iterator[Check]:
    """Yield what is known of links; whatever it is, it never keeps a newsletter back."""
    for one in links:
        if one.state is not None and one.state is not LinkState.ANSWERS:
            text = _l("Länken svarar inte: %(url)s", url=one.url)
            if one.is_own and one.state is LinkState.NOT_ASKED:
                text = _l("Prova länken själv: %(url)s", url=one.url)
            small = (_WRONG_AT_HOME if one.is_own else _WRONG)[one.state]
            yield Check(Verdict.WARN, text, small, one.block)
    unknown = sum(one.state is None for one in links)
    answering = sum(one.state is LinkState.ANSWERS for one in links)
    if unknown:
        small = _l("De kontrolleras när du sparar.")
        yield Check(Verdict.WARN, _l("%(n)s länkar är inte kontrollerade än", n=unknown), small)
    if answering:
        text = _l("%(n)s av %(all)s länkar svarar", n=answering, all=len(links))
        yield Check(Verdict.YES, text)


def _slots(unknown: Mapping[str, set[str]]) -> Iterator[Check]:
    for name in sorted(set().union(*unknown.values())):
        yield Check(Verdict.NO, _l("Fältet %(name)s finns inte", name=f"”{name}”"))


def conditions_checked(loose: Iterable[str]) -> Iterator[Check]:
    """Yield what is wrong with marks of conditions that stand alone: readers would see them."""
    for mark in sorted(set(loose)):
        text = _l("Klamrarna ”%(mark)s” står ensamma", mark=mark.strip("{} "))
        small = _l(
            "Det som bara är för vissa ska både börja och sluta. Bredvid den rena texten står hur "
            "man skriver."
        )
        yield Check(Verdict.NO, text, small)


def promise_checked(second: int) -> Iterator[Check]:
    """Yield what is wrong with so many who got a newsletter in the last month and get this one."""
    if second:
        text = _l("%(n)s får sitt andra nyhetsbrev på en månad", n=second)
        small = _l("Vi har lovat högst ett i månaden. Kryssa för att hoppa över dem.")
        yield Check(Verdict.WARN, text, small)


def _somebody(by_language: Mapping[str, int]) -> Iterator[Check]:
    if number := sum(by_language.values()):
        yield Check(Verdict.YES, _l("%(n)s får brevet", n=number))
